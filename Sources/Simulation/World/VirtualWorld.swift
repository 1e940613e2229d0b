internal import Base
internal import DemandResponse
internal import DispatchServer
internal import DispatchStore
internal import NIOCore
internal import NIOEmbedded
internal import Scenarios
internal import SocketIO

/// The virtual world: one thread, one embedded event loop, no sockets and no sleeping. Time jumps from event to event.
///
/// At the one end of each link is the real server's pipeline, at the other a Socket.IO client's; the rules, the gateway and the
/// outlets are those of the live server. The same scenario and seed give the same record, byte for byte.
///
/// `@unchecked`: `Runner` makes it, runs it and lets go of it within one thread; the server's closures that hold it have to be
/// `Sendable`, and run there.
final class VirtualWorld: @unchecked Sendable {
    /// How many events are handled between two looks at the progress.
    private static let eventsPerProgress = 8_192

    let scenario: Scenario
    let loop = EmbeddedEventLoop()
    private(set) var now: Timestamp
    let record: RecordWriter
    private let service: VirtualService
    let outlets: Outlets
    /// The real server of sessions.
    private(set) lazy var realTime = makeServer()
    private var agenda = Agenda<WorldEvent>()
    private var clients: [Client] = []
    var script: Script
    /// Of each client.
    private(set) var links: [Scenarios.Link] = []
    private var events = 0
    /// The longest that anything was on its way between the two ends of a link.
    private var longestTransit = Span.zero
    var sessionIDs: RandomStream
    private let clock: VirtualClock
    let carriers: SimulatedCarriers
    private let outgoing: VirtualCarriers
    /// The server's ends of all open connections: they are closed at the end.
    private var ends: [LinkEnd?] = []
    private var freePlaces: [Int] = []

    init(_ scenario: Scenario, rules: any DispatchRules, record: RecordWriter) {
        self.scenario = scenario
        self.record = record
        now = scenario.starts
        let clock = VirtualClock(scenario.starts)
        self.clock = clock
        script = Script(scenario)
        sessionIDs = RandomStream(seed: scenario.seed, "server/sessions")
        service = VirtualService(rules, record: record)
        let answers = AnswerDesk()
        let gateway = RealTimeGateway(sink: service, answers: answers, clock: { clock.now })
        carriers = SimulatedCarriers(scenario)
        outgoing = VirtualCarriers()
        outlets = Outlets(gateway: gateway, answers: answers, channels: outgoing.channels)
        outgoing.world = self
    }

    private func makeServer() -> EngineIOServer {
        var configuration = SocketIOServerConfiguration()
        configuration.engine.pingInterval = .microseconds(scenario.server.pingInterval.microseconds)
        configuration.engine.pingTimeout = .microseconds(scenario.server.pingTimeout.microseconds)
        return EngineIOServer(
            configuration,
            delegate: outlets.gateway,
            makeID: { [unowned self] in SessionIDs.make(using: &sessionIDs) },
            makeTimer: { [unowned self] _ in self }
        )
    }

    func run(progress: @Sendable (RunProgress) -> Void) -> WorldResult {
        defer { shutDown() }
        begin()
        while let next = nextInstant, next <= scenario.ends {
            advance(to: next)
            if let (_, event) = nextEvent(at: next) {
                handle(event)
            } else if let deadline = outlets.nextDeadline, deadline <= next {
                outlets.timeReached(now)
            } else {
                _ = service.submit(.deadlineReached)
            }
            finishInstant()
            events += 1
            if events.isMultiple(of: Self.eventsPerProgress) { progress(currentProgress) }
        }
        advance(to: scenario.ends)
        return WorldResult(
            script: script.steps,
            startsAt: scenario.starts,
            endsAt: scenario.ends,
            events: events,
            transit: longestTransit
        )
    }

    private func begin() {
        _ = service.submit(.started)
        _ = service.submit(.rosterReplaced(scenario.roster, nil))
        service.settle(at: now, outlets)
        for (index, step) in script.steps.enumerated() { agenda.put(.script(index), at: step.dueAt) }
        for (index, (customer, behaviour)) in scenario.behaviours().enumerated() {
            let machine = ClientMachine(customer: customer, behaviour: behaviour, seed: scenario.seed)
            links.append(behaviour.link)
            clients.append(Client(index, machine, seed: scenario.seed, network: self))
        }
        for client in clients { client.begin() }
    }

    /// Tasks that the instant has left on the loop belong to it, and so does what comes of them.
    private func finishInstant() {
        repeat {
            service.settle(at: now, outlets)
            loop.run()
        } while service.hasMore
    }

    /// Events of the agenda come before a deadline of the dispatcher at the same instant.
    private var nextInstant: Timestamp? {
        var next = agenda.next
        for deadline in [service.nextDeadline, outlets.nextDeadline] {
            if let deadline { next = next.map { min($0, deadline) } ?? deadline }
        }
        return next
    }

    private func nextEvent(at instant: Timestamp) -> (at: Timestamp, event: WorldEvent)? {
        guard let next = agenda.next, next <= instant else { return nil }
        return agenda.take()
    }

    private func advance(to instant: Timestamp) {
        now = max(now, instant)
        clock.now = now
        loop.advanceTime(to: deadline(of: now))
    }

    private func handle(_ event: WorldEvent) {
        switch event {
        case .arrive(let end, let bytes):
            if !end.link.isCut { end.arrived(bytes) }
        case .end(let end):
            if !end.link.isCut { end.ended() }
        case .timer(let session, let generation): session.timerFired(generation: generation)
        case .wake(let client, let wake): clients[client].wake(wake)
        case .script(let index): submit(index)
        case .report(let report): _ = service.submit(.deliveriesReported([report]))
        case .reached(let client, let dispatch): clients[client].reached(dispatch)
        }
    }

    private func submit(_ index: Int) {
        let request = outlets.answers.expect { [unowned self] result in
            script.settle(index, result, at: now)
        }
        _ = service.submit(script.input(index, request))
    }

    private func shutDown() {
        for client in clients {
            drop(client)
            client.end()
        }
        for end in ends { end?.ended() }
        outgoing.world = nil
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
            dispatches: service.dispatches,
            events: events
        )
    }
}

// MARK: - What the parts of the world ask of it

extension VirtualWorld {
    /// Keeps the server's end of a new connection.
    func keep(_ end: LinkEnd) {
        if let place = freePlaces.popLast() {
            ends[place] = end
            end.place = place
        } else {
            end.place = ends.count
            ends.append(end)
        }
    }

    func forget(_ end: LinkEnd) {
        guard let place = end.place else { return }
        ends[place] = nil
        end.place = nil
        freePlaces.append(place)
    }
}

extension VirtualWorld: SessionTimer {
    func put(_ event: WorldEvent, at instant: Timestamp) {
        agenda.put(event, at: max(instant, now))
    }

    func carry(_ bytes: ByteBuffer, over link: Link, to end: LinkEnd) {
        guard !link.isCut else { return }
        let arrival = link.arrival(toServer: end.isServer, at: now)
        longestTransit = max(longestTransit, arrival - now)
        agenda.put(.arrive(end, bytes), at: arrival)
    }

    func carryEnd(over link: Link, to end: LinkEnd) {
        guard !link.isCut else { return }
        agenda.put(.end(end), at: link.arrival(toServer: end.isServer, at: now))
    }

    func schedule(_ session: any TimedSession, at deadline: NIODeadline, generation: UInt32) {
        let microseconds = (Int64(deadline.uptimeNanoseconds) - Self.loopStart) / 1_000
        put(.timer(session, generation: generation), at: scenario.starts + .microseconds(microseconds))
    }

    func client(of customer: Customer.ID) -> Int? {
        var low = 0
        var high = clients.count
        while low < high {
            let middle = (low + high) / 2
            if clients[middle].customer < customer { low = middle + 1 } else { high = middle }
        }
        return low < clients.count && clients[low].customer == customer ? low : nil
    }

    /// The loop's clock starts a second after its zero: NIO subtracts from deadlines here and there.
    private static let loopStart: Int64 = 1_000_000_000

    private func deadline(of instant: Timestamp) -> NIODeadline {
        .uptimeNanoseconds(UInt64(Self.loopStart + (instant - scenario.starts).microseconds * 1_000))
    }
}
