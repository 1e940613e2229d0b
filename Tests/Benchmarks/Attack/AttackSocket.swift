internal import Foundation

/// A TCP connection to a server on loopback that is used by one thread, which waits for what it asks; of which every byte can be chosen.
final class AttackSocket {
    private let socket: Int32
    private var buffered: [UInt8] = []

    /// - Parameter receiveBuffer: how much the kernel may hold of what is not read, in bytes.
    init(port: Int, receiveBuffer: Int32? = nil) throws {
        socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        // Nobody waits for a server that says nothing for longer than an attack lasts.
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var one: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        if var receiveBuffer {
            setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let isConnected =
            withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            } == 0
        guard isConnected else { throw BenchmarkError("no connection to port \(port)") }
    }

    deinit { close(socket) }

    /// - Parameter waits: whether to wait until the server takes it.
    /// - Returns: false when the server takes no more.
    func send(_ bytes: [UInt8], waits: Bool = true) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let flags = Int32(MSG_NOSIGNAL) | (waits ? 0 : Int32(MSG_DONTWAIT))
            let sent = rest.withUnsafeBytes { Foundation.send(socket, $0.baseAddress, $0.count, flags) }
            guard sent > 0 else { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }

    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// So many bytes; `nil` when the server closes, or says nothing.
    func receive(_ count: Int) -> [UInt8]? {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while buffered.count < count {
            let received = recv(socket, &chunk, chunk.count, 0)
            guard received > 0 else { return nil }
            buffered += chunk.prefix(received)
        }
        defer { buffered.removeFirst(count) }
        return Array(buffered.prefix(count))
    }

    /// Reads an answer of HTTP, with a length, and throws its body away: its status.
    func answer() -> Int? {
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            guard let byte = receive(1) else { return nil }
            head += byte
        }
        let text = String(decoding: head, as: UTF8.self)
        let length = text.lowercased().firstMatch(of: /content-length: (\d+)/).flatMap { Int($0.1) } ?? 0
        guard receive(length) != nil else { return nil }
        return Int(text.dropFirst(9).prefix(3))
    }

    func get(_ path: String, headers: String = "") -> Bool {
        send("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(headers)\r\n")
    }
}

extension AttackSocket {
    /// A session over WebSocket that has joined nothing.
    static func session(port: Int) throws -> AttackSocket {
        let socket = try AttackSocket(port: port)
        let upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        let key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        _ = socket.get("/socket.io/?EIO=4&transport=websocket", headers: upgrade + key)
        guard socket.answer() == 101, socket.receiveText()?.hasPrefix("0{") ?? false else {
            throw BenchmarkError("no session over WebSocket")
        }
        return socket
    }

    static func joined(port: Int, as customer: Int) throws -> AttackSocket {
        let socket = try session(port: port)
        _ = socket.send(frame("40"))
        _ = socket.send(frame("420[\"handshake\",\(customer)]"))
        guard socket.receiveText(beginning: "430")?.contains("true") ?? false else {
            throw BenchmarkError("customer \(customer) does not get in")
        }
        return socket
    }

    /// Masked with zeros (RFC 6455 §5.2).
    static func frame(_ text: String, opcode: UInt8 = 0x81) -> [UInt8] {
        let payload = Array(text.utf8)
        let count = payload.count
        let length: [UInt8] =
            switch count {
            case ...125: [0x80 | UInt8(count)]
            case ...65_535: [0xFE, UInt8(count >> 8), UInt8(count & 0xFF)]
            default: [0xFF] + (0..<8).map { UInt8(truncatingIfNeeded: count >> ((7 - $0) * 8)) }
            }
        return [opcode] + length + [0, 0, 0, 0] + payload
    }

    /// The next text; `nil` when the server closes. Pings are answered.
    func receiveText() -> String? {
        while let head = receive(2) {
            var length = Int(head[1] & 0x7F)
            if length > 125 {
                guard let long = receive(length == 126 ? 2 : 8) else { return nil }
                length = long.reduce(0) { $0 << 8 | Int($1) }
            }
            guard let payload = receive(length), head[0] & 0x0F == 1 else { return nil }
            let text = String(decoding: payload, as: UTF8.self)
            guard text == "2" else { return text }
            _ = send(Self.frame("3"))
        }
        return nil
    }

    func receiveText(beginning prefix: String) -> String? {
        while let text = receiveText() {
            if text.hasPrefix(prefix) { return text }
        }
        return nil
    }
}
