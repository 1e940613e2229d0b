import Testing

@testable import DispatchServer

@Suite("A fair queue") struct FairQueueTests {
    private func all(of queue: FairQueue<String, Int>) -> [Int] {
        var queue = queue
        var elements: [Int] = []
        while let element = queue.next() { elements.append(element) }
        return elements
    }

    private func queue(_ elements: [(Int, String?)]) -> FairQueue<String, Int> {
        var queue = FairQueue<String, Int>()
        for (element, source) in elements { queue.append(element, of: source) }
        return queue
    }

    @Test func `has sources take turns, each in its own order`() {
        let queue = queue([(1, "a"), (2, "a"), (3, "a"), (4, "b"), (5, "c"), (6, "b")])
        #expect(all(of: queue) == [1, 4, 5, 2, 6, 3])
    }

    @Test func `gives what has no source every second turn`() {
        let queue = queue([(1, "a"), (2, "b"), (3, "c"), (4, nil), (5, nil)])
        #expect(all(of: queue) == [4, 1, 5, 2, 3])
    }

    @Test func `gives all at once in the order in which they came`() {
        var queue = queue([(1, "a"), (2, nil), (3, "b"), (4, "a")])
        #expect(queue.next() == 2)
        queue.prepend(2, of: nil)
        queue.prepend(0, of: "b")
        #expect(queue.count(of: "b") == 2)
        #expect(queue.takeAll() == [0, 2, 1, 3, 4])
        #expect(queue.isEmpty)
        #expect(queue.next() == nil)
    }

    @Test func `takes back what was not handled, and its turn`() {
        var queue = queue([(1, "a"), (2, "b"), (3, "a")])
        let first = queue.next()
        #expect(first == 1)
        queue.prepend(1, of: "a")
        #expect(all(of: queue) == [2, 1, 3] || all(of: queue) == [1, 2, 3])
        #expect(queue.count == 3)
    }
}
