public import Base
public import DemandResponse

/// What a row of the journal says, typed: what ledgers, checkers, recordings and traces look at.
///
/// Nothing long is decoded for it, so that it is made of a row that an entry is just being written as no less cheaply than of one
/// of half a million in a file.
public struct JournalFact: Sendable {
    public enum Content: Sendable {
        /// Something happened to the dispatcher; in whose session, where it came over one. The detail is that of a row which asks
        /// for something: an incident, its change, its cancellation or recall, an acknowledgement.
        case input(JournalKind, SessionID?, detail: String?)
        /// An incident is opened, modified, or ended before its time.
        /// `lifted`: which of the program's rules were, by whom and why.
        case incident(Incident.Number, modification: Int, Closing.Kind?, lifted: String?)
        /// A record is new, or begins anew for a modification.
        case dispatch(DispatchKey, modification: Int, DeliveryState, digest: Int64)
        case delivery(DispatchKey, modification: Int, Outgoing.Kind, DeliveryState, attempt: Int, reason: String?)
        /// The detail says who answered what; journals of format 1 have none.
        case acknowledgement(Incident.Number, Customer.ID, modification: Int, isLate: Bool, detail: String?)
        /// A customer whom an incident would have called, and why it did not: `limit: day_limit`.
        case leftOut(Incident.Number, Customer.ID, reason: String)
        case purge
        /// A carrier is given a message; `destination` is empty where the method needs none.
        case send(DispatchKey, modification: Int, Outgoing.Kind, attempt: Int, digest: Int64?, destination: String)
        /// Sessions are told of a record.
        case emit(DispatchKey, modification: Int, toObservers: Bool)
        /// Sessions are told of an answer, or of an incident's modification, cancellation or recall.
        case news(JournalKind, Incident.Number, toObservers: Bool)
        /// A session that joined is told of a record that the customer may know.
        case resync(DispatchKey, modification: Int)
        case observed(SessionID)
        case entered(SessionID, Customer.ID)
        case left(SessionID)
        /// `nil` for the code of a later version; of `againstLimits` which rules were broken.
        case refusal(Refusal.Code?, [LimitRule])
        /// The rest: other news, and answers.
        case other
    }

    public var sequence: Int
    /// The sequence of the input that had this effect; `nil` for an input.
    public var cause: Int?
    public var at: Timestamp
    public var content: Content

    /// - Throws: what the row lacks.
    public init(_ row: JournalRow, sequence: Int) throws(JournalDamage) {
        self.sequence = sequence
        cause = row.cause
        at = row.at
        content = try row.content()
    }
}

extension JournalRow {
    fileprivate func content() throws(JournalDamage) -> JournalFact.Content {
        switch kind {
        case .incidentRecorded:
            // A detail without these is not looked at.
            return .incident(
                try number(),
                modification: try notice(),
                state?.closing,
                lifted: LiftedDetail.words(detail)
            )
        case .dispatchRecorded:
            let digest = try required(digest, "digest")
            return .dispatch(try record(), modification: try notice(), try delivery(), digest: digest)
        case .deliveryRecorded, .cancellationRecorded, .allClearRecorded:
            return .delivery(
                try record(),
                modification: try notice(),
                kind.delivery ?? .dispatch,
                try delivery(),
                attempt: attempt ?? 0,
                reason: detail
            )
        case .acknowledgementRecorded:
            let customer = try required(customer, "customer")
            let isLate = state == .late
            return .acknowledgement(try number(), customer, modification: try notice(), isLate: isLate, detail: detail)
        case .leftOutRecorded:
            return .leftOut(try number(), try required(customer, "customer"), reason: try required(detail, "detail"))
        case .purgeRecorded: return .purge
        case .send:
            let kind = state?.outgoing ?? .dispatch
            let attempt = try required(attempt, "attempt")
            return .send(
                try record(),
                modification: try notice(),
                kind,
                attempt: attempt,
                digest: digest,
                destination: detail ?? ""
            )
        case .emitDispatch: return .emit(try record(), modification: try notice(), toObservers: isForObservers)
        case .emitAcknowledgement, .emitIncident: return .news(kind, try number(), toObservers: isForObservers)
        case .emitResync: return .resync(try record(), modification: try notice())
        case .roomObservers: return .observed(try member())
        case .roomEntered: return .entered(try member(), try required(customer, "customer"))
        case .roomLeft: return .left(try member())
        case .refused, .answerRefused:
            return .refusal(
                Refusal.Code(rawValue: String((detail ?? "").prefix { $0 != ":" })),
                LimitDetail.rules(detail)
            )
        default: return cause == nil ? .input(kind, session, detail: kind.isRequest ? detail : nil) : .other
        }
    }

    private var isForObservers: Bool { state == .observers || state == .customerAndObservers }
    private func number() throws(JournalDamage) -> Incident.Number { try required(incident, "incident") }
    private func record() throws(JournalDamage) -> DispatchKey { try required(key, "dispatch record") }
    private func notice() throws(JournalDamage) -> Int { try required(modification, "modification") }
    private func delivery() throws(JournalDamage) -> DeliveryState { try required(state?.delivery, "state") }
    private func member() throws(JournalDamage) -> SessionID { try required(session, "session") }
}
