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
        /// Whether it goes by any name: whoever reaches it may use it, whatever the request calls it. Without tokens this is for
        /// servers that other machines use.
        public var isInsecure: Bool
        /// Names that requests may call it by, beside `host` and those of loopback, without ports.
        public var allowedHosts: [String]
        /// The origins whose pages may use it and read its answers, as `https://console.example`, beside its own and those of loopback;
        /// `*`: any.
        public var corsOrigins: [String]
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
            isInsecure: Bool = false,
            allowedHosts: [String] = [],
            corsOrigins: [String] = [],
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
            self.isInsecure = isInsecure
            self.allowedHosts = allowedHosts
            self.corsOrigins = corsOrigins
            self.certificate = certificate
            self.pingInterval = pingInterval
            self.pingTimeout = pingTimeout
            self.limits = limits
            self.trustedProxies = trustedProxies
            self.archiveAfter = archiveAfter
        }
    }
}

extension DispatchServer.Configuration {
    /// Whether only this machine can reach a server that listens on an address.
    public static func isLoopback(_ host: String) -> Bool { Authority.isLoopback(host) }

    /// Whether a text is a name for `allowedHosts`.
    public static func isHostName(_ text: String) -> Bool { Authority(text).map { $0.port == nil } ?? false }

    /// Whether a text is an origin for `corsOrigins`.
    public static func isOrigin(_ text: String) -> Bool { text == "*" || Origin(text) != nil }
}
