internal import ArgumentParser
internal import DemandResponse
internal import DispatchServer
internal import DispatchStore
internal import Logging
internal import Reports
internal import Scenarios
internal import ServiceLifecycle
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

    @Flag(help: "Ask everybody for a bearer token; griddrill token create makes them.")
    var authenticate = false

    @Flag(help: "Serve other machines without asking anybody for a token.")
    var insecure = false

    @Option(help: "Let pages of this origin only read the answers, as https://console.example; without it: of any.")
    var corsOrigin: String?

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

    @Option(help: "What to log: debug, info, notice, warning, error.")
    var logLevel = "notice"

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535") }
        guard pingInterval > 0, pingTimeout > 0 else {
            throw ValidationError("--ping-interval and --ping-timeout must be above 0")
        }
        guard authenticate || insecure || Self.isLoopback(host) else {
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
        if let corsOrigin, corsOrigin.wholeMatch(of: /https?:\/\/[^\/\s]+/) == nil {
            throw ValidationError("--cors-origin is a scheme, a host and maybe a port, as https://console.example")
        }
        guard Logger.Level(rawValue: logLevel) != nil else {
            throw ValidationError("--log-level must be debug, info, notice, warning or error")
        }
    }

    func run() async throws {
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        var logger = Logger(label: "griddrill")
        logger.logLevel = Logger.Level(rawValue: logLevel) ?? .notice
        do {
            try await serve(logger)
        } catch let error as ExitCode {
            throw error
        } catch {
            let told = ListeningAddress(host: host, port: port).explain(error) ?? "\(error)"
            StandardError.write("griddrill: \(told)\n")
            throw RunStatus.internalError.exitCode
        }
    }

    private func serve(_ logger: Logger) async throws {
        let named = try roster.map(read)
        let certificate = try certificate()
        // Before the database is touched: a server that cannot listen changes nothing.
        try await ListeningAddress(host: host, port: port).probe()
        let database = try DispatchDatabase.openServer(at: database)
        let isNew = try database.isNew()
        let path = database.path
        let host = host
        let scheme = certificate == nil ? "http" : "https"
        let server = try DispatchServer(
            DispatchServer.Configuration(
                host: host,
                port: port,
                allowsPurge: allowPurge,
                requiresTokens: authenticate,
                corsOrigin: corsOrigin,
                certificate: certificate,
                pingInterval: .milliseconds(Int64(pingInterval)),
                pingTimeout: .milliseconds(Int64(pingTimeout))
            ),
            database: database,
            logger: logger,
            onRunning: { port in
                StandardError.write("griddrill: serving \(scheme)://\(host):\(port)/ from \(path)\n")
            }
        )
        if let roster = named ?? (isNew ? .seed : nil) { server.replaceRoster(roster) }
        var configuration = ServiceGroupConfiguration(
            services: [.init(service: server)],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        // A request whose body never comes whole must not hold a shutdown up for longer.
        configuration.maximumGracefulShutdownDuration = .seconds(5)
        try await ServiceGroup(configuration: configuration).run()
        try await server.shutDown()
        try database.close()
    }

    private func certificate() throws -> ServerCertificate? {
        guard let tlsCertificate, let tlsKey else { return nil }
        return try ServerCertificate(certificate: tlsCertificate, key: tlsKey)
    }

    private static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.")
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
