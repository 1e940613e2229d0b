internal import DemandResponse

/// One row of `journal` on its way to the table.
struct JournalRow {
    var cause: Int?
    var at: Timestamp
    var kind: StaticString
    var correlation: UniqueID?
    var request: RequestID?
    var session: SessionID?
    var incident: Incident.Number?
    var customer: Customer.ID?
    var method: StaticString?
    var modification: Int?
    var attempt: Int?
    var state: StaticString?
    var digest: Int64?
    var detail: String?

    init(at: Timestamp, _ kind: StaticString, cause: Int? = nil) {
        self.at = at
        self.kind = kind
        self.cause = cause
    }

    /// With a record's key filled in.
    init(at: Timestamp, _ kind: StaticString, cause: Int? = nil, _ key: DispatchKey) {
        self.init(at: at, kind, cause: cause)
        incident = key.incident
        customer = key.customer
        method = key.method.label
    }

    func write(to statement: InsertStatement, sequence: Int) throws {
        statement.bind(sequence, at: 1)
        statement.bind(cause, at: 2)
        statement.bind(at, at: 3)
        statement.bind(kind, at: 4)
        if let correlation { statement.bind(correlation.description, at: 5) }
        if let request { statement.bind(Int(request.number), at: 6) }
        if let session { statement.bind(Int(session.number), at: 7) }
        if let incident { statement.bind(incident, at: 8) }
        if let customer { statement.bind(customer, at: 9) }
        if let method { statement.bind(method, at: 10) }
        if let modification { statement.bind(modification, at: 11) }
        if let attempt { statement.bind(attempt, at: 12) }
        if let state { statement.bind(state, at: 13) }
        if let digest { statement.bind(Int(digest), at: 14) }
        if let detail { statement.bind(detail, at: 15) }
        try statement.run()
    }

    static let insertion = """
        INSERT INTO journal (sequence, cause, at, kind, correlation, request, session, incident, customer, method,
            modification, attempt, state, digest, detail)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
}

extension DispatchMethod {
    /// The name as a literal that lives as long as the process.
    var label: StaticString {
        switch self {
        case .email: "email"
        case .text: "text"
        case .websocket: "websocket"
        case .voice: "voice"
        case .webhook: "webhook"
        }
    }
}

extension DispatchMethod? {
    /// How the record of a customer without any method is named in the tables: ''.
    var label: StaticString { self?.label ?? "" }
}

extension DeliveryState {
    var label: StaticString {
        switch self {
        case .pending: "pending"
        case .sending: "sending"
        case .sent: "sent"
        case .delivered: "delivered"
        case .deferred: "deferred"
        case .failed: "failed"
        case .withdrawn: "withdrawn"
        case .unreachable: "unreachable"
        }
    }
}

/// FNV-1a, 64 bits (draft-eastlake-fnv): tells whether two messages are the same without keeping both.
public func contentDigest(of message: String) -> Int64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in message.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return Int64(bitPattern: hash)
}
