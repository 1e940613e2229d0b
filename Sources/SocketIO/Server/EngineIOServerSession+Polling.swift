internal import NIOCore

/// HTTP long polling. The exchanges may belong to connections of any event loop; these methods are called on the
/// session's.
extension EngineIOServerSession {
    /// The request that opens the session.
    func open(_ exchange: EngineIOExchange) {
        guard machine.open(over: .polling, at: eventLoop.now) else { return }
        let handshake = server.configuration.value.handshake(sessionID: id, upgrades: ["websocket"])
        exchange.respond(.packets(EncodedPacket(handshake).payload))
        opened()
    }

    func poll(_ exchange: EngineIOExchange) {
        checkTime()
        switch machine.poll() {
        case .hold: poll = exchange
        case .answer(let answer): exchange.respond(.packets(answer))
        case .answerAndForget(let answer):
            server.forget(self)
            exchange.respond(.packets(answer))
        case .holdAndClose:
            poll = exchange
            end(.transportClose)
        case .refuse(let refusal): exchange.respond(.refused(refusal))
        case .close(let reason):
            end(reason)
            exchange.respond(.refused(.badRequest))
        }
    }

    /// The head of a POST is there.
    func beginPush(_ exchange: EngineIOExchange) {
        checkTime()
        switch machine.beginPush() {
        case .accept: push = exchange
        case .refuse(let refusal): exchange.respond(.refused(refusal))
        case .close(let reason):
            end(reason)
            exchange.respond(.refused(.badRequest))
        }
    }

    /// All of a POST is there. One that was refused, or whose session has ended, is answered by now.
    func endPush(_ exchange: EngineIOExchange, _ body: ByteBuffer) {
        guard push === exchange else { return }
        if machine.endPush() {
            received(body)
            // A client that leaves is answered when the session ends.
            guard !machine.isLeaving else { return }
        } else {
            exchange.respond(.refused(.badRequest))
        }
        push = nil
        // Unless the session has ended within, which has answered it.
        exchange.respond(.ok)
        flush()
    }

    private func received(_ body: ByteBuffer) {
        guard body.withUnsafeReadableBytes(isWellFormedUTF8) else {
            return end(DisconnectReason(.parseError, "the body of a request is not UTF-8"))
        }
        var reader = EngineIOPayloadReader(body)
        while isOpen, !machine.isLeaving {
            switch reader.next() {
            case .packet(let packet): received(packet, over: .polling)
            case .malformed: end(DisconnectReason(.parseError, "an unknown packet type"))
            case .end: return
            }
        }
    }

    /// A POST is longer than agreed, or than there is memory for.
    func pushTooLong(_ exchange: EngineIOExchange, _ response: EngineIOResponse) {
        guard push === exchange else { return }
        push = nil
        exchange.respond(response)
        end(DisconnectReason(.transportError, "a request with data is too long"))
    }

    /// The connection of a request was lost before its answer: what was on it, either way, may be lost.
    func lost(_ exchange: EngineIOExchange) {
        guard exchange === poll || exchange === push else { return }
        end(DisconnectReason(.transportError, "a request's connection was closed before its answer"))
    }
}
