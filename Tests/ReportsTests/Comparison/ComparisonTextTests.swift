import Foundation
import TestSupport
import Testing

@testable import Reports

/// What `compare` prints, word for word.
@Suite struct ComparisonTextTests {
    /// Small crowds in two folders; the second suite has one scenario that the first has not.
    /// - Parameter runs: how many a side are looked at as live ones.
    private func compare(runs: Int, _ change: (String) -> String) async throws -> String {
        let scratch = try Scratch()
        let (a, b) = (scratch.file("a"), scratch.file("b"))
        _ = try await run(scenario: RehearsedEvening.crowd, as: "crowd", in: a)
        _ = try await run(scenario: change(RehearsedEvening.crowd), as: "crowd", in: b)
        _ = try await run(scenario: RehearsedEvening.everything, as: "evening", in: b)
        var comparison = try await SuiteComparison([a], [b], tolerance: 0.05)
        if runs > 0 {
            var sides: [[ComparedRecord]] = []
            for scenario in [RehearsedEvening.crowd, change(RehearsedEvening.crowd)] {
                var records: [ComparedRecord] = []
                for seed in 5..<5 + runs {
                    let run = try await run(scenario: scenario.replacing("seed: 5", with: "seed: \(seed)"), as: "crowd")
                    records.append(try .asLive(run.record))
                }
                sides.append(records)
            }
            comparison.runs[0].comparison = try RunComparison(sides[0], sides[1], tolerance: 0.05)
        }
        return ComparisonReport(comparison, style: TerminalStyle()).text
    }

    @Test func `a later run that is slower and decides otherwise`() async throws {
        let text = try await compare(runs: 5) {
            $0.replacing("delay: 40ms", with: "delay: 60ms").replacing("share: 97%", with: "share: 80%")
                .replacing("ids: 1..300", with: "ids: 3..300")
        }
        // The runs that are not alike are named by paths of this test, which are others each time.
        let remarks = try #require(text.range(of: "note: the runs of A"))
        let decisions = try #require(text.range(of: "\nDecisions"))
        #expect(text.replacingCharacters(in: remarks.lowerBound..<decisions.lowerBound, with: "") == Self.worse)
    }

    @Test func `a later run that is the same`() async throws {
        let text = try await compare(runs: 1) { $0 }
        #expect(text == Self.same)
    }

    @Test func `of virtual runs no latencies are told`() async throws {
        let text = try await compare(runs: 0) { $0.replacing("delay: 40ms", with: "delay: 60ms") }
        #expect(text.contains("NO WORSE\ntwo virtual runs, A and B"))
        #expect(text.contains("\nLatencies       not compared: those of virtual runs are the script's\n\n1 scenario"))
    }
}

extension ComparisonTextTests {
    private static let worse = """
        Crowd                                                             DIFFERS, WORSE
        live runs: 5 of A, 5 of B
        note: the scenario's file was changed between A and B

        Decisions       2 differences
          ✗ 2 customers (1..2), incident relief: is no longer dispatched; was dispatched
            by websocket at 18:01:00
          ✗ 61 customers (17..18, 31, 35..36, 40, 46, 48, …), incident relief: the
            answer is now none that counts; was acknowledged in time by {name}

        Latencies       13 worse, 3 same
                          A        B  B later by, 95 % sure  verdict
          delivery
            p50     45.0 ms  64.9 ms    +19.8 ms … +20.2 ms    worse
            p90     49.0 ms  69.0 ms    +19.6 ms … +20.4 ms    worse
            p95     49.4 ms  69.4 ms    +19.8 ms … +20.2 ms    worse
            p99     49.9 ms  69.9 ms    +19.8 ms … +20.2 ms    worse
            p99.9   50.0 ms  70.0 ms    +19.9 ms … +20.1 ms    worse
          acknowledgement
            p50      33.5 s   40.0 s      +3.49 s … +8.74 s    worse
            p90      56.3 s    never             never in B    worse
            p95      58.8 s    never             never in B    worse
            p99       never    never                      0     same
            p99.9     never    never                      0     same
          confirmation
            p50     90.1 ms   130 ms    +39.8 ms … +40.6 ms    worse
            p90     95.6 ms   136 ms    +39.4 ms … +40.7 ms    worse
            p95     97.2 ms   137 ms    +39.3 ms … +40.9 ms    worse
            p99     98.8 ms   139 ms    +39.5 ms … +40.6 ms    worse
            p99.9   99.5 ms   139 ms    +39.3 ms … +40.4 ms    worse
          dispatch lag
            p50         0 s      0 s                      0     same
          never: falls among those who had not answered when the run ended
          worse, better: the interval lies beyond 5 % of the smaller; same: within

        1 scenario without a counterpart
          ✗ only B has evening

        """

    private static let same = """
        Crowd                                                                   NO WORSE
        two live runs, A and B
        note: 1 run a side: nothing can be said of latencies for sure, since two runs of
        one build differ as well; make at least 5 of each (griddrill run --live --repeat
        5) and name them all

        Decisions       the same

        Latencies       12 same
                          A        B  B later by, 95 % sure  verdict
          delivery
            p50     44.9 ms  44.9 ms                      0     same
            p90     48.9 ms  48.9 ms                      0     same
            p95     49.3 ms  49.3 ms                      0     same
            p99     49.9 ms  49.9 ms                      0     same
          acknowledgement
            p50      34.4 s   34.4 s                      0     same
            p90      57.2 s   57.2 s                      0     same
            p95      59.8 s   59.8 s                      0     same
            p99       never    never                      0     same
          confirmation
            p50     90.3 ms  90.3 ms                      0     same
            p90     95.8 ms  95.8 ms                      0     same
            p95     97.6 ms  97.6 ms                      0     same
            p99     98.9 ms  98.9 ms                      0     same
          never: falls among those who had not answered when the run ended

        1 scenario without a counterpart
          ✗ only B has evening

        """
}
