internal import Glibc

/// The networks of proxies whose word is taken for whom they speak: `Forwarded` (RFC 7239) and `X-Forwarded-For`.
///
/// Each proxy adds at the end whom it had its connection from. So the hops are read from the right, as far as they are trusted ones;
/// the first that is not is the client, whatever stands before it: that anybody can write.
public struct TrustedProxies: Sendable, Equatable {
    /// A network in CIDR notation (RFC 4632 §3.1, RFC 4291 §2.3).
    public struct Network: Sendable, Equatable {
        fileprivate let address: [UInt8]
        fileprivate let prefix: Int

        /// - Parameter text: `10.0.0.0/8`, `2001:db8::/32`, or an address alone; `nil` for anything else.
        public init?(_ text: String) {
            let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            guard let address = octets(String(parts[0])) else { return nil }
            var prefix = address.count * 8
            if parts.count == 2 {
                guard let number = Int(parts[1]), (0...prefix).contains(number), parts[1].allSatisfy(\.isNumber) else {
                    return nil
                }
                prefix = number
            }
            (self.address, self.prefix) = (address, prefix)
        }

        fileprivate func contains(_ other: [UInt8]) -> Bool {
            guard other.count == address.count else { return false }
            return (0..<prefix).allSatisfy { bit in (address[bit / 8] ^ other[bit / 8]) & (0x80 >> (bit % 8)) == 0 }
        }
    }

    /// How many hops are looked at.
    private static let mostHops = 32

    private let networks: [Network]

    /// Trusts nobody, unless networks are given.
    public init(_ networks: [Network] = []) { self.networks = networks }

    /// Whether an address is a trusted proxy's.
    public func contains(_ address: String) -> Bool {
        guard !networks.isEmpty, let octets = octets(address) else { return false }
        return networks.contains { $0.contains(octets) }
    }

    /// Who has sent a request.
    /// - Parameters:
    ///   - peer: the address at the other end of the connection.
    ///   - forwarded: the values of the header `Forwarded`, in order.
    ///   - xForwardedFor: those of `X-Forwarded-For`. If both name somebody, and not the same, one of them came from outside, and the
    ///     peer stands for all that send both.
    public func client(of peer: String, forwarded: [String], xForwardedFor: [String]) -> String {
        guard contains(peer) else { return peer }
        switch (forwarded.isEmpty, xForwardedFor.isEmpty) {
        case (true, true): return peer
        case (false, true): return client(of: peer, hops: Self.hops(forwarded: forwarded))
        case (true, false): return client(of: peer, hops: Self.hops(xForwardedFor: xForwardedFor))
        case (false, false):
            let client = client(of: peer, hops: Self.hops(forwarded: forwarded))
            return client == self.client(of: peer, hops: Self.hops(xForwardedFor: xForwardedFor)) ? client : peer
        }
    }

    /// - Parameter hops: `nil` for one that does not say who it was; then nobody knows, and the proxy stands for it.
    private func client(of peer: String, hops: [String?]) -> String {
        var client = peer
        for hop in hops.reversed().prefix(Self.mostHops) {
            guard let hop else { break }
            client = hop
            guard contains(hop) else { break }
        }
        return client
    }

    private static func hops(xForwardedFor values: [String]) -> [String?] {
        values.flatMap { $0.split(separator: ",") }.map { address(of: String($0)) }
    }

    /// The `for` of each element (RFC 7239 §4).
    private static func hops(forwarded values: [String]) -> [String?] {
        values.flatMap { split($0, at: ",") }.map { element in
            for pair in split(element, at: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1).map { trimmed(String($0)) }
                if parts.count == 2, parts[0].lowercased() == "for" { return address(of: unquoted(parts[1])) }
            }
            return nil
        }
    }

    /// Outside of quoted strings.
    private static func split(_ text: String, at separator: Character) -> [String] {
        var parts = [""]
        var isQuoted = false
        var isEscaped = false
        for character in text {
            if character == separator, !isQuoted {
                parts.append("")
                continue
            }
            if character == "\"", !isEscaped { isQuoted.toggle() }
            isEscaped = isQuoted && character == "\\" && !isEscaped
            parts[parts.count - 1].append(character)
        }
        return parts
    }

    private static func unquoted(_ text: String) -> String {
        guard text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
        return String(text.dropFirst().dropLast().replacing("\\", with: ""))
    }

    private static func trimmed(_ text: String) -> String {
        String(text.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }

    /// Of a node (RFC 7239 §6), without its port; in one notation for each.
    private static func address(of node: String) -> String? {
        let node = trimmed(node)
        if let canonical = canonicalAddress(node) { return canonical }
        if node.hasPrefix("["), let end = node.firstIndex(of: "]") {
            return canonicalAddress(String(node[node.index(after: node.startIndex)..<end]))
        }
        guard let colon = node.lastIndex(of: ":") else { return nil }
        return canonicalAddress(String(node[..<colon]))
    }
}

/// An IP address in one notation for each; an IPv4 address that was mapped into IPv6 (RFC 4291 §2.5.5.2) as itself. `nil`: it is none.
func canonicalAddress(_ text: String) -> String? {
    guard let octets = octets(text) else { return nil }
    var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let family = octets.count == 4 ? AF_INET : AF_INET6
    guard inet_ntop(family, octets, &buffer, socklen_t(buffer.count)) != nil else { return nil }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}

/// Four, or 16 of IPv6.
private func octets(_ address: String) -> [UInt8]? {
    var octets = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, address, &octets) == 1 { return Array(octets.prefix(4)) }
    guard inet_pton(AF_INET6, address, &octets) == 1 else { return nil }
    let isMapped = octets.prefix(10).allSatisfy { $0 == 0 } && octets[10] == 0xFF && octets[11] == 0xFF
    return isMapped ? Array(octets.suffix(4)) : octets
}
