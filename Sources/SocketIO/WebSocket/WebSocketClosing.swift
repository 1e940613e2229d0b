internal import NIOCore
internal import NIOWebSocket

/// How a WebSocket connection is ended (RFC 6455 §5.5.1, §7.4.1).
enum WebSocketClosing {
    /// The connection is gone, or hopeless: no frame.
    case abruptly
    /// With a close frame of our own.
    case code(WebSocketErrorCode)
    /// With the answer to the peer's close frame.
    case echo(ByteBuffer)

    init(_ reason: DisconnectReason) {
        switch reason.code {
        case .transportError where reason.isTooMuchUnfinished: self = .code(.tryAgainLater)
        case .transportClose, .transportError: self = .abruptly
        case .parseError: self = .code(.protocolError)
        case .serverShuttingDown: self = .code(.goingAway)
        case .pingTimeout, .connectTimeout, .connectError, .clientNamespaceDisconnect, .serverNamespaceDisconnect:
            self = .code(.normalClosure)
        }
    }

    func frame(mask: @autoclosure () -> UInt32?) -> ByteBuffer? {
        switch self {
        case .abruptly:
            return nil
        case .code(let code):
            var payload = ByteBuffer()
            payload.write(webSocketErrorCode: code)
            return Self.controlFrame(.connectionClose, payload, mask: mask())
        case .echo(let payload):
            return Self.controlFrame(.connectionClose, payload, mask: mask())
        }
    }

    static func controlFrame(_ opcode: WebSocketOpcode, _ payload: ByteBuffer, mask: UInt32?) -> ByteBuffer {
        var frame = WebSocketFrameHeader.roomyBuffer(capacity: payload.readableBytes)
        frame.writeImmutableBuffer(payload)
        WebSocketFrameHeader.prepend(to: &frame, opcode: opcode, mask: mask)
        return frame
    }
}

extension WebSocketErrorCode {
    /// The server is overloaded (IANA's registry of close codes).
    static let tryAgainLater = WebSocketErrorCode(codeNumber: 1013)
}
