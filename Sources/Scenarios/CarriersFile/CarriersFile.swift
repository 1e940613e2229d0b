public import Base
internal import Foundation

/// Who really brings messages, and how they are reached: what a carriers' file says.
public struct CarriersFile: Sendable, Hashable {
    public var email: EmailCarrier?

    /// Reads a carriers' file: YAML, strictly, with all that is wrong said at once. No diagnostic shows a secret.
    /// - Parameter environment: what `${env:NAME}` is taken from.
    public static func read(path: String, environment: [String: String]) -> Reading<CarriersFile> {
        FileReader.read(path) { text, path in read(text: text, path: path, environment: environment) }
    }

    /// - Parameter path: stands in the diagnostics; secrets in files are looked for beside it.
    public static func read(text: String, path: String, environment: [String: String]) -> Reading<CarriersFile> {
        FileReader.read(text, path: path, as: .carriersFile, showsLines: false) { draft, diagnostics in
            CarriersResolver(environment: environment, diagnostics: diagnostics).resolve(draft)
        }
    }

    /// For editors, as `ScenarioSchema` has it.
    public static func schema() -> String {
        ScenarioSchema.json(Format<CarriersDraft>.carriersFile.schema, called: "carriers")
    }
}

/// A mail server that takes mail for everybody.
public struct EmailCarrier: Sendable, Hashable {
    public struct Relay: Sendable, Hashable {
        public enum Security: Sendable, Hashable {
            /// STARTTLS, without which nothing is sent.
            case startTLS
            case implicitTLS
            /// To this machine alone.
            case none
        }

        public var host: String
        public var port: Int
        public var security: Security

        public init(host: String, port: Int, security: Security) {
            self.host = host
            self.port = port
            self.security = security
        }
    }

    public struct Login: Sendable, Hashable {
        public var user: String
        public var password: Secret
    }

    public var relay: Relay
    public var login: Login?
    /// `Grid Desk <dispatch@grid.example>`
    public var from: String
    /// Where reports of undeliverable mails go, with a subaddress each.
    public var bounces: String?
    /// A PEM file with the authorities that the relay's certificate may be of; `nil`: those that the machine knows.
    public var authorities: String?
    public var connections: Int
    /// How many messages may wait.
    public var queue: Int
    public var messagesPerSecond: Int?
    /// How long the relay may take for a reply, where RFC 5321 lets it take longer.
    public var replyWithin: Span?
}
