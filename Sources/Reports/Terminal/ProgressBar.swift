public import Base

/// How far a run has come, on one line. Writing `\r` before it and clearing the line at the end is the caller's.
public struct ProgressBar: Sendable {
    public struct Progress: Sendable {
        /// From 0 to 1.
        public var fraction: Double
        /// Of several runs, how many are over.
        public var finishedRuns: (count: Int, total: Int)?
        public var dispatchesPerSecond: Double
        /// On the wall's clock, since the run began.
        public var elapsed: Span
        /// The files of the scenarios that run now, the one that began first before the others.
        public var running: [String]

        public init(
            fraction: Double,
            finishedRuns: (count: Int, total: Int)? = nil,
            dispatchesPerSecond: Double,
            elapsed: Span,
            running: [String] = []
        ) {
            self.fraction = fraction
            self.finishedRuns = finishedRuns
            self.dispatchesPerSecond = dispatchesPerSecond
            self.elapsed = elapsed
            self.running = running
        }
    }

    private static let widestBar = 28
    private static let narrowestBar = 10
    private let style: TerminalStyle

    public init(style: TerminalStyle) {
        self.style = style
    }

    /// The line, padded to the same width each time so that it covers the one before; `nil` in the first second, since most runs
    /// are over by then.
    public func line(_ progress: Progress) -> String? {
        guard progress.elapsed >= .seconds(1) else { return nil }
        let fraction = fraction(progress)
        let percent = String(Int(fraction * 100)).aligned(right: 3) + " %"
        var facts = done(progress)
        facts += running(progress)
        facts += [Units.rate(progress.dispatchesPerSecond, of: "dispatches"), remaining(fraction, progress.elapsed)]
        // The last column stays free: some terminals wrap when it is written.
        let width = style.width - 1
        while true {
            let text = percent + facts.map { "  " + $0 }.joined()
            let room = width - text.columns - 1
            if room >= Self.narrowestBar {
                let bar = bar(fraction, width: min(room, Self.widestBar))
                let padding = String(repeating: " ", count: width - bar.columns - 1 - text.columns)
                return style.paint(bar, .green) + " " + text + padding
            }
            guard facts.count > 1 else { return text.shortened(to: width, style.ellipsis).padded(to: width) }
            // Of what does not fit, the rate goes first, and what runs next.
            facts.remove(at: facts.count - 2)
        }
    }

    /// The same as a line of a log.
    public func words(_ progress: Progress) -> String {
        let fraction = fraction(progress)
        let facts =
            done(progress) + running(progress) + ["\(Int(fraction * 100)) %", remaining(fraction, progress.elapsed)]
        return facts.filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private func fraction(_ progress: Progress) -> Double {
        progress.fraction.isFinite ? min(max(progress.fraction, 0), 1) : 0
    }

    private func done(_ progress: Progress) -> [String] {
        progress.finishedRuns.map { ["\(Units.count($0.count)) of \(Units.count($0.total)) done"] } ?? []
    }

    /// The scenario that has been running the longest, by its file's name.
    private func running(_ progress: Progress) -> [String] {
        guard let first = progress.running.first?.split(separator: "/").last else { return [] }
        return [String(first).printable()]
    }

    /// Extrapolated from the elapsed time; nothing is said of the first hundredth, which says nothing itself.
    private func remaining(_ fraction: Double, _ elapsed: Span) -> String {
        guard fraction < 1 else { return "done" }
        guard fraction >= 0.01 else { return "" }
        let microseconds = Double(elapsed.microseconds) * (1 - fraction) / fraction
        guard microseconds < 1e15 else { return "" }
        let seconds = Int64((microseconds / 1_000_000).rounded(.up))
        return (seconds < 60 ? Units.round(.seconds(seconds)) : Units.text(.seconds(seconds))) + " left"
    }

    private func bar(_ fraction: Double, width: Int) -> String {
        guard style.hasUnicode else {
            let filled = Int(fraction * Double(width - 2))
            return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: width - 2 - filled) + "]"
        }
        let eighths = Int(fraction * Double(width * 8))
        let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
        let filled = String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
        return filled + String(repeating: "░", count: width - filled.columns)
    }
}
