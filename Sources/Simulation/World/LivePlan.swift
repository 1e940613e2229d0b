internal import Base
internal import AsyncHTTPClient
internal import DemandResponse
internal import DispatchServer
internal import DispatchStore
internal import NIOConcurrencyHelpers
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import Scenarios
internal import SocketIO

/// Carries a run's plan out against a server: its clients over real sockets, its script over REST, both on one event loop, which owns
/// everything here. The pace says when what is due on the grid is due on the machine's clock.
///
/// `@unchecked`: all state is touched on that event loop alone, but for `counted` and `failure`, which have locks.
final class LivePlan: @unchecked Sendable {
    struct Counts: Sendable {
        /// Connections, frames and wakes so far.
        var events = 0
        var received = 0
        /// Steps, wakes, reports and arrivals that are still to come, and steps that have no answer yet.
        var pending = 0
    }

    /// What has come of the plan.
    struct Ending: Sendable {
        /// As it was carried out.
        var script: Script
        /// Which of the scenario's faults had any effect, in their order.
        var struck: [Bool]
        /// In order, with the incidents they are about.
        var observations: [(Observation, UniqueID?)]
    }

    /// How long a server that is there may take for an answer.
    private static let patience = Span.seconds(30)

    private let eventLoop: any EventLoop
    private let host: String
    private let port: Int
    /// The bearer token that a server elsewhere asks for.
    private let token: String?
    private let clock: WallClock
    private let client: HTTPClient
    private let timer: EventLoopSessionTimer
    /// The server, if it is one that faults can strike.
    private let node: LiveNode?
    /// Called before an incident is modified, cancelled or recalled.
    private let beforeChange: @Sendable (UniqueID) async throws -> Void
    private var plan: RunPlan?
    private let scenario: Scenario
    private let script: Script
    private var observations: [(Observation, UniqueID?)] = []
    private var hasEnded = false
    /// When the event loop is going to look at the agenda, by the grid's clock, and under which number.
    private var wakeAt: Timestamp?
    private var wakes = 0
    /// Steps that are due, in order: each waits for the answer to the one before.
    private var dueSteps: [Int] = []
    private var isSending = false
    private let counted = NIOLockedValueBox(Counts())
    private let failed = NIOLockedValueBox<(any Error)?>(nil)

    init(
        _ scenario: Scenario,
        _ script: Script,
        host: String,
        port: Int,
        token: String? = nil,
        clock: WallClock,
        client: HTTPClient,
        eventLoop: any EventLoop,
        node: LiveNode? = nil,
        beforeChange: @escaping @Sendable (UniqueID) async throws -> Void = { _ in }
    ) {
        self.scenario = scenario
        self.script = script
        self.host = host
        self.port = port
        self.token = token
        self.clock = clock
        self.client = client
        self.eventLoop = eventLoop
        self.node = node
        self.beforeChange = beforeChange
        timer = EventLoopSessionTimer(eventLoop)
    }

    var counts: Counts { counted.withLockedValue { $0 } }

    /// Why it cannot go on.
    var failure: (any Error)? { failed.withLockedValue { $0 } }

    func begin() async throws {
        try await eventLoop.submit { [self] in
            let plan = RunPlan(scenario, script, world: self)
            self.plan = plan
            plan.begin()
        }.get()
    }

    /// A node hands a message to the carrier of its method.
    func hand(_ outgoing: Outgoing, _ report: @escaping @Sendable (DeliveryReport.Outcome) -> Void) {
        eventLoop.execute { [self] in plan?.hand(outgoing, report) }
    }

    /// Closes all connections; what has come of the plan.
    func end() async throws -> Ending {
        try await eventLoop.submit { [self] in
            hasEnded = true
            plan?.end()
            if node != nil { plan?.script.giveUp() }
            return Ending(
                script: plan?.script ?? script,
                struck: plan?.faults.hasStruck ?? scenario.faults.map { _ in false },
                observations: observations
            )
        }.get()
    }

    private func runAgenda() {
        wakeAt = nil
        guard let plan, !hasEnded else { return }
        let now = clock.now()
        while let next = plan.agenda.next, next <= now, let (_, event) = plan.agenda.take() {
            plan.handle(event)
            counted.withLockedValue { $0.events += 1 }
        }
        updatePending()
        if let next = plan.agenda.next { planned(at: next) }
    }

    private func updatePending() {
        let pending = (plan?.pending ?? 0) + dueSteps.count + (isSending ? 1 : 0) + (node?.isAway ?? false ? 1 : 0)
        counted.withLockedValue { $0.pending = pending }
    }
}

// MARK: - What the plan asks of its world

extension LivePlan: PlannedWorld {
    var now: Timestamp { clock.now() }

    func planned(at instant: Timestamp) {
        if let wakeAt, wakeAt <= instant { return }
        wakeAt = instant
        wakes += 1
        let wake = wakes
        eventLoop.scheduleTask(in: .microseconds(clock.wait(until: instant).microseconds)) { [self] in
            // One that was overtaken does nothing.
            if wake == wakes { runAgenda() }
        }
    }

    func observe(_ observation: Observation, incident: UniqueID?) {
        observations.append((observation, incident))
        counted.withLockedValue { counts in
            counts.events += 1
            if case .received = observation.kind { counts.received += 1 }
        }
    }

    func connect(_ client: Client) {
        let key = client.makeRequestKey()
        let connections = client.connections
        let request = HTTPRequestHead(
            version: .http1_1,
            method: .GET,
            uri: "/socket.io/?EIO=4&transport=websocket",
            headers: ["host": "\(host):\(port)", "content-length": "0"]
        )
        let lost: @Sendable (any Error) -> Void = { _ in
            // Only if it is still this attempt that counts.
            if client.connections == connections { client.lost() }
        }
        ClientBootstrap(group: eventLoop)
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .channelInitializer { [self] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.upgradeToSocketIO(request: request, requestKey: key) { _ in
                        (client.makeSession(timer: self.timer, token: self.token), ())
                    }.whenFailure(lost)
                }
            }
            .connect(host: host, port: port)
            .whenComplete { [self] result in
                switch result {
                case .success(let channel):
                    if hasEnded { channel.close(promise: nil) } else { client.connection = LiveConnection(channel) }
                case .failure(let error):
                    lost(error)
                }
            }
    }

    func drop(_ client: Client) {
        (client.connection as? LiveConnection)?.channel.close(promise: nil)
    }
}

/// What the live world keeps of a client's connection.
private final class LiveConnection {
    let channel: any Channel

    init(_ channel: any Channel) { self.channel = channel }
}

// MARK: - Faults

extension LivePlan {
    /// One that finds the server away, or not as it should be, does nothing; which the run says at its end.
    func strike(fault: Int) {
        guard case .restart(let restart) = scenario.faults[fault].kind, node?.strike(restart) ?? false else { return }
        plan?.struck(fault)
        updatePending()
    }

    /// What faults still wait for.
    var awaited: Set<Happening.What> { plan?.faults.awaited ?? [] }

    /// The server has kept and carried out something that faults may wait for, and does nothing else until this returns.
    func happened(_ occurrences: [Occurrence]) {
        for (fault, _) in plan?.faults(in: occurrences) ?? [] { strike(fault: fault) }
    }

    /// The server has come back, or gone for good.
    func nodeChanged(_ failure: (any Error)? = nil) {
        if let failure { fail(failure) }
        updatePending()
    }

    private func fail(_ error: any Error) { failed.withLockedValue { $0 = $0 ?? error } }
}

// MARK: - The script

extension LivePlan {
    /// What came of asking.
    private enum Reply {
        case taken
        case refused(code: String, message: String)
        /// The server is not there to be asked, or will soon be gone.
        case away
        /// It went away before it answered.
        case lost
    }

    func send(step: Int) {
        dueSteps.append(step)
        sendNext()
    }

    private func sendNext() {
        guard !isSending, !dueSteps.isEmpty else { return updatePending() }
        let step = dueSteps.removeFirst()
        if let node, !node.takesRequests || plan?.isWaitingForServer ?? false {
            plan?.sendAgain(step)
            return sendNext()
        }
        isSending = true
        let request = script.request(step)
        let life = node?.life
        updatePending()
        eventLoop.makeFutureWithTask { [self] in try await answer(to: request) }.whenComplete { [self] result in
            isSending = false
            switch result {
            case .success(let reply): settle(step, reply)
            case .failure(let error):
                if let node, node.life != life || !node.takesRequests {
                    // Without a connection it was not asked.
                    settle(step, error is NIOConnectionError ? .away : .lost)
                } else {
                    fail(RunError("\(error)"))
                }
            }
            sendNext()
        }
    }

    private func settle(_ step: Int, _ reply: Reply) {
        switch reply {
        case .taken: plan?.script.settle(step, at: now)
        case .refused(let code, let message): plan?.script.refuse(step, code: code, message)
        case .away: plan?.sendAgain(step)
        case .lost: plan?.lostAnswer(step)
        }
    }

    private func answer(to scripted: ScriptedRequest) async throws -> Reply {
        var request = HTTPClientRequest(url: "http://\(host):\(port)/incident")
        switch scripted {
        case .open(_, let key, let body):
            request.method = .POST
            request.headers.add(name: "Idempotency-Key", value: key)
            request.add(body)
        case .modify(let incident, let body):
            try await beforeChange(incident)
            request.method = .PATCH
            request.url += "/\(incident)"
            request.add(body)
        case .cancel(let incident):
            try await beforeChange(incident)
            request.method = .DELETE
            request.url += "/\(incident)"
        case .recall(let incident):
            try await beforeChange(incident)
            request.method = .POST
            request.url += "/\(incident)/recall"
        }
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        do {
            let response = try await client.execute(request, timeout: patience)
            let body = try await response.body.collect(upTo: 1 << 20)
            if response.status == .ok { return .taken }
            let error = try? JSON(parsing: body)["error"]
            let code = error?["code"]?.stringValue ?? "\(response.status.code)"
            if node != nil, code == APIError.shuttingDown.code { return .away }
            return .refused(code: code, message: error?["message"]?.stringValue ?? String(buffer: body))
        } catch let error as NIOConnectionError where node != nil {
            throw error
        } catch {
            throw RunError("\(request.method.rawValue) \(request.url): the server does not answer: \(error)")
        }
    }

    /// One that is paused answers when it goes on.
    private var patience: TimeAmount {
        let pauses = scenario.faults.map { fault in
            guard case .restart(let restart) = fault.kind, restart.how == .pause else { return Span.zero }
            return clock.pace.wallSpan(restart.down)
        }
        return .microseconds((Self.patience + (pauses.max() ?? .zero)).microseconds)
    }
}

extension HTTPClientRequest {
    fileprivate mutating func add(_ json: JSONObject) {
        headers.add(name: "Content-Type", value: "application/json")
        body = .bytes(ByteBuffer(string: JSON.object(json).text))
    }
}
