import Foundation

/// A TCP connection to a server, of which a test chooses every byte.
final class RawConnection {
    private let socket: Int32
    private var buffered: [UInt8] = []

    /// How long the server may take for its next byte.
    private static let patience = 20

    init(port: Int) throws {
        socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in.loopback(port: port)
        let isConnected =
            withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            } == 0
        guard isConnected else { throw Command.Failure(description: "no connection to port \(port)") }
        var patience = timeval(tv_sec: Self.patience, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(socket) }

    func send(_ text: String) { send(Array(text.utf8)) }

    /// Sends what the server takes: one that has closed takes nothing.
    func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Foundation.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { return }
            rest = rest.dropFirst(sent)
        }
    }

    /// So many bytes, or fewer if the server closes first.
    func receive(_ count: Int) throws -> [UInt8] {
        while buffered.count < count, try receiveMore() {}
        defer { buffered.removeFirst(min(count, buffered.count)) }
        return Array(buffered.prefix(count))
    }

    /// The head of an HTTP response, or what came before the server closed.
    func receiveHead() throws -> String {
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            guard let byte = try receive(1).first else { break }
            head.append(byte)
        }
        return String(decoding: head, as: UTF8.self)
    }

    /// Whether the server closes, and says nothing before.
    func isClosed() throws -> Bool { try receive(1).isEmpty }

    private func receiveMore() throws -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = recv(socket, &chunk, chunk.count, 0)
        if count < 0, errno != ECONNRESET { throw Command.Failure(description: "the server says and closes nothing") }
        buffered += chunk.prefix(max(0, count))
        return count > 0
    }
}

/// WebSocket frames (RFC 6455 §5.2), right or wrong.
struct Frame: Equatable {
    var isFinal = true
    var reserved: UInt8 = 0
    var opcode: UInt8
    var mask: [UInt8]? = [1, 2, 3, 4]
    var payload: [UInt8]

    static func text(_ text: String) -> Frame { Frame(opcode: 1, payload: Array(text.utf8)) }

    var bytes: [UInt8] {
        let first = (isFinal ? 0x80 : 0) | reserved << 4 | opcode
        let masked: UInt8 = mask == nil ? 0 : 0x80
        let length = payload.count
        let size: [UInt8] =
            switch length {
            case ...125: [masked | UInt8(length)]
            case ...65_535: [masked | 126, UInt8(length >> 8), UInt8(length & 0xFF)]
            default: [masked | 127] + (0..<8).map { UInt8(truncatingIfNeeded: length >> ((7 - $0) * 8)) }
            }
        let key = mask ?? [0, 0, 0, 0]
        return [first] + size + (mask ?? []) + payload.enumerated().map { $1 ^ key[$0 % 4] }
    }
}

extension RawConnection {
    /// Asks for a WebSocket session and reads what the server says at its opening.
    static func session(port: Int) throws -> RawConnection {
        let connection = try RawConnection(port: port)
        connection.send(
            """
            GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r
            Host: 127.0.0.1:\(port)\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Version: 13\r
            \r

            """
        )
        let head = try connection.receiveHead()
        guard head.hasPrefix("HTTP/1.1 101 ") else { throw Command.Failure(description: "no upgrade: \(head)") }
        guard try connection.receiveText()?.hasPrefix("0{\"sid\":") ?? false else {
            throw Command.Failure(description: "no Engine.IO handshake")
        }
        return connection
    }

    /// A session that has joined the main namespace.
    static func joined(port: Int) throws -> RawConnection {
        let connection = try session(port: port)
        connection.send(Frame.text("40").bytes)
        guard try connection.receiveText()?.hasPrefix("40{\"sid\":") ?? false else {
            throw Command.Failure(description: "no Socket.IO session")
        }
        return connection
    }

    /// A server's frame, of a length that one octet tells or two do; `nil` if it closed.
    func receiveFrame() throws -> Frame? {
        let head = try receive(2)
        guard head.count == 2 else { return nil }
        var length = Int(head[1] & 0x7F)
        if length == 126 { length = try receive(2).reduce(0) { $0 << 8 | Int($1) } }
        return Frame(
            isFinal: head[0] & 0x80 != 0,
            reserved: head[0] >> 4 & 7,
            opcode: head[0] & 0x0F,
            mask: nil,
            payload: try receive(length)
        )
    }

    /// The next text message; pings of the heartbeat, which may fall in between, are passed over.
    func receiveText() throws -> String? {
        while let frame = try receiveFrame(), frame.opcode == 1 {
            if frame.payload != Array("2".utf8) { return String(decoding: frame.payload, as: UTF8.self) }
        }
        return nil
    }

    /// The code with which the server closes (RFC 6455 §7.4.1), whatever it says before; `nil` if it closes without one.
    func closeCode() throws -> Int? {
        while let frame = try receiveFrame() {
            guard frame.opcode == 8 else { continue }
            let code = frame.payload.prefix(2).reduce(0) { $0 << 8 | Int($1) }
            guard try isClosed() else { throw Command.Failure(description: "bytes after the close frame") }
            return code
        }
        return nil
    }
}
