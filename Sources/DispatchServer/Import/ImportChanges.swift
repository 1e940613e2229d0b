internal import SocketIO

/// What an import does to the programs or the customers that there are.
struct ImportChanges {
    /// Each ascending.
    private(set) var added: [Int] = []
    private(set) var changed: [Int] = []
    private(set) var removed: [Int] = []

    /// How many ids of each kind an answer names.
    static let mostNamed = 100

    var isEmpty: Bool { added.isEmpty && changed.isEmpty && removed.isEmpty }

    /// - Parameters:
    ///   - old: ascending by id, as a roster has them.
    ///   - new: likewise.
    init<Element: Equatable>(from old: [Element], to new: [Element], by id: (Element) -> Int) {
        let before = Dictionary(old.map { (id($0), $0) }, uniquingKeysWith: { $1 })
        for element in new {
            if let earlier = before[id(element)] {
                if earlier != element { changed.append(id(element)) }
            } else {
                added.append(id(element))
            }
        }
        let kept = Set(new.map(id))
        removed = old.map(id).filter { !kept.contains($0) }
    }
}

extension JSONWriter {
    /// How many there are of each, and the ids of the first ones.
    mutating func members(_ changes: ImportChanges) {
        let kinds = [("added", changes.added), ("changed", changes.changed), ("removed", changes.removed)]
        for (name, ids) in kinds {
            key(name)
            integer(ids.count)
        }
        key("ids")
        beginObject()
        for (name, ids) in kinds {
            key(name)
            beginArray()
            for id in ids.prefix(ImportChanges.mostNamed) { integer(id) }
            endArray()
        }
        endObject()
    }
}
