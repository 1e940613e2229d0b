import Base
import Simulation
import Synchronization
import TestSupport
import Testing

@Suite struct WorkInOrderTests {
    private struct Load {
        var now = 0
        var most = 0
    }

    @Test(arguments: [1, 2, 3, 8, 100])
    func `whatever ends first, the results come in the elements' order, and never more run than may`(width: Int) async {
        let load = Mutex(Load())
        let elements = Array(0..<40)
        var generator = RandomStream(state: UInt64(width))
        let turns = elements.map { _ in generator.below(200) }
        var products: [Int] = []
        await workInOrder(elements, width: width) { element in
            load.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
            for _ in 0..<turns[element] { await Task.yield() }
            load.withLock { $0.now -= 1 }
            return element * 10
        } handOver: {
            products.append($0)
        }
        #expect(products == elements.map { $0 * 10 })
        #expect(load.withLock(\.most) <= width)
    }

    @Test func `nothing to do is done at once`() async {
        await workInOrder([Int](), width: 4) {
            $0
        } handOver: {
            Issue.record("\($0)")
        }
    }

    @Test func `two that wait for each other both go on`() async {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        var products: [String] = []
        await workInOrder(["waits", "ends"], width: 2) { element in
            if element == "waits" { for await _ in stream {} } else { continuation.finish() }
            return element
        } handOver: {
            products.append($0)
        }
        #expect(products == ["waits", "ends"])
    }
}
