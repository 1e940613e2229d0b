internal import Base

/// Why a request is refused, in the reference implementation's codes and words.
struct EngineIORefusal: Error, Hashable, CustomStringConvertible {
    let code: Int
    let message: String

    static let unknownTransport = EngineIORefusal(code: 0, message: "Transport unknown")
    static let unknownSession = EngineIORefusal(code: 1, message: "Session ID unknown")
    static let badHandshakeMethod = EngineIORefusal(code: 2, message: "Bad handshake method")
    static let badRequest = EngineIORefusal(code: 3, message: "Bad request")
    static let forbidden = EngineIORefusal(code: 4, message: "Forbidden")
    static let unsupportedProtocolVersion = EngineIORefusal(code: 5, message: "Unsupported protocol version")

    /// The body of the answer, `application/json`: `{"code":0,"message":"Transport unknown"}`.
    var body: String {
        JSON.object(["code": .integer(Int64(code)), "message": .string(message)]).text
    }

    var description: String { "\(message) (\(code))" }
}
