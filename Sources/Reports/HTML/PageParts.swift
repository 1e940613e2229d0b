internal import Base
internal import DispatchStore
internal import Measures

/// What templates show: plain values, whose names the templates use as keys.
///
/// A table of any kind.
struct PageTable {
    var caption: String
    var heads: [PageCell]
    var groups: [PageGroup]
    /// What the command is for.
    var note: String?
    /// A command that shows all of what is shown in part.
    var query: String?
    /// With that of the names.
    let columns: Int

    init(caption: String, heads: [PageCell], groups: [PageGroup], note: String? = nil, query: String? = nil) {
        self.caption = caption
        self.heads = heads
        self.groups = groups
        self.note = note
        self.query = query
        columns = heads.count + 1
    }

    init(caption: String, heads: [PageCell], rows: [PageRow], note: String? = nil, query: String? = nil) {
        let group = PageGroup(heading: nil, rows: rows)
        self.init(caption: caption, heads: heads, groups: [group], note: note, query: query)
    }
}

/// Rows under a heading of their own.
struct PageGroup {
    /// Not `title`: a template takes what is `nil` here from the page around it, and that has one.
    var heading: String?
    var rows: [PageRow]
}

struct PageRow {
    var name: String
    var detail: String?
    var cells: [PageCell]
    /// `bad` where it tells of something that went wrong.
    var tone = ""
}

struct PageCell {
    var text: String
    /// Of its column: `number` or `words`; and `dim` or `never`.
    var style: String

    static func words(_ text: String) -> PageCell { PageCell(text: text, style: "words") }
    static func number(_ text: String) -> PageCell { PageCell(text: text, style: "number") }
    static func count(_ number: Int) -> PageCell {
        PageCell(text: Units.count(number), style: number == 0 ? "number dim" : "number")
    }
}

/// A figure that stands out.
struct PageFigure {
    var name: String
    var value: String
    var note: String?
    var tone = ""
}

/// A part of a whole, as a piece of a bar.
struct PageShare {
    var name: String
    var count: String
    var percent: String
    /// One of the states of a customer.
    var state: String

    /// Of those states in which anybody is.
    static func all(of counts: Counts) -> [PageShare] {
        let states = Standing.allCases.filter { counts[$0] > 0 }
        let total = states.reduce(0) { $0 + counts[$1] }
        return states.map { state in
            PageShare(
                name: state.words,
                count: Units.count(counts[state]),
                percent: SVG.pixels(100 * Double(counts[state]) / Double(total)),
                state: "\(state)"
            )
        }
    }
}

extension [PageShare] {
    var words: String { map { "\($0.count) \($0.name)" }.joined(separator: ", ") }
}

/// A name and what is to be said of it.
struct PagePair {
    var name: String
    var value: String
    var style = ""
}

/// A drawing with its words.
struct PageDrawing {
    var title: String
    var note: String?
    /// SVG, as it is.
    var drawing: String?
    var pairs: [PagePair] = []
    var legend: [PagePair] = []
}

struct PageExpectation {
    var text: String
    var observed: String
    var held: Bool
    /// It fell short, as was known.
    var isKnown: Bool
    var line: Int
    /// Why it did not simply hold.
    var reasons: [PagePair]
}

struct PageCheck {
    var name: String
    var outcome: String
    /// `good`, `bad`, or `idle` where there was nothing to examine.
    var tone: String
    var violations: [String]
    var query: String?
}

/// How the decisions compare with the approved ones.
struct PageReview {
    var remark: String
    var tone: String
    var differences: [String]
    var more: String?
}

struct PageTrace {
    var title: String
    var summary: String
    var steps: [PageStep]
    var omitted: String?
    var query: String
}

struct PageStep {
    var at: String
    var since: String
    var text: String
    var witness: String
    var tone = ""
}

/// A line of the scenario's text.
struct PageLine {
    var number: Int
    var text: String
    var tone: String
}
