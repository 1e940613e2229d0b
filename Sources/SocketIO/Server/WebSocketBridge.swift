internal import NIOCore

/// Stands between a WebSocket and a session that live on different event loops, as it happens when a session that began
/// with polling moves to a connection of its own. To either it is the other, on its own event loop.
///
/// What one read brings goes over in one hop, and the connection is not read again until the session has taken it; what
/// waits in the other direction is counted. So neither side can be flooded by the other.
///
/// `@unchecked`: each property says whose it is.
final class WebSocketBridge: @unchecked Sendable {
    private let session: EngineIOServerSession
    private let channel: any Channel
    private let maximumQueuedBytes: Int

    // The channel's:
    /// Nil before the connection is open, and after its end.
    private var link: (any WebSocketLink)?
    private var received: [EngineIOPacket] = []

    // The session's:
    private var written: [ByteBuffer] = []
    /// The weight of what was written and the channel's side has not taken yet.
    private var queuedBytes = 0
    private var isClosed = false

    init(_ session: EngineIOServerSession, _ channel: any Channel) {
        self.session = session
        self.channel = channel
        maximumQueuedBytes = session.server.configuration.value.maximumQueuedBytes
    }

    private func onSessionLoop(_ body: @escaping @Sendable () -> Void) {
        session.eventLoop.execute(body)
    }

    private func onChannelLoop(_ body: @escaping @Sendable () -> Void) {
        channel.eventLoop.execute(body)
    }
}

/// What the WebSocket calls.
extension WebSocketBridge: WebSocketReceiver {
    func webSocketOpened(_ link: any WebSocketLink) {
        self.link = link
        channel.setOption(.autoRead, value: false).whenComplete { _ in self.channel.read() }
        onSessionLoop { self.session.webSocketOpened(self) }
    }

    func webSocket(_ link: any WebSocketLink, received packet: EngineIOPacket) {
        received.append(packet)
    }

    func webSocketReadCompleted(_ link: any WebSocketLink) {
        guard !received.isEmpty else { return channel.read() }
        let packets = received
        received = []
        onSessionLoop {
            for packet in packets where !self.isClosed { self.session.webSocket(self, received: packet) }
            if !self.isClosed { self.session.webSocketReadCompleted(self) }
            self.onChannelLoop { self.channel.read() }
        }
    }

    func webSocketLost(_ link: any WebSocketLink, because reason: DisconnectReason) {
        self.link = nil
        // What came before the end counts.
        let packets = received
        received = []
        onSessionLoop {
            for packet in packets where !self.isClosed { self.session.webSocket(self, received: packet) }
            guard !self.isClosed else { return }
            self.isClosed = true
            self.session.webSocketLost(self, because: reason)
        }
    }
}

/// What the session calls.
extension WebSocketBridge: WebSocketLink {
    func write(_ frame: ByteBuffer) {
        guard !isClosed else { return }
        guard queuedBytes + frame.queuedWeight <= maximumQueuedBytes else {
            close(.abruptly)
            return session.webSocketLost(self, because: .slowConsumer)
        }
        queuedBytes += frame.queuedWeight
        written.append(frame)
    }

    func flush() {
        guard !written.isEmpty else { return }
        let frames = written
        written = []
        onChannelLoop {
            for frame in frames { self.link?.write(frame) }
            self.link?.flush()
            let bytes = frames.reduce(0) { $0 + $1.queuedWeight }
            self.onSessionLoop { self.queuedBytes -= bytes }
        }
    }

    func close(_ closing: WebSocketClosing) {
        guard !isClosed else { return }
        flush()
        isClosed = true
        onChannelLoop {
            self.link?.close(closing)
            self.link = nil
        }
    }
}
