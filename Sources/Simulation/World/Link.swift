internal import Base
internal import NIOCore
internal import NIOEmbedded
internal import Scenarios
internal import SocketIO

/// A simulated TCP connection: two ends, and bytes that arrive in order after a delay.
///
/// Loss shows as TCP shows it: not as missing bytes but as a retransmission's delay, which what was sent behind it has to wait
/// for as well.
final class Link {
    /// The least retransmission timeout (RFC 6298 §2.4 has 1 s; Linux uses 200 ms, and so does this).
    static let retransmissionTimeout = Span.milliseconds(200)
    /// Losses in a row after which a segment is taken to get through, so that no draw holds a link up for ever.
    static let mostRetransmissions = 8

    private let properties: Scenarios.Link
    private var stream: RandomStream
    private var arrivals: (Timestamp, Timestamp)
    /// Nothing gets through any more, and neither end is told.
    private(set) var isCut = false
    /// When the first of the pings would have been sent that are reckoned, if any are.
    var reckonedSince: Timestamp?

    init(_ properties: Scenarios.Link, stream: RandomStream, at now: Timestamp) {
        self.properties = properties
        self.stream = stream
        arrivals = (now, now)
    }

    func cut() { isCut = true }

    /// How long everything takes, each way, if that never varies.
    var constantDelay: Span? {
        guard case .constant(let delay) = properties.delay, properties.jitter == .zero,
            properties.loss.partsPerMillion == 0, !isCut
        else { return nil }
        return delay
    }

    /// When what is sent now arrives.
    func arrival(toServer: Bool, at now: Timestamp) -> Timestamp {
        var delay = properties.delay.sample(&stream)
        if properties.jitter > .zero {
            delay = delay + .microseconds(Int64(stream.next() % UInt64(properties.jitter.microseconds + 1)))
        }
        if properties.loss.partsPerMillion > 0 {
            var timeout = Self.retransmissionTimeout
            for _ in 0..<Self.mostRetransmissions {
                guard stream.happens(partsPerMillion: properties.loss.partsPerMillion) else { break }
                delay = delay + timeout
                timeout = timeout + timeout
            }
        }
        let arrival = max(now + delay, toServer ? arrivals.0 : arrivals.1)
        if toServer { arrivals.0 = arrival } else { arrivals.1 = arrival }
        return arrival
    }
}

/// One end of a link.
///
/// A connection begins as a channel, in whose pipeline it becomes a WebSocket: there the end sits at the head and takes what is written
/// off into the link. Once its session is open, the end is the session's wire, and the channel goes.
///
/// `@unchecked`: it is used on the one thread of its world, whose closures have to be `Sendable`.
final class LinkEnd: ChannelOutboundHandler, RemovableChannelHandler, @unchecked Sendable {
    typealias OutboundIn = ByteBuffer

    /// What takes the bytes that arrive.
    private enum Receiver {
        case channel(EmbeddedChannel)
        case handler(any WiredHandler)
        /// Closed: what arrives then is dropped.
        case nobody
    }

    let link: Link
    /// Whose end it is; `nil`: a client's.
    let node: VirtualNode?
    /// The ends keep the world and each other until they are closed, as the world sees to before it ends: weak references would
    /// make every retain and release of the most used objects of a run a slow one.
    private let world: VirtualWorld
    private var pending: ByteBuffer?
    private var receiver = Receiver.nobody
    private var other: LinkEnd?
    /// Lives on this end.
    private var session: (any TimedSession)?
    /// Where its node keeps it.
    var place: Int?

    init(_ link: Link, of node: VirtualNode? = nil, world: VirtualWorld) {
        self.link = link
        self.node = node
        self.world = world
    }

    var isServer: Bool { node != nil }

    static func join(_ a: LinkEnd, _ b: LinkEnd) {
        a.other = b
        b.other = a
    }

    /// Puts the end at the head of a new channel's pipeline.
    func attach(to channel: EmbeddedChannel) throws {
        receiver = .channel(channel)
        try channel.pipeline.syncOperations.addHandler(self, position: .first)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        write(unwrapOutboundIn(data))
        promise?.succeed()
    }

    func flush(context: ChannelHandlerContext) { flush() }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        shut()
        context.close(mode: mode, promise: promise)
    }

    /// The other end is told, and nothing comes here any more.
    private func shut() {
        flush()
        if let other { world.carryEnd(over: link, to: other) }
        receiver = .nobody
        other = nil
        session = nil
        node?.forget(self)
    }

    /// What lives here goes, and the other end sees the connection close.
    func close() {
        switch receiver {
        case .channel(let channel): channel.close(promise: nil)
        case .handler(let handler):
            shut()
            handler.wireClosed()
        case .nobody: break
        }
    }

    /// The machine at this end goes down: the other end sees the connection close, and nothing that is written here leaves any more.
    func sever() {
        if let other { world.carryEnd(over: link, to: other) }
        other = nil
        pending = nil
        close()
    }

    func arrived(_ bytes: ByteBuffer) {
        leaveChannel()
        switch receiver {
        case .channel(let channel):
            channel.pipeline.syncOperations.fireChannelRead(NIOAny(bytes))
            channel.pipeline.syncOperations.fireChannelReadComplete()
        case .handler(let handler): handler.received(bytes)
        case .nobody: break
        }
    }

    /// Goes on without the channel once the session is open: called between two events, while nothing is on its way in the pipeline.
    private func leaveChannel() {
        guard case .channel(let channel) = receiver, let session,
            let handler = session as? SocketIOClientHandler ?? (session as? EngineIOServerSession)?.wiredHandler
        else { return }
        receiver = .handler(handler)
        handler.join(self)
        channel.pipeline.syncOperations.removeHandler(self, promise: nil)
        channel.close(promise: nil)
    }
}

extension LinkEnd: ByteWire {
    var now: NIODeadline { world.deadline(of: world.now) }

    func write(_ bytes: ByteBuffer) {
        var bytes = bytes
        if pending == nil { pending = bytes } else { pending?.writeBuffer(&bytes) }
    }

    func flush() {
        guard let bytes = pending, let other else { return }
        pending = nil
        world.carry(bytes, over: link, to: other)
    }

    func close(behind bytes: ByteBuffer?) {
        if let bytes { write(bytes) }
        shut()
    }
}

// MARK: - Heartbeats

extension LinkEnd: SessionTimer {
    func schedule(_ session: any TimedSession, at deadline: NIODeadline, generation: UInt32) {
        self.session = session
        world.wake(self, at: deadline, generation: generation)
    }

    /// Wakes the session; but a ping that nobody could ever see any effect of is not played.
    func timerFired(generation: UInt32) {
        guard let session else { return }
        if !(world.reckonsHeartbeats && beginReckoning(generation)) { session.timerFired(generation: generation) }
    }

    /// On a link on which everything takes the same time, a heartbeat between two ends that are well changes nothing: from the ping
    /// on that is due, pings are reckoned. Before anything can go wrong, `endReckoning` says what would have come of them.
    private func beginReckoning(_ generation: UInt32) -> Bool {
        guard isServer, let delay = link.constantDelay, delay + delay < world.pingTimeout,
            let client = other?.session as? SocketIOClientHandler,
            client.awaitsPing(at: world.deadline(of: world.now + delay)),
            let server = session as? EngineIOServerSession, server.beginReckoning(generation: generation)
        else { return false }
        client.beginReckoning()
        link.reckonedSince = world.now
        return true
    }

    /// To be called at the end that is known when the link is about to be cut, or one of its ends to stand still.
    func endReckoning(isCut: Bool) {
        guard let first = link.reckonedSince, let delay = link.constantDelay else { return }
        link.reckonedSince = nil
        let interval = world.pingInterval
        let count = (world.now - first).microseconds / interval.microseconds
        let last = first + .microseconds(count * interval.microseconds)
        // What is under way when a link is cut is lost; otherwise it still arrives.
        let isAnswered = !isCut || last + delay + delay <= world.now
        let isHeard = !isCut || last + delay <= world.now
        if let server = (isServer ? session : other?.session) as? EngineIOServerSession {
            server.endReckoning(lastPing: world.deadline(of: last), isAnswered: isAnswered)
        }
        if let client = (isServer ? other?.session : session) as? SocketIOClientHandler {
            let lastHeard = isHeard ? last : last - interval
            client.endReckoning(lastPing: world.deadline(of: lastHeard + delay))
        }
    }
}
