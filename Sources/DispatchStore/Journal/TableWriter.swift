internal import Base
internal import DemandResponse
internal import GRDB
internal import Journal

/// Applies changes to the tables, inside the caller's transaction.
struct TableWriter {
    private let database: Database
    private let incident: WriteStatement<Incident.Column>
    private let acknowledgement: WriteStatement<Acknowledgement.Column>
    private var dispatches: DispatchRowWriter

    init(_ database: Database) throws {
        self.database = database
        incident = try WriteStatement(database, Incident.Column.insertion("INSERT OR REPLACE"))
        // One that is there already is contradicted by this one.
        acknowledgement = try WriteStatement(database, Acknowledgement.Column.insertion("INSERT OR REPLACE"))
        dispatches = try DispatchRowWriter(database)
    }

    mutating func apply(_ change: Change) throws {
        switch change {
        case .roster(let roster): try replace(with: roster)
        case .incident(let incident):
            try write(incident)
            try dispatches.noticed(incident)
        case .dispatch(let dispatch, let state): dispatches.write(dispatch, state)
        case .delivery(let key, _, .dispatch, let delivery): try dispatches.write(delivery, of: key)
        case .delivery(let key, _, .cancellation, let delivery), .delivery(let key, _, .allClear, let delivery):
            try dispatches.write(closing: delivery, of: key)
        case .acknowledgement(let acknowledgement):
            try write(acknowledgement)
            try dispatches.write(acknowledgement)
        case .leftOut(let leftOut): try write(leftOut)
        case .purged(let all):
            dispatches.forget()
            try purge(all: all)
        }
    }

    /// What was applied is in the tables only after this.
    mutating func finish() throws { try dispatches.flush() }

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

    private func write(_ value: Acknowledgement) throws {
        acknowledgement.bind(value.incident, at: .incident)
        acknowledgement.bind(value.customer, at: .customer)
        acknowledgement.bind(value.modification, at: .modification)
        acknowledgement.bind(value.at, at: .at)
        acknowledgement.bind(value.by, at: .by)
        acknowledgement.bind(value.statedTime, at: .statedAt)
        acknowledgement.bind(value.optsOut, at: .optedOut)
        acknowledgement.bind(value.isLate, at: .late)
        acknowledgement.bind(value.firstAt, at: .firstAt)
        acknowledgement.bind(value.isWithdrawal ? true : nil, at: .withdrawn)
        try acknowledgement.run()
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
        // What is deleted is overwritten, too.
        try database.execute(sql: "PRAGMA secure_delete = ON")
        defer { try? database.execute(sql: "PRAGMA secure_delete = OFF") }
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
        case incident, customer, modification, at, by, statedAt, optedOut, late, firstAt, withdrawn
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
        case optedOut, late, withdrawn, answerChangedAt
        /// The incident's own, which is in another table.
        case incidentId
    }
}
