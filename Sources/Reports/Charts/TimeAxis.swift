internal import Base

/// The time of a run across a drawing, in bars of a round length.
struct TimeAxis {
    /// Round lengths of time, in seconds.
    private static let steps: [Int64] = [
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 604_800,
    ]
    private static let mostBars = 150
    private static let mostTicks = 9

    let start: Timestamp
    let end: Timestamp
    let clock: ReportClock
    /// How long one bar is.
    let bar: Span
    let barCount: Int

    init(from start: Timestamp, to end: Timestamp, clock: ReportClock) {
        self.start = start
        self.end = max(end, start + .seconds(1))
        self.clock = clock
        bar = .seconds(Self.step(for: self.end - start, in: Self.mostBars))
        barCount = max(1, Int(((self.end - start).microseconds + bar.microseconds - 1) / bar.microseconds))
    }

    private static func step(for length: Span, in parts: Int) -> Int64 {
        let seconds = (length.microseconds + 999_999) / 1_000_000
        return steps.first { seconds <= $0 * Int64(parts) } ?? max(1, seconds / Int64(parts))
    }

    /// Where an instant is, 0…1; what lies outside is at the edge.
    func place(_ at: Timestamp) -> Double {
        min(1, max(0, Double((at - start).microseconds) / Double((end - start).microseconds)))
    }

    /// Which bar an instant falls into; `nil` outside the run.
    func bar(_ at: Timestamp) -> Int? {
        guard at >= start, at <= end else { return nil }
        return min(barCount - 1, Int((at - start).microseconds / bar.microseconds))
    }

    /// From where to where a bar goes.
    func extent(ofBar index: Int) -> (x: Double, width: Double) {
        let from = place(start + Span(microseconds: bar.microseconds * Int64(index)))
        return (from, place(start + Span(microseconds: bar.microseconds * Int64(index + 1))) - from)
    }

    func title(ofBar index: Int) -> String {
        let from = start + Span(microseconds: bar.microseconds * Int64(index))
        return "\(clock.text(from)) to \(clock.text(from + bar))"
    }

    /// Round times of the clock, with how each is written.
    var ticks: [(at: Timestamp, text: String)] {
        let step = Self.step(for: end - start, in: Self.mostTicks)
        let offset = clock.secondsFromUTC(at: start)
        let length = step * 1_000_000
        let local = start.microseconds + Int64(offset) * 1_000_000
        var at = (local + length - 1) / length * length - Int64(offset) * 1_000_000
        var ticks: [(at: Timestamp, text: String)] = []
        while at <= end.microseconds {
            let instant = Timestamp(microseconds: at)
            ticks.append((instant, step < 60 ? clock.text(instant) : clock.short(instant)))
            at += length
        }
        return ticks
    }

    /// Lines down the drawing, and the times below them; every second time gives way on a narrow screen.
    func draw(in svg: inout SVG, from top: Double, to bottom: Double) {
        for (index, tick) in ticks.enumerated() {
            let x = place(tick.at)
            svg.line(x1: x, y1: top, x2: x, y2: bottom, "grid")
            let anchor: SVG.Anchor = x < 0.03 ? .start : x > 0.97 ? .end : .middle
            svg.label(tick.text, x: x, y: bottom + 14, index % 2 == 0 ? "mark" : "mark minor", anchor: anchor)
        }
    }
}
