internal import Base
internal import ArgumentParser
internal import DemandResponse
internal import DispatchServer
internal import DispatchStore
internal import Logging
internal import Mail
internal import Reports
internal import Scenarios
internal import ServiceLifecycle
internal import SocketIO
internal import UnixSignals

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the dispatcher as a service: REST and Socket.IO on one port."
    )

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 for any free one.")
    var port = 3000

    @Option(help: "The database file; it is made when there is none.")
    var database = "dispatcher.sqlite"

    @Option(help: "A YAML file with the programs and customers, in place of those that the database holds.")
    var roster: String?

    @Option(help: "A YAML file with who really sends; without it nothing is.", completion: .file())
    var carriers: String?

    @Flag(help: "Ask everybody for a bearer token; griddrill token create makes them.")
    var authenticate = false

    @Flag(help: "Serve other machines, by whatever name they call this one, without asking anybody for a token.")
    var insecure = false

    @Option(
        name: .customLong("allowed-host"),
        help: "A name that requests without a token may call this server by, beside localhost; may be repeated."
    )
    var allowedHosts: [String] = []

    @Option(
        name: .customLong("cors-origin"),
        help: """
            An origin whose pages may use this server, as https://console.example, beside its own and those of localhost; may be \
            repeated; '*' for any.
            """
    )
    var corsOrigins: [String] = []

    @Option(
        help: """
            A network of proxies, as 10.0.0.0/8, that name in Forwarded or X-Forwarded-For for whom they ask: limits, log and audit \
            log go by that. May be given several times.
            """
    )
    var trustedProxy: [String] = []

    @Option(help: "A PEM file with the server's certificate chain: serve over TLS.", completion: .file())
    var tlsCertificate: String?

    @Option(help: "A PEM file with the certificate's private key.", completion: .file())
    var tlsKey: String?

    @Flag(help: "Let DELETE /purge empty the database.")
    var allowPurge = false

    @Option(help: "From one Socket.IO ping to the next, in milliseconds.")
    var pingInterval = 25_000

    @Option(help: "How long a ping may stay unanswered, in milliseconds.")
    var pingTimeout = 20_000

    @Option(
        help: """
            How long after its end an incident still takes acknowledgements, as late ones, in seconds; then only the database has \
            its dispatches.
            """
    )
    var archiveAfter = 86_400

    @OptionGroup(title: "Limits")
    var limits: LimitOptions

    @Option(help: "At SIGTERM, how long deliveries that are under way and open connections may take, in seconds.")
    var drainTimeout = 10

    @Option(help: "What to log: debug, info (each request), notice, warning, error.")
    var logLevel = "notice"

    @Option(help: "How to log: text, or json for a JSON object a line.")
    var logFormat = LogFormat.text

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535") }
        guard (1...86_400_000).contains(pingInterval), (1...86_400_000).contains(pingTimeout) else {
            throw ValidationError("--ping-interval and --ping-timeout must be from 1 to 86400000 milliseconds")
        }
        guard authenticate || insecure || DispatchServer.Configuration.isLoopback(host) else {
            throw ValidationError(
                """
                on \(host) anybody on the network could dispatch: ask for tokens with --authenticate, \
                or say --insecure if that is meant
                """
            )
        }
        guard (tlsCertificate == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-certificate and --tls-key go together")
        }
        guard corsOrigins.allSatisfy(DispatchServer.Configuration.isOrigin) else {
            throw ValidationError(
                "--cors-origin is a scheme, a host and maybe a port, as https://console.example, or '*'"
            )
        }
        guard allowedHosts.allSatisfy(DispatchServer.Configuration.isHostName) else {
            throw ValidationError("--allowed-host is a name or an address without a port, as dispatch.example")
        }
        for text in trustedProxy where TrustedProxies.Network(text) == nil {
            throw ValidationError(
                "--trusted-proxy is an address or a network, as 10.0.0.0/8 or 2001:db8::/32, not \(text)"
            )
        }
        guard (0...86_400).contains(drainTimeout) else {
            throw ValidationError("--drain-timeout must be from 0 to 86400 seconds")
        }
        guard (1...315_360_000).contains(archiveAfter) else {
            throw ValidationError("--archive-after must be from 1 to 315360000 seconds")
        }
        guard Logger.Level(rawValue: logLevel) != nil else {
            throw ValidationError("--log-level must be debug, info, notice, warning or error")
        }
    }

    func run() async throws {
        logFormat.bootstrap()
        var logger = Logger(label: "griddrill")
        logger.logLevel = Logger.Level(rawValue: logLevel) ?? .notice
        do {
            try await serve(logger)
        } catch let error as ExitCode {
            throw error
        } catch {
            let told = ListeningAddress(host: host, port: port).explain(error) ?? "\(error)"
            logFormat.say(told, .error)
            throw RunStatus.internalError.exitCode
        }
    }

    private func serve(_ logger: Logger) async throws {
        let mostConnections = try OpenFiles.raiseLimit()
        let named = try roster.map(read)
        let certificate = try certificate()
        for complaint in certificate?.complaints(at: WallClock().now(), hosts: [host] + allowedHosts) ?? [] {
            logger.warning("clients will not take the certificate", metadata: ["reason": "\(complaint)"])
        }
        let channels = try channels(logger)
        // Before the database is touched: a server that cannot listen changes nothing.
        try ListeningAddress(host: host, port: port).probe()
        let database = try ServerDatabase.open(at: database) { customer, type in
            logger.warning("customer \(customer) has a dispatch type \(type), which is unknown and ignored")
        }
        let isNew = try database.isNew()
        let path = database.path
        let host = host
        let scheme = certificate == nil ? "http" : "https"
        let say: @Sendable (String) -> Void = { [logFormat] in logFormat.say($0) }
        // Before it says that it serves: a signal that comes then is to find it listening.
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        let server = try DispatchServer(
            DispatchServer.Configuration(
                host: host,
                port: port,
                allowsPurge: allowPurge,
                requiresTokens: authenticate,
                isInsecure: insecure,
                allowedHosts: allowedHosts,
                corsOrigins: corsOrigins,
                certificate: certificate,
                pingInterval: .milliseconds(Int64(pingInterval)),
                pingTimeout: .milliseconds(Int64(pingTimeout)),
                limits: affordableLimits(mostConnections, logger),
                trustedProxies: TrustedProxies(trustedProxy.compactMap { TrustedProxies.Network($0) }),
                archiveAfter: .seconds(Int64(archiveAfter))
            ),
            database: database,
            channels: channels,
            logger: logger,
            onRunning: { port in
                say("serving \(scheme)://\(host):\(port)/ from \(path)")
            }
        )
        if let roster = named ?? (isNew ? .seed : nil) { server.replaceRoster(roster, by: Caller.name) }
        let timeout = Duration.seconds(drainTimeout)
        try await ServerShutdown(server, within: timeout, logger: logger, signals: signals, say: say).run()
        try await server.shutDown()
        try database.close()
    }

    /// As many connections as were asked for, or as the system allows.
    private func affordableLimits(_ most: Int, _ logger: Logger) -> ServerLimits {
        var limits = limits.limits
        if let wanted = limits.connections, wanted > most {
            // Who asked for no number gets what there is.
            logger.log(
                level: wanted == ServerLimits().connections ? .info : .notice,
                "fewer connections than --max-connections: the system allows no more open files (ulimit -n)",
                metadata: ["connections": "\(most)"]
            )
        }
        limits.connections = min(limits.connections ?? .max, most)
        return limits
    }

    private func certificate() throws -> ServerCertificate? {
        guard let tlsCertificate, let tlsKey else { return nil }
        return try ServerCertificate(certificate: tlsCertificate, key: tlsKey)
    }

    private func channels(_ logger: Logger) throws -> [DispatchMethod: any OutgoingChannel] {
        guard let carriers else { return [:] }
        let relay = try CarrierFiles.relay(carriers)
        return [.email: MailCarrier(relay, logger: logger)]
    }

    private func read(_ path: String) throws -> Roster {
        let reading = RosterFile.read(path: path)
        guard let roster = reading.value else {
            StandardError.write(reading.rendered + "\n")
            throw RunStatus.invalidScenario.exitCode
        }
        return roster
    }
}
