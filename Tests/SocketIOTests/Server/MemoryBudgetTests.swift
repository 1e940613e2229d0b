import NIOConcurrencyHelpers
import SocketIO
import Testing

@Suite("A budget of memory") struct MemoryBudgetTests {
    private let exceeded = NIOLockedValueBox(0)

    private func budget() -> MemoryBudget {
        MemoryBudget(total: 100, perAddress: 40) { [exceeded] in exceeded.withLockedValue { $0 += 1 } }
    }

    @Test func `has so much for an address, and so much for all, and takes back what is let go of`() {
        let budget = budget()
        var claims = ["a", "b", "c"].map { MemoryClaim(on: budget, of: $0) }
        for claim in claims.prefix(2) { #expect(claim.hold(40)) }
        let other = MemoryClaim(on: budget, of: "a")
        #expect(!other.hold(1))
        #expect(claims[2].hold(20))
        #expect(!claims[2].hold(21))
        #expect(budget.heldBytes == 100)
        #expect(claims[0].hold(10))
        #expect(other.hold(30))
        #expect(exceeded.withLockedValue { $0 } == 2)
        claims = []
        #expect(budget.heldBytes == 30)
    }

    @Test func `counts what waits for attachments, and gives it back when they are there or the session is over`()
        throws
    {
        var configuration = SocketIOServerConfiguration()
        let budget = MemoryBudget(total: 100_000, perAddress: 2_000) { [exceeded] in
            exceeded.withLockedValue { $0 += 1 }
        }
        configuration.engine.memory = budget
        let host = ServerRecorder()
        let session = try RawSession(host, configuration)
        try session.receiveText("40")
        let packet = #"452-["a",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]"#
        for _ in 0..<3 {
            try session.receiveText(packet)
            #expect(budget.heldBytes >= packet.utf8.count)
            try session.receive(opcode: 0x82, [UInt8](repeating: 1, count: 500))
            try session.receive(opcode: 0x82, [UInt8](repeating: 1, count: 500))
            #expect(budget.heldBytes == 0)
        }
        #expect(host.events.count == 3)
        while try session.sent() != nil {}
        try session.receiveText(packet)
        try session.receive(opcode: 0x82, [UInt8](repeating: 1, count: 1_500))
        #expect(try session.sent() == [0x88, 2, 0x03, 0xF5])
        #expect(budget.heldBytes == 0)
        #expect(exceeded.withLockedValue { $0 } == 1)
    }
}
