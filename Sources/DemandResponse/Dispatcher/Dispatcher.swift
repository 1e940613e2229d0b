public import Base
internal import DequeModule
internal import HeapModule

/// The dispatcher's rules: a state machine without clock, entropy or I/O.
///
/// Every thing that happens is an `Input`, handed in with the instant at which it counts as having happened; every thing that
/// is to be done comes back as an `Effect`, in order. The same inputs at the same instants give the same effects, always:
/// nothing here depends on the order of a dictionary.
public struct Dispatcher: DispatchRules {
    public internal(set) var roster: Roster
    let retries: RetryPolicy

    /// The customers of each program, ascending; made anew with the roster.
    var enrolment: [Program.ID: [Customer]] = [:]

    /// Incidents in the order of arrival; the book of incident `n` stands at `n - firstNumber`.
    var books: [IncidentBook] = []
    var firstNumber: Incident.Number = 1
    var numbers: [UniqueID: Incident.Number] = [:]
    var locations: [UniqueID: RecordLocation] = [:]
    /// Incidents whose announced end has not come, ascending: those that a resync looks at. Cancelled and recalled ones stay until
    /// then, or without an end for a time.
    var current: [Incident.Number] = []

    /// Whose each connected session is; `nil` for an observer.
    var sessions: [SessionID: Customer.ID?] = [:]
    var sessionCounts: [Customer.ID: Int] = [:]
    var observerCount = 0

    var timers = Heap<Timer>()
    /// Ascending by time, since a carrier always has the same time for its report.
    var unreported: Deque<UnreportedAttempt> = []

    public init(roster: Roster = Roster(), retries: RetryPolicy = RetryPolicy()) {
        self.roster = roster
        self.retries = retries
        enrol()
    }

    public var nextDeadline: Timestamp? {
        guard let overdue = unreported.first?.overdueAt else { return timers.min?.at }
        return timers.min.map { min($0.at, overdue) } ?? overdue
    }

    public mutating func handle(_ input: Input, at now: Timestamp) -> [Effect] {
        var effects: [Effect] = []
        switch input {
        case .started:
            resume(at: now, into: &effects)
        case .rosterReplaced(let roster, let request):
            self.roster = roster
            enrol()
            effects.append(.record(.roster(roster)))
            for number in current { index(number).map { scheduleLongest(of: books[$0].incident) } }
            Self.answer(request, .done, into: &effects)
        case .incidentRequested(let incident, let request):
            Self.answer(request, open(incident, at: now, into: &effects), into: &effects)
        case .incidentChanged(let change, let request):
            Self.answer(request, modify(change, at: now, into: &effects), into: &effects)
        case .incidentCancelled(let id, let request):
            Self.answer(request, close(id, .cancellation, at: now, into: &effects), into: &effects)
        case .incidentRecalled(let id, let request):
            Self.answer(request, close(id, .recall, at: now, into: &effects), into: &effects)
        case .sessionConnected(let session):
            connect(session, into: &effects)
        case .sessionJoined(let session, let customer, let request):
            Self.answer(request, join(session, to: customer, at: now, into: &effects), into: &effects)
        case .sessionClosed(let session):
            close(session, into: &effects)
        case .acknowledged(let acknowledgement, let session, let request):
            Self.answer(request, acknowledge(acknowledgement, from: session, at: now, into: &effects), into: &effects)
        case .deliveriesReported(let reports):
            for report in reports { apply(report, at: now, into: &effects) }
            forgetReported()
        case .deadlineReached:
            runTimers(at: now, into: &effects)
        case .purged(let all, let request):
            purge(all: all, into: &effects)
            Self.answer(request, .done, into: &effects)
        case .incidentsArchived(let numbers):
            archive(numbers, at: now, into: &effects)
        case .clockSet(let step):
            followClock(by: step, at: now)
        case .accessDenied, .tokenCreated, .tokenRevoked:
            break
        }
        return effects
    }

    private mutating func enrol() {
        enrolment = Dictionary(grouping: roster.customers, by: \.program)
    }

    private mutating func purge(all: Bool, into effects: inout [Effect]) {
        firstNumber += books.count
        books = []
        numbers = [:]
        locations = [:]
        current = []
        timers = Heap()
        unreported.removeAll()
        if all {
            roster = Roster()
            enrol()
        }
        effects.append(.record(.purged(all: all)))
    }

    /// A refusal is an effect even where nobody waits for it: the record shows it.
    private static func answer(_ request: RequestID?, _ answer: Answer, into effects: inout [Effect]) {
        if let request {
            effects.append(.answer(request, answer))
        } else if case .refused(let refusal) = answer {
            effects.append(.refused(refusal))
        }
    }
}
