internal import Base
internal import DemandResponse
internal import DispatchServer
internal import DispatchStore
internal import Journal
internal import NIOCore
internal import NIOEmbedded
internal import NIOHTTP1
internal import Scenarios
internal import SocketIO

/// The virtual world: one thread, one embedded event loop, no sockets and no sleeping. Time jumps from event to event.
///
/// At the one end of each link is the real server's pipeline, at the other a Socket.IO client's; the engine with its rules, the
/// gateway and the outlets are those of the live server. The same scenario and seed give the same record, byte for byte.
///
/// `@unchecked`: `Runner` makes it, runs it and lets go of it within one thread; the server's closures that hold it have to be
/// `Sendable`, and run there.
final class VirtualWorld: @unchecked Sendable {
    /// How many events are handled between two looks at the progress.
    private static let eventsPerProgress = 8_192
    /// As long as `griddrill serve` waits for deliveries that are under way.
    private static let drainTimeout = Span.seconds(10)

    private let scenario: Scenario
    private let makeRules: DispatchEngine.MakeRules
    /// Whether heartbeats that change nothing are reckoned, and not played.
    let reckonsHeartbeats: Bool
    private let loop = EmbeddedEventLoop()
    private(set) var now: Timestamp
    private let record: RecordWriter
    /// What the node keeps its decisions in; the record, whatever is around it.
    private let storage: any DispatchStorage
    private let clock: VirtualClock
    private(set) lazy var plan = RunPlan(scenario, Script(scenario), world: self)
    private var node: VirtualNode?
    /// How long the node stays away that is down, or stopping.
    private var down = Span.zero
    /// Steps of the script that were sent to the node and have no answer yet.
    private var asking: [Int] = []
    private var events = 0
    private var dispatches = 0
    /// The longest that anything was on its way between the two ends of a link.
    private var longestTransit = Span.zero
    private var sessionIDs: RandomStream

    init(
        _ scenario: Scenario,
        makeRules: @escaping DispatchEngine.MakeRules,
        record: RecordWriter,
        storage: any DispatchStorage,
        reckonsHeartbeats: Bool
    ) {
        self.reckonsHeartbeats = reckonsHeartbeats
        self.scenario = scenario
        self.makeRules = makeRules
        self.record = record
        self.storage = storage
        now = scenario.starts
        clock = VirtualClock(scenario.starts)
        sessionIDs = RandomStream(seed: scenario.seed, "server/sessions")
    }

    func run(progress: @Sendable (RunProgress) -> Void) throws -> WorldResult {
        defer { shutDown() }
        try startNode()
        _ = node?.node.inbox.submit(.rosterReplaced(scenario.roster, nil))
        node?.settle()
        plan.begin()
        while let next = nextInstant, next <= scenario.ends {
            advance(to: next)
            if let first = plan.agenda.next, first <= next, let (_, event) = plan.agenda.take() {
                try handle(event)
            } else {
                node?.runDeadline()
            }
            finishInstant()
            events += 1
            if events.isMultiple(of: Self.eventsPerProgress) { progress(currentProgress) }
        }
        advance(to: scenario.ends)
        plan.script.giveUp()
        return WorldResult(
            script: plan.script.steps,
            struck: plan.faults.hasStruck,
            startsAt: scenario.starts,
            endsAt: scenario.ends,
            events: events,
            transit: longestTransit,
            noticing: node?.state == .running ? scenario.server.noticing : nil
        )
    }

    /// Tasks that the instant has left on the loop belong to it, and so does what comes of them.
    private func finishInstant() {
        repeat {
            node?.settle()
            loop.run()
        } while node?.hasWork ?? false
        if let node, node.isDrained { stop(node) }
    }

    /// Events of the agenda come before a deadline of the dispatcher at the same instant.
    private var nextInstant: Timestamp? {
        guard let deadline = node?.nextDeadline else { return plan.agenda.next }
        return plan.agenda.next.map { min($0, deadline) } ?? deadline
    }

    private func advance(to instant: Timestamp) {
        now = max(now, instant)
        clock.worldTime = now
        loop.advanceTime(to: deadline(of: now))
    }

    private func handle(_ event: WorldEvent) throws(StoreError) {
        switch event {
        case .arrive(let end, let bytes):
            if !end.link.isCut, !isHeld(event, at: end) { end.arrived(bytes) }
        case .end(let end):
            if !end.link.isCut, !isHeld(event, at: end) { end.close() }
        case .timer(let end, let generation):
            if !isHeld(event, at: end) { end.timerFired(generation: generation) }
        case .nodeStarts: try startNode()
        case .nodeResumes(let node):
            for event in node.resume() { try handle(event) }
        case .nodeStops(let node): stop(node)
        case .script, .askAgain, .wake, .outcome, .reached, .fault: plan.handle(event)
        }
    }

    /// Whether an event waits at the server's end of a link until its node, the only one that can be paused, goes on.
    private func isHeld(_ event: WorldEvent, at end: LinkEnd) -> Bool {
        node?.state == .paused && end.node?.holds(event) == true
    }

    private func shutDown() {
        plan.end()
        node?.kill()
        do {
            try loop.syncShutdownGracefully()
        } catch {
            assertionFailure("an embedded loop did not shut down: \(error)")
        }
    }

    private var currentProgress: RunProgress {
        let whole = max(scenario.lasts.microseconds, 1)
        return RunProgress(
            fraction: Double((now - scenario.starts).microseconds) / Double(whole),
            dispatches: dispatches,
            events: events
        )
    }
}

// MARK: - The node

extension VirtualWorld {
    /// A node that goes on from what the record holds, as a server does from its database.
    private func startNode() throws(StoreError) {
        var sessions = SocketIOServerConfiguration()
        sessions.engine.pingInterval = .microseconds(scenario.server.pingInterval.microseconds)
        sessions.engine.pingTimeout = .microseconds(scenario.server.pingTimeout.microseconds)
        let dispatcher = try DispatchNode(
            DispatchNode.Settings(sessions: sessions, makeRules: makeRules),
            storage: storage,
            channels: SimulatedCarrier.channels { [unowned self] in plan.hand($0, $1) },
            clock: clock,
            makeSessionID: { [unowned self] in SessionIDs.make(using: &sessionIDs) },
            makeTimer: Self.timer
        )
        node = VirtualNode(dispatcher, clock: clock, world: self)
        dispatcher.start()
    }

    /// The end of a connection wakes the session that lives on it.
    private static let timer: EngineIOServer.MakeTimer = { channel in
        do {
            return try channel.pipeline.syncOperations.handler(type: LinkEnd.self)
        } catch {
            preconditionFailure("a session began on a channel that is no end of a link")
        }
    }

    /// Faults that wait for what was just decided and strike before it is carried out, or right after.
    func faults(in batch: DispatchEngine.Batch) -> [(index: Int, moment: FaultSchedule.Moment)] {
        scenario.faults.isEmpty ? [] : plan.faults(in: Occurrence.all(in: batch.entries))
    }

    /// What is kept, whether its effects ever leave or not.
    func committed(_ batch: DispatchEngine.Batch) {
        for entry in batch.entries {
            for effect in entry.effects {
                switch effect {
                case .record(.dispatch): dispatches += 1
                case .record(.incident(let incident)): plan.script.committed(incident)
                default: break
                }
            }
        }
    }

    /// One that finds the node away, or not as it should be, does nothing; which the run says at its end.
    func strike(fault: Int) {
        guard case .restart(let restart) = scenario.faults[fault].kind, let node, node.state == .running else { return }
        plan.struck(fault)
        switch restart.how {
        case .kill:
            down = restart.down
            node.kill()
            gone(node)
        case .term:
            down = restart.down
            node.beginStopping()
            plan.put(.nodeStops(node), at: now + Self.drainTimeout)
        case .pause:
            node.pause()
            plan.put(.nodeResumes(node), at: now + restart.down)
        }
    }

    /// What was under way has been taken, or has had its time.
    private func stop(_ node: VirtualNode) {
        guard node.state == .stopping else { return }
        node.stop()
        loop.run()
        gone(node)
    }

    private func gone(_ node: VirtualNode) {
        self.node = nil
        plan.put(.nodeStarts, at: now + down)
        let unanswered = asking
        asking = []
        for step in unanswered { plan.lostAnswer(step) }
    }
}

// MARK: - What the plan asks of its world

extension VirtualWorld: PlannedWorld {
    /// Nothing to do: the world looks at the agenda between any two events.
    func planned(at instant: Timestamp) {}

    func send(step: Int) {
        guard let node, node.state == .running || node.state == .paused else { return plan.sendAgain(step) }
        let request = node.node.answers.expect { [unowned self] result in
            asking.removeAll { $0 == step }
            plan.script.settle(step, result, at: now)
        }
        do throws(APIError) {
            let input = try plan.script.input(step, request)
            asking.append(step)
            if node.node.inbox.submit(input) { return }
            refuse(step, request, APIError.overloaded)
        } catch {
            refuse(step, request, error)
        }
    }

    private func refuse(_ step: Int, _ request: RequestID, _ error: APIError) {
        asking.removeAll { $0 == step }
        node?.node.answers.cancel(request) { plan.script.refuse(step, code: error.code, error.message) }
    }

    func observe(_ observation: Observation, incident: UniqueID?) {
        var observation = observation
        if let incident { observation.incident = plan.number(of: incident) }
        record.append(observation)
    }

    /// Both ends of a new link, and over it the real upgrade from HTTP.
    func connect(_ client: Client) {
        guard let node else { return client.lost() }
        let stream = RandomStream(seed: scenario.seed, "client/\(client.customer)/link/\(client.connections)")
        let link = Link(client.link, stream: stream, at: now)
        let near = LinkEnd(link, world: self)
        let far = LinkEnd(link, of: node, world: self)
        LinkEnd.join(near, far)
        let channel = EmbeddedChannel(loop: loop)
        client.connection = near
        do {
            try accept(far, by: node)
            try near.attach(to: channel)
            let upgraded = try channel.pipeline.syncOperations.upgradeToSocketIO(
                request: Self.upgradeRequest,
                requestKey: client.makeRequestKey()
            ) { _ in (client.makeSession(timer: near), ()) }
            upgraded.whenFailure { _ in client.lost() }
            channel.connect(to: try Self.address, promise: nil)
        } catch {
            client.lost()
        }
    }

    func drop(_ client: Client) {
        guard let near = client.connection as? LinkEnd else { return }
        near.endReckoning(isCut: true)
        near.link.cut()
        near.close()
    }

    /// The real server's end of a new connection.
    private func accept(_ end: LinkEnd, by node: VirtualNode) throws {
        let channel = EmbeddedChannel(loop: loop)
        try end.attach(to: channel)
        node.keep(end)
        _ = try channel.pipeline.syncOperations.configureEngineIOServer(
            [node.node.realTime],
            limits: nil,
            upgraded: (),
            continueWithHTTP: { $0.close() }
        )
        channel.connect(to: try Self.address, promise: nil)
    }

    /// Of nobody (RFC 5737): an embedded channel wants one to become active.
    private static var address: SocketAddress {
        get throws { try SocketAddress(ipAddress: "192.0.2.1", port: 80) }
    }

    private static let upgradeRequest = HTTPRequestHead(
        version: .http1_1,
        method: .GET,
        uri: "/socket.io/?EIO=4&transport=websocket",
        headers: ["host": "griddrill.example", "content-length": "0"]
    )
}

// MARK: - What the ends of links ask of it

extension VirtualWorld {
    var pingInterval: Span { scenario.server.pingInterval }
    var pingTimeout: Span { scenario.server.pingTimeout }

    func carry(_ bytes: ByteBuffer, over link: Link, to end: LinkEnd) {
        guard !link.isCut else { return }
        let arrival = link.arrival(toServer: end.isServer, at: now)
        longestTransit = max(longestTransit, arrival - now)
        plan.agenda.put(.arrive(end, bytes), at: arrival)
    }

    func carryEnd(over link: Link, to end: LinkEnd) {
        guard !link.isCut else { return }
        let arrival = link.arrival(toServer: end.isServer, at: now)
        longestTransit = max(longestTransit, arrival - now)
        plan.agenda.put(.end(end), at: arrival)
    }

    func wake(_ end: LinkEnd, at deadline: NIODeadline, generation: UInt32) {
        plan.put(.timer(end, generation: generation), at: instant(of: deadline))
    }

    /// An instant of the loop's clock.
    func instant(of deadline: NIODeadline) -> Timestamp {
        scenario.starts + .microseconds((Int64(deadline.uptimeNanoseconds) - Self.loopStart) / 1_000)
    }

    /// The loop's clock starts a second after its zero: NIO subtracts from deadlines here and there.
    private static let loopStart: Int64 = 1_000_000_000

    func deadline(of instant: Timestamp) -> NIODeadline {
        .uptimeNanoseconds(UInt64(Self.loopStart + (instant - scenario.starts).microseconds * 1_000))
    }
}
