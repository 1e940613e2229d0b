import Base
import DemandResponse
import Testing

extension RetryPolicy {
    /// For tests in which carriers say nothing and none is to be given up.
    static let patient = RetryPolicy(reportWithin: .hours(24))
}

/// A world around the rules: it hands in what happens, keeps what they want done, and reports every effect that no world
/// could accept as an issue of the test.
///
/// Beside the dispatcher runs one that is never restored but fed the same inputs, as a replay of the journal would be; both
/// must want the same done.
struct World {
    private(set) var dispatcher: Dispatcher
    private var replay: Dispatcher
    let retries: RetryPolicy
    var base: Database
    /// Whose each connected session is; `nil` for an observer.
    var sessions: [SessionID: Customer.ID?] = [:]
    /// What each session was told, in order; sessions that left keep what they had.
    var heard: [SessionID: [News]] = [:]
    /// What went to the carriers.
    var posted: [Outgoing] = []
    private(set) var answers: [RequestID: Answer] = [:]
    var now = Timestamp.dayOfTests
    /// What the rules must not have done. A test of the world itself reads it; for all others it is an issue.
    private(set) var complaints: [String] = []
    private var request: Int64 = 0

    init(_ roster: Roster = .drill, retries: RetryPolicy = RetryPolicy()) {
        dispatcher = Dispatcher(roster: roster, retries: retries)
        replay = dispatcher
        self.retries = retries
        base = Database(roster: roster)
    }

    /// Lets something happen at a time of day.
    /// - Returns: the effects, in their notation.
    @discardableResult
    mutating func at(_ time: String, _ step: Step, _ location: SourceLocation = #_sourceLocation) -> [String] {
        handle(step, at: Timestamp(clock: time), location)
    }

    /// Several things at times of day; the effects of the last are returned.
    @discardableResult
    mutating func play(_ steps: [(String, Step)], _ location: SourceLocation = #_sourceLocation) -> [String] {
        var last: [String] = []
        for (time, step) in steps { last = at(time, step, location) }
        return last
    }

    @discardableResult
    mutating func handle(
        _ step: Step,
        at instant: Timestamp,
        _ location: SourceLocation = #_sourceLocation
    ) -> [String] {
        request += 1
        return handle(input(step, RequestID(request)), at: instant, RequestID(request), location)
    }

    @discardableResult
    mutating func handle(
        _ input: Input,
        at instant: Timestamp,
        _ request: RequestID? = nil,
        _ location: SourceLocation = #_sourceLocation
    ) -> [String] {
        if case .clockSet = input {} else { precondition(instant >= now, "the clock of a test goes forwards") }
        now = instant
        let effects = dispatcher.handle(input, at: now)
        let notation = effects.map(\.notation)
        let again = replay.handle(input, at: now).map(\.notation)
        let known = complaints.count
        if notation != again { complain("a replay differs: \(notation) and \(again)") }
        accept(effects, of: input, request)
        for complaint in complaints[known...].prefix(max(0, 5 - known)) {
            Issue.record("at \(now.clock): \(complaint)\n\(notation)", sourceLocation: location)
        }
        return notation
    }

    /// The process dies and another takes its place, with what the database holds.
    @discardableResult
    mutating func restart(at time: String, _ location: SourceLocation = #_sourceLocation) -> [String] {
        restart(at: Timestamp(clock: time), location)
    }

    @discardableResult
    mutating func restart(at instant: Timestamp, _ location: SourceLocation = #_sourceLocation) -> [String] {
        sessions = [:]
        dispatcher = Dispatcher(restoring: base.snapshot, retries: retries)
        return handle(.started, at: instant, nil, location)
    }

    mutating func complain(_ complaint: String) { complaints.append(complaint) }

    mutating func keep(_ answer: Answer, for request: RequestID) {
        if answers.updateValue(answer, forKey: request) != nil {
            complain("request \(request.number) is answered twice")
        }
    }

    /// How a delivery stands, as the database has it.
    func delivery(_ name: String, _ customer: Customer.ID, _ method: DispatchMethod?) -> Delivery? {
        base.rows[key(name, customer, method)]?.delivery
    }

    func closing(_ name: String, _ customer: Customer.ID, _ method: DispatchMethod) -> Delivery? {
        base.rows[key(name, customer, method)]?.closing
    }

    func dispatch(_ name: String, _ customer: Customer.ID, _ method: DispatchMethod?) -> Dispatch? {
        base.rows[key(name, customer, method)]?.dispatch
    }

    func incident(_ name: String) -> Incident? {
        base.number(of: UniqueID(named: name)).flatMap(base.incident)
    }

    /// What a session was told, in notation.
    func heard(by session: Int64) -> [String] {
        heard[SessionID(session), default: []].map(\.notation)
    }
}
