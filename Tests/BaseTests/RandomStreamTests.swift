import Base
import Testing

@Suite struct RandomStreamTests {
    /// The reference implementation's first numbers for this state.
    @Test func drawsAreThoseOfSplitMix64() {
        var stream = RandomStream(state: 1_234_567)
        let drawn = (0..<3).map { _ in stream.next() }
        #expect(drawn == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
    }

    @Test func eachNameHasAStreamOfItsOwn() {
        var streams = ["client/1", "client/2"].map { RandomStream(seed: 7, $0) } + [RandomStream(seed: 8, "client/1")]
        #expect(Set(streams.indices.map { streams[$0].next() }).count == 3)
        var again = RandomStream(seed: 7, "client/1")
        var first = RandomStream(seed: 7, "client/1")
        #expect(again.next() == first.next())
    }

    @Test func normalVariatesHaveTheirMeanAndSpread() {
        var stream = RandomStream(state: 1)
        let values = (0..<10_000).map { _ in stream.normal() }
        let mean = values.reduce(0, +) / 10_000
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 10_000
        #expect(abs(mean) < 0.05)
        #expect(abs(variance - 1) < 0.05)
    }

    /// From the test vectors of draft-eastlake-fnv.
    @Test(arguments: [("", 0xCBF2_9CE4_8422_2325), ("foobar", 0x8594_4171_F739_67E8)] as [(String, UInt64)])
    func digestsAreThoseOfFNV1a(text: String, digest: UInt64) {
        #expect(UInt64(bitPattern: contentDigest(of: text)) == digest)
    }

    @Test(arguments: [(1, 0), (3, 1), (9, 2), (0, nil), (4, nil), (10, nil)] as [(Int, Int?)])
    func whatAscendsIsFoundByItsKey(key: Int, index: Int?) {
        #expect([1, 3, 9].index(of: key) { $0 } == index)
        #expect([Int]().index(of: key) { $0 } == nil)
    }
}
