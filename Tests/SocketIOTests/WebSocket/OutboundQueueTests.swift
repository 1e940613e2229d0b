import NIOCore
import Testing

@testable import SocketIO

@Suite struct OutboundQueueTests {
    private func frame(_ byteCount: Int) -> ByteBuffer { ByteBuffer(repeating: 0, count: byteCount) }

    @Test("only what is written while the channel is not writable counts, up to the limit") func limit() {
        var queue = OutboundQueue(maximumQueuedBytes: 400)
        expect(queue.admit(frame(1000)), is: true)
        queue.writabilityChanged(to: false)
        expect(queue.admit(frame(60)), is: true)
        expect(queue.admit(frame(85)), is: false)
        expect(queue.admit(frame(84)), is: true)
        expect(queue.admit(frame(0)), is: false)
        queue.writabilityChanged(to: true)
        expect(queue.admit(frame(1000)), is: true)
        queue.writabilityChanged(to: false)
        expect(queue.admit(frame(272)), is: true)
    }

    @Test("small frames weigh what keeping them costs") func smallFrames() {
        var queue = OutboundQueue(maximumQueuedBytes: 1 << 20)
        queue.writabilityChanged(to: false)
        var count = 0
        while count < 1_000_000, queue.admit(frame(2)) { count += 1 }
        #expect(count == (1 << 20) / 130)
    }

    @Test("a flush is due once for any number of writes") func flush() {
        var queue = OutboundQueue(maximumQueuedBytes: 100)
        expect(queue.takeFlush(), is: false)
        _ = queue.admit(frame(1))
        _ = queue.admit(frame(1))
        expect(queue.takeFlush(), is: true)
        expect(queue.takeFlush(), is: false)
    }
}
