internal import NIOCore
internal import NIOHTTP1

/// What an HTTP request asks of an Engine.IO server, by its head alone (Engine.IO protocol 4, "Transports"). Pure, so
/// that the upgrade to WebSocket and the HTTP side that answers a refused one come to the same result.
enum EngineIORequest: Hashable {
    /// The path is another one: none of Engine.IO's business.
    case elsewhere
    /// A session is to be opened, with polling.
    case openPolling
    /// A session is to be opened, over WebSocket.
    case openWebSocket
    /// GET: whatever there is for the client of that session.
    case poll(session: String)
    /// POST: what the client of that session sends.
    case push(session: String)
    /// WebSocket is to carry that session from now on.
    case upgrade(session: String)
    /// To be answered with status 400 and the refusal's JSON.
    case refused(EngineIORefusal)

    /// - Parameter path: where Engine.IO lives; with or without its last slash is the same.
    init(_ head: HTTPRequestHead, path: String) {
        let uri = head.uri
        let end = uri.firstIndex(of: "?") ?? uri.endIndex
        guard Self.isSame(uri[..<end], path[...]) else {
            self = .elsewhere
            return
        }
        let query = end == uri.endIndex ? "" : uri[uri.index(after: end)...]
        self = Self.ours(head, query: query)
    }

    /// In the order in which the reference implementation checks.
    private static func ours(_ head: HTTPRequestHead, query: Substring) -> EngineIORequest {
        let transport = parameter("transport", in: query)
        guard transport == "polling" || transport == "websocket" else { return .refused(.unknownTransport) }
        if let id = parameter("sid", in: query), !id.isEmpty {
            return ours(head, session: String(id), isPolling: transport == "polling")
        }
        guard head.method == .GET else { return .refused(.badHandshakeMethod) }
        guard transport == "polling" || asksForWebSocket(head) else { return .refused(.badRequest) }
        guard parameter("EIO", in: query) == "4" else { return .refused(.unsupportedProtocolVersion) }
        return transport == "polling" ? .openPolling : .openWebSocket
    }

    private static func ours(_ head: HTTPRequestHead, session id: String, isPolling: Bool) -> EngineIORequest {
        switch (isPolling, head.method) {
        case (true, .GET): .poll(session: id)
        case (true, .POST): .push(session: id)
        case (false, .GET) where asksForWebSocket(head): .upgrade(session: id)
        default: .refused(.badRequest)
        }
    }

    /// RFC 6455 §4.2.1. NIO's decoder takes what follows for another protocol only if `Connection` says so, too, and reads it
    /// as HTTP otherwise, which no WebSocket could take.
    private static func asksForWebSocket(_ head: HTTPRequestHead) -> Bool {
        head.headers[canonicalForm: "upgrade"].contains { $0.lowercased() == "websocket" }
            && head.headers[canonicalForm: "connection"].contains { $0.lowercased() == "upgrade" }
            && head.headers["sec-websocket-key"].count == 1
            && head.headers["sec-websocket-key"].allSatisfy(isKey)
            && head.headers["sec-websocket-version"] == ["13"]
            && (subprotocols(head).map { $0.allSatisfy(isToken) && Set($0).count == $0.count } ?? true)
    }

    /// The subprotocol of a WebSocket that an upgrade asks for: the first that is offered, as with the reference implementation, since
    /// browsers give a connection up on which none of theirs is spoken (RFC 6455 §4.2.2, WebSockets Standard §3.1).
    static func subprotocol(_ head: HTTPRequestHead) -> String? { subprotocols(head)?.first.map { String($0) } }

    private static func subprotocols(_ head: HTTPRequestHead) -> [Substring]? {
        let values = head.headers["sec-websocket-protocol"]
        guard !values.isEmpty else { return nil }
        return values.joined(separator: ",").split(separator: ",", omittingEmptySubsequences: false).map { name in
            let words = name.split { $0 == " " || $0 == "\t" }
            return words.count == 1 ? words[0] : ""
        }
    }

    /// RFC 9110 §5.6.2.
    private static func isToken(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"\"(),/:;<=>?@[\\]{}".utf8.contains($0) }
    }

    /// 16 bytes in base64.
    private static func isKey(_ text: String) -> Bool {
        ByteBuffer(string: text).decodingBase64()?.readableBytes == 16
    }

    private static func isSame(_ a: Substring, _ b: Substring) -> Bool {
        withoutLastSlash(a) == withoutLastSlash(b)
    }

    private static func withoutLastSlash(_ path: Substring) -> Substring {
        path.last == "/" ? path.dropLast() : path
    }

    /// The first parameter of that name. The values that matter here need no percent-decoding.
    private static func parameter(_ name: String, in query: Substring) -> Substring? {
        for pair in query.split(separator: "&") {
            guard let equals = pair.firstIndex(of: "=") else { continue }
            if pair[..<equals] == name { return pair[pair.index(after: equals)...] }
        }
        return nil
    }
}
