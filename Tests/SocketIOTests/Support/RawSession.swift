import NIOCore
import NIOEmbedded
import NIOWebSocket
import Testing

@testable import SocketIO

/// A server's session whose client is the test, down to the single frame.
final class RawSession {
    let loop = EmbeddedEventLoop()
    let channel: EmbeddedChannel

    init(_ host: ServerRecorder, _ configuration: SocketIOServerConfiguration = .init()) throws {
        channel = EmbeddedChannel(loop: loop)
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/raw")).wait()
        let server = EngineIOServer(configuration, delegate: host, makeID: { "id" })
        let session = WebSocketServerHandler(configuration.engine, receiver: server.makeSession(for: channel))
        try channel.pipeline.syncOperations.addHandler(session)
    }

    /// A client's frame, masked with zeros.
    func receiveText(_ text: String) throws {
        try receive(opcode: 0x81, Array(text.utf8))
    }

    func receive(opcode: UInt8, _ payload: [UInt8], mask: UInt8 = 0x80) throws {
        var frame = ByteBuffer(bytes: [opcode])
        if payload.count < 126 {
            frame.writeInteger(mask | UInt8(payload.count))
        } else {
            frame.writeInteger(mask | 126)
            frame.writeInteger(UInt16(payload.count))
        }
        if mask != 0 { frame.writeBytes([0, 0, 0, 0]) }
        frame.writeBytes(payload)
        try channel.writeInbound(frame)
    }

    /// The next frame of the server, whole.
    func sent() throws -> [UInt8]? {
        try channel.readOutbound(as: ByteBuffer.self).map { Array($0.readableBytesView) }
    }

    /// The next frame's payload, if it is a short text.
    func sentText() throws -> String? {
        try sent().map { String(decoding: $0.dropFirst(($0[1] & 0x7F) < 126 ? 2 : 4), as: UTF8.self) }
    }
}
