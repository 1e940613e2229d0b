internal import Base
internal import DemandResponse

/// What happened in one program over the time of the run: its incidents, and below them how many notices, deliveries,
/// acknowledgements and faults fell into each bar of time.
struct TimelineChart {
    enum Strip: Int, CaseIterable {
        case notices, deliveries, acknowledgements, faults

        /// `1 notice`, `970 acknowledgements`
        func counted(_ count: Int) -> String {
            switch self {
            case .notices: Units.plural(count, "notice")
            case .deliveries: Units.plural(count, "delivery", "deliveries")
            case .acknowledgements: Units.plural(count, "acknowledgement")
            case .faults: Units.plural(count, "fault")
            }
        }
    }

    struct Period {
        var name: String
        var announcedAt: Timestamp
        var startsAt: Timestamp
        var endsAt: Timestamp?
        var closing: Closing?

        var isCancelled: Bool { closing?.kind == .cancellation }
        var label: String { closing.map { "\(name), \($0.kind.done)" } ?? name }
    }

    private static let periodHeight = 15.0
    private static let mostPeriodRows = 6
    private static let labelHeight = 15.0
    private static let stripHeight = 24.0

    let axis: TimeAxis
    var periods: [Period] = []
    private(set) var counts: [[Int]]

    init(axis: TimeAxis) {
        self.axis = axis
        counts = Array(repeating: Array(repeating: 0, count: axis.barCount), count: Strip.allCases.count)
    }

    mutating func add(_ strip: Strip, at instant: Timestamp) {
        if let bar = axis.bar(instant) { counts[strip.rawValue][bar] += 1 }
    }

    func total(_ strip: Strip) -> Int { counts[strip.rawValue].reduce(0, +) }

    func text(label: String) -> String {
        let rows = periodRows
        let periodsHeight = Double(rows.count) * Self.periodHeight + 6
        let height = periodsHeight + Double(Strip.allCases.count) * (Self.labelHeight + Self.stripHeight)
        var svg = SVG(height: Int(height) + 20, label: label)
        axis.draw(in: &svg, from: 0, to: height)
        for (row, periods) in rows.enumerated() {
            for period in periods { draw(period, y: Double(row) * Self.periodHeight, &svg) }
        }
        for strip in Strip.allCases {
            draw(strip, y: periodsHeight + Double(strip.rawValue) * (Self.labelHeight + Self.stripHeight), &svg)
        }
        drawTitles(from: periodsHeight, to: height, &svg)
        return svg.text
    }

    // MARK: Incidents

    /// As few rows as keep incidents from covering each other; what does not fit goes into the last one.
    private var periodRows: [[Period]] {
        var rows: [(end: Timestamp, periods: [Period])] = []
        for period in periods.sorted(by: { $0.announcedAt < $1.announcedAt }) {
            let end = max(period.endsAt ?? axis.end, period.startsAt)
            if let row = rows.firstIndex(where: { $0.end <= period.announcedAt }) {
                rows[row].end = end
                rows[row].periods.append(period)
            } else if rows.count < Self.mostPeriodRows {
                rows.append((end, [period]))
            } else {
                rows[rows.count - 1].periods.append(period)
            }
        }
        return rows.map(\.periods)
    }

    /// A thin line from the notice on, a bar from the start to the end; what was called off is empty.
    private func draw(_ period: Period, y: Double, _ svg: inout SVG) {
        let notice = axis.place(period.announcedAt)
        let start = axis.place(period.startsAt)
        let end = axis.place(period.endsAt ?? axis.end)
        var title =
            "\(period.name): notice \(axis.clock.brief(period.announcedAt)), from \(axis.clock.brief(period.startsAt))"
        title += period.endsAt.map { " to \(axis.clock.brief($0))" } ?? ", without an end"
        if let closing = period.closing { title += ", \(closing.kind.done) \(axis.clock.brief(closing.at))" }
        let middle = y + Self.periodHeight / 2
        svg.line(x1: notice, y1: middle, x2: start, y2: middle, "lead", title: title)
        svg.circle(x: notice, y: middle, radius: 2.5, "lead-dot", title: title)
        if end > start {
            svg.rectangle(
                x: start,
                width: end - start,
                y: y + 2,
                height: Self.periodHeight - 4,
                period.isCancelled ? "period off" : "period",
                title: title
            )
        }
        if let closing = period.closing {
            let x = axis.place(closing.at)
            svg.line(x1: x, y1: y + 1, x2: x, y2: y + Self.periodHeight - 1, "cancel", title: title)
        }
        // A name of a few letters fits where the bar is wide; wherever it is not, pointing at it tells.
        let text = period.label
        if end - start > 0.012 * Double(text.count) + 0.02 {
            svg.label(text, x: start + 0.006, y: middle + 4, period.isCancelled ? "within off" : "within")
        }
    }

    // MARK: Densities

    private func draw(_ strip: Strip, y: Double, _ svg: inout SVG) {
        let counts = counts[strip.rawValue]
        let most = counts.max() ?? 0
        let base = y + Self.labelHeight + Self.stripHeight
        svg.line(x1: 0, y1: base, x2: 1, y2: base, "base")
        let total = total(strip)
        let peak = most < total ? ", at most \(Units.count(most)) in \(Units.round(axis.bar))" : ""
        svg.label(total == 0 ? "no \(strip)" : strip.counted(total) + peak, x: 0, y: y + 11, "mark over")
        guard most > 0 else { return }
        var path = ""
        for (index, count) in counts.enumerated() where count > 0 {
            let (x, width) = axis.extent(ofBar: index)
            let height = max(1.5, Double(count) / Double(most) * Self.stripHeight)
            let top = SVG.pixels(Self.stripHeight - height)
            // At the foot of a bar no gap: at hundreds of bars gaps would be all that is seen.
            path +=
                "M\(SVG.pixels(x * 1_000)) \(SVG.pixels(Self.stripHeight))V\(top)h\(SVG.pixels(max(width * 1_000, 2)))"
            path += "V\(SVG.pixels(Self.stripHeight))Z"
        }
        svg.path(path, y: y + Self.labelHeight, height: Self.stripHeight, "density \(strip)")
    }

    /// One invisible column a bar, over all strips, that tells its figures.
    private func drawTitles(from top: Double, to bottom: Double, _ svg: inout SVG) {
        for bar in 0..<axis.barCount {
            let figures = Strip.allCases.compactMap { strip -> String? in
                let count = counts[strip.rawValue][bar]
                return count > 0 ? strip.counted(count) : nil
            }
            guard !figures.isEmpty else { continue }
            let (x, width) = axis.extent(ofBar: bar)
            let title = "\(axis.title(ofBar: bar)): \(figures.joined(separator: ", "))"
            svg.rectangle(x: x, width: width, y: top, height: bottom - top, "touch", title: title)
        }
    }
}
