internal import HTTPTypes
internal import NIOHTTP1

/// Which requests come in at all, REST, polling and WebSocket alike: by what the head says of the server that was meant (`Host`), of
/// the page that asks (`Origin`, RFC 6454) and of the body.
///
/// A browser carries the requests of any page to a server on the same machine or network, and a name that is made to lead there
/// (DNS rebinding) makes the page look like the server's own. A server that asks nobody for a token has only these two headers to
/// tell them by. A pure value.
struct Door: Sendable {
    /// The names that the server goes by, in lower case, beside those of loopback; `nil`: any.
    private let names: Set<String>?
    /// The pages that may use it, beside its own and those of loopback; `nil`: all.
    private let origins: Set<Origin>?
    /// Whether tokens guard the server: then any page may ask, and is refused for want of one.
    private let isGuardedByTokens: Bool
    private let limits: ServerLimits

    init(_ configuration: DispatchServer.Configuration) {
        isGuardedByTokens = configuration.requiresTokens
        limits = configuration.limits
        names =
            configuration.requiresTokens || configuration.isInsecure
            ? nil : Set((configuration.allowedHosts + [configuration.host]).map { $0.lowercased() })
        origins =
            configuration.corsOrigins.contains("*") ? nil : Set(configuration.corsOrigins.compactMap { Origin($0) })
    }

    /// Why a request is refused; `nil`: it comes in.
    func judge(_ head: HTTPRequestHead) -> DoorRefusal? {
        let hosts = head.headers["host"]
        // RFC 9112 §3.2. Nothing older has to have one, and no browser is as old.
        guard hosts.count == 1 || hosts.isEmpty && head.isOld else { return .hostCount(hosts.count) }
        let host = hosts.first.flatMap { Authority($0) }
        if let text = hosts.first, !text.isEmpty, host == nil { return .invalidHost(text) }
        if let refusal = refusal(of: host, hosts.first) ?? refusal(ofOrigin: head.headers["origin"], at: host) {
            return refusal
        }
        let body = head.announcedBody
        if body.isThere, let refusal = refusal(ofBodyOf: head, at: host) { return refusal }
        if let length = body.length, !isSocketIO(head), length > longestBody(of: head) {
            return .tooLong(longestBody(of: head))
        }
        guard let expectation = head.headers.first(name: "expect"), !head.isOld else { return nil }
        return expectation.lowercased() == "100-continue" ? nil : .unknownExpectation
    }

    /// What `Access-Control-Allow-Origin` says to a page (Fetch Standard, "CORS protocol"); `nil`: it may not read the answer.
    func reader(_ head: HTTPRequestHead) -> String? {
        let values = head.headers["origin"]
        guard values.count == 1 else { return nil }
        guard origins != nil else { return "*" }
        return isAllowed(values[0], at: head.headers.first(name: "host").flatMap { Authority($0) }) ? values[0] : nil
    }

    /// Whether a client waits for word before it sends its body (RFC 9110 §10.1.1).
    func invitesBody(of head: HTTPRequestHead) -> Bool {
        !head.isOld && head.announcedBody.isThere
            && head.headers.first(name: "expect")?.lowercased() == "100-continue"
    }

    /// Engine.IO looks after the bodies of its own requests, and refuses in its own words.
    func isSocketIO(_ head: HTTPRequestHead) -> Bool { head.uri.hasPrefix("/socket.io") }

    private func refusal(of host: Authority?, _ text: String?) -> DoorRefusal? {
        guard let names, let text else { return nil }
        guard let host, host.isLoopback || names.contains(host.host) else { return .foreignHost(text) }
        return nil
    }

    private func refusal(ofOrigin values: [String], at host: Authority?) -> DoorRefusal? {
        guard !isGuardedByTokens, origins != nil, !values.isEmpty else { return nil }
        return values.count == 1 && isAllowed(values[0], at: host)
            ? nil : .foreignOrigin(values.joined(separator: ", "))
    }

    private func isAllowed(_ text: String, at host: Authority?) -> Bool {
        guard let origins else { return true }
        guard let origin = Origin(text) else { return false }
        return origin.authority.isLoopback || origins.contains(origin) || host.map(origin.isOwn) ?? false
    }

    /// What a POST has to be. A form's types, and plain text, could come from a page that nobody has allowed to ask.
    private static let type = "application/json"
    /// What the first version took beside JSON, and what `curl` says when nobody tells it what it sends.
    private static let formType = "application/x-www-form-urlencoded"

    private func refusal(ofBodyOf head: HTTPRequestHead, at host: Authority?) -> DoorRefusal? {
        // A browser sends nothing but a POST to another origin without having been allowed to.
        guard head.method == .POST, !isGuardedByTokens, !isSocketIO(head) else { return nil }
        let origin = head.headers.first(name: "origin")
        if let origin, let host, Origin(origin)?.isOwn(of: host) ?? false { return nil }
        let text = head.headers.first(name: "content-type")
        let type = text?.prefix { $0 != ";" }.split(separator: " ").first?.lowercased()
        if type == Self.type { return nil }
        if origin == nil, type == nil || type == Self.formType { return nil }
        return .contentType(text)
    }

    private func longestBody(of head: HTTPRequestHead) -> Int {
        head.method == .PUT ? limits.importBytes : limits.bodyBytes
    }
}

/// Why a request does not come in, for whoever sent it: what is wrong with it and, where that may be meant, how to allow it.
struct DoorRefusal: Error, Equatable, Sendable {
    let status: HTTPResponse.Status
    let code: String
    let message: String

    static func hostCount(_ count: Int) -> DoorRefusal {
        let words = count == 0 ? "the request has no Host" : "the request has \(count) Hosts"
        return DoorRefusal(status: .badRequest, code: "invalid-host", message: words + ", and must have one")
    }

    static func invalidHost(_ text: String) -> DoorRefusal {
        DoorRefusal(status: .badRequest, code: "invalid-host", message: "'\(text.prefix(100))' names no host")
    }

    static func foreignHost(_ text: String) -> DoorRefusal {
        let name = Authority(text).map(\.host) ?? "NAME"
        return DoorRefusal(
            status: .forbidden,
            code: "host-not-allowed",
            message: """
                this server does not go by the name '\(text.prefix(100))'; if it is to, start it with --allowed-host \
                \(name.prefix(100)), or with --authenticate to ask for tokens
                """
        )
    }

    static func foreignOrigin(_ text: String) -> DoorRefusal {
        DoorRefusal(
            status: .forbidden,
            code: "origin-not-allowed",
            message: """
                pages of '\(text.prefix(100))' may not use this server; if they are to, start it with --cors-origin \
                \(Origin(text) == nil ? "'*'" : String(text.prefix(100))), or with --authenticate to ask for tokens
                """
        )
    }

    static func contentType(_ text: String?) -> DoorRefusal {
        DoorRefusal(
            status: .unsupportedMediaType,
            code: "content-type",
            message: """
                this is sent as application/json\
                \(text.map { ", not as '\($0.prefix(100))'" } ?? "; the request does not say as what")
                """
        )
    }

    static func tooLong(_ limit: Int) -> DoorRefusal {
        DoorRefusal(
            status: .contentTooLarge,
            code: "http-413",
            message: "the body is longer than the \(limit) bytes that may come"
        )
    }

    static let unknownExpectation = DoorRefusal(
        status: .expectationFailed,
        code: "http-417",
        message: "the only expectation that can be met is 100-continue"
    )
}

extension HTTPRequestHead {
    /// Of a version before HTTP/1.1.
    fileprivate var isOld: Bool { version.major < 1 || version == .http1_0 }

    /// What the head says of the body. NIO lets no length through that is no number.
    fileprivate var announcedBody: (isThere: Bool, length: Int?) {
        guard let text = headers.first(name: "content-length") else {
            return (headers.contains(name: "transfer-encoding"), nil)
        }
        // More digits than a number holds are more than anybody may send.
        let length = Int(text) ?? .max
        return (length > 0, length)
    }
}
