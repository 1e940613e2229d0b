public import Base
public import DemandResponse
public import Journal

/// Follows each incident, and each dispatch record of it, through the rows of a journal as they come.
public struct DecisionTally: Sendable {
    struct Record {
        let key: DispatchKey
        let participant: Int
        var modification: Int
        var digest: Int64
        var place = TrailTree.start
        /// When it last changed its state.
        var changedAt: Timestamp
        /// When the method was first said to have taken the present modification.
        var takenAt: Timestamp?
    }

    struct Participant {
        let book: Int
        let customer: Customer.ID
        /// Positions of the customer's records.
        var records: Range<Int>
        /// In the tree: answers, refusals, and the news of a cancellation or recall.
        var answers = TrailTree.start
        /// The modifications that were answered.
        var answered: Set<Int> = []
    }

    /// An incident that was asked for, whether it was opened or not.
    struct Book {
        let id: UniqueID
        var number: Incident.Number?
        /// As it stands now; `nil` where the journal does not say what was asked for.
        var request: IncidentRequest?
        /// As each modification found it: first as it was opened.
        var periods: [Incident.Period] = []
        var steps: [Step] = []
        var announcedAt = Timestamp(microseconds: 0)
        var closing: Closing.Kind?
        /// Which rules are lifted for it, as it stands now.
        var lifted: String?
        /// What observers were told, and how often.
        var observed: [String: Int] = [:]
        /// Customers whom it did not call, by the reason, ascending.
        var leftOut: [String: [Customer.ID]] = [:]
    }

    /// What an operator asked for and what came of it.
    struct Step {
        enum Kind: String { case opened, modified, cancelled, recalled }

        let kind: Kind
        let at: Timestamp
        /// Of a modification: what is different from before.
        var changes: [String] = []
        /// The rule that refused it.
        var refusal: String?
        /// Which of the program's rules were lifted for it, by whom and why.
        var lifted: String?
        /// Of one that was refused: what was asked for.
        var asked: IncidentRequest?
    }

    /// The words of a modification's notices, or of the news of its cancellation or recall, for one customer, or for all if they are the same.
    struct Words: Hashable {
        let book: Int
        let modification: Int
        let kind: Outgoing.Kind
        let digest: Int64
    }

    /// The rules' own delays are told; in a live run they are measured, and left out.
    let isTimed: Bool
    /// Of which names, addresses and rules are told.
    public var roster: Roster

    var tree = TrailTree()
    private(set) var records: [Record] = []
    private(set) var participants: [Participant] = []
    var books: [Book] = []
    /// Each with a record that has them.
    private(set) var words: [(words: Words, record: Int)] = []
    /// Answers that were refused: which dispatch they named.
    var refusedAnswers: [(dispatch: UniqueID?, rule: String)] = []

    /// What was last told of where the records go that have a carrier.
    private var told: [Int: String] = [:]
    /// Of the records.
    private var positions = DispatchIndex()
    private var wordPositions: [Words: Int] = [:]
    var bookOfNumber: [Incident.Number: Int] = [:]
    var bookOfID: [UniqueID: Int] = [:]
    /// The last input.
    var cause = (kind: JournalKind.started, detail: String?.none, request: Input?.none)
    /// A customer signs all answers with the same words: those, and what is left of them without name and id.
    private var signatures: [Customer.ID: (words: String, by: String)] = [:]

    public init(isTimed: Bool, roster: Roster) {
        self.isTimed = isTimed
        self.roster = roster
    }

    public mutating func add(_ fact: JournalFact) {
        switch fact.content {
        case .input(let kind, _, let detail): begin(kind, detail, at: fact.at)
        case .incident(let number, let modification, let closing, let lifted):
            settle(number, modification, closing, lifted, at: fact.at)
        case .leftOut(let number, let customer, let reason):
            if let book = bookOfNumber[number] { books[book].leftOut[reason, default: []].append(customer) }
        case .dispatch(let key, let modification, let state, let digest):
            notice(key, modification, state, digest, at: fact.at)
        case .delivery(let key, _, let kind, let state, let attempt, let reason):
            delivery(key, kind, state, attempt, reason, at: fact.at)
        case .send(let key, _, let kind, _, let digest, let destination): send(key, kind, digest, destination)
        case .resync(let key, _):
            // A session hears of each record; once is enough to tell.
            if key.method == .websocket, let record = positions.place(of: key) { advance(record, .repeated) }
        case .acknowledgement(let incident, let customer, let modification, let isLate, let detail):
            answer(incident, customer, modification, isLate: isLate, detail)
        case .refusal(let code, let limits):
            let words = [code?.rawValue ?? "unknown rule", limits.map(\.rawValue).joined(separator: ", ")]
            refuse(words.filter { !$0.isEmpty }.joined(separator: ": "), at: fact.at)
        case .emit(let key, _, true): observe("dispatches", of: key.incident)
        case .news(.emitAcknowledgement, let incident, true): observe("answers", of: incident)
        case .news(_, let incident, true): observe("modifications and cancellations", of: incident)
        case .emit, .news, .purge, .observed, .entered, .left, .other: break
        }
    }

    /// A customer's client saw that an incident was cancelled or recalled.
    public mutating func add(toldOf closing: Closing.Kind, _ customer: Customer.ID, of incident: Incident.Number) {
        guard let participant = participant(customer, of: incident) else { return }
        add(.told(closing), toParticipant: participant)
    }

    /// What the record has as the time at which a method took the present modification.
    public mutating func add(sentAt: Timestamp?, of key: DispatchKey) {
        guard let record = positions.place(of: key), sentAt != records[record].takenAt else { return }
        advance(record, .clause(sentAt == nil ? "without a sentAt" : "with another sentAt than it was taken"))
    }

    // MARK: Notices

    private mutating func advance(_ record: Int, _ event: TrailEvent) {
        records[record].place = tree.place(after: records[record].place, event)
    }

    private mutating func notice(
        _ key: DispatchKey,
        _ modification: Int,
        _ state: DeliveryState,
        _ digest: Int64,
        at now: Timestamp
    ) {
        guard let record = position(of: key, modification, digest, at: now) else { return }
        records[record].modification = modification
        records[record].digest = digest
        records[record].changedAt = now
        told[record] = nil
        records[record].takenAt = state.hasBeenSent ? now : nil
        let words = place(of: record, .dispatch, digest)
        advance(record, .noticed(key.method, modification: modification, words: words))
        if state == .sending { advance(record, .clause(sinceAnnouncement(of: record, at: now))) }
        advance(record, .became(outcome(state, of: record, nil, at: now)))
    }

    private mutating func place(of record: Int, _ kind: Outgoing.Kind, _ digest: Int64) -> Int {
        let book = participants[records[record].participant].book
        let words = Words(book: book, modification: records[record].modification, kind: kind, digest: digest)
        if let known = wordPositions[words] { return known }
        wordPositions[words] = self.words.count
        self.words.append((words, record))
        return self.words.count - 1
    }

    /// Of a record that may be new: those of a customer come one after the other.
    private mutating func position(
        of key: DispatchKey,
        _ modification: Int,
        _ digest: Int64,
        at now: Timestamp
    ) -> Int? {
        if let known = positions.place(of: key) { return known }
        guard let book = bookOfNumber[key.incident] else { return nil }
        let new = positions.insert(key)
        if let last = participants.last, last.book == book, last.customer == key.customer {
            participants[participants.count - 1].records = last.records.lowerBound..<new + 1
        } else {
            participants.append(Participant(book: book, customer: key.customer, records: new..<new + 1))
        }
        let participant = participants.count - 1
        records.append(
            Record(key: key, participant: participant, modification: modification, digest: digest, changedAt: now)
        )
        return new
    }

    private mutating func send(_ key: DispatchKey, _ kind: Outgoing.Kind, _ digest: Int64?, _ destination: String) {
        guard let record = positions.place(of: key) else { return }
        if kind != .dispatch, let digest { _ = place(of: record, kind, digest) }
        var clauses: [String] = []
        let words = "\(kind.rawValue) to \(destination)"
        if !destination.isEmpty, told[record] != words {
            told[record] = words
            clauses.append("to \(name(of: destination, key))")
        }
        if kind == .dispatch, let digest, digest != records[record].digest { clauses.append("with other words") }
        for words in clauses { advance(record, kind == .dispatch ? .clause(words) : .closingClause(words)) }
    }

    /// By what of the roster it is, whatever its method should take; otherwise itself.
    private func name(of destination: String, _ key: DispatchKey) -> String {
        guard let customer = roster.customer(key.customer) else { return destination }
        let fields = [("{email}", customer.email), ("{phone}", customer.phone), ("{address}", customer.address)]
        let named = key.method == .email ? fields : [fields[1], fields[0], fields[2]]
        return named.first { $0.1 == destination }?.0 ?? destination
    }

    private mutating func delivery(
        _ key: DispatchKey,
        _ kind: Outgoing.Kind,
        _ state: DeliveryState,
        _ attempt: Int,
        _ reason: String?,
        at now: Timestamp
    ) {
        guard let record = positions.place(of: key) else { return }
        let outcome = outcome(state, of: record, reason, at: now)
        if let closing = Closing.Kind.allCases.first(where: { $0.news == kind }) {
            if state == .sending, attempt > 1 {
                advance(record, .closingClause(sending(attempt, record, at: now)))
            }
            records[record].changedAt = now
            return advance(record, .closingBecame(closing, outcome))
        }
        if state == .sending { advance(record, .clause(sending(attempt, record, at: now))) }
        advance(record, .became(outcome))
        records[record].changedAt = now
        if state.hasBeenSent, records[record].takenAt == nil { records[record].takenAt = now }
    }

    private func sending(_ attempt: Int, _ record: Int, at now: Timestamp) -> String {
        if cause.kind == .sessionJoined { return "sent on connecting" }
        guard attempt > 1 else { return sinceAnnouncement(of: record, at: now) }
        return "sent again" + (isTimed ? " after \(Self.seconds(now - records[record].changedAt))" : "")
    }

    private func sinceAnnouncement(of record: Int, at now: Timestamp) -> String {
        let late = now - books[participants[records[record].participant].book].announcedAt
        return isTimed && late > .zero ? "sent after \(Self.seconds(late))" : "sent at once"
    }

    static func seconds(_ span: Span) -> String { "\(Units.exact(span.microseconds, per: 1_000_000)) s" }

    private func outcome(_ state: DeliveryState, of record: Int, _ reason: String?, at now: Timestamp) -> String {
        switch state {
        case .pending: return "waiting"
        case .sending: return "no report"
        case .sent: return "taken"
        case .delivered: return "delivered"
        case .deferred: return "to be tried again"
        case .failed: return "failed: \(reason ?? "")"
        case .unreachable: return "unreachable"
        case .withdrawn:
            let book = books[participants[records[record].participant].book]
            if let closing = book.closing { return "withdrawn by the \(closing.rawValue)" }
            if let end = book.request?.period.end, now >= end, end > book.announcedAt { return "expired" }
            return cause.kind == .acknowledged || cause.kind == .deliveriesReported ? "answered first" : "withdrawn"
        }
    }

    // MARK: Participants

    /// Any record of the customer leads there.
    private func participant(_ customer: Customer.ID, of incident: Incident.Number) -> Int? {
        positions.firstPlace(of: customer, in: incident).map { records[$0].participant }
    }

    mutating func add(_ event: TrailEvent, toParticipant position: Int) {
        participants[position].answers = tree.place(after: participants[position].answers, event)
    }

    private mutating func answer(
        _ incident: Incident.Number,
        _ customer: Customer.ID,
        _ modification: Int,
        isLate: Bool,
        _ detail: String?
    ) {
        guard let position = participant(customer, of: incident) else { return }
        let isFirst = participants[position].answered.insert(modification).inserted
        let detail = detail ?? ""
        let words = String(AcknowledgementDetail.by(detail))
        if signatures[customer]?.words != words {
            let name = roster.customer(customer)?.name
            signatures[customer] = (words, PersonalWords.withoutNameAndID(words, name, customer))
        }
        let by = signatures[customer]?.by ?? ""
        let reply: Reply =
            AcknowledgementDetail.isWithdrawal(detail)
            ? .withdrawn : AcknowledgementDetail.optsOut(detail) ? .declined : .acknowledged
        add(
            isFirst
                ? .answered(modification: modification, reply, isLate: isLate, by: by)
                : .answeredAgain(modification: modification, reply, by: by),
            toParticipant: position
        )
    }

    private mutating func observe(_ what: String, of incident: Incident.Number) {
        if let book = bookOfNumber[incident] { books[book].observed[what, default: 0] += 1 }
    }
}
