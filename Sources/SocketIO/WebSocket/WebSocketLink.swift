internal import NIOCore

/// A WebSocket as the session that it carries sees it. Called on the session's event loop.
protocol WebSocketLink: AnyObject {
    /// Sends a whole frame. Not flushed.
    func write(_ frame: ByteBuffer)

    func flush()

    /// Closes the connection. `webSocketLost` is not called any more.
    func close(_ closing: WebSocketClosing)
}

/// A session as the WebSocket that carries it, or wants to, sees it. Called on the session's event loop.
protocol WebSocketReceiver: AnyObject {
    /// The connection is there: the first call.
    func webSocketOpened(_ link: any WebSocketLink)

    func webSocket(_ link: any WebSocketLink, received packet: EngineIOPacket)

    /// All that one read of the connection has brought was received.
    func webSocketReadCompleted(_ link: any WebSocketLink)

    /// The connection is gone: the last call, made once.
    func webSocketLost(_ link: any WebSocketLink, because reason: DisconnectReason)
}
