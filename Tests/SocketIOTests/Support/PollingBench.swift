import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import SocketIO

/// A server of Socket.IO whose clients are the test, down to the bytes of HTTP and of frames.
final class PollingBench {
    let loop = EmbeddedEventLoop()
    let host = ServerRecorder()
    let server: EngineIOServer

    init(_ configuration: SocketIOServerConfiguration = .init()) {
        server = EngineIOServer(configuration, delegate: host, makeID: { "id" })
    }

    func connect(on loop: EmbeddedEventLoop? = nil, limits: HTTPLimits? = nil) throws -> RawConnection {
        try RawConnection(server, on: loop ?? self.loop, limits: limits)
    }

    /// Opens the session `id`, and joins the main namespace.
    func open() throws -> RawConnection {
        let connection = try connect()
        try #expect(connection.request("GET", "").status == 200)
        try #expect(connection.request("POST", "&sid=id", "40").body == "ok")
        try #expect(connection.request("GET", "&sid=id").body == #"40{"sid":"id"}"#)
        return connection
    }

    var session: SocketIOServerSession {
        get throws { try #require(host.sessions.last) }
    }
}

struct RawResponse: Equatable {
    let status: Int
    let headers: [String]
    let body: String
}

/// A connection to a server, from outside.
final class RawConnection {
    let channel: EmbeddedChannel
    /// What came behind the answer to an upgrade.
    private var rest = ByteBuffer()

    init(_ server: EngineIOServer, on loop: EmbeddedEventLoop, limits: HTTPLimits?) throws {
        channel = EmbeddedChannel(loop: loop)
        _ = try channel.pipeline.syncOperations.configureEngineIOServer(
            [server],
            limits: limits,
            upgraded: (),
            continueWithHTTP: { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Teapot())
                }
            }
        )
        channel.connect(to: try SocketAddress(unixDomainSocketPath: "/raw"), promise: nil)
    }

    func send(_ text: String) throws {
        if channel.isActive { try channel.writeInbound(ByteBuffer(string: text)) }
    }

    /// What has come since the last call.
    func received() throws -> ByteBuffer {
        var all = rest
        rest = ByteBuffer()
        channel.embeddedEventLoop.run()
        while var bytes = try channel.readOutbound(as: ByteBuffer.self) { all.writeBuffer(&bytes) }
        return all
    }

    /// Nil if none has come.
    func response() throws -> RawResponse? {
        let bytes = try received()
        guard bytes.readableBytes > 0 else { return nil }
        let text = String(buffer: bytes)
        let end = try #require(text.firstRange(of: "\r\n\r\n"))
        let lines = text[..<end.lowerBound].split(separator: "\r\n").map(String.init)
        let status = try #require(lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) })
        if status == 101 {
            rest = bytes
            rest.moveReaderIndex(forwardBy: text[..<end.upperBound].utf8.count)
        }
        return RawResponse(status: status, headers: Array(lines.dropFirst()), body: String(text[end.upperBound...]))
    }

    /// Sends a request for polling and leaves it at that.
    func begin(_ method: String, _ query: String, _ body: String? = nil, headers: [String] = []) throws {
        var lines = ["\(method) /socket.io/?EIO=4&transport=polling\(query) HTTP/1.1", "Host: raw"] + headers
        if let body { lines.append("Content-Length: \(body.utf8.count)") }
        try send(lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? ""))
    }

    func request(
        _ method: String,
        _ query: String,
        _ body: String? = nil,
        headers: [String] = []
    ) throws -> RawResponse {
        try begin(method, query, body, headers: headers)
        return try #require(try response())
    }

    /// Asks for a WebSocket; the answer is left to be received.
    func beginUpgrade(_ query: String) throws {
        try send(
            "GET /socket.io/?EIO=4&transport=websocket\(query) HTTP/1.1\r\nHost: raw\r\nConnection: Upgrade\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
    }

    /// A text frame, masked with zeros.
    func sendFrame(_ text: String) throws {
        var frame = ByteBuffer(bytes: [0x81, 0x80 | UInt8(text.utf8.count), 0, 0, 0, 0])
        frame.writeString(text)
        if channel.isActive { try channel.writeInbound(frame) }
    }

    /// The payloads of the frames that have come, all of them short; a close frame as its code.
    func frames() throws -> [String] {
        var bytes = try received()
        var frames: [String] = []
        while let opcode = bytes.readInteger(as: UInt8.self) {
            guard let length = bytes.readInteger(as: UInt8.self), var payload = bytes.readSlice(length: Int(length))
            else { throw ChannelError.inputClosed }
            if opcode == 0x88 {
                frames.append(payload.readInteger(as: UInt16.self).map { "close \($0)" } ?? "close")
            } else {
                frames.append(String(buffer: payload))
            }
        }
        return frames
    }
}

/// Stands for whatever else the port serves.
private final class Teapot: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private var hasUpgrade = false
    private var keepAlive = true

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            hasUpgrade = head.headers.contains(name: "upgrade")
            keepAlive = head.isKeepAlive
        case .body: break
        case .end:
            let text = "upgrade \(hasUpgrade), keep-alive \(keepAlive)"
            let head = HTTPResponseHead(
                version: .http1_1,
                status: .imATeapot,
                headers: ["content-length": "\(text.utf8.count)"]
            )
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}
