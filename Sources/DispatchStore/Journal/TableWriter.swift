internal import Base
internal import DemandResponse
internal import GRDB
internal import Journal

/// Applies changes to the tables, inside the caller's transaction.
struct TableWriter {
    private let database: Database
    private let incident: WriteStatement<Incident.Column>
    private let dispatch: WriteStatement<DispatchRow.Column>
    private let delivery: WriteStatement<DispatchRow.Column>
    private let closing: WriteStatement<DispatchRow.Column>
    private let acknowledgement: WriteStatement<Acknowledgement.Column>
    private let answer: WriteStatement<DispatchRow.Column>

    init(_ database: Database) throws {
        self.database = database
        incident = try WriteStatement(database, Incident.Column.insertion("INSERT OR REPLACE"))
        // A row that is there already is the same dispatch for an older modification: it starts anew, and what comes later is NULL.
        dispatch = try WriteStatement(database, DispatchRow.Column.insertion("INSERT OR REPLACE"))
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
        // The first one counts and keeps its time.
        acknowledgement = try WriteStatement(database, Acknowledgement.Column.insertion("INSERT OR IGNORE"))
        answer = try WriteStatement(
            database,
            """
            UPDATE dispatches SET acknowledged_at = :acknowledged_at, acknowledged_by = :acknowledged_by,
                acknowledged_stated = :acknowledged_stated, opted_out = :opted_out, late = :late
            WHERE incident = :incident AND customer = :customer AND modification = :modification AND acknowledged_at IS NULL
            """
        )
    }

    func apply(_ change: Change) throws {
        switch change {
        case .roster(let roster): try replace(with: roster)
        case .incident(let incident): try write(incident)
        case .dispatch(let dispatch, let state): try write(dispatch, state)
        case .delivery(let key, let modification, .dispatch, let delivery):
            try write(delivery, of: key, modification: modification)
        case .delivery(let key, _, .cancellation, let delivery), .delivery(let key, _, .allClear, let delivery):
            try write(closing: delivery, of: key)
        case .acknowledgement(let acknowledgement): try write(acknowledgement)
        case .leftOut(let leftOut): try write(leftOut)
        case .purged(let all): try purge(all: all)
        }
    }

    private func write(_ value: Incident) throws {
        try incident.run([
            .number: value.number, .id: value.id.description, .correlation: value.correlation.description,
            .program: value.program, .eventType: value.eventType, .startTime: value.period.startText,
            .endTime: value.period.endText, .startsAt: value.period.start, .endsAt: value.period.end,
            .test: value.isTest, .modification: value.modification, .createdAt: value.createdAt,
            .announcedAt: value.announcedAt, .cancelledAt: value.cancelledAt, .recalledAt: value.recalledAt,
            .groupNames: value.groups.isEmpty ? nil : JournalEncoder.json(value.groups),
            .lifted: value.lifted.map { JournalEncoder.json($0) },
            .unnoticed: value.closing.flatMap { $0.isAfterNotice ? nil : true },
        ])
    }

    private func write(_ value: LeftOut) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO left_out (incident, customer, reason, rules) VALUES (?, ?, 'limit', ?)",
            arguments: [value.incident, value.customer, JournalEncoder.json(value.names)]
        )
    }

    private func write(_ value: Dispatch, _ state: DeliveryState) throws {
        dispatch.bind(value.key.incident, at: .incident)
        dispatch.bind(value.key.customer, at: .customer)
        dispatch.bind(value.key.method, at: .method)
        dispatch.bind(value.id.description, at: .id)
        dispatch.bind(value.modification, at: .modification)
        dispatch.bind(value.program, at: .program)
        dispatch.bind(value.programName, at: .programName)
        dispatch.bind(value.customerName, at: .customerName)
        dispatch.bind(value.message, at: .message)
        dispatch.bind(value.moreInfo, at: .moreInfo)
        dispatch.bind(value.createdAt, at: .createdAt)
        dispatch.bind(value.announcedAt, at: .announcedAt)
        dispatch.bind(state, at: .state)
        dispatch.bind(state == .sending ? 1 : 0, at: .attempts)
        dispatch.bind(value.position, at: .position)
        try dispatch.run()
    }

    private func write(_ value: Delivery, of key: DispatchKey, modification: Int) throws {
        delivery.bind(value.state, at: .state)
        delivery.bind(value.attempts, at: .attempts)
        delivery.bind(value.sentAt, at: .sentAt)
        delivery.bind(value.deliveredAt, at: .deliveredAt)
        delivery.bind(value.reason, at: .failure)
        delivery.bind(value.mayHaveArrived, at: .mayHaveArrived)
        delivery.bind(key.incident, at: .incident)
        delivery.bind(key.customer, at: .customer)
        delivery.bind(key.method, at: .method)
        try delivery.run()
    }

    private func write(closing value: Delivery, of key: DispatchKey) throws {
        try closing.run([
            .cancellationState: JournalState(value.state).name, .cancellationAttempts: value.attempts,
            .incident: key.incident, .customer: key.customer, .method: JournalMethod(key.method).name,
        ])
    }

    private func write(_ value: Acknowledgement) throws {
        acknowledgement.bind(value.incident, at: .incident)
        acknowledgement.bind(value.customer, at: .customer)
        acknowledgement.bind(value.modification, at: .modification)
        acknowledgement.bind(value.at, at: .at)
        acknowledgement.bind(value.by, at: .by)
        acknowledgement.bind(value.statedTime, at: .statedAt)
        acknowledgement.bind(value.optsOut, at: .optedOut)
        acknowledgement.bind(value.isLate, at: .late)
        try acknowledgement.run()

        answer.bind(value.at, at: .acknowledgedAt)
        answer.bind(value.by, at: .acknowledgedBy)
        answer.bind(value.statedTime, at: .acknowledgedStated)
        answer.bind(value.optsOut, at: .optedOut)
        answer.bind(value.isLate, at: .late)
        answer.bind(value.incident, at: .incident)
        answer.bind(value.customer, at: .customer)
        answer.bind(value.modification, at: .modification)
        try answer.run()
    }

    private func replace(with roster: Roster) throws {
        try database.execute(sql: "DELETE FROM programs; DELETE FROM customers")
        let program = try WriteStatement<Program.Column>(database)
        for value in roster.programs {
            try program.run([
                .id: value.id, .name: value.name, .timeZone: value.timeZone,
                .acknowledgeWithin: value.acknowledgeWithin, .message: value.messageTemplate,
                .retryTimes: value.retries?.times, .retryFirst: value.retries?.first,
                .retryAtMost: value.retries?.atMost, .rules: value.rules.map { JournalEncoder.json($0) },
            ])
        }
        let customer = try WriteStatement<Customer.Column>(database)
        for value in roster.customers {
            try customer.run([
                .id: value.id, .name: value.name, .address: value.address, .phone: value.phone, .email: value.email,
                .program: value.program, .groupName: value.group,
                .dispatchTypes: "[\(value.methods.map { String($0.rawValue) }.joined(separator: ","))]",
            ])
        }
    }

    /// The journal stays: it is append-only, and says that this happened.
    private func purge(all: Bool) throws {
        try database.execute(
            sql: "DELETE FROM dispatches; DELETE FROM acknowledgements; DELETE FROM incidents; DELETE FROM left_out"
        )
        if all { try database.execute(sql: "DELETE FROM programs; DELETE FROM customers") }
    }
}

extension Incident {
    enum Column: Int, TableColumn {
        static let table = "incidents"
        case number, id, correlation, program, eventType, startTime, endTime, startsAt, endsAt, test, modification
        case createdAt, announcedAt, cancelledAt, recalledAt, groupNames, lifted, unnoticed
    }
}

extension Acknowledgement {
    enum Column: Int, TableColumn {
        static let table = "acknowledgements"
        case incident, customer, modification, at, by, statedAt, optedOut, late
    }
}

extension Program {
    enum Column: Int, TableColumn {
        static let table = "programs"
        case id, name, timeZone, acknowledgeWithin, message, retryTimes, retryFirst, retryAtMost, rules
    }
}

extension Customer {
    enum Column: Int, TableColumn {
        static let table = "customers"
        case id, name, address, phone, email, program, dispatchTypes, groupName
    }
}

extension DispatchRow {
    enum Column: Int, TableColumn {
        static let table = "dispatches"
        static var own: [Column] { allCases.filter { $0 != .incidentId } }
        case incident, customer, method, id, modification, program, programName, customerName, message, moreInfo
        case createdAt, announcedAt, state, attempts, position, sentAt, deliveredAt, failure
        case mayHaveArrived, cancellationState, cancellationAttempts, acknowledgedAt, acknowledgedBy, acknowledgedStated
        case optedOut, late
        /// The incident's own, which is in another table.
        case incidentId
    }
}
