internal import Base
internal import AsyncHTTPClient
internal import DispatchServer
internal import DispatchStore
internal import Foundation
internal import Logging
internal import NIOConcurrencyHelpers
internal import NIOCore
internal import NIOPosix
internal import Scenarios
internal import ServiceLifecycle

/// The live world: a real server on a free port (or one that runs elsewhere), real sockets, the wall clock.
struct LiveWorld {
    /// After the last thing that was planned, until what is under way has arrived.
    private static let settling = Duration.seconds(1)
    private static let pollInterval = Duration.milliseconds(50)
    /// From the beginning of the clients to the script's: connecting takes its time even when it is scripted for 0 s.
    private static let leadIn = Span.milliseconds(200)
    /// What loopback and a busy machine may take to bring a message to a client.
    private static let transit = Span.seconds(2)

    let scenario: Scenario
    private let options: RunOptions
    let database: DispatchDatabase
    private let clock: WallClock

    init(_ scenario: Scenario, options: RunOptions, database: DispatchDatabase, clock: WallClock) {
        self.options = options
        self.database = database
        self.clock = clock
        self.scenario = scenario.live(startingAt: clock.now() + Self.leadIn, speed: options.speed)
    }

    func run(progress: @escaping @Sendable (RunProgress) -> Void) async throws -> WorldResult {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let result: Result<WorldResult, any Error>
        do {
            result = .success(try await run(on: group.next(), progress))
        } catch {
            result = .failure(error)
        }
        try await group.shutdownGracefully()
        return try result.get()
    }

    private func run(
        on eventLoop: any EventLoop,
        _ progress: @escaping @Sendable (RunProgress) -> Void
    ) async throws -> WorldResult {
        if let target = options.target { return try await run(against: target, on: eventLoop, progress) }
        let script = Script(scenario)
        let carriers = LiveCarriers(scenario, names: script.names, eventLoop: eventLoop)
        var logger = Logger(label: "griddrill.live")
        logger.logLevel = .error
        let running = NIOLockedValueBox<CheckedContinuation<Int, any Error>?>(nil)
        let server = try DispatchServer(
            DispatchServer.Configuration(
                port: 0,
                pingInterval: scenario.server.pingInterval,
                pingTimeout: scenario.server.pingTimeout
            ),
            database: database,
            channels: carriers.channels,
            clock: clock,
            logger: logger,
            onRunning: { port in running.withLockedValue { $0.take() }?.resume(returning: port) }
        )
        server.replaceRoster(scenario.roster)
        let services = ServiceGroup(services: [server], logger: logger)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            let port = try await withCheckedThrowingContinuation { continuation in
                running.withLockedValue { $0 = continuation }
                group.addTask {
                    do {
                        try await services.run()
                    } catch {
                        running.withLockedValue { $0.take() }?.resume(throwing: error)
                        throw error
                    }
                }
            }
            let host = "127.0.0.1"
            let result = try await drive(script, carriers, host: host, port: port, on: eventLoop, progress)
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
            try await server.shutDown()
            return try finish(result)
        }
    }

    struct Driven {
        var steps: [ScriptStep]
        var observations: [(Observation, UniqueID?)]
        var events: Int
        var endsAt: Timestamp
        var script: Script
    }

    func drive(
        _ script: Script,
        _ carriers: LiveCarriers,
        host: String,
        port: Int,
        on eventLoop: any EventLoop,
        beforeChange: @escaping @Sendable (UniqueID) async throws -> Void = { _ in },
        _ progress: @escaping @Sendable (RunProgress) -> Void
    ) async throws -> Driven {
        let fleet = LiveFleet(
            scenario,
            names: script.names,
            host: host,
            port: port,
            clock: clock,
            eventLoop: eventLoop
        )
        carriers.serve(fleet)
        try await fleet.begin()
        let client = HTTPClient(eventLoopGroupProvider: .shared(eventLoop))
        let live = LiveScript(
            scenario: scenario,
            script: script,
            base: "http://\(host):\(port)",
            clock: clock,
            beforeChange: beforeChange
        )
        let steps: Result<[ScriptStep], any Error>
        do {
            let isCarriedOut = NIOLockedValueBox(false)
            async let carriedOut = {
                // Also when it could not be: there is nothing more to wait for.
                defer { isCarriedOut.withLockedValue { $0 = true } }
                return try await live.run(client)
            }()
            try await wait(for: fleet, carriers, isCarriedOut, progress)
            steps = .success(try await carriedOut)
        } catch {
            steps = .failure(error)
        }
        try await client.shutdown()
        let events = fleet.counts.events
        let endsAt = clock.now()
        let observations = try await fleet.end()
        return Driven(
            steps: try steps.get(),
            observations: observations,
            events: events,
            endsAt: endsAt,
            script: script
        )
    }

    /// Until the scenario's end, or until the script is carried out, nothing more is planned and nothing happens any more.
    private func wait(
        for fleet: LiveFleet,
        _ carriers: LiveCarriers,
        _ isCarriedOut: NIOLockedValueBox<Bool>,
        _ progress: @Sendable (RunProgress) -> Void
    ) async throws {
        var quietSince: ContinuousClock.Instant?
        var events = 0
        while clock.now() < scenario.ends {
            try await Task.sleep(for: Self.pollInterval)
            let counts = fleet.counts
            let now = clock.now()
            let fraction = Double((now - scenario.starts).microseconds) / Double(max(scenario.lasts.microseconds, 1))
            progress(RunProgress(fraction: max(0, fraction), dispatches: counts.received, events: counts.events))
            let isCarriedOut = isCarriedOut.withLockedValue { $0 }
            guard isCarriedOut, counts.waiting == 0, carriers.waiting == 0, counts.events == events else {
                events = counts.events
                quietSince = nil
                continue
            }
            let quiet = quietSince ?? .now
            quietSince = quiet
            if .now - quiet > Self.settling { return }
        }
    }

    /// What the clients observed joins what the server has recorded.
    func finish(_ driven: Driven) throws -> WorldResult {
        let numbers = try database.readIncidentNumbers()
        try database.append(
            driven.observations.map { observation, incident in
                var observation = observation
                observation.incident = incident.flatMap { numbers[$0] }
                return observation
            }
        )
        var steps = driven.steps
        for index in steps.indices where steps[index].refusal == nil {
            steps[index].incident = numbers[driven.script.id(of: steps[index].name)]
        }
        return WorldResult(
            script: steps,
            startsAt: scenario.starts,
            endsAt: driven.endsAt,
            events: driven.events,
            transit: Self.transit
        )
    }
}
