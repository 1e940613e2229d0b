import Base
import DemandResponse
import DispatchStore
import TestSupport
import Testing
import Measures

@testable import Reports

@Suite struct RunComparisonTests {
    private func compare(_ a: String, _ b: String, tolerance: Double = 0.05) async throws -> RunComparison {
        let (a, b) = (try await run(scenario: a, as: "a"), try await run(scenario: b, as: "b"))
        return try compare(a, b, tolerance: tolerance)
    }

    private func compare(_ a: ScenarioRun, _ b: ScenarioRun, tolerance: Double = 0.05) throws -> RunComparison {
        try RunComparison(.asLive(a.record), .asLive(b.record), tolerance: tolerance)
    }

    private func verdicts(_ comparison: RunComparison, _ latency: Latency) -> [LatencyComparison.Verdict] {
        comparison.latencies.filter { $0.latency == latency }.map(\.verdict)
    }

    @Test func `latencies of virtual runs are the script's, and not compared`() async throws {
        let a = try await run(scenario: RehearsedEvening.crowd, as: "a")
        let slow = RehearsedEvening.crowd.replacing("delay: 40ms", with: "delay: 60ms")
        let b = try await run(scenario: slow, as: "b")
        let virtual = try RunComparison(
            ComparedRecord(path: a.record),
            ComparedRecord(path: b.record),
            tolerance: 0.05
        )
        #expect(virtual.latencies.isEmpty && !virtual.isWorse)
        #expect(virtual.differences.isEmpty)
    }

    @Test func `equal runs are the same in all`() async throws {
        let comparison = try await compare(RehearsedEvening.crowd, RehearsedEvening.crowd)
        #expect(comparison.differences.isEmpty && comparison.remarks.isEmpty)
        #expect(comparison.latencies.allSatisfy { $0.verdict == .same })
    }

    @Test func `links that are slower by half are worse, and the other way round better`() async throws {
        let slow = RehearsedEvening.crowd.replacing("delay: 40ms", with: "delay: 60ms")
        let worse = try await compare(RehearsedEvening.crowd, slow)
        // Of three hundred there is no p99.9.
        #expect(verdicts(worse, .delivery) == [.worse, .worse, .worse, .worse])
        #expect(worse.isWorse)
        #expect(worse.remarks == ["the scenario's file was changed between A and B"])
        let better = try await compare(slow, RehearsedEvening.crowd)
        #expect(verdicts(better, .delivery) == [.better, .better, .better, .better])
    }

    @Test func `other draws are neither better nor worse, and the same where that is certain`() async throws {
        let others = RehearsedEvening.crowd.replacing("seed: 5", with: "seed: 6")
        let comparison = try await compare(RehearsedEvening.crowd, others)
        let found = verdicts(comparison, .acknowledgement)
        #expect(found.first == .inconclusive)
        #expect(Set(found).isSubset(of: [.inconclusive, .same]))
        // The links differ by less than 5 % whatever was drawn.
        #expect(verdicts(comparison, .delivery) == [.same, .same, .same, .same])
        #expect(comparison.remarks.contains("different seeds: A has 5, B has 6"))
    }

    @Test func `whoever never answers is later than anybody`() async throws {
        let silent = RehearsedEvening.crowd.replacing("share: 97%", with: "share: 80%")
        let comparison = try await compare(RehearsedEvening.crowd, silent)
        let p90 = try #require(comparison.latencies.first { $0.latency == .acknowledgement && $0.perMille == 900 })
        #expect(p90.b == .never)
        #expect(p90.interval == .infinity ... .infinity)
        #expect(p90.verdict == .worse)
    }

    @Test func `the interval is that of a bootstrap that draws every value`() async throws {
        let others = RehearsedEvening.crowd.replacing("seed: 5", with: "seed: 6")
        let a = try await run(scenario: RehearsedEvening.crowd, as: "a")
        let b = try await run(scenario: others, as: "b")
        let comparison = try compare(a, b)
        let p50 = try #require(comparison.latencies.first { $0.latency == .acknowledgement && $0.perMille == 500 })
        let interval = try #require(p50.interval)
        let samples = try [a, b].map { run in
            let database = try RunRecord.openUnproven(at: run.record)
            defer { try? database.close() }
            return Measurements(try database.readHistory()).latencies(.acknowledgement)
        }
        var generator = RandomStream(state: 9)
        func median(_ population: Population) -> Double {
            let drawn = (0..<population.count).map { _ -> Double in
                let index = Int.random(in: 0..<population.count, using: &generator)
                return index < population.values.count ? Double(population.values[index].microseconds) : .infinity
            }
            return drawn.sorted()[population.count / 2 - 1]
        }
        let differences = (0..<2_000).map { _ in median(samples[1]) - median(samples[0]) }.sorted()
        let width = differences[1_949] - differences[50]
        #expect(abs(interval.lowerBound - differences[50]) < width / 5)
        #expect(abs(interval.upperBound - differences[1_949]) < width / 5)
    }

    @Test func `of runs at different speeds it is said in which time people's latencies are`() throws {
        let scratch = try Scratch()
        var live = SampleRun()
        live.world = .live
        for (file, speed) in [("a.sqlite", 60.0), ("b.sqlite", 600), ("c.sqlite", 60)] {
            live.speed = speed
            try live.write(to: scratch.file(file)).close()
        }
        let remarks = try ["b.sqlite", "c.sqlite"].map { other in
            try RunComparison(
                ComparedRecord(path: scratch.file("a.sqlite")),
                ComparedRecord(path: scratch.file(other)),
                tolerance: 0.05
            ).remarks
        }
        #expect(
            remarks == [
                [
                    "different speeds: A ran at 60, B at 600; acknowledgement is in the time of each run's own clock (60 and 600 times as "
                        + "fast as the machine's), and so is what delayed it unseen"
                ], [],
            ]
        )
    }

    @Test func `a virtual run is not compared with a live one`() throws {
        let scratch = try Scratch()
        var live = SampleRun()
        live.world = .live
        try SampleRun().write(to: scratch.file("a.sqlite")).close()
        try live.write(to: scratch.file("b.sqlite")).close()
        #expect(throws: RunComparison.Incomparable.self) {
            try RunComparison(
                ComparedRecord(path: scratch.file("a.sqlite")),
                ComparedRecord(path: scratch.file("b.sqlite")),
                tolerance: 0
            )
        }
    }
}

extension ComparedRecord {
    /// A virtual run, looked at as if it had been a live one: its latencies are the same ones each time.
    static func asLive(_ path: String) throws -> ComparedRecord {
        var record = try ComparedRecord(path: path)
        record.header.world = .live
        return record
    }
}
