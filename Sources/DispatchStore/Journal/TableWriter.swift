internal import Base
internal import DemandResponse
internal import GRDB

/// Applies changes to the tables, inside the caller's transaction.
struct TableWriter {
    private let database: Database
    private let incident: InsertStatement
    private let dispatch: InsertStatement
    private let delivery: InsertStatement
    private let cancellation: InsertStatement
    private let acknowledgement: InsertStatement
    private let answer: InsertStatement

    init(_ database: Database) throws {
        self.database = database
        incident = try InsertStatement(database, Self.incidentSQL)
        dispatch = try InsertStatement(database, Self.dispatchSQL)
        delivery = try InsertStatement(database, Self.deliverySQL)
        cancellation = try InsertStatement(database, Self.cancellationSQL)
        acknowledgement = try InsertStatement(database, Self.acknowledgementSQL)
        answer = try InsertStatement(database, Self.answerSQL)
    }

    func apply(_ change: Change) throws {
        switch change {
        case .roster(let roster): try replace(with: roster)
        case .incident(let incident): try write(incident)
        case .dispatch(let dispatch, let state): try write(dispatch, state)
        case .delivery(let key, let modification, .dispatch, let delivery):
            try write(delivery, of: key, modification: modification)
        case .delivery(let key, _, .cancellation, let delivery): try write(cancellation: delivery, of: key)
        case .acknowledgement(let acknowledgement): try write(acknowledgement)
        case .purged(let all): try purge(all: all)
        }
    }

    private func write(_ value: Incident) throws {
        incident.bind(value.number, at: 1)
        incident.bind(value.id.description, at: 2)
        incident.bind(value.correlation.description, at: 3)
        incident.bind(value.program, at: 4)
        incident.bind(value.eventType, at: 5)
        incident.bind(value.period.startText, at: 6)
        incident.bind(value.period.endText, at: 7)
        incident.bind(value.period.start, at: 8)
        incident.bind(value.period.end, at: 9)
        incident.bind(value.isTest ? 1 : 0, at: 10)
        incident.bind(value.modification, at: 11)
        incident.bind(value.createdAt, at: 12)
        incident.bind(value.announcedAt, at: 13)
        incident.bind(value.cancelledAt, at: 14)
        try incident.run()
    }

    private func write(_ value: Dispatch, _ state: DeliveryState) throws {
        dispatch.bind(value.key.incident, at: 1)
        dispatch.bind(value.key.customer, at: 2)
        dispatch.bind(value.key.method, at: 3)
        dispatch.bind(value.id.description, at: 4)
        dispatch.bind(value.modification, at: 5)
        dispatch.bind(value.program, at: 6)
        dispatch.bind(value.programName, at: 7)
        dispatch.bind(value.customerName, at: 8)
        dispatch.bind(value.message, at: 9)
        dispatch.bind(value.moreInfo, at: 10)
        dispatch.bind(value.createdAt, at: 11)
        dispatch.bind(value.announcedAt, at: 12)
        dispatch.bind(state, at: 13)
        dispatch.bind(state == .sending ? 1 : 0, at: 14)
        dispatch.bind(value.position, at: 15)
        try dispatch.run()
    }

    private func write(_ value: Delivery, of key: DispatchKey, modification: Int) throws {
        delivery.bind(value.state, at: 1)
        delivery.bind(value.attempts, at: 2)
        delivery.bind(value.sentAt, at: 3)
        delivery.bind(value.deliveredAt, at: 4)
        delivery.bind(value.reason, at: 5)
        delivery.bind(key.incident, at: 6)
        delivery.bind(key.customer, at: 7)
        delivery.bind(key.method, at: 8)
        try delivery.run()
    }

    private func write(cancellation value: Delivery, of key: DispatchKey) throws {
        cancellation.bind(value.state, at: 1)
        cancellation.bind(value.attempts, at: 2)
        cancellation.bind(key.incident, at: 3)
        cancellation.bind(key.customer, at: 4)
        cancellation.bind(key.method, at: 5)
        try cancellation.run()
    }

    private func write(_ value: Acknowledgement) throws {
        acknowledgement.bind(value.incident, at: 1)
        acknowledgement.bind(value.customer, at: 2)
        acknowledgement.bind(value.modification, at: 3)
        acknowledgement.bind(value.at, at: 4)
        acknowledgement.bind(value.by, at: 5)
        acknowledgement.bind(value.statedTime, at: 6)
        acknowledgement.bind(value.optsOut ? 1 : 0, at: 7)
        acknowledgement.bind(value.isLate ? 1 : 0, at: 8)
        try acknowledgement.run()

        answer.bind(value.at, at: 1)
        answer.bind(value.by, at: 2)
        answer.bind(value.statedTime, at: 3)
        answer.bind(value.optsOut ? 1 : 0, at: 4)
        answer.bind(value.isLate ? 1 : 0, at: 5)
        answer.bind(value.incident, at: 6)
        answer.bind(value.customer, at: 7)
        answer.bind(value.modification, at: 8)
        try answer.run()
    }

    private func replace(with roster: Roster) throws {
        try database.execute(sql: "DELETE FROM programs; DELETE FROM customers")
        let program = try InsertStatement(database, Self.programs.insertion())
        for value in roster.programs {
            program.bind(value.id, at: 1)
            program.bind(value.name, at: 2)
            program.bind(value.timeZone, at: 3)
            program.bind(value.acknowledgeWithin.map { Int($0.microseconds) }, at: 4)
            program.bind(value.messageTemplate, at: 5)
            try program.run()
        }
        let customer = try InsertStatement(database, Self.customers.insertion())
        for value in roster.customers {
            customer.bind(value.id, at: 1)
            customer.bind(value.name, at: 2)
            customer.bind(value.address, at: 3)
            customer.bind(value.phone, at: 4)
            customer.bind(value.email, at: 5)
            customer.bind(value.program, at: 6)
            customer.bind("[\(value.methods.map { String($0.rawValue) }.joined(separator: ","))]", at: 7)
            try customer.run()
        }
    }

    /// The journal stays: it is append-only, and says that this happened.
    private func purge(all: Bool) throws {
        try database.execute(sql: "DELETE FROM dispatches; DELETE FROM acknowledgements; DELETE FROM incidents")
        if all { try database.execute(sql: "DELETE FROM programs; DELETE FROM customers") }
    }
}

extension TableWriter {
    static let programs = Table("programs", "id name time_zone acknowledge_within message")
    static let customers = Table("customers", "id name address phone email program dispatch_types")
    static let acknowledgements = Table(
        "acknowledgements",
        "incident customer modification at by stated_at opted_out late"
    )

    static let incidents = Table(
        "incidents",
        """
        number id correlation program event_type start_time end_time starts_at ends_at test modification created_at
        announced_at cancelled_at
        """
    )
    /// As they begin; of what comes later each column stays NULL.
    private static let dispatches = Table(
        "dispatches",
        """
        incident customer method id modification program program_name customer_name message more_info created_at
        announced_at state attempts position
        """
    )

    private static let incidentSQL = incidents.insertion("INSERT OR REPLACE")
    /// A row that is there already is the same dispatch for an older modification: it starts anew.
    private static let dispatchSQL = dispatches.insertion("INSERT OR REPLACE")
    private static let deliverySQL = """
        UPDATE dispatches SET state = ?, attempts = ?, sent_at = ?, delivered_at = ?, failure = ?
        WHERE incident = ? AND customer = ? AND method = ?
        """
    private static let cancellationSQL = """
        UPDATE dispatches SET cancellation_state = ?, cancellation_attempts = ?
        WHERE incident = ? AND customer = ? AND method = ?
        """
    /// The first one counts and keeps its time.
    private static let acknowledgementSQL = acknowledgements.insertion("INSERT OR IGNORE")
    private static let answerSQL = """
        UPDATE dispatches SET acknowledged_at = ?, acknowledged_by = ?, acknowledged_stated = ?, opted_out = ?, late = ?
        WHERE incident = ? AND customer = ? AND modification = ? AND acknowledged_at IS NULL
        """
}
