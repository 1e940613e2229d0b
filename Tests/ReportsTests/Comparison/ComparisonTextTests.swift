import TestSupport
import Testing

@testable import Reports

/// What `compare` prints, word for word.
@Suite struct ComparisonTextTests {
    /// Two small crowds in two folders; the second suite has one scenario that the first has not.
    private func compare(asLive: Bool = true, _ change: (String) -> String) async throws -> String {
        let scratch = try Scratch()
        let (a, b) = (scratch.file("a"), scratch.file("b"))
        _ = try await run(scenario: RehearsedEvening.crowd, as: "crowd", in: a)
        _ = try await run(scenario: change(RehearsedEvening.crowd), as: "crowd", in: b)
        _ = try await run(scenario: RehearsedEvening.everything, as: "evening", in: b)
        var comparison = try await SuiteComparison(a, b, tolerance: 0.05)
        if asLive {
            let records = [a, b].map { "\($0)/crowd/record.sqlite" }
            comparison.runs[0].comparison = try RunComparison(.asLive(records[0]), .asLive(records[1]), tolerance: 0.05)
        }
        return ComparisonReport(comparison, style: TerminalStyle()).text
    }

    @Test func `a later run that is slower and decides otherwise`() async throws {
        let text = try await compare {
            $0.replacing("delay: 40ms", with: "delay: 60ms").replacing("share: 97%", with: "share: 80%")
                .replacing("ids: 1..300", with: "ids: 3..300")
        }
        #expect(text == Self.worse)
    }

    @Test func `a later run that is the same`() async throws {
        let text = try await compare { $0 }
        #expect(text == Self.same)
    }

    @Test func `of virtual runs no latencies are told`() async throws {
        let text = try await compare(asLive: false) { $0.replacing("delay: 40ms", with: "delay: 60ms") }
        #expect(text.contains("NO WORSE\ntwo virtual runs, A and B"))
        #expect(text.contains("\nLatencies       not compared: those of virtual runs are the script's\n\n1 scenario"))
    }
}

extension ComparisonTextTests {
    private static let worse = """
        Crowd                                                             DIFFERS, WORSE
        two live runs, A and B
        note: the scenario's file was changed between A and B

        Decisions       2 differences
          ✗ 2 customers (1..2), incident relief: is no longer dispatched; was dispatched
            by websocket at 18:01:00
          ✗ 61 customers (17..18, 31, 35..36, 40, 46, 48, …), incident relief: the
            answer is now none that counts; was acknowledged in time by {name}

        Latencies       10 worse, 1 same, 1 inconclusive
                          A        B  B later by, 95 % sure       verdict
          delivery
            p50     44.9 ms  64.9 ms    +19.2 ms … +20.9 ms         worse
            p90     48.9 ms  69.0 ms    +19.7 ms … +20.4 ms         worse
            p95     49.3 ms  69.5 ms    +19.4 ms … +20.6 ms         worse
            p99     49.9 ms  69.9 ms    +19.8 ms … +20.2 ms         worse
          acknowledgement
            p50      34.4 s   41.5 s      +2.36 s … +13.0 s         worse
            p90      57.2 s    never             never in B         worse
            p95      59.8 s    never       0 s … never in B  inconclusive
            p99       never    never                      0          same
          confirmation
            p50     90.3 ms   130 ms    +39.2 ms … +41.0 ms         worse
            p90     95.8 ms   136 ms    +38.6 ms … +41.8 ms         worse
            p95     97.6 ms   138 ms    +39.0 ms … +41.2 ms         worse
            p99     98.9 ms   139 ms    +39.1 ms … +40.6 ms         worse
          never: falls among those who had not answered when the run ended
          worse, better: the interval lies beyond 5 % of the smaller; same: within

        1 scenario without a counterpart
          ✗ only B has evening

        """

    private static let same = """
        Crowd                                                                   NO WORSE
        two live runs, A and B

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
