public import Base
internal import DemandResponse
internal import GRDB

extension DispatchDatabase {
    /// Reads what the journal tells of the world around the dispatcher, in order, as it is at one moment.
    /// - Returns: when the last thing was journaled, `nil` if nothing was; and what became of the dispatches by that moment.
    public func readLife(
        _ body: (LifeEvent, Timestamp) throws -> Void
    ) throws(StoreError) -> (lastAt: Timestamp?, history: History) {
        try storing(path) {
            try writer.read { database in
                var last: Timestamp?
                try JournalScan.read(database, path: path) { step in
                    last = step.at
                    try Self.tell(step, body)
                }
                return (last, try History(database))
            }
        }
    }

    /// An input, and the effects that tell what came of it.
    private static func tell(_ step: JournalStep, _ body: (LifeEvent, Timestamp) throws -> Void) throws {
        switch step.input {
        case .started: try body(.started, step.at)
        case .rosterReplaced(let roster, _): try body(.roster(roster), step.at)
        case .deliveriesReported(let reports):
            for report in reports { try body(.reported(report), step.at) }
        default: break
        }
        for effect in step.effects {
            if let event = event(effect, of: step.input) { try body(event, step.at) }
        }
    }

    private static func event(_ effect: JournalRow, of input: Input) -> LifeEvent? {
        switch effect.kind {
        case .roomEntered:
            guard let session = effect.session, let customer = effect.customer else { return nil }
            return .joined(session, customer)
        case .roomLeft: return effect.session.map { .left($0) }
        case .purgeRecorded: return .purged
        case .send:
            guard let key = effect.key, let modification = effect.modification, let attempt = effect.attempt else {
                return nil
            }
            let kind: Outgoing.Kind = effect.state == .cancellation ? .cancellation : .dispatch
            return .handedOut(key, modification: modification, kind, attempt: attempt)
        case .incidentRecorded: return effect.incident.flatMap { settled(input, .incident($0)) }
        case .acknowledgementRecorded:
            guard case .acknowledged(let request, _, _) = input, let incident = effect.incident,
                let customer = effect.customer, let modification = effect.modification
            else { return nil }
            return .acknowledged(
                incident,
                customer,
                modification: modification,
                by: request.by,
                optsOut: request.optsOut
            )
        case .refused, .answerRefused:
            let code = (effect.detail ?? "").prefix { $0 != ":" }
            return settled(input, .refused(Refusal.Code(rawValue: String(code)))) ?? .clientRefused
        default: return nil
        }
    }

    private static func settled(_ input: Input, _ outcome: LifeEvent.Outcome) -> LifeEvent? {
        switch input {
        case .incidentRequested(let request, _): .requested(request, outcome)
        case .incidentChanged(let change, _): .changed(change, outcome)
        case .incidentCancelled(let id, _): .cancelled(id, outcome)
        default: nil
        }
    }
}

extension JournalRow {
    /// Of the dispatch record that it is about.
    fileprivate var key: DispatchKey? {
        guard let incident, let customer, let method else { return nil }
        return DispatchKey(incident: incident, customer: customer, method: method.method)
    }
}
