internal import DemandResponse

/// A set of customers, kept as ranges of their ids.
struct CustomerSet: Sendable, Hashable {
    /// Ascending, with gaps between them.
    private(set) var ranges: [ClosedRange<Customer.ID>] = []
    private(set) var count = 0

    init() {}

    init(ascending ids: some Sequence<Customer.ID>) {
        for id in ids { append(id) }
    }

    init(union sets: [CustomerSet]) {
        for range in sets.flatMap(\.ranges).sorted(by: { $0.lowerBound < $1.lowerBound }) { append(range) }
    }

    var first: Customer.ID? { ranges.first?.lowerBound }

    func contains(_ id: Customer.ID) -> Bool { ranges.contains { $0.contains(id) } }

    /// - Parameter id: none of the set is greater.
    mutating func append(_ id: Customer.ID) { append(id...id) }

    mutating func append(_ range: ClosedRange<Customer.ID>) {
        guard let last = ranges.last, range.lowerBound <= last.upperBound || range.lowerBound - 1 == last.upperBound
        else {
            ranges.append(range)
            count += range.count
            return
        }
        let upper = max(last.upperBound, range.upperBound)
        ranges[ranges.count - 1] = last.lowerBound...upper
        count += upper - last.upperBound
    }

    func subtracting(_ other: CustomerSet) -> CustomerSet {
        var rest = CustomerSet()
        var index = 0
        for range in ranges {
            var lower = range.lowerBound
            while index < other.ranges.count, other.ranges[index].upperBound < lower { index += 1 }
            var next = index
            while next < other.ranges.count, other.ranges[next].lowerBound <= range.upperBound {
                let hole = other.ranges[next]
                if lower < hole.lowerBound { rest.append(lower...(hole.lowerBound - 1)) }
                lower = max(lower, hole.upperBound + 1)
                next += 1
            }
            if lower <= range.upperBound { rest.append(lower...range.upperBound) }
        }
        return rest
    }

    func intersection(_ other: CustomerSet) -> CustomerSet { subtracting(subtracting(other)) }
}

extension CustomerSet {
    /// Whether it takes more than one line of a ledger.
    var isLong: Bool { words.reduce(0) { $0 + $1.utf8.count + 1 } > 80 }

    /// As scenarios write them: `1..4 17 1000..1999`.
    var words: [String] {
        ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)..\($0.upperBound)" }
    }

    /// - Returns: `nil` when a word is no range, or they are not ascending.
    init?(words: [Substring]) {
        for word in words {
            let parts = word.split(separator: ".", omittingEmptySubsequences: false)
            let lower: Int?
            let upper: Int?
            switch parts.count {
            case 1:
                lower = Int(word)
                upper = lower
            case 3 where parts[1].isEmpty:
                lower = Int(parts[0])
                upper = Int(parts[2])
            default: return nil
            }
            // Far from where adding one would overflow.
            guard let lower, let upper, lower <= upper, lower > Int.min / 2, upper < Int.max / 2,
                ranges.last.map({ $0.upperBound < lower }) ?? true
            else { return nil }
            append(lower...upper)
        }
    }
}
