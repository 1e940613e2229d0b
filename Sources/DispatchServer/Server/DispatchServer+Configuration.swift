public import Base
public import SocketIO

extension DispatchServer {
    public struct Configuration: Sendable {
        public var host: String
        /// 0: any free one.
        public var port: Int
        public var allowsPurge: Bool
        /// Whether everybody has to show a bearer token.
        public var requiresTokens: Bool
        /// The one other origin whose pages may read the answers, as `https://console.example`; `nil`: any.
        public var corsOrigin: String?
        /// `nil`: plain HTTP.
        public var certificate: ServerCertificate?
        public var pingInterval: Span
        public var pingTimeout: Span
        public var limits: ServerLimits
        /// Whose word is taken for whom they speak, for limits, log and audit log.
        public var trustedProxies: TrustedProxies
        /// How long after its end an incident takes acknowledgements, as late ones; then only the database has its dispatches.
        /// `nil`: for ever.
        public var archiveAfter: Span?

        public init(
            host: String = "127.0.0.1",
            port: Int = 3000,
            allowsPurge: Bool = false,
            requiresTokens: Bool = false,
            corsOrigin: String? = nil,
            certificate: ServerCertificate? = nil,
            pingInterval: Span = .seconds(25),
            pingTimeout: Span = .seconds(20),
            limits: ServerLimits = ServerLimits(),
            trustedProxies: TrustedProxies = TrustedProxies(),
            archiveAfter: Span? = nil
        ) {
            self.host = host
            self.port = port
            self.allowsPurge = allowsPurge
            self.requiresTokens = requiresTokens
            self.corsOrigin = corsOrigin
            self.certificate = certificate
            self.pingInterval = pingInterval
            self.pingTimeout = pingTimeout
            self.limits = limits
            self.trustedProxies = trustedProxies
            self.archiveAfter = archiveAfter
        }
    }
}
