import NIOCore
import NIOEmbedded
import SocketIO
import Testing

/// A real channel calls its handlers back from within their own writes and flushes. An embedded one does not, so a
/// handler at its head does it here.
@Suite struct SocketIOReentrancyTests {
    private final class CallsBack: ChannelOutboundHandler {
        typealias OutboundIn = ByteBuffer
        var onWrite: ((ChannelHandlerContext) -> Void)?
        var onFlush: ((ChannelHandlerContext) -> Void)?

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            context.write(data, promise: promise)
            onWrite?(context)
        }

        func flush(context: ChannelHandlerContext) {
            context.flush()
            onFlush?(context)
        }
    }

    private func pair(_ head: CallsBack) throws -> SessionPair {
        let pair = try SessionPair()
        for channel in [pair.server, pair.client] {
            try channel.pipeline.syncOperations.addHandler(head, position: .first)
        }
        return pair
    }

    @Test("writability may change within a write and within a flush") func writability() throws {
        let head = CallsBack()
        let pair = try pair(head)
        func set(_ isWritable: Bool) -> (ChannelHandlerContext) -> Void {
            { context in
                pair.server.isWritable = isWritable
                pair.client.isWritable = isWritable
                context.fireChannelWritabilityChanged()
            }
        }
        head.onWrite = set(false)
        head.onFlush = set(true)
        try pair.serverSession.emit("a")
        try pair.clientSession.emit("b")
        try pair.flushAndExchange()
        #expect(pair.clientHost.events.map(\.name) == ["a"])
        #expect(pair.serverHost.events.map(\.name) == ["b"])
    }

    @Test("a channel may be lost within a write and within a flush", arguments: [true, false])
    func loss(isWithinWrite: Bool) throws {
        let head = CallsBack()
        let pair = try pair(head)
        let session = try pair.serverSession
        let lose: (ChannelHandlerContext) -> Void = { context in
            head.onWrite = nil
            head.onFlush = nil
            context.fireChannelInactive()
        }
        if isWithinWrite { head.onWrite = lose } else { head.onFlush = lose }
        session.emit("a")
        session.flush()
        session.emit("late")
        #expect(pair.serverHost.log.dropFirst() == ["disconnected / transport close", "closed transport close"])
    }

    @Test("a host may close a session within another one's end, and send to it") func withinTheEnd() throws {
        let pair = try SessionPair()
        let session = try pair.serverSession
        pair.serverHost.onEvent = { session, _ in
            session.emit("a") { _ in
                session.emit("late")
                session.close()
                session.flush()
            }
            session.close()
        }
        try pair.clientSession.emit("leave")
        try pair.flushAndExchange()
        #expect(!session.isOpen)
        #expect(pair.serverHost.log.suffix(1) == ["closed server namespace disconnect"])
    }
}
