/// A histogram as Prometheus keeps one: counts of the samples up to each bound, and their sum.
struct Histogram: Sendable {
    /// In seconds, ascending.
    let bounds: [Double]
    /// One more than the bounds: the last is of the samples beyond all of them.
    private(set) var counts: [Int]
    private(set) var sum = 0.0

    init(bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    mutating func observe(_ seconds: Double) {
        counts[bounds.firstIndex { seconds <= $0 } ?? bounds.count] += 1
        sum += seconds
    }

    var count: Int { counts.reduce(0, +) }

    /// For what the server does: from half a millisecond to half a minute.
    static let machine = Histogram(
        bounds: [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
    )

    /// For what carriers and people do: from a tenth of a second to four hours.
    static let people = Histogram(
        bounds: [0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400]
    )
}
