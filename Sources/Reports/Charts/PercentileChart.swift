internal import Base
internal import Measures

/// Percentiles over time: for each notice, at the time when it went out, from the median up to the 99th.
struct PercentileChart {
    struct Cohort {
        var at: Timestamp
        var name: String
        var latency: LatencySummary
    }

    private static let top = 30.0
    private static let height = 150.0
    private static let bottom = Self.top + Self.height

    private let cohorts: [Cohort]
    private let axis: TimeAxis
    private let scale: LatencyAxis

    /// `nil` where there are not two that could be compared.
    init?(_ cohorts: [Cohort], axis: TimeAxis) {
        // Too few samples, or none that ended: there would be nothing to see.
        let cohorts = cohorts.filter { cohort in
            Self.statistics.contains { Self.span(cohort.latency[$0]) != nil }
        }
        let values = cohorts.flatMap { cohort in Self.statistics.compactMap { Self.span(cohort.latency[$0]) } }
        guard cohorts.count > 1, let least = values.min(), let most = values.max() else { return nil }
        self.cohorts = cohorts
        self.axis = axis
        scale = LatencyAxis(least: least, most: most)
    }

    private static let statistics: [Statistic] = [.p50, .p90, .p95, .p99]

    private static func span(_ value: Population.Value) -> Span? {
        if case .span(let span) = value { span } else { nil }
    }

    func text(label: String) -> String {
        var svg = SVG(height: Int(Self.bottom) + 20, label: label)
        axis.draw(in: &svg, from: Self.top, to: Self.bottom)
        for tick in scale.ticks(atMost: 4) {
            let y = y(tick)
            svg.line(x1: 0, y1: y, x2: 1, y2: y, "grid")
            svg.label(Units.round(tick), x: 0, y: y - 3, "mark over")
        }
        for cohort in cohorts { draw(cohort, &svg) }
        if cohorts.contains(where: { cohort in Self.statistics.contains { cohort.latency[$0] == .never } }) {
            svg.label("never", x: 0, y: 12, "mark over")
        }
        return svg.text
    }

    private func y(_ span: Span) -> Double { Self.bottom - scale.place(span) * Self.height }

    private func draw(_ cohort: Cohort, _ svg: inout SVG) {
        let x = axis.place(cohort.at)
        let known = Self.statistics.compactMap { statistic in
            Self.span(cohort.latency[statistic]).map { (statistic, y($0)) }
        }
        let neverStarts = Self.statistics.contains { cohort.latency[$0] == .never }
        let figures = Self.statistics.compactMap { statistic -> String? in
            switch cohort.latency[statistic] {
            case .span(let span): "\(statistic.rawValue) \(Units.text(span))"
            case .never: "\(statistic.rawValue) never"
            case .withheld, .empty: nil
            }
        }
        let title = "\(axis.clock.text(cohort.at)) \(cohort.name): \(figures.joined(separator: ", "))"
        let highest = neverStarts ? 8 : known.last?.1 ?? Self.bottom
        svg.line(
            x1: x,
            y1: known.first?.1 ?? Self.bottom,
            x2: x,
            y2: highest,
            neverStarts ? "range open" : "range",
            title: title
        )
        if neverStarts { svg.circle(x: x, y: 8, radius: 3, "point hollow", title: title) }
        for (statistic, y) in known {
            svg.circle(
                x: x,
                y: y,
                radius: statistic == .p50 ? 4.5 : 2.5,
                statistic == .p50 ? "point" : "point small",
                title: title
            )
        }
    }
}
