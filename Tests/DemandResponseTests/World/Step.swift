import Base
import DemandResponse

/// One row of a test's table: something that happens to the dispatcher.
enum Step {
    case open(String, program: Program.ID, groups: [String] = [], String, test: Bool = false)
    case modify(String, start: String? = nil, end: String? = nil, eventType: String? = nil)
    case cancel(String)
    case recall(String)
    case connect(Int64)
    case join(Int64, customer: Customer.ID)
    case close(Int64)
    /// Session `from` acknowledges a customer's record of an incident.
    case acknowledge(
        String,
        Customer.ID,
        DispatchMethod?,
        from: Int64,
        by: String = "Ann",
        stated: String? = nil,
        optOut: Bool = false,
        modification: Int? = nil
    )
    case acknowledgeUnknown(from: Int64)
    case report(
        String,
        Customer.ID,
        DispatchMethod,
        DeliveryReport.Outcome,
        kind: Outgoing.Kind = .dispatch,
        attempt: Int = 1,
        modification: Int = 0
    )
    case roster(Roster)
    case due
    case purge(all: Bool = false)
    case archive([String])
    /// The clock was set to what the step's time says, by so much.
    case clockSet(Span)
}

extension DeliveryReport.Outcome {
    static let busy = DeliveryReport.Outcome.failedForNow(reason: "busy")
    static let noSuchNumber = DeliveryReport.Outcome.failedForGood(reason: "no such number")
}

extension World {
    func input(_ step: Step, _ request: RequestID?) -> Input {
        switch step {
        case .open(let name, let program, let groups, let period, let isTest):
            let asked = IncidentRequest(
                id: UniqueID(named: name),
                correlation: UniqueID(named: "correlation of \(name)"),
                program: program,
                groups: groups,
                eventType: "market_dispatch",
                period: Incident.Period(period),
                isTest: isTest
            )
            return .incidentRequested(asked, request)
        case .modify(let name, let start, let end, let eventType):
            let start = start.map(Timestamp.init(clock:))
            let end = end.map(Timestamp.init(clock:))
            let change = IncidentChange(id: UniqueID(named: name), start: start, end: end, eventType: eventType)
            return .incidentChanged(change, request)
        case .cancel(let name): return .incidentCancelled(UniqueID(named: name), request)
        case .recall(let name): return .incidentRecalled(UniqueID(named: name), request)
        case .connect(let session): return .sessionConnected(SessionID(session))
        case .join(let session, let customer): return .sessionJoined(SessionID(session), customer, request)
        case .close(let session): return .sessionClosed(SessionID(session))
        case .acknowledge(let name, let customer, let method, let session, let by, let stated, let optOut, let number):
            let asked = AcknowledgementRequest(
                dispatch: key(name, customer, method).id(incident: UniqueID(named: name)),
                by: by,
                statedTime: stated,
                optsOut: optOut,
                modification: number
            )
            return .acknowledged(asked, SessionID(session), request)
        case .acknowledgeUnknown(let session):
            let asked = AcknowledgementRequest(dispatch: UniqueID(named: "nobody's"), by: "Ann")
            return .acknowledged(asked, SessionID(session), request)
        case .report(let name, let customer, let method, let outcome, let kind, let attempt, let modification):
            return .deliveriesReported([
                DeliveryReport(
                    key: key(name, customer, method),
                    modification: modification,
                    kind: kind,
                    attempt: attempt,
                    outcome: outcome
                )
            ])
        case .roster(let roster): return .rosterReplaced(roster, request)
        case .due: return .deadlineReached
        case .archive(let names):
            return .incidentsArchived(names.map { base.number(of: UniqueID(named: $0)) ?? 0 })
        case .clockSet(let step): return .clockSet(by: step)
        case .purge(let all): return .purged(all: all, request)
        }
    }

    func key(_ name: String, _ customer: Customer.ID, _ method: DispatchMethod?) -> DispatchKey {
        DispatchKey(incident: base.number(of: UniqueID(named: name)) ?? 0, customer: customer, method: method)
    }
}
