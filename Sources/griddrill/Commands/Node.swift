internal import ArgumentParser
internal import DispatchServer
internal import DispatchStore
internal import Foundation
internal import Logging
internal import Reports
internal import ServiceLifecycle
internal import Simulation
internal import UnixSignals

struct Node: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve a live run whose faults strike the server; the run starts it and tells it what to serve.",
        shouldDisplay: false
    )

    /// As long as `serve` takes at most to end in order.
    private static let drainTimeout = Duration.seconds(10)

    func run() async throws {
        do {
            try await serve()
        } catch {
            throw RunStatus.internalError.exitCode(saying: "\(error)")
        }
    }

    private func serve() async throws {
        var logger = Logger(label: "griddrill.node")
        logger.logLevel = .error
        // Before anybody can think that it serves: a signal that comes then is to find it listening.
        let signals = await UnixSignalsSequence(trapping: .sigterm)
        let run = NodePipe()
        let setup = try run.open()
        _ = try OpenFiles.raiseLimit()
        let database = try ServerDatabase.open(at: setup.database)
        let server = try DispatchServer(
            DispatchServer.Configuration(
                port: setup.port,
                pingInterval: setup.pingInterval,
                pingTimeout: setup.pingTimeout
            ),
            database: database,
            channels: run.channels,
            clock: WallClock(pace: setup.pace),
            logger: logger,
            onRunning: { _ in run.serving() },
            onCarriedOut: { run.carriedOut($0, of: setup) }
        )
        if let roster = setup.roster { server.replaceRoster(roster) }
        let shutdown = ServerShutdown(server, within: Self.drainTimeout, logger: logger, signals: signals) {
            StandardError.write("griddrill: \($0)\n")
        }
        run.listen { Task { await shutdown.services.triggerGracefulShutdown() } }
        try await shutdown.run()
        try await server.shutDown()
        try database.close()
    }
}
