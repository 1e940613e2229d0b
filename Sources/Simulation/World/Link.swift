internal import Base
internal import NIOCore
internal import NIOEmbedded
internal import Scenarios

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

    init(_ properties: Scenarios.Link, stream: RandomStream, at now: Timestamp) {
        self.properties = properties
        self.stream = stream
        arrivals = (now, now)
    }

    func cut() { isCut = true }

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

/// One end of a link: sits at the head of an embedded channel's pipeline and takes what is written off into the link.
final class LinkEnd: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    let link: Link
    /// Whose end it is; `nil`: a client's.
    let node: VirtualNode?
    /// The ends keep the world and each other until they are closed, as the world sees to before it ends: weak references would
    /// make every retain and release of the most used objects of a run a slow one.
    private let world: VirtualWorld
    private var pending: ByteBuffer?
    /// `nil` once closed: bytes that arrive then are dropped.
    private(set) var channel: EmbeddedChannel?
    private var other: LinkEnd?
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
        self.channel = channel
        try channel.pipeline.syncOperations.addHandler(self, position: .first)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        var bytes = unwrapOutboundIn(data)
        if pending == nil { pending = bytes } else { pending?.writeBuffer(&bytes) }
        promise?.succeed()
    }

    func flush(context: ChannelHandlerContext) {
        guard let bytes = pending, let other else { return }
        pending = nil
        world.carry(bytes, over: link, to: other)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        flush(context: context)
        if let other, channel != nil { world.carryEnd(over: link, to: other) }
        channel = nil
        other = nil
        node?.forget(self)
        context.close(mode: mode, promise: promise)
    }

    /// The machine at this end goes down: the other end sees the connection close, and nothing that is written here leaves any more.
    func sever() {
        if let other { world.carryEnd(over: link, to: other) }
        other = nil
        pending = nil
        channel?.close(promise: nil)
    }

    func arrived(_ bytes: ByteBuffer) {
        guard let channel else { return }
        channel.pipeline.syncOperations.fireChannelRead(NIOAny(bytes))
        channel.pipeline.syncOperations.fireChannelReadComplete()
    }

    /// The other end has closed.
    func ended() {
        channel?.close(promise: nil)
    }
}
