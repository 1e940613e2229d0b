public import NIOHTTP1

/// What a server makes of an HTTP request by its head alone (Engine.IO protocol 4, "Transports"). Pure, so that the
/// WebSocket upgrade and the HTTP side that answers a refused one come to the same result.
public enum EngineIORequest: Hashable, Sendable {
    /// The path is another one: none of Engine.IO's business.
    case elsewhere
    /// A WebSocket session may open.
    case webSocket
    /// To be answered with status 400 and the refusal's JSON.
    case refused(EngineIORefusal)

    /// - Parameter path: where Engine.IO lives; with or without its last slash is the same.
    public init(_ head: HTTPRequestHead, path: String = "/socket.io/") {
        let uri = head.uri
        let end = uri.firstIndex(of: "?") ?? uri.endIndex
        guard Self.isSame(uri[..<end], path[...]) else {
            self = .elsewhere
            return
        }
        let query = end == uri.endIndex ? "" : uri[uri.index(after: end)...]
        self = Self.refusal(head, query: query).map(EngineIORequest.refused) ?? .webSocket
    }

    /// In the order in which the reference implementation checks.
    private static func refusal(_ head: HTTPRequestHead, query: Substring) -> EngineIORefusal? {
        guard parameter("transport", in: query) == "websocket" else { return .unknownTransport }
        // The session named could only be one that began with polling.
        if let id = parameter("sid", in: query), !id.isEmpty { return .unknownSession }
        guard head.method == .GET else { return .badHandshakeMethod }
        let asksForWebSocket = head.headers[canonicalForm: "upgrade"].contains { $0.lowercased() == "websocket" }
        guard asksForWebSocket else { return .badRequest }
        guard parameter("EIO", in: query) == "4" else { return .unsupportedProtocolVersion }
        return nil
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

/// Why a handshake is refused, in the reference implementation's codes and words.
public struct EngineIORefusal: Error, Hashable, Sendable, CustomStringConvertible {
    public let code: Int
    public let message: String

    public static let unknownTransport = EngineIORefusal(code: 0, message: "Transport unknown")
    public static let unknownSession = EngineIORefusal(code: 1, message: "Session ID unknown")
    public static let badHandshakeMethod = EngineIORefusal(code: 2, message: "Bad handshake method")
    public static let badRequest = EngineIORefusal(code: 3, message: "Bad request")
    public static let forbidden = EngineIORefusal(code: 4, message: "Forbidden")
    public static let unsupportedProtocolVersion = EngineIORefusal(code: 5, message: "Unsupported protocol version")

    /// The body of the answer, `application/json`: `{"code":0,"message":"Transport unknown"}`.
    public var body: String {
        JSON.object(["code": .integer(Int64(code)), "message": .string(message)]).text
    }

    public var description: String { "\(message) (\(code))" }
}
