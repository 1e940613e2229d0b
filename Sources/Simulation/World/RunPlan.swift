internal import Journal
internal import Base
internal import DemandResponse
internal import DispatchServer
internal import DispatchStore
internal import Scenarios

/// What the plan of a run needs of the world that it is carried out in.
protocol PlannedWorld: AnyObject {
    /// What the grid's clock says.
    var now: Timestamp { get }
    /// The agenda has a new entry, which may be its first.
    func planned(at instant: Timestamp)
    /// Sends a step of the script to the dispatcher.
    func send(step: Int)
    func observe(_ observation: Observation, incident: UniqueID?)
    /// Makes a connection and on it a session of `client.makeSession`; tells `client.lost` if that fails.
    func connect(_ client: Client)
    /// Cuts the connection without a goodbye.
    func drop(_ client: Client)
    /// Does what a fault of the scenario says.
    func strike(fault: Int)
}

/// What a scenario makes happen around the dispatcher, and when: the script, the clients and the simulated carriers, on one agenda.
/// Every world carries out the same plan; each in its own way makes connections, sends requests and waits for what is due.
///
/// Used on one event loop, its world's.
final class RunPlan {
    private let scenario: Scenario
    private let carriers: SimulatedCarriers
    private unowned let world: any PlannedWorld
    private(set) var clients: [Client] = []
    var script: Script
    private(set) var faults: FaultSchedule
    var agenda = Agenda<WorldEvent>()
    /// Steps for which the server was not there, in the order of the script.
    private var waiting: [Int] = []
    private var isAskingAgain = false
    /// Wakes, reports and arrivals on the agenda: while there are any, more is going to happen.
    private(set) var pending = 0

    init(_ scenario: Scenario, _ script: Script, world: any PlannedWorld) {
        self.scenario = scenario
        self.script = script
        self.world = world
        carriers = SimulatedCarriers(scenario)
        faults = FaultSchedule(scenario.faults)
    }

    func begin() {
        for (index, entry) in scenario.timeline.enumerated() { put(.script(index), at: entry.at) }
        for (fault, instant) in faults.timed { put(.fault(fault), at: instant) }
        for (index, (customer, behaviour)) in scenario.behaviours().enumerated() {
            let machine = ClientMachine(customer: customer, behaviour: behaviour, seed: scenario.seed)
            clients.append(Client(index, machine, seed: scenario.seed, network: self))
        }
        for client in clients { client.begin() }
    }

    /// The run is over: nothing that connections still report counts.
    func end() {
        for client in clients {
            world.drop(client)
            client.end()
        }
    }

    /// What happens in the past happens now.
    func put(_ event: WorldEvent, at instant: Timestamp) {
        switch event {
        case .wake, .outcome, .reached, .script, .askAgain, .fault: pending += 1
        case .nodeStarts, .nodeResumes, .nodeStops, .arrive, .end, .timer: break
        }
        let instant = max(instant, world.now)
        agenda.put(event, at: instant)
        world.planned(at: instant)
    }

    /// Does what an event says, unless it is about links, of which only a world with simulated ones knows.
    func handle(_ event: WorldEvent) {
        switch event {
        case .script(let step):
            pending -= 1
            sendInTurn(step)
        case .askAgain:
            pending -= 1
            isAskingAgain = false
            let steps = waiting
            waiting = []
            for step in steps { sendInTurn(step) }
        case .wake(let client, let wake):
            pending -= 1
            clients[client].wake(wake)
        case .outcome(let outcome, let report):
            pending -= 1
            report(outcome)
        case .reached(let client, let dispatch):
            pending -= 1
            clients[client].reached(dispatch)
        case .fault(let fault):
            pending -= 1
            if faults.isDue(fault) { world.strike(fault: fault) }
        case .nodeStarts, .nodeResumes, .nodeStops, .arrive, .end, .timer: break
        }
    }

    /// How long whoever carries the script out waits before asking again a server that was not there.
    private static let askingInterval = Span.seconds(1)

    /// The server was not there to be asked, and is asked again; steps keep their order.
    func sendAgain(_ step: Int) {
        waiting.insert(step, at: waiting.firstIndex { $0 > step } ?? waiting.endIndex)
        guard !isAskingAgain else { return }
        isAskingAgain = true
        put(.askAgain, at: world.now + Self.askingInterval)
    }

    /// Whether earlier steps wait for the server: a change must not overtake its own incident.
    var isWaitingForServer: Bool { !waiting.isEmpty }

    private func sendInTurn(_ step: Int) {
        if isWaitingForServer { sendAgain(step) } else { world.send(step: step) }
    }

    /// The server went away before it answered. A new incident is asked for again: its key keeps it from being opened twice. A change
    /// that may have been made already is not repeated.
    func lostAnswer(_ step: Int) {
        if script.isRepeatable(step) {
            sendAgain(step)
        } else {
            script.refuse(step, code: "no-answer", "the server ended before it answered")
        }
    }

    /// Faults that wait for what the rules have just decided.
    /// - Returns: those that strike before the batch is carried out, or right after it.
    func faults(in occurrences: [Occurrence]) -> [(index: Int, moment: FaultSchedule.Moment)] {
        faults.see(occurrences, name: script.name(of:)).filter { index, moment in
            guard case .later(let span) = moment else { return true }
            put(.fault(index), at: world.now + span)
            return false
        }
    }

    func struck(_ fault: Int) { faults.struck(fault) }

    /// A node hands a message to the carrier of its method. One of which the scenario says nothing delivers at once and never fails.
    func hand(_ outgoing: Outgoing, _ report: @escaping @Sendable (DeliveryReport.Outcome) -> Void) {
        guard let name = script.name(of: outgoing.dispatch.incident) else { return }
        let fate = carriers.fate(of: outgoing, name: name)
        if let atOnce = fate.atOnce { report(atOnce) }
        let due = world.now + fate.delay
        if let later = fate.later { put(.outcome(later, report), at: due) }
        if fate.arrives, outgoing.kind == .dispatch, let client = client(of: outgoing.dispatch.key.customer) {
            put(.reached(client, outgoing.dispatch), at: due)
        }
    }

    private func client(of customer: Customer.ID) -> Int? {
        clients.index(of: customer) { $0.customer }
    }
}

extension RunPlan: ClientNetwork {
    var now: Timestamp { world.now }

    func put(_ wake: ClientMachine.Wake, for client: Client, at instant: Timestamp) {
        put(.wake(client.index, wake), at: instant)
    }

    func observe(_ observation: Observation, incident: UniqueID?) { world.observe(observation, incident: incident) }

    func name(of incident: UniqueID) -> String? { script.name(of: incident) }

    func id(of name: String) -> UniqueID? { script.id(of: name) }

    /// Asked here, since to ask the script from outside copies it.
    func number(of incident: UniqueID) -> Incident.Number? { script.number(of: incident) }

    func connect(_ client: Client) { world.connect(client) }

    func drop(_ client: Client) { world.drop(client) }
}

/// The way out for one method in a run: a carrier that is simulated.
struct SimulatedCarrier: OutgoingChannel {
    private let hand: @Sendable (Outgoing, @escaping @Sendable (DeliveryReport.Outcome) -> Void) -> Void

    /// - Parameter hand: hands a message to the plan, on its event loop.
    static func channels(
        _ hand: @escaping @Sendable (Outgoing, @escaping @Sendable (DeliveryReport.Outcome) -> Void) -> Void
    ) -> [DispatchMethod: any OutgoingChannel] {
        var channels: [DispatchMethod: any OutgoingChannel] = [:]
        for method in DispatchMethod.allCases where method != .websocket {
            channels[method] = SimulatedCarrier(hand: hand)
        }
        return channels
    }

    func send(_ outgoing: Outgoing, report: @escaping @Sendable (DeliveryReport.Outcome) -> Void) {
        hand(outgoing, report)
    }
}
