/// A host and maybe a port, as `Host` (RFC 9110 §7.2) and `Origin` (RFC 6454 §7) name a server.
struct Authority: Hashable, Sendable {
    /// In lower case; an IPv6 address without its brackets.
    let host: String
    let port: Int?

    /// `nil` for what names no server.
    init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        let end: Int
        if bytes.first == UInt8(ascii: "[") {
            guard let close = bytes.firstIndex(of: UInt8(ascii: "]")), close > 1,
                bytes[1..<close].allSatisfy({ $0.isAlphanumeric || ":.%".utf8.contains($0) })
            else { return nil }
            host = String(decoding: bytes[1..<close], as: UTF8.self).lowercased()
            end = close + 1
        } else {
            end = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.count
            guard end > 0, bytes[..<end].allSatisfy({ $0.isAlphanumeric || "-._~%".utf8.contains($0) }) else {
                return nil
            }
            host = String(decoding: bytes[..<end], as: UTF8.self).lowercased()
        }
        let rest = bytes[end...]
        guard rest.count > 1 else {
            guard rest.isEmpty || rest.first == UInt8(ascii: ":") else { return nil }
            port = nil
            return
        }
        guard rest.first == UInt8(ascii: ":"), rest.dropFirst().allSatisfy({ (0x30...0x39).contains($0) }),
            let number = UInt16(String(decoding: rest.dropFirst(), as: UTF8.self))
        else { return nil }
        port = Int(number)
    }

    /// Whether it names the machine itself, whatever any name server says (RFC 6761 §6.3, RFC 5735 §3, RFC 4291 §2.5.3).
    var isLoopback: Bool { Self.isLoopback(host) }

    static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host.hasSuffix(".localhost") || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

/// The origin of a page: a scheme, a host and maybe a port, as `https://console.example`.
struct Origin: Hashable, Sendable {
    let scheme: String
    let authority: Authority

    /// `nil` for `null`, which pages without an origin of their own say, and for whatever else is none.
    init?(_ text: some StringProtocol) {
        guard let colon = text.firstRange(of: "://"), let authority = Authority(text[colon.upperBound...]) else {
            return nil
        }
        scheme = text[..<colon.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        self.authority = authority
    }

    private var port: Int { authority.port ?? (scheme == "https" ? 443 : 80) }

    /// Whether a page of this origin asks the very server that it came from, by what the request says in `Host`. The schemes may
    /// differ: a proxy in front may speak TLS.
    func isOwn(of host: Authority) -> Bool {
        let defaultPort = scheme == "https" ? 443 : 80
        return authority.host == host.host && port == host.port ?? defaultPort
    }
}

extension UInt8 {
    fileprivate var isAlphanumeric: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}
