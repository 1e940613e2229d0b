internal import Base
internal import DispatchStore

/// One scenario of a suite on one line of a terminal: whether it held, its name, and what came of it.
///
/// The columns have their places whatever the others' names are, so that lines can be written as runs end. Where the terminal is narrow
/// columns go, not names.
public struct SuiteLine: Sendable {
    private let entry: SuiteSummary.Entry
    private let style: TerminalStyle

    public init(_ entry: SuiteSummary.Entry, style: TerminalStyle) {
        self.entry = entry
        self.style = style
    }

    /// Without a line feed.
    public var text: String {
        let remark = style.plain(remark)
        let shown = [
            (remark, Self.remarkWidth, !style.isNarrow || entry.status != .allHeld), (wall, Self.wallWidth, true),
        ]
        .filter(\.2)
        let room = style.width - style.markWidth - 1 - shown.reduce(0) { $0 + Self.gap + $1.1 }
        let name = entry.name.printable().shortened(to: room, style.ellipsis).padded(to: room)
        let columns = shown.map { String(repeating: " ", count: Self.gap) + $0.0.aligned(right: $0.1) }
        let line = (name + columns.joined()).trimmingEnd()
        let mark = style.mark(entry.status == .allHeld)
        return "\(mark) " + (entry.status == .allHeld ? line : style.paint(line, .boldRed))
    }

    private static let gap = 2
    private static let remarkWidth = 18
    private static let wallWidth = 8

    /// What a run that did not pass is to be told of first; of one that passed, how much it decided.
    private var remark: String {
        guard entry.status == .allHeld, case .run(let run) = entry else { return entry.verdict }
        let known = run.expectations.known.count
        guard known == 0 else { return "\(Units.count(known)) known to fail" }
        return Units.plural(run.overall.counts.dispatches, "dispatch", "dispatches")
    }

    private var wall: String {
        guard case .run(let run) = entry, let duration = run.header.wallDuration else { return "" }
        return Units.text(duration)
    }
}

extension SuiteSummary.Entry {
    /// In one word, or two.
    var verdict: String {
        switch self {
        case .broken(let run): run.status == .invalidScenario ? "INVALID" : "BROKEN OFF"
        case .run(let run): run.verdict
        }
    }
}

extension String {
    fileprivate func trimmingEnd() -> String {
        String(self[..<(lastIndex { $0 != " " }.map { index(after: $0) } ?? startIndex)])
    }
}
