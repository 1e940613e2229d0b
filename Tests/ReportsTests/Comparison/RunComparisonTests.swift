import Base
import DemandResponse
import DispatchStore
import TestSupport
import Testing
import Measures

@testable import Reports

@Suite struct RunComparisonTests {
    /// Runs of a scenario with other seeds, looked at as live ones.
    private func runs(_ scenario: String, _ seeds: ClosedRange<Int> = 1...5) async throws -> [ComparedRecord] {
        var records: [ComparedRecord] = []
        for seed in seeds {
            let run = try await run(scenario: scenario.replacing("seed: 5", with: "seed: \(seed)"), as: "run")
            records.append(try .asLive(run.record))
        }
        return records
    }

    private func verdicts(_ comparison: RunComparison, _ latency: Latency) -> [LatencyComparison.Verdict] {
        comparison.latencies.filter { $0.latency == latency }.map(\.verdict)
    }

    @Test func `latencies of virtual runs are the script's, and not compared`() async throws {
        let a = try await run(scenario: RehearsedEvening.crowd, as: "a")
        let slow = RehearsedEvening.crowd.replacing("delay: 40ms", with: "delay: 60ms")
        let b = try await run(scenario: slow, as: "b")
        let virtual = try RunComparison(
            [ComparedRecord(path: a.record)],
            [ComparedRecord(path: b.record)],
            tolerance: 0.05
        )
        #expect(virtual.latencies.isEmpty && !virtual.isWorse)
        #expect(virtual.differences.isEmpty)
    }

    @Test func `equal runs are the same in all`() async throws {
        let runs = try await runs(RehearsedEvening.crowd, 5...5)
        let comparison = try RunComparison(runs, runs, tolerance: 0.05)
        #expect(comparison.differences.isEmpty)
        #expect(comparison.latencies.allSatisfy { $0.verdict == .same })
    }

    @Test func `links that are slower by half are worse, and the other way round better`() async throws {
        let slow = try await runs(RehearsedEvening.crowd.replacing("delay: 40ms", with: "delay: 60ms"))
        let usual = try await runs(RehearsedEvening.crowd)
        let worse = try RunComparison(usual, slow, tolerance: 0.05)
        #expect(Set(verdicts(worse, .delivery)) == [.worse])
        #expect(worse.isWorse)
        #expect(worse.remarks.first == "the scenario's file was changed between A and B")
        let better = try RunComparison(slow, usual, tolerance: 0.05)
        #expect(Set(verdicts(better, .delivery)) == [.better])
    }

    @Test func `other draws are neither better nor worse, and the same where that is certain`() async throws {
        let (a, b) = (try await runs(RehearsedEvening.crowd), try await runs(RehearsedEvening.crowd, 6...10))
        let comparison = try RunComparison(a, b, tolerance: 0.05)
        #expect(Set(verdicts(comparison, .acknowledgement)).isSubset(of: [.inconclusive, .same]))
        // The links differ by less than 5 % whatever was drawn.
        #expect(Set(verdicts(comparison, .delivery)) == [.same])
    }

    @Test func `of one run a side nothing is said for sure`() async throws {
        let slow = try await runs(RehearsedEvening.crowd.replacing("delay: 40ms", with: "delay: 60ms"), 5...5)
        let comparison = try RunComparison(try await runs(RehearsedEvening.crowd, 5...5), slow, tolerance: 0.05)
        #expect(verdicts(comparison, .delivery).allSatisfy { $0 == .inconclusive })
        #expect(!comparison.isWorse)
        #expect(comparison.remarks.last?.hasPrefix("1 run a side: nothing can be said of latencies for sure") == true)
    }

    @Test func `whoever never answers is later than anybody`() async throws {
        let silent = try await runs(RehearsedEvening.crowd.replacing("share: 97%", with: "share: 80%"))
        let comparison = try RunComparison(try await runs(RehearsedEvening.crowd), silent, tolerance: 0.05)
        let p90 = try #require(comparison.latencies.first { $0.latency == .acknowledgement && $0.perMille == 900 })
        #expect(p90.b == .never)
        #expect(p90.interval == .infinity ... .infinity)
        #expect(p90.verdict == .worse)
    }

    @Test func `runs of one side that are not of one thing are told`() async throws {
        let usual = try await runs(RehearsedEvening.crowd, 5...5)
        let fewer = try await runs(RehearsedEvening.crowd.replacing("ids: 1..300", with: "ids: 3..300"), 5...5)
        let comparison = try RunComparison(usual + fewer, usual, tolerance: 0.05)
        #expect(comparison.remarks.contains { $0.hasPrefix("the runs of A do not decide alike: ") })
        #expect(comparison.differences.isEmpty)
        #expect(try !RunComparison(usual, usual + fewer, tolerance: 0.05).differences.isEmpty)
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
                [ComparedRecord(path: scratch.file("a.sqlite"))],
                [ComparedRecord(path: scratch.file(other))],
                tolerance: 0.05
            ).remarks.dropLast()
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
                [ComparedRecord(path: scratch.file("a.sqlite"))],
                [ComparedRecord(path: scratch.file("b.sqlite"))],
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
        // Live runs of one seed differ, and virtual ones of several do.
        record.header.seed = 5
        return record
    }
}
