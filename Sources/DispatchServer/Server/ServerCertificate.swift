public import Base
internal import Foundation
internal import NIOSSL

/// A certificate chain and its private key, for connections over TLS 1.2 or later.
public struct ServerCertificate: Sendable {
    let configuration: TLSConfiguration
    /// The server's own, the first of the chain.
    private let own: NIOSSLCertificate

    /// Why a file cannot serve as one, with its name.
    public struct Unusable: Error, CustomStringConvertible {
        public let description: String
    }

    /// - Parameters:
    ///   - certificate: a PEM file with the server's own certificate first, then those that lead to a known authority.
    ///   - key: a PEM file with the private key of the first of them.
    public init(certificate: String, key: String) throws(Unusable) {
        let chain: [NIOSSLCertificate]
        do {
            chain = try NIOSSLCertificate.fromPEMFile(certificate)
        } catch {
            throw Unusable(description: "\(certificate): no certificate can be read from it; it has to be a PEM file")
        }
        let privateKey: NIOSSLPrivateKey
        do {
            privateKey = try NIOSSLPrivateKey(file: key, format: .pem)
        } catch {
            throw Unusable(description: "\(key): no private key can be read from it; it has to be a PEM file")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(privateKey)
        )
        configuration.minimumTLSVersion = .tlsv12
        configuration.cipherSuiteValues = Self.cipherSuites
        do {
            _ = try NIOSSLContext(configuration: configuration)
        } catch {
            throw Unusable(description: "\(key): this is not the private key of the certificate in \(certificate)")
        }
        guard let own = chain.first else {
            throw Unusable(description: "\(certificate): no certificate can be read from it; it has to be a PEM file")
        }
        self.configuration = configuration
        self.own = own
    }

    /// Of TLS 1.2; those of 1.3 are all like these. Each has forward secrecy and authenticated encryption (RFC 9325 §4.2).
    private static let cipherSuites: [NIOTLSCipher] = [
        .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    ]

    /// Why clients would not take the certificate, for whoever starts the server; empty: nothing is known against it.
    /// - Parameter hosts: what clients call the server by; an address that stands for all of the machine's is none.
    public func complaints(at now: Timestamp, hosts: [String]) -> [String] {
        var complaints: [String] = []
        let (begin, end) = (Timestamp(own.notValidBefore), Timestamp(own.notValidAfter))
        if now < begin { complaints.append("it is not valid before \(begin.iso8601)") }
        if now > end { complaints.append("it has expired: it was valid until \(end.iso8601)") }
        let names = names
        let told = names.isEmpty ? "nobody" : names.joined(separator: ", ")
        for host in hosts where !["0.0.0.0", "::"].contains(host) && !names.contains(where: { Self.covers($0, host) }) {
            // Whoever is on the machine itself calls it as the certificate does.
            if Authority.isLoopback(host), names.contains(where: Authority.isLoopback) { continue }
            complaints.append("it is not for \(host), but for \(told)")
        }
        return complaints
    }

    /// RFC 9525 §6.3: a wildcard stands for the first label.
    static func covers(_ name: String, _ host: String) -> Bool {
        let (name, host) = (name.lowercased(), host.lowercased())
        guard name.hasPrefix("*.") else { return name == host }
        return host.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).dropFirst().first ?? ""
            == name.dropFirst(2)
    }

    /// The names and addresses that it is for (RFC 5280 §4.2.1.6).
    private var names: [String] {
        own._subjectAlternativeNames().compactMap { name in
            let bytes = name.contents
            switch name.nameType {
            case .dnsName: return String(decoding: bytes, as: UTF8.self)
            case .ipAddress:
                var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
                let family = bytes.count == 4 ? AF_INET : AF_INET6
                guard bytes.count == 4 || bytes.count == 16,
                    Array(bytes).withUnsafeBytes({ inet_ntop(family, $0.baseAddress, &text, socklen_t(text.count)) })
                        != nil
                else { return nil }
                return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            default: return nil
            }
        }
    }
}

extension Timestamp {
    fileprivate init(_ time: time_t) { self.init(microseconds: Int64(time) * 1_000_000) }
}
