internal import NIOCore
internal import NIOHTTP1

/// What a server answers to an HTTP request (Engine.IO protocol 4, "HTTP long-polling").
enum EngineIOResponse: Equatable {
    /// To a GET: packets, as `EngineIOPayload` has them.
    case packets(ByteBuffer)
    /// To a POST.
    case ok
    /// To a POST that is too long.
    case tooLong
    case refused(EngineIORefusal)
    /// As many sessions are open as may be. The reference implementation has no code for it; `forbidden` is what it answers
    /// for a host that lets somebody not in.
    case full
    /// Sessions are asked for too fast (RFC 6585 §4).
    case tooMany(seconds: Int64)
    /// To a POST that would hold more memory than there is for what is unfinished.
    case noMemory

    var status: HTTPResponseStatus {
        switch self {
        case .packets, .ok: .ok
        case .tooLong: .payloadTooLarge
        case .full, .noMemory: .serviceUnavailable
        case .tooMany: .tooManyRequests
        case .refused(.forbidden): .forbidden
        case .refused: .badRequest
        }
    }

    var body: ByteBuffer {
        switch self {
        case .packets(let packets): packets
        case .ok: ByteBuffer(string: "ok")
        case .tooLong: ByteBuffer(string: EngineIORefusal.badRequest.body)
        case .full: ByteBuffer(string: EngineIORefusal(code: 4, message: "Too many sessions").body)
        case .tooMany:
            ByteBuffer(string: EngineIORefusal(code: 4, message: "Too many new sessions; try again later").body)
        case .noMemory:
            ByteBuffer(string: EngineIORefusal(code: 4, message: "Too many unfinished requests").body)
        case .refused(let refusal): ByteBuffer(string: refusal.body)
        }
    }

    func head(version: HTTPVersion, keepAlive: Bool) -> HTTPResponseHead {
        var headers = HTTPHeaders()
        switch self {
        case .packets, .ok: headers.add(name: "content-type", value: "text/plain; charset=UTF-8")
        case .tooLong, .refused, .full, .tooMany, .noMemory:
            headers.add(name: "content-type", value: "application/json")
        }
        switch self {
        case .full, .noMemory: headers.add(name: "retry-after", value: "5")
        case .tooMany(let seconds): headers.add(name: "retry-after", value: "\(seconds)")
        default: break
        }
        headers.add(name: "content-length", value: "\(body.readableBytes)")
        headers.add(name: "cache-control", value: "no-store")
        if !keepAlive {
            headers.add(name: "connection", value: "close")
        } else if version == .http1_0 {
            headers.add(name: "connection", value: "keep-alive")
        }
        return HTTPResponseHead(version: version, status: status, headers: headers)
    }
}
