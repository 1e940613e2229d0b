internal import Base
internal import Measures

/// How latencies are spread: a histogram on a logarithmic scale and below it what share had happened by when. Those that never
/// happened have a place of their own at the end, since they count as later than any value.
struct DistributionChart {
    struct Curve {
        var name: String
        var population: Population
    }

    private static let bars = 64
    private static let barsHeight = 110.0
    private static let barsTop = 34.0
    private static let curvesHeight = 120.0
    private static let curvesTop = Self.barsTop + Self.barsHeight + 22
    private static let bottom = Self.curvesTop + Self.curvesHeight
    private static let mostPoints = 240

    private let population: Population
    /// Of those parts of the whole that have something to draw; empty where there is only one.
    let curves: [Curve]
    /// What was measured, as `records` or `customers`.
    private let noun: String
    private let marks: [(name: String, value: Span)]
    private let axis: LatencyAxis
    /// How much of the width the scale has; the rest is for those that never happened.
    private let room: Double

    /// `nil` where nothing has a value to draw.
    init?(_ population: Population, curves: [Curve], noun: String, marks: [(name: String, value: Span)]) {
        guard let least = population.values.first, let most = population.values.last else { return nil }
        self.population = population
        let drawn = curves.filter { !$0.population.values.isEmpty }
        self.curves = drawn.count > 1 ? drawn : []
        self.noun = noun
        self.marks = marks
        axis = LatencyAxis(least: least, most: most)
        room = population.endless > 0 ? 0.86 : 1
    }

    /// - Parameter label: what is shown, in words.
    func text(label: String) -> String {
        var svg = SVG(height: Int(Self.bottom) + 22, label: label)
        drawScale(&svg)
        drawBars(&svg)
        drawCurves(&svg)
        drawMarks(&svg)
        return svg.text
    }

    private func drawScale(_ svg: inout SVG) {
        for (index, tick) in axis.ticks(atMost: 9).enumerated() {
            let x = axis.place(tick) * room
            svg.line(x1: x, y1: Self.barsTop, x2: x, y2: Self.bottom, "grid")
            // The last one keeps clear of the edge, or of `never` beside it.
            let anchor: SVG.Anchor = x < 0.03 ? .start : x > room - 0.03 ? .end : .middle
            svg.label(
                Units.round(tick),
                x: x,
                y: Self.bottom + 15,
                index % 2 == 0 ? "mark" : "mark minor",
                anchor: anchor
            )
        }
        for share in [0.0, 0.5, 1] {
            let y = Self.bottom - share * Self.curvesHeight
            svg.line(x1: 0, y1: y, x2: 1, y2: y, share == 0 ? "base" : "grid")
            svg.label("\(Int(share * 100)) %", x: 0, y: y - 3, "mark over")
        }
    }

    private func drawBars(_ svg: inout SVG) {
        var counts = Array(repeating: 0, count: Self.bars)
        for value in population.values {
            counts[min(Self.bars - 1, Int(axis.place(value) * Double(Self.bars)))] += 1
        }
        let most = Double(max(counts.max() ?? 1, population.endless))
        let base = Self.barsTop + Self.barsHeight
        svg.line(x1: 0, y1: base, x2: 1, y2: base, "base")
        for (index, count) in counts.enumerated() where count > 0 {
            let x = Double(index) / Double(Self.bars)
            let (from, to) = (axis.value(at: x), axis.value(at: x + 1 / Double(Self.bars)))
            let height = max(1, Double(count) / most * Self.barsHeight)
            svg.rectangle(
                x: x * room,
                width: room / Double(Self.bars) * 0.88,
                y: base - height,
                height: height,
                "bar",
                title: "\(Units.text(from)) to \(Units.text(to)): \(Units.count(count)) \(noun)"
                    + ", \(Units.share(count, of: population.count))"
            )
        }
        guard population.endless > 0 else { return }
        let height = max(1, Double(population.endless) / most * Self.barsHeight)
        svg.rectangle(
            x: 0.9,
            width: 0.07,
            y: base - height,
            height: height,
            "bar never",
            title:
                "never: \(Units.count(population.endless)) \(noun), \(Units.share(population.endless, of: population.count))"
        )
        svg.label("never", x: 0.935, y: Self.bottom + 15, "mark", anchor: .middle)
        svg.label(Units.count(population.endless), x: 0.935, y: base - height - 5, "mark strong", anchor: .middle)
    }

    private func drawCurves(_ svg: inout SVG) {
        for (index, curve) in curves.enumerated() {
            draw(curve.population, &svg, "curve part part-\(index % 5)", name: curve.name)
        }
        draw(population, &svg, "curve", name: nil)
    }

    private func draw(_ population: Population, _ svg: inout SVG, _ style: String, name: String?) {
        let values = population.values
        let count = Double(population.count)
        let stride = max(1, (values.count + Self.mostPoints - 1) / Self.mostPoints)
        var path = "M0 \(SVG.pixels(Self.curvesHeight))"
        var index = 0
        while index < values.count {
            let last = min(values.count, index + stride)
            let y = Self.curvesHeight * (1 - Double(last) / count)
            path += "H\(SVG.pixels(axis.place(values[last - 1]) * room * 1_000))V\(SVG.pixels(y))"
            index = last
        }
        path += "H1000"
        if name == nil {
            svg.path(path + "V\(SVG.pixels(Self.curvesHeight))Z", y: Self.curvesTop, height: Self.curvesHeight, "area")
        }
        svg.path(path, y: Self.curvesTop, height: Self.curvesHeight, style)
    }

    /// A line down both drawings at each percentile. Names that would cover each other stand together, or in rows.
    private func drawMarks(_ svg: inout SVG) {
        var labels: [(x: Double, text: String)] = []
        for (name, value) in marks {
            let x = axis.place(value) * room
            svg.line(x1: x, y1: 12, x2: x, y2: Self.bottom, "percentile", title: "\(name): \(Units.text(value))")
            if let last = labels.last, x - last.x < 0.04 {
                labels[labels.count - 1].text += " \(name)"
            } else {
                labels.append((x, name))
            }
        }
        var ends = [-1.0, -1.0]
        for label in labels {
            let half = 0.013 * Double(label.text.count)
            let row = ends.firstIndex { label.x - half > $0 } ?? 1
            ends[row] = label.x + half
            let anchor: SVG.Anchor = label.x < half ? .start : label.x > 1 - half ? .end : .middle
            svg.label(label.text, x: label.x, y: 11 + Double(row) * 13, "strong over", anchor: anchor)
        }
    }
}
