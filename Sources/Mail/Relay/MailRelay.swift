internal import Base
internal import NIOCore
internal import NIOSSL
public import Scenarios

/// A mail server that takes mail from this one for everybody (a smarthost, RFC 6409's submission server), and how it is spoken to.
public struct MailRelay: Sendable {
    /// Why it cannot be used, for whoever wrote the carriers' file.
    public struct Unusable: Error, CustomStringConvertible {
        public let description: String
    }

    let host: String
    let port: Int
    let settings: SMTPClientMachine.Settings
    let mail: DispatchMail
    let bounds: MailQueue<UniqueID>.Bounds
    private let tls: NIOSSLContext?

    /// - Parameter carrier: as the carriers' file has it.
    public init(_ carrier: EmailCarrier) throws(Unusable) {
        host = carrier.relay.host
        port = carrier.relay.port
        let security: SMTPClientMachine.Security =
            switch carrier.relay.security {
            case .startTLS: .startTLS
            case .implicitTLS: .implicit
            case .none: .none
            }
        settings = SMTPClientMachine.Settings(
            security: security,
            credentials: carrier.login.map { SMTPClientMachine.Credentials(user: $0.user, password: $0.password) },
            serverName: "\(carrier.relay.host):\(carrier.relay.port)",
            timeouts: carrier.replyWithin.map { SMTPTimeouts.standard.atMost($0) } ?? .standard
        )
        do {
            mail = DispatchMail(
                from: try Mailbox(carrier.from),
                bounces: try carrier.bounces.map { try MailAddress($0) }
            )
        } catch {
            throw Unusable(description: "from or bounces: \(error)")
        }
        bounds = MailQueue.Bounds(
            connections: carrier.connections,
            waiting: carrier.queue,
            interval: carrier.messagesPerSecond.map { Span(microseconds: 1_000_000 / Int64($0)) } ?? .zero
        )
        tls = security == .none ? nil : try Self.context(authorities: carrier.authorities)
    }

    private static func context(authorities path: String?) throws(Unusable) -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        do {
            if let path { configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(path)) }
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw Unusable(description: "\(path ?? "TLS"): no certificate can be read from it; it has to be a PEM file")
        }
    }

    /// For a connection: what it is secured with.
    func makeTLS() throws -> NIOSSLClientHandler {
        guard let tls else { throw Unusable(description: "no TLS is configured") }
        // An address is held against the certificate's addresses, and has no place in the handshake (RFC 6066 §3).
        let isAddress = (try? SocketAddress(ipAddress: host, port: port)) != nil
        return try NIOSSLClientHandler(context: tls, serverHostname: isAddress ? nil : host)
    }
}
