internal import NIOCore
internal import NIOWebSocket

/// WebSocket, from the session's beginning or in place of polling.
extension EngineIOServerSession: WebSocketReceiver {
    func webSocketOpened(_ link: any WebSocketLink) {
        let now = eventLoop.now
        if machine.open(over: .webSocket, at: now) {
            webSocket = link
            write(EncodedPacket(server.configuration.value.handshake(sessionID: id, upgrades: [])).frame)
            link.flush()
            opened()
        } else if machine.beginUpgrade(at: now) {
            webSocket = link
            arm()
        } else {
            link.close(.code(.normalClosure))
        }
    }

    func webSocket(_ link: any WebSocketLink, received packet: EngineIOPacket) {
        if link === webSocket { received(packet, over: .webSocket) }
    }

    func webSocketReadCompleted(_ link: any WebSocketLink) {
        flush()
    }

    func webSocketLost(_ link: any WebSocketLink, because reason: DisconnectReason) {
        guard link === webSocket || webSocket == nil else { return }
        webSocket = nil
        if machine.webSocketLost() { end(reason) }
    }

    func answerProbe() {
        webSocket?.write(Self.probeAnswer.frame)
        webSocket?.flush()
        flush()
    }

    func upgraded(_ waiting: [ByteBuffer]) {
        for frame in waiting { webSocket?.write(frame) }
        flush()
    }

    func abandonUpgrade() {
        let link = webSocket
        webSocket = nil
        link?.close(.code(.normalClosure))
    }

    private static let probeAnswer = EncodedPacket(EngineIOPacket.Kind.pong, payload: ByteBuffer(string: "probe"))
}
