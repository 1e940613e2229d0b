import Base
import DemandResponse
import Scenarios
import TestSupport
import Testing

@testable import Simulation

@Suite("A client") struct ClientMachineTests {
    private static let incident = UniqueID(high: 1, low: 2)
    private static let now = Timestamp(microseconds: 1_717_400_000_000_000)

    /// Of customer 1, who answers after ten seconds.
    private static func machine(isVisitor: Bool = false) throws -> ClientMachine {
        let text = """
            name: One
            seed: 1
            starts: 2024-06-03T16:00:00-07:00
            lasts: 1h
            programs: [{id: 1, name: Cool Mornings}]
            customers: [{id: 1, name: Mill, program: 1, phone: "+16175550100", email: "site@grid.example", channels: [email, websocket]}]
            clients: [{of: all, connects: \(isVisitor ? "never" : "{at: 16:30}"), acknowledges: {after: 10s}}]
            timeline: [{at: 16:10, incident: {id: a, program: 1, event_type: x, start: 1h, end: 2h}}]
            expect: [dispatches == 2]
            """
        let scenario = try Scenario(text: text)
        let (customer, behaviour) = try #require(scenario.behaviours().first)
        return ClientMachine(customer: customer, behaviour: behaviour, seed: scenario.seed)
    }

    private static func arrival(of customer: Customer.ID = 1) -> ClientMachine.Arrival {
        let key = DispatchKey(incident: 1, customer: customer, method: .email)
        return ClientMachine.Arrival(
            customer: customer,
            dispatch: key.id(incident: incident),
            incident: incident,
            method: .email,
            modification: 0,
            digest: 0
        )
    }

    private static func dispatch() -> Dispatch {
        let key = DispatchKey(incident: 1, customer: 1, method: .email)
        return Dispatch(
            key: key,
            id: key.id(incident: incident),
            incident: incident,
            modification: 0,
            program: 1,
            programName: "Cool Mornings",
            customerName: "Mill",
            message: "",
            moreInfo: "",
            createdAt: now,
            announcedAt: now
        )
    }

    private static func firstWake(_ actions: [ClientMachine.Action]) -> ClientMachine.Wake? {
        for case .wake(let wake, _) in actions { return wake }
        return nil
    }

    private static func acknowledges(_ actions: [ClientMachine.Action]) -> Bool {
        actions.contains { if case .acknowledge = $0 { true } else { false } }
    }

    private static func closes(_ actions: [ClientMachine.Action]) -> Bool {
        actions.contains { if case .closeConnection = $0 { true } else { false } }
    }

    @Test func `answers its own customer's dispatch, and nobody else's that it hears of before it has joined`() throws {
        var machine = try Self.machine()
        _ = machine.wake(.connect(index: 0), at: Self.now)
        _ = machine.connected(at: Self.now)
        #expect(machine.received(Self.arrival(of: 2), name: "a", at: Self.now).isEmpty)
        let wake = try #require(Self.firstWake(machine.received(Self.arrival(), name: "a", at: Self.now)))
        _ = machine.joined(at: Self.now)
        #expect(Self.acknowledges(machine.wake(wake, at: Self.now + .seconds(10))))
    }

    /// Reached by e-mail while there is no connection; the answer falls due and waits for one.
    private static func waiting(isVisitor: Bool) throws -> ClientMachine {
        var machine = try machine(isVisitor: isVisitor)
        let wake = try #require(firstWake(machine.reached(dispatch(), name: "a", at: now)))
        let actions = machine.wake(wake, at: now + .seconds(10))
        #expect(actions.count == (isVisitor ? 1 : 0))
        if !isVisitor { _ = machine.wake(.connect(index: 0), at: now + .seconds(11)) }
        _ = machine.connected(at: now + .seconds(12))
        return machine
    }

    @Test(arguments: [true, false])
    func `gives an answer that waited for a connection once it has joined`(isVisitor: Bool) throws {
        var machine = try Self.waiting(isVisitor: isVisitor)
        let actions = machine.joined(at: Self.now + .seconds(13))
        #expect(Self.acknowledges(actions))
        #expect(!Self.closes(actions))
    }

    @Test(arguments: [true, false])
    func `does not give it when it is told of the cancellation first, and a visitor goes again`(
        isVisitor: Bool
    ) throws {
        var machine = try Self.waiting(isVisitor: isVisitor)
        _ = machine.told(Self.incident, modification: 0, Closing.Kind.cancellation, at: Self.now + .seconds(13))
        let actions = machine.joined(at: Self.now + .seconds(13))
        #expect(!Self.acknowledges(actions))
        #expect(Self.closes(actions) == isVisitor)
    }

    @Test func `gives it when it is told of a modification only`() throws {
        var machine = try Self.waiting(isVisitor: false)
        _ = machine.told(Self.incident, modification: 1, nil, at: Self.now + .seconds(13))
        #expect(Self.acknowledges(machine.joined(at: Self.now + .seconds(13))))
    }

    private static func machine(connects: String = "never", acknowledges: String) throws -> ClientMachine {
        let text = """
            name: One
            seed: 1
            starts: 2024-06-03T16:00:00-07:00
            lasts: 1h
            programs: [{id: 1, name: Cool Mornings}]
            customers: [{id: 1, name: Mill, program: 1, phone: "+16175550100", email: "site@grid.example", channels: [email, websocket]}]
            clients: [{of: all, connects: \(connects), acknowledges: \(acknowledges)}]
            timeline: [{at: 16:10, incident: {id: a, program: 1, event_type: x, start: 1h, end: 2h}}]
            expect: [dispatches == 2]
            """
        let scenario = try Scenario(text: text)
        let (customer, behaviour) = try #require(scenario.behaviours().first)
        return ClientMachine(customer: customer, behaviour: behaviour, seed: scenario.seed)
    }

    private static func wakes(_ actions: [ClientMachine.Action]) -> [(ClientMachine.Wake, Timestamp)] {
        actions.compactMap { if case .wake(let wake, let at) = $0 { (wake, at) } else { nil } }
    }

    @Test func `comes and goes as often as the scenario says, and takes its leave`() throws {
        var machine = try Self.machine(connects: "[{at: 16:01, for: 5m}, {at: 16:20}]", acknowledges: "never")
        let wakes = Self.wakes(machine.begin(at: Self.now))
        #expect(wakes.map(\.0) == [.connect(index: 0), .leave(index: 0), .connect(index: 1)])
        #expect(wakes[1].1 - wakes[0].1 == .minutes(5))
        _ = machine.wake(.connect(index: 0), at: Self.now)
        _ = machine.connected(at: Self.now)
        _ = machine.joined(at: Self.now)
        let leaving = machine.wake(.leave(index: 0), at: Self.now + .minutes(5))
        #expect(Self.closes(leaving))
        #expect(Self.wakes(leaving).isEmpty)
        #expect(machine.wake(.connect(index: 1), at: Self.now + .minutes(19)).count == 1)
    }

    @Test func `leaves once it has joined if its time to leave comes before`() throws {
        var machine = try Self.machine(connects: "{at: 16:01, for: 0s}", acknowledges: "never")
        _ = machine.wake(.connect(index: 0), at: Self.now)
        #expect(machine.wake(.leave(index: 0), at: Self.now).isEmpty)
        _ = machine.connected(at: Self.now)
        #expect(Self.closes(machine.joined(at: Self.now)))
    }

    @Test func `answers each incident and modification as the first entry for it says, and others not at all`() throws {
        let entries = "[{incident: a, modification: 1, after: 7s}, {incident: a, after: 3s}]"
        var machine = try Self.machine(acknowledges: entries)
        var arrival = Self.arrival()
        #expect(Self.wakes(machine.received(arrival, name: "a", at: Self.now)).map(\.1) == [Self.now + .seconds(3)])
        arrival.modification = 1
        #expect(Self.wakes(machine.received(arrival, name: "a", at: Self.now)).map(\.1) == [Self.now + .seconds(7)])
        arrival.incident = UniqueID(high: 3, low: 4)
        #expect(Self.wakes(machine.received(arrival, name: "b", at: Self.now)).isEmpty)
    }

    @Test func `an operator answers for it over a session that does not join`() throws {
        var machine = try Self.machine(acknowledges: "{incident: a, at: 16:30, by: Duty}")
        #expect(Self.wakes(machine.begin(at: Self.now)).map(\.0) == [.operate(index: 0)])
        #expect(machine.incident(ofEntry: 0) == "a")
        #expect(machine.operate(0, incident: Self.incident, at: Self.now).count == 1)
        let actions = machine.connected(at: Self.now)
        #expect(Self.acknowledges(actions))
        #expect(!actions.contains { if case .handshake = $0 { true } else { false } })
        // Of its own customer's dispatches the session hears as every operator's does.
        #expect(machine.received(Self.arrival(), name: "a", at: Self.now).isEmpty)
        #expect(
            Self.closes(
                machine.updated(Self.arrival().dispatch, optsOut: false, success: true, reason: nil, at: Self.now)
            )
        )
    }

    @Test func `changes its mind as often as the scenario says, once each`() throws {
        var machine = try Self.machine(
            connects: "{at: 16:00}",
            acknowledges:
                "{after: 10s, then: [{after: 1m, opt_out: true}, {after: 2m, opt_out: false, by: Duty}, {after: 1s, opt_out: true, share: 0%}]}"
        )
        _ = machine.wake(.connect(index: 0), at: Self.now)
        _ = machine.connected(at: Self.now)
        _ = machine.joined(at: Self.now)
        var wake = try #require(Self.wakes(machine.received(Self.arrival(), name: "a", at: Self.now)).first)
        var said: [String] = []
        for pause in [Span.seconds(10), .minutes(1), .minutes(2)] {
            let actions = machine.wake(wake.0, at: wake.1)
            for case .acknowledge(let answer) in actions {
                said.append("\(answer.optsOut ? "out" : "in") by \(answer.by)")
            }
            // Lost on the way, the same is said again over the next connection, and nothing else follows it.
            _ = machine.disconnected(at: wake.1)
            _ = machine.wake(.connect(index: 0), at: wake.1)
            _ = machine.connected(at: wake.1)
            let again = machine.joined(at: wake.1)
            #expect(Self.acknowledges(again) && Self.wakes(again).isEmpty)
            _ = machine.updated(
                Self.arrival().dispatch,
                optsOut: said.last?.hasPrefix("out") ?? false,
                success: true,
                reason: nil,
                at: wake.1
            )
            guard let next = Self.wakes(actions).first else {
                #expect(pause == .minutes(2))
                break
            }
            #expect(next.1 == wake.1 + (said.count == 1 ? .minutes(1) : .minutes(2)))
            wake = next
        }
        #expect(said == ["in by Mill", "out by Mill", "in by Duty"])
    }

    @Test func `takes no update for its own that says the contrary`() throws {
        var machine = try Self.machine(connects: "{at: 16:00}", acknowledges: "{after: 0s}")
        _ = machine.wake(.connect(index: 0), at: Self.now)
        _ = machine.connected(at: Self.now)
        _ = machine.joined(at: Self.now)
        let wake = try #require(Self.firstWake(machine.received(Self.arrival(), name: "a", at: Self.now)))
        _ = machine.wake(wake, at: Self.now)
        let dispatch = Self.arrival().dispatch
        #expect(machine.updated(dispatch, optsOut: true, success: true, reason: nil, at: Self.now).isEmpty)
        #expect(machine.updated(dispatch, optsOut: false, success: true, reason: nil, at: Self.now).count == 1)
    }

    @Test func `answers what is cancelled only where the scenario says so`() throws {
        var machine = try Self.machine(acknowledges: "{after: 10s, even_if_cancelled: true}")
        let wake = try #require(Self.firstWake(machine.reached(Self.dispatch(), name: "a", at: Self.now)))
        _ = machine.told(Self.incident, modification: 0, Closing.Kind.cancellation, at: Self.now)
        #expect(machine.wake(wake, at: Self.now + .seconds(10)).count == 1)
        _ = machine.connected(at: Self.now + .seconds(11))
        #expect(Self.acknowledges(machine.joined(at: Self.now + .seconds(12))))
    }

    @Test func `does not begin to answer an e-mail that the cancellation has overtaken`() throws {
        var machine = try Self.machine()
        _ = machine.told(Self.incident, modification: 0, Closing.Kind.cancellation, at: Self.now)
        #expect(machine.reached(Self.dispatch(), name: "a", at: Self.now + .seconds(1)).isEmpty)
    }
}
