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

/// The live world: a real server on a free port (or one that runs elsewhere), real sockets, and the grid's time on the machine's clock,
/// at the pace that was asked for. The server's own clock is the pace's: its deadlines, its messages and its answers keep the grid's time.
struct LiveWorld {
    /// After the last thing that happened, until a run that is to end with the quiet ends.
    private static let settling = Duration.seconds(1)
    private static let pollInterval = Duration.milliseconds(50)
    /// From the beginning of the clients to the script's: connecting takes its time even when it is scripted for 0 s.
    private static let leadIn = Span.milliseconds(200)
    /// What loopback and a busy machine may take to bring a message to a client.
    private static let transit = Span.seconds(2)

    let scenario: Scenario
    let options: RunOptions
    let record: RunRecord
    let makeRules: DispatchEngine.MakeRules
    let clock: WallClock

    init(
        _ scenario: Scenario,
        options: RunOptions,
        makeRules: @escaping DispatchEngine.MakeRules,
        record: RunRecord
    ) {
        self.scenario = scenario
        self.options = options
        self.record = record
        self.makeRules = makeRules
        clock = WallClock(
            pace: Pace(from: scenario.starts, at: WallClock().now() + Self.leadIn, speed: options.speed)
        )
    }

    /// - Returns: with the result the record, which is another connection to it than before if another process has served it.
    func run(progress: @escaping @Sendable (RunProgress) -> Void) async throws -> (WorldResult, RunRecord) {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let result: Result<(WorldResult, RunRecord), any Error>
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
    ) async throws -> (WorldResult, RunRecord) {
        if let target = options.target {
            return (try await run(against: target, on: eventLoop, progress), record)
        }
        if !scenario.faults.isEmpty { return try await runServerProcess(on: eventLoop, progress) }
        return (try await runServer(on: eventLoop, progress), record)
    }

    private func runServer(
        on eventLoop: any EventLoop,
        _ progress: @escaping @Sendable (RunProgress) -> Void
    ) async throws -> WorldResult {
        var logger = Logger(label: "griddrill.live")
        logger.logLevel = .error
        let driving = NIOLockedValueBox<LivePlan?>(nil)
        let running = NIOLockedValueBox<CheckedContinuation<Int, any Error>?>(nil)
        let server = try DispatchServer(
            DispatchServer.Configuration(
                port: 0,
                pingInterval: scenario.server.pingInterval,
                pingTimeout: scenario.server.pingTimeout
            ),
            database: ServerDatabase(serving: record),
            channels: SimulatedCarrier.channels { outgoing, report in
                driving.withLockedValue { $0 }?.hand(outgoing, report)
            },
            makeRules: makeRules,
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
            let driven = try await drive(on: eventLoop, progress) { client in
                let plan = LivePlan(
                    scenario,
                    Script(scenario),
                    host: "127.0.0.1",
                    port: port,
                    clock: clock,
                    client: client,
                    eventLoop: eventLoop
                )
                driving.withLockedValue { $0 = plan }
                return plan
            }
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
            try await server.shutDown()
            driving.withLockedValue { $0 = nil }
            return try finish(driven, in: record)
        }
    }

    struct Driven {
        var ending: LivePlan.Ending
        var events: Int
        /// By the server's clock.
        var endsAt: Timestamp
    }

    /// Carries a plan out to the end of the run.
    func drive(
        on eventLoop: any EventLoop,
        _ progress: @Sendable (RunProgress) -> Void,
        _ makePlan: (HTTPClient) -> LivePlan
    ) async throws -> Driven {
        var configuration = HTTPClient.Configuration()
        // Whether a server is there that faults strike is known to the plan, which asks again by itself.
        configuration.connectionPool.retryConnectionEstablishment = scenario.faults.isEmpty
        // Whoever was named is asked, and nobody else.
        configuration.redirectConfiguration = .disallow
        let client = HTTPClient(eventLoopGroupProvider: .shared(eventLoop), configuration: configuration)
        let plan = makePlan(client)
        let result: Result<Timestamp, any Error>
        do {
            try await plan.begin()
            result = .success(try await wait(for: plan, progress))
        } catch {
            result = .failure(error)
        }
        let ending = try await plan.end()
        try await client.shutdown()
        return Driven(
            ending: ending,
            events: plan.counts.events,
            endsAt: try result.get()
        )
    }

    /// Until the scenario's end, or, if that was asked for, until nothing more is planned and nothing happens any more.
    private func wait(for plan: LivePlan, _ progress: @Sendable (RunProgress) -> Void) async throws -> Timestamp {
        var quietSince: ContinuousClock.Instant?
        var events = 0
        while true {
            let now = clock.now()
            if now >= scenario.ends { return scenario.ends }
            if let failure = plan.failure { throw failure }
            let counts = plan.counts
            let fraction = Double((now - scenario.starts).microseconds) / Double(max(scenario.lasts.microseconds, 1))
            progress(RunProgress(fraction: max(0, fraction), dispatches: counts.received, events: counts.events))
            if counts.pending == 0, counts.events == events {
                let quiet = quietSince ?? .now
                quietSince = quiet
                if options.untilQuiet, .now - quiet > Self.settling { return now }
            } else {
                events = counts.events
                quietSince = nil
            }
            let rest = Duration.microseconds(clock.wait(until: scenario.ends).microseconds)
            try await Task.sleep(for: min(Self.pollInterval, rest))
        }
    }

    /// What the clients observed joins what the server has recorded.
    func finish(_ driven: Driven, in record: RunRecord) throws -> WorldResult {
        let numbers = try record.readIncidentNumbers()
        try record.append(
            driven.ending.observations.map { observation, incident in
                var observation = observation
                observation.incident = incident.flatMap { numbers[$0] }
                return observation
            }
        )
        let script = driven.ending.script
        var steps = script.steps
        for index in steps.indices where steps[index].refusal == nil {
            steps[index].incident = numbers[script.id(of: steps[index].name)]
        }
        return WorldResult(
            script: steps,
            struck: driven.ending.struck,
            startsAt: scenario.starts,
            endsAt: driven.endsAt,
            events: driven.events,
            transit: clock.advance(in: Self.transit),
            noticing: clock.advance(in: scenario.server.noticing)
        )
    }
}
