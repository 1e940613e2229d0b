internal import Base
internal import DemandResponse
internal import GRDB
internal import Journal

/// Writes the rows of `dispatches`, inside the caller's transaction.
///
/// A row changes two or three times soon after it comes. What is new is therefore kept here and written once, at the end of the
/// transaction or, in one that lasts as long as a run, when the next incident is opened.
struct DispatchRowWriter {
    private struct Row {
        let dispatch: Dispatch
        var state: DeliveryState
        /// `nil`: nothing has come of it yet.
        var delivery: Delivery?
        var closing: Delivery?
        var answer: Acknowledgement?
    }

    /// How many rows wait at most when an incident is opened.
    private static let mostWaiting = 8_192

    private let insertion: WriteStatement<DispatchRow.Column>
    private let delivery: WriteStatement<DispatchRow.Column>
    private let closing: WriteStatement<DispatchRow.Column>
    private let answer: WriteStatement<DispatchRow.Column>
    private var waiting: [Row] = []
    private var places = DispatchIndex()
    /// Incidents of which the table has no row yet.
    private var unwritten: Set<Incident.Number> = []

    init(_ database: Database) throws {
        // A row that is there already is the same dispatch for an older modification: it starts anew, and what comes later is NULL.
        insertion = try WriteStatement(database, DispatchRow.Column.insertion("INSERT OR REPLACE"))
        delivery = try WriteStatement(
            database,
            """
            UPDATE dispatches SET state = :state, attempts = :attempts, sent_at = :sent_at, delivered_at = :delivered_at,
                failure = :failure, may_have_arrived = :may_have_arrived
            WHERE incident = :incident AND customer = :customer AND method = :method
            """
        )
        closing = try WriteStatement(
            database,
            """
            UPDATE dispatches SET cancellation_state = :cancellation_state, cancellation_attempts = :cancellation_attempts
            WHERE incident = :incident AND customer = :customer AND method = :method
            """
        )
        answer = try WriteStatement(
            database,
            """
            UPDATE dispatches SET acknowledged_at = :acknowledged_at, acknowledged_by = :acknowledged_by,
                acknowledged_stated = :acknowledged_stated, opted_out = :opted_out, late = :late, withdrawn = :withdrawn,
                answer_changed_at = :answer_changed_at
            WHERE incident = :incident AND customer = :customer AND modification = :modification
            """
        )
    }

    /// To be told of every incident that is recorded.
    mutating func noticed(_ incident: Incident) throws {
        if waiting.count >= Self.mostWaiting { try flush() }
        if incident.modification == 0, incident.closing == nil { unwritten.insert(incident.number) }
    }

    mutating func write(_ dispatch: Dispatch, _ state: DeliveryState) {
        let row = Row(dispatch: dispatch, state: state)
        let place = places.insert(dispatch.key)
        if place < waiting.count { waiting[place] = row } else { waiting.append(row) }
    }

    mutating func write(_ value: Delivery, of key: DispatchKey) throws {
        if let place = places.place(of: key) {
            waiting[place].state = value.state
            waiting[place].delivery = value
            return
        }
        bind(value, to: delivery)
        bind(key, to: delivery)
        try delivery.run()
    }

    /// How the news of a cancellation or recall gets through.
    mutating func write(closing value: Delivery, of key: DispatchKey) throws {
        if let place = places.place(of: key) {
            waiting[place].closing = value
            return
        }
        bind(closing: value, to: closing)
        bind(key, to: closing)
        try closing.run()
    }

    /// All records of a customer are answered together; what is answered later contradicts it and counts.
    mutating func write(_ value: Acknowledgement) throws {
        for method in DispatchMethod.allCases as [DispatchMethod?] + [nil] {
            let key = DispatchKey(incident: value.incident, customer: value.customer, method: method)
            guard let place = places.place(of: key), waiting[place].dispatch.modification == value.modification else {
                continue
            }
            waiting[place].answer = value
        }
        guard !unwritten.contains(value.incident) else { return }
        bind(value, to: answer)
        answer.bind(value.incident, at: .incident)
        answer.bind(value.customer, at: .customer)
        answer.bind(value.modification, at: .modification)
        try answer.run()
    }

    /// What waits is not written any more.
    mutating func forget() {
        waiting = []
        places = DispatchIndex()
        unwritten = []
    }

    /// Writes what waits.
    mutating func flush() throws {
        for row in waiting { try insert(row) }
        forget()
    }

    private func insert(_ row: Row) throws {
        let dispatch = row.dispatch
        bind(dispatch.key, to: insertion)
        insertion.bind(dispatch.id.description, at: .id)
        insertion.bind(dispatch.modification, at: .modification)
        insertion.bind(dispatch.program, at: .program)
        insertion.bind(dispatch.programName, at: .programName)
        insertion.bind(dispatch.customerName, at: .customerName)
        insertion.bind(dispatch.message, at: .message)
        insertion.bind(dispatch.moreInfo, at: .moreInfo)
        insertion.bind(dispatch.createdAt, at: .createdAt)
        insertion.bind(dispatch.announcedAt, at: .announcedAt)
        insertion.bind(dispatch.position, at: .position)
        if let delivery = row.delivery {
            bind(delivery, to: insertion)
        } else {
            insertion.bind(row.state, at: .state)
            insertion.bind(row.state == .sending ? 1 : 0, at: .attempts)
        }
        if let closing = row.closing { bind(closing: closing, to: insertion) }
        if let answer = row.answer { bind(answer, to: insertion) }
        try insertion.run()
    }

    private func bind(_ key: DispatchKey, to statement: WriteStatement<DispatchRow.Column>) {
        statement.bind(key.incident, at: .incident)
        statement.bind(key.customer, at: .customer)
        statement.bind(key.method, at: .method)
    }

    private func bind(_ value: Delivery, to statement: WriteStatement<DispatchRow.Column>) {
        statement.bind(value.state, at: .state)
        statement.bind(value.attempts, at: .attempts)
        statement.bind(value.sentAt, at: .sentAt)
        statement.bind(value.deliveredAt, at: .deliveredAt)
        statement.bind(value.reason, at: .failure)
        statement.bind(value.mayHaveArrived, at: .mayHaveArrived)
    }

    private func bind(closing value: Delivery, to statement: WriteStatement<DispatchRow.Column>) {
        statement.bind(value.state, at: .cancellationState)
        statement.bind(value.attempts, at: .cancellationAttempts)
    }

    private func bind(_ value: Acknowledgement, to statement: WriteStatement<DispatchRow.Column>) {
        statement.bind(value.answeredAt, at: .acknowledgedAt)
        statement.bind(value.by, at: .acknowledgedBy)
        statement.bind(value.statedTime, at: .acknowledgedStated)
        statement.bind(value.optsOut, at: .optedOut)
        statement.bind(value.isLate, at: .late)
        statement.bind(value.isWithdrawal ? true : nil, at: .withdrawn)
        statement.bind(value.firstAt == nil ? nil : value.at, at: .answerChangedAt)
    }
}
