import Base
import DemandResponse
import Journal

/// A dispatcher with a clock that the test moves, and the journal of what it was told and what it said.
struct Rehearsal {
    static let start = Timestamp(microseconds: 1_566_963_000_000_000)
    static let peak = UniqueID(high: 0x1111_1111_1111_5111, low: 0x8111_1111_1111_1111)
    static let games = UniqueID(high: 0x2222_2222_2222_5222, low: 0x8222_2222_2222_2222)

    /// Customer 1 has three methods, 2 one, 3 none; customer 4 prefers Socket.IO to email.
    static let roster = Roster(
        programs: [
            Program(id: 1, name: "Cool Mornings", acknowledgeWithin: .minutes(10)),
            Program(id: 2, name: "Easy Nights"),
        ],
        customers: [
            Customer(
                id: 1,
                name: "Keroche Wine",
                phone: "+16175550101",
                email: "a@b.example",
                program: 1,
                methods: [.email, .text, .websocket]
            ),
            Customer(id: 2, name: "Tyson Food", program: 1, methods: [.websocket]),
            Customer(id: 3, name: "Nobody's", program: 1, methods: []),
            Customer(id: 4, name: "Walmart4", email: "c@d.example", program: 2, methods: [.websocket, .email]),
        ]
    )

    var dispatcher: Dispatcher
    var entries: [JournalEntry] = []

    /// Begins with its roster, unless it goes on from somewhere.
    init(_ dispatcher: Dispatcher? = nil) {
        self.dispatcher = dispatcher ?? Dispatcher()
        if dispatcher == nil { handle(.rosterReplaced(Self.roster, nil), at: .zero) }
    }

    /// - Parameter span: since the start.
    @discardableResult
    mutating func handle(_ input: Input, at span: Span) -> [Effect] {
        let at = Self.start + span
        let effects = dispatcher.handle(input, at: at)
        entries.append(JournalEntry(input: input, at: at, effects: effects))
        return effects
    }

    /// An incident that starts one hour after the start.
    mutating func open(_ id: UniqueID = peak, program: Program.ID = 1, at span: Span, lasting: Span = .hours(1)) {
        let period = Incident.Period(start: Self.start + .hours(1), end: Self.start + .hours(1) + lasting)
        let request = IncidentRequest(
            id: id,
            correlation: UniqueID(name: "correlation", in: id),
            program: program,
            eventType: "market_dispatch",
            period: period
        )
        handle(.incidentRequested(request, nil), at: span)
    }

    mutating func join(_ session: Int64, _ customer: Customer.ID, at span: Span) {
        handle(.sessionConnected(SessionID(session)), at: span)
        handle(.sessionJoined(SessionID(session), customer, nil), at: span)
    }

    mutating func acknowledge(
        _ customer: Customer.ID,
        _ method: DispatchMethod?,
        incident: Incident.Number = 1,
        of id: UniqueID = peak,
        session: Int64,
        optsOut: Bool = false,
        at span: Span
    ) {
        let key = DispatchKey(incident: incident, customer: customer, method: method)
        let request = AcknowledgementRequest(dispatch: key.id(incident: id), by: "operator", optsOut: optsOut)
        handle(.acknowledged(request, SessionID(session), nil), at: span)
    }

    mutating func report(
        _ customer: Customer.ID,
        _ method: DispatchMethod,
        _ outcome: DeliveryReport.Outcome,
        attempt: Int = 1,
        at span: Span
    ) {
        let key = DispatchKey(incident: 1, customer: customer, method: method)
        handle(
            .deliveriesReported([DeliveryReport(key: key, modification: 0, attempt: attempt, outcome: outcome)]),
            at: span
        )
    }
}
