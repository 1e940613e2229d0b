internal import NIOCore
internal import NIOWebSocket

/// Puts messages together from frames and watches over RFC 6455 while doing so. No I/O.
///
/// A message that comes in one frame, as nearly all do, is handed on as it is: no copy, save the one that unmasking
/// makes of bytes that others may see.
struct WebSocketMessageAssembler {
    /// Which end this is. Clients mask, servers do not (§5.1).
    enum Role {
        case server
        case client
    }

    /// What a frame amounts to.
    enum Action: Equatable {
        /// Nothing yet, or nothing at all (a pong).
        case none
        /// A whole text message, checked to be UTF-8.
        case text(ByteBuffer)
        /// A whole binary message.
        case binary(ByteBuffer)
        /// Answer with a pong that carries the same data (§5.5.2).
        case pong(ByteBuffer)
        /// The peer closes: send a close frame with that payload, then close the connection (§5.5.1).
        case close(echo: ByteBuffer)
        /// The peer broke the protocol: send a close frame with that code and close (§7.1.7).
        case fail(WebSocketErrorCode, String)
    }

    private enum State {
        /// The next data frame begins a message.
        case idle
        /// Frames of a message have come, but not its last one.
        case inMessage(isText: Bool, ByteBuffer)
        /// A close frame was seen or the protocol broken; nothing counts any more.
        case closed
    }

    private var state = State.idle
    private let role: Role
    private let maximumLength: Int

    /// - Parameter maximumLength: of a message, in bytes, whatever number of frames it comes in.
    init(role: Role, maximumLength: Int) {
        self.role = role
        self.maximumLength = maximumLength
    }

    /// What is kept of a message whose last frame has not come.
    var heldBytes: Int {
        if case .inMessage(_, let message) = state { message.storageCapacity } else { 0 }
    }

    /// What the reader makes of the bytes. `incomplete` is nothing yet.
    mutating func received(_ step: WebSocketFrameReader.Step) -> Action {
        if case .closed = state { return .none }
        switch step {
        case .incomplete: return .none
        case .frame(let frame): return received(frame)
        case .tooLong: return tooLarge()
        case .badLength: return fail(.protocolError, "a frame's length is not in its shortest form")
        }
    }

    private mutating func received(_ frame: ReceivedFrame) -> Action {
        if frame.hasReservedBit {
            return fail(.protocolError, "a reserved bit is set, and no extension was agreed")
        }
        var data = frame.payload
        switch (role, frame.mask) {
        case (.server, nil): return fail(.protocolError, "a client's frame is not masked")
        case (.client, .some): return fail(.protocolError, "a server's frame is masked")
        case (.client, nil): break
        case (.server, .some(let mask)): data.unmask(with: mask)
        }
        switch frame.opcode {
        case .text?: return began(isText: true, data, isFinal: frame.isFinal)
        case .binary?: return began(isText: false, data, isFinal: frame.isFinal)
        case .continuation?: return continued(data, isFinal: frame.isFinal)
        case .ping?, .pong?, .connectionClose?: return control(frame, data)
        default: return fail(.protocolError, "a frame has an unknown opcode")
        }
    }

    /// The reader has seen to the length of a single frame.
    private mutating func began(isText: Bool, _ data: ByteBuffer, isFinal: Bool) -> Action {
        guard case .idle = state else {
            return fail(.protocolError, "a message begins within another one")
        }
        guard isFinal else {
            state = .inMessage(isText: isText, data)
            return .none
        }
        return message(isText: isText, data)
    }

    private mutating func continued(_ data: ByteBuffer, isFinal: Bool) -> Action {
        guard case .inMessage(let isText, var message) = state else {
            return fail(.protocolError, "a fragment continues no message")
        }
        state = .idle  // so that the buffer is ours alone while it grows
        guard message.readableBytes + data.readableBytes <= maximumLength else { return tooLarge() }
        message.writeImmutableBuffer(data)
        guard isFinal else {
            state = .inMessage(isText: isText, message)
            return .none
        }
        return self.message(isText: isText, message)
    }

    private mutating func message(isText: Bool, _ data: ByteBuffer) -> Action {
        guard isText else { return .binary(data) }
        guard data.withUnsafeReadableBytes(isWellFormedUTF8) else {
            return fail(.dataInconsistentWithMessage, "a text message is not UTF-8")
        }
        return .text(data)
    }

    private mutating func control(_ frame: ReceivedFrame, _ data: ByteBuffer) -> Action {
        guard frame.isFinal else { return fail(.protocolError, "a control frame came in fragments") }
        guard data.readableBytes <= 125 else {
            return fail(.protocolError, "a control frame is longer than 125 bytes")
        }
        switch frame.opcode {
        case .ping?: return .pong(data)
        case .connectionClose?: return closed(data)
        default: return .none
        }
    }

    /// §7.4: an empty payload, or a code and a reason in UTF-8.
    private mutating func closed(_ data: ByteBuffer) -> Action {
        guard data.readableBytes > 0 else {
            state = .closed
            return .close(echo: data)
        }
        guard let code = data.getInteger(at: data.readerIndex, as: UInt16.self), mayBeSent(code) else {
            return fail(.protocolError, "a close frame has no valid code")
        }
        guard data.withUnsafeReadableBytes({ isWellFormedUTF8(UnsafeRawBufferPointer(rebasing: $0.dropFirst(2))) })
        else {
            return fail(.dataInconsistentWithMessage, "the reason for closing is not UTF-8")
        }
        state = .closed
        return .close(echo: data)
    }

    /// §7.4.1 and IANA's registry: 1004 to 1006 and 1015 never appear in a frame.
    private func mayBeSent(_ code: UInt16) -> Bool {
        switch code {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }

    private mutating func tooLarge() -> Action {
        fail(.messageTooLarge, "a message is longer than \(maximumLength) bytes")
    }

    private mutating func fail(_ code: WebSocketErrorCode, _ message: String) -> Action {
        state = .closed
        return .fail(code, message)
    }
}
