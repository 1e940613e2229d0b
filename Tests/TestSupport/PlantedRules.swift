public import Base
public import DemandResponse

/// A change of the rules that a ledger, a replay or a comparison is to find.
public enum PlantedChange: Sendable {
    /// Who is dispatched: one customer is passed over.
    case passesOver(Customer.ID)
    /// By which method: one is no longer used.
    case noLonger(DispatchMethod)
    /// The message: another template for every program.
    case otherWords(String)
    /// What an acknowledgement means: a decline is taken for an acceptance.
    case takesDeclinesForAcceptances
    /// Timing: how long an acknowledgement is in time.
    case acknowledgeWithin(Span)
    /// Timing: when a delivery that failed is tried again.
    case retries(RetryPolicy)
}

/// The rules that ship, with one change. What they are told is changed before they hear of it, so that they stay consistent with
/// themselves; the roster that they record is the one that was given.
public struct PlantedRules: DispatchRules {
    private var rules: Dispatcher
    private let change: PlantedChange

    /// - Parameter snapshot: what a storage holds; `nil`: nothing.
    public init(_ change: PlantedChange, restoring snapshot: DispatcherSnapshot? = nil) {
        self.change = change
        let retries = if case .retries(let retries) = change { retries } else { RetryPolicy() }
        rules = Dispatcher(restoring: snapshot ?? DispatcherSnapshot(roster: Roster()), retries: retries)
    }

    public var nextDeadline: Timestamp? { rules.nextDeadline }

    public func lapsedIncidents(at instant: Timestamp) -> [Incident.Number] { rules.lapsedIncidents(at: instant) }

    public func use(of program: Program.ID, at now: Timestamp) -> ProgramUse? { rules.use(of: program, at: now) }

    public mutating func handle(_ input: Input, at now: Timestamp) -> [Effect] {
        switch input {
        case .rosterReplaced(let roster, let request):
            rules.handle(.rosterReplaced(changed(roster), request), at: now).map { effect in
                if case .record(.roster) = effect { .record(.roster(roster)) } else { effect }
            }
        case .acknowledged(let acknowledgement, let session, let request):
            rules.handle(.acknowledged(changed(acknowledgement), session, request), at: now)
        default:
            rules.handle(input, at: now)
        }
    }

    private func changed(_ roster: Roster) -> Roster {
        Roster(programs: roster.programs.map(changed), customers: roster.customers.map(changed))
    }

    private func changed(_ program: Program) -> Program {
        var program = program
        switch change {
        case .otherWords(let template): program.messageTemplate = template
        case .acknowledgeWithin(let span): program.acknowledgeWithin = span
        case .passesOver, .noLonger, .takesDeclinesForAcceptances, .retries: break
        }
        return program
    }

    private func changed(_ customer: Customer) -> Customer {
        var customer = customer
        switch change {
        // Still known, so that its sessions are let in, but of a program that there is not.
        case .passesOver(customer.id): customer.program = -1
        case .noLonger(let method): customer.methods.removeAll { $0 == method }
        case .passesOver, .otherWords, .takesDeclinesForAcceptances, .acknowledgeWithin, .retries: break
        }
        return customer
    }

    private func changed(_ acknowledgement: AcknowledgementRequest) -> AcknowledgementRequest {
        guard case .takesDeclinesForAcceptances = change else { return acknowledgement }
        var acknowledgement = acknowledgement
        acknowledgement.optsOut = false
        return acknowledgement
    }
}
