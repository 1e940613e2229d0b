import Testing

@testable import SocketIO

@Suite struct OutboundQueueTests {
    @Test("only what is written while the channel is not writable counts, up to the limit") func limit() {
        var queue = OutboundQueue(maximumQueuedBytes: 100)
        expect(queue.admit(1000), is: true)
        queue.writabilityChanged(to: false)
        expect(queue.admit(60), is: true)
        expect(queue.admit(41), is: false)
        expect(queue.admit(40), is: true)
        expect(queue.admit(1), is: false)
        queue.writabilityChanged(to: true)
        expect(queue.admit(1000), is: true)
        queue.writabilityChanged(to: false)
        expect(queue.admit(100), is: true)
    }

    @Test("a flush is due once for any number of writes") func flush() {
        var queue = OutboundQueue(maximumQueuedBytes: 100)
        expect(queue.takeFlush(), is: false)
        _ = queue.admit(1)
        _ = queue.admit(1)
        expect(queue.takeFlush(), is: true)
        expect(queue.takeFlush(), is: false)
    }
}
