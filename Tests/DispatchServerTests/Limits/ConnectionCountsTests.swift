import Testing

@testable import DispatchServer

@Suite struct ConnectionCountsTests {
    private let limits: ServerLimits = {
        var limits = ServerLimits()
        limits.connections = 3
        limits.connectionsPerAddress = 2
        return limits
    }()

    private func expect(_ excess: Excess?, _ expected: Excess?, _ location: SourceLocation = #_sourceLocation) {
        #expect(excess == expected, sourceLocation: location)
    }

    @Test func `one address takes no more than its share, all together no more than there is`() {
        var counts = ConnectionCounts()
        expect(counts.open("a", limits), nil)
        expect(counts.open("a", limits), nil)
        expect(counts.open("a", limits), .connectionsPerAddress)
        expect(counts.open("b", limits), nil)
        expect(counts.open("c", limits), .connections)
        #expect(counts.total == 3)
        counts.close("a")
        expect(counts.open("c", limits), nil)
        expect(counts.open("c", limits), .connections)
        for address in ["a", "b", "c"] { counts.close(address) }
        #expect(counts.total == 0)
    }

    @Test func `the defaults let a fleet of 5,000 in that shares an address, two connections each`() {
        var counts = ConnectionCounts()
        for _ in 0..<10_000 { expect(counts.open("192.0.2.1", ServerLimits()), nil) }
    }
}
