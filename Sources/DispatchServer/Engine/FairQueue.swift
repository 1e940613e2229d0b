internal import DequeModule

/// Elements of many sources, each source's in its own order; sources take turns, and those of no source have every second turn.
///
/// A pure value, as large as what is in it.
struct FairQueue<Source: Hashable, Element> {
    private struct Entry {
        /// By which it came before others.
        var ticket: Int
        var element: Element
    }

    private var others: Deque<Entry> = []
    private var bySource: [Source: Deque<Entry>] = [:]
    /// The sources of which something is there, whose turn it is first.
    private var turns: Deque<Source> = []
    private var isTurnOfOthers = true
    private var firstTicket = 0
    private var nextTicket = 0
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    func count(of source: Source) -> Int { bySource[source]?.count ?? 0 }

    mutating func append(_ element: Element, of source: Source?) {
        let entry = Entry(ticket: nextTicket, element: element)
        nextTicket += 1
        count += 1
        guard let source else { return others.append(entry) }
        if bySource[source] == nil { turns.append(source) }
        bySource[source, default: []].append(entry)
    }

    /// Puts one before all others, and its source's turn as well.
    mutating func prepend(_ element: Element, of source: Source?) {
        firstTicket -= 1
        let entry = Entry(ticket: firstTicket, element: element)
        count += 1
        guard let source else { return others.prepend(entry) }
        if bySource[source] == nil { turns.prepend(source) }
        bySource[source, default: []].prepend(entry)
    }

    /// The first one of whoever has the turn.
    mutating func next() -> Element? {
        defer { isTurnOfOthers.toggle() }
        if isTurnOfOthers || turns.isEmpty, let entry = others.popFirst() {
            count -= 1
            return entry.element
        }
        guard let source = turns.popFirst(), let entry = bySource[source]?.popFirst() else { return nil }
        if bySource[source]?.isEmpty ?? true {
            bySource[source] = nil
        } else {
            turns.append(source)
        }
        count -= 1
        return entry.element
    }

    /// All, in the order in which they came.
    mutating func takeAll() -> [Element] {
        defer { self = FairQueue() }
        let entries = Array(others) + bySource.values.flatMap { $0 }
        return entries.sorted { $0.ticket < $1.ticket }.map(\.element)
    }
}
