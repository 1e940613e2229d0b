import Base
import DemandResponse
import Simulation
import TestSupport
import Testing

@Suite struct ShardPlanTests {
    private typealias Item = ShardPlan.Item

    @Test(arguments: ["1/1", "2/5", "5/5", "10000/10000"])
    func `a shard reads as it is written`(text: String) {
        #expect(Shard(text)?.description == text)
    }

    @Test(arguments: [
        "", "2", "/", "2/", "/5", "0/5", "6/5", "-1/5", "+1/5", "1/0", "1/2/3", "1.0/2", " 1/2", "1/10001",
        "1/99999999999999999999",
    ])
    func `what is not a number of a count is no shard`(text: String) {
        #expect(Shard(text) == nil)
    }

    @Test func `every scenario is in exactly one shard, in whatever order they are named`() {
        var generator = RandomStream(state: 8)
        for _ in 0..<200 {
            let items = suite(of: generator.below(40), &generator)
            let count = 1 + generator.below(9)
            let plan = ShardPlan(items, count: count)
            let other = ShardPlan(items.shuffled(using: &generator), count: count)
            for item in items {
                #expect(plan[item.path].map { 1...count ~= $0 } == true)
                #expect(plan[item.path] == other[item.path])
            }
        }
    }

    @Test func `no shard has more than an even share and the longest scenario`() {
        var generator = RandomStream(state: 9)
        for _ in 0..<200 {
            let items = suite(of: 1 + generator.below(40), &generator).map { Item(path: $0.path, size: $0.size) }
            let count = 1 + generator.below(9)
            let plan = ShardPlan(items, count: count)
            let loads = items.reduce(into: [Int: Int]()) { $0[plan[$1.path] ?? 0, default: 0] += $1.size }
            let whole = items.reduce(0) { $0 + $1.size }
            let longest = items.map(\.size).max() ?? 0
            for load in loads.values { #expect(load <= whole / count + longest) }
        }
    }

    @Test func `what earlier runs took counts for more than the size`() {
        let items = [
            Item(path: "a", size: 1_000_000, duration: .seconds(1)), Item(path: "b", size: 10, duration: .seconds(60)),
            Item(path: "c", size: 10, duration: .seconds(59)),
        ]
        let plan = ShardPlan(items, count: 2)
        #expect([plan["a"], plan["b"], plan["c"]] == [2, 1, 2])
    }

    @Test func `a scenario that has never run is taken to be as fast for its size as the others`() {
        let items = [
            Item(path: "a", size: 100, duration: .seconds(10)), Item(path: "b", size: 100, duration: .seconds(10)),
            Item(path: "new", size: 200),
        ]
        let plan = ShardPlan(items, count: 2)
        #expect([plan["new"], plan["a"], plan["b"]] == [1, 2, 2])
    }

    private func suite(of count: Int, _ generator: inout RandomStream) -> [Item] {
        (0..<count).map { index in
            let isKnown = generator.below(3) > 0
            return Item(
                path: "scenarios/\(index).yaml",
                size: 1 + generator.below(1_000) * (generator.below(10) == 0 ? 100 : 1),
                duration: isKnown ? .milliseconds(Int64(generator.below(60_000))) : nil
            )
        }
    }
}
