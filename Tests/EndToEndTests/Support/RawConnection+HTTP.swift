import Base
import Foundation
import NIOCore
import SocketIO

/// An answer over a connection of which the test chooses every byte.
struct RawAnswer {
    var status: Int
    /// With names in lower case.
    var headers: [String: String]
    var text: String

    var body: JSON { (try? JSON(parsing: ByteBuffer(string: text))) ?? .null }
}

extension RawConnection {
    /// Asks and waits for the answer; `nil` if the server closes instead.
    func ask(_ method: String, _ path: String, _ body: String = "", type: String = "application/json") throws
        -> RawAnswer?
    {
        send(
            """
            \(method) \(path) HTTP/1.1\r
            Host: 127.0.0.1\r
            Content-Type: \(type)\r
            Content-Length: \(body.utf8.count)\r
            \r
            \(body)
            """
        )
        return try answer()
    }

    /// The next answer; `nil` if the server closes before one is whole.
    func answer() throws -> RawAnswer? {
        let lines = try receiveHead().components(separatedBy: "\r\n")
        guard let first = lines.first, first.hasPrefix("HTTP/1.1 "), let status = Int(first.dropFirst(9).prefix(3))
        else {
            return nil
        }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
        }
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        return RawAnswer(
            status: status,
            headers: headers,
            text: String(decoding: try receive(length), as: UTF8.self)
        )
    }

    /// What a counter of `/metrics` says.
    func metric(_ sample: String) throws -> Int? {
        let lines = try ask("GET", "/metrics")?.text.split(separator: "\n") ?? []
        return lines.first { $0.hasPrefix(sample + " ") }.flatMap { Int($0.dropFirst(sample.count + 1)) }
    }

    /// The next text message that begins like this; others are passed over.
    func receiveText(beginning prefix: String) throws -> String? {
        while let text = try receiveText() {
            if text.hasPrefix(prefix) { return text }
        }
        return nil
    }

    /// The first argument of the next event of a name.
    func receiveEvent(_ name: String) throws -> JSON? {
        guard let text = try receiveText(beginning: "42[\"\(name)\",") else { return nil }
        return try JSON(parsing: ByteBuffer(string: String(text.dropFirst(2)))).arrayValue?.last
    }

    func emit(_ event: String, _ argument: JSON, id: Int? = nil) {
        let packet: JSON = [.string(event), argument]
        send(Frame.text("42\(id.map { "\($0)" } ?? "")\(packet.text)").bytes)
    }
}
