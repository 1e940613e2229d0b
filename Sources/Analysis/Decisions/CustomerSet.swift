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
    /// Whether it takes more than one short line.
    var isLong: Bool { words.reduce(0) { $0 + $1.utf8.count + 1 } > 80 }

    /// As scenarios write them: `1..4 17 1000..1999`.
    var words: [String] {
        ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)..\($0.upperBound)" }
    }

    /// From how many ranges on a text has them packed.
    private static let mostListed = 60
    private static let blockSize = 1_000

    /// Lines of a text that say the same: those of each thousand ids on one of their own, so that a change of a few customers is a
    /// change of their lines only.
    ///
    /// Of many, a line holds the gaps from each id to the next (from the thousand to the first), as digits of 32: the low
    /// five bits in `0`…`9`, `a`…`v`; a letter `A`…`Z` or one of `+-*/=%` before it stands for its place times 32 more.
    var lines: [String] {
        var blocks: [(start: Int, ids: CustomerSet)] = []
        let isPacked = ranges.count > Self.mostListed
        for range in ranges {
            var lower = range.lowerBound
            while lower <= range.upperBound {
                let start = Self.block(of: lower)
                // What is listed stays whole.
                let upper = isPacked ? min(range.upperBound, start + Self.blockSize - 1) : range.upperBound
                if blocks.last?.start != start { blocks.append((start, CustomerSet())) }
                blocks[blocks.count - 1].ids.append(lower...upper)
                lower = upper + 1
            }
        }
        guard isPacked else { return blocks.map { $0.ids.words.joined(separator: " ") } }
        return blocks.map { "\($0.start)~ \($0.ids.packed(from: $0.start))" }
    }

    private static func block(of id: Int) -> Int {
        id - ((id % blockSize) + blockSize) % blockSize
    }

    private static let low = Array("0123456789abcdefghijklmnopqrstuv".utf8)
    private static let high = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ+-*/=%".utf8)

    private func packed(from start: Int) -> String {
        var bytes: [UInt8] = []
        var next = start
        for id in ranges.lazy.flatMap(\.self) {
            let gap = id - next
            if gap >= 32 { bytes.append(Self.high[gap / 32 - 1]) }
            bytes.append(Self.low[gap % 32])
            next = id + 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Adds what a line of `lines` says.
    /// - Returns: false when it is none, or its customers are not all greater than those before.
    mutating func append(line: String) -> Bool {
        let parts = line.split(separator: "~ ", maxSplits: 1)
        if parts.count == 2, let start = Int(parts[0]) { return append(packed: parts[1].utf8, from: start) }
        for word in line.split(separator: " ") {
            let bounds = word.split(separator: "..", omittingEmptySubsequences: false)
            guard bounds.count <= 2, let first = bounds.first, let last = bounds.last, let lower = Int(first),
                let upper = Int(last)
            else { return false }
            // Far from where adding one would overflow.
            guard lower <= upper, lower > Int.min / 2, upper < Int.max / 2,
                ranges.last.map({ $0.upperBound < lower }) ?? true
            else { return false }
            append(lower...upper)
        }
        return true
    }

    private mutating func append(packed: Substring.UTF8View, from start: Int) -> Bool {
        guard start > Int.min / 2, start < Int.max / 2, ranges.last.map({ $0.upperBound < start }) ?? true else {
            return false
        }
        var next = start
        var gap = 0
        for byte in packed {
            if gap == 0, let place = Self.high.firstIndex(of: byte) {
                gap = (place + 1) * 32
            } else if let place = Self.low.firstIndex(of: byte) {
                append(next + gap + place)
                next += gap + place + 1
                gap = 0
            } else {
                return false
            }
        }
        return gap == 0
    }
}
