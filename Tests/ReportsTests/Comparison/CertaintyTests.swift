import Base
import Measures
import Testing

@testable import Reports

/// How often a comparison is wrong, and how often it finds what is there: runs are simulated as live ones come, each with a pace of its
/// own that all its customers share, and each incident in it with another one.
@Suite struct CertaintyTests {
    private static let perMilles = [500, 900, 950]

    /// Milliseconds of a fan-out to sixty customers: they wait for one another, so that what delays one delays all.
    private static func side(_ runs: Int, pace: Double, _ stream: inout RandomStream) -> LatencySample {
        LatencySample(
            (0..<runs).map { _ in
                let run = pace * (1 + 0.05 * stream.normal())
                return ["peak", "games"].map { incident in
                    let round = run * (1 + 0.03 * stream.normal()) * (incident == "peak" ? 1 : 3)
                    let spans = (1...20).map { Span(microseconds: Int64(1_000 * round * (10 + Double($0)))) }
                    return (incident, Population(spans))
                }
            }
        )
    }

    private static func verdicts(
        of comparisons: Int,
        runs: Int,
        slowerBy change: Double,
        seed: UInt64
    ) -> [Set<LatencyComparison.Verdict>] {
        var stream = RandomStream(state: seed)
        return (0..<comparisons).map { index in
            let (a, b) = (side(runs, pace: 1, &stream), side(runs, pace: 1 + change, &stream))
            var bootstrap = Bootstrap(seed: UInt64(index))
            let intervals = bootstrap.intervals(perMilles: perMilles, a, b)
            return Set(
                perMilles.enumerated().map { place, perMille in
                    LatencyComparison(
                        .delivery,
                        perMille: perMille,
                        a.pooled,
                        b.pooled,
                        interval: intervals?[place],
                        tolerance: 0
                    ).verdict
                }
            )
        }
    }

    @Test(arguments: [5, 8])
    func `between equal sides at most one comparison in twenty is called better or worse`(runs: Int) {
        let verdicts = Self.verdicts(of: 100, runs: runs, slowerBy: 0, seed: UInt64(runs))
        let alarms = verdicts.count { $0.contains(.worse) || $0.contains(.better) }
        #expect(alarms <= 5)
    }

    @Test func `with five runs a side a change by a fifth is found`() {
        let verdicts = Self.verdicts(of: 50, runs: 5, slowerBy: 0.2, seed: 20)
        #expect(verdicts.count { $0.contains(.worse) } >= 40)
        #expect(verdicts.count { $0.contains(.better) } == 0)
    }

    @Test(arguments: [1, 4])
    func `with few runs a side nothing is certain`(runs: Int) {
        let verdicts = Self.verdicts(of: 5, runs: runs, slowerBy: 1, seed: 7)
        #expect(verdicts.allSatisfy { $0 == [.inconclusive] })
    }
}
