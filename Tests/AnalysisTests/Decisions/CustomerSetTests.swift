import Testing

@testable import Analysis

@Suite struct CustomerSetTests {
    /// Ids with gaps of every kind: none, some, of more than a thousand.
    private static let sets: [[Int]] = [
        [], [1], [1, 2, 3, 17], Array(1...2_500), stride(from: 10_001, through: 20_000, by: 7).map(\.self),
        (0..<400).map { $0 * $0 }, (-300..<300).filter { $0 % 3 != 0 }, [5, 999, 1_000, 1_999, 2_000, 1 << 40],
    ]

    @Test(arguments: sets)
    func `lines of a text say all of it`(_ ids: [Int]) {
        let set = CustomerSet(ascending: ids)
        var read = CustomerSet()
        let taken = set.lines.filter { read.append(line: $0) }
        #expect(taken == set.lines)
        #expect(read == set)
        #expect(read.count == ids.count)
    }

    @Test func `a customer more or less changes one line`() {
        let ids = stride(from: 10_001, through: 20_000, by: 30).map(\.self)
        let before = CustomerSet(ascending: ids).lines
        let after = CustomerSet(ascending: ids.filter { $0 != ids[100] }).lines
        #expect(before.count == after.count)
        #expect(zip(before, after).count { $0 != $1 } == 1)
    }

    @Test(arguments: ["x", "3..1", "5 4", "1...3", "10000~ A", "10000~ !", "0~ 0"])
    func `what is none is refused`(_ line: String) {
        var set = CustomerSet(ascending: [7])
        let isTaken = set.append(line: line)
        #expect(!isTaken)
    }
}
