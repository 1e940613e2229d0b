/// Elements by what they have in common, in the order in which that first came up.
struct Grouping<Key: Hashable, Element> {
    private(set) var groups: [(key: Key, elements: [Element])] = []
    private var positions: [Key: Int] = [:]

    mutating func add(_ element: Element, to key: Key) {
        if let position = positions[key] {
            groups[position].elements.append(element)
        } else {
            positions[key] = groups.count
            groups.append((key, [element]))
        }
    }
}

extension Sequence where Element: Hashable {
    /// Of several equally frequent ones the first.
    var mostFrequent: Element? {
        var grouping = Grouping<Element, Void>()
        for element in self { grouping.add((), to: element) }
        var best: (element: Element, count: Int)?
        for group in grouping.groups where group.elements.count > best?.count ?? 0 {
            best = (group.key, group.elements.count)
        }
        return best?.element
    }
}
