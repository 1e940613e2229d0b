public import DemandResponse

/// What a row of the journal says: an input, or an effect that one had.
///
/// In the file each is called as here, with points between the words: `roster.replaced`. A name never changes, since files are
/// read for years.
public enum JournalKind: UInt8, JournalWord {
    case started, rosterReplaced, incidentRequested, incidentChanged, incidentCancelled, incidentRecalled
    case sessionConnected, sessionJoined, sessionClosed, acknowledged, deliveriesReported, deadlineReached
    case purged, incidentsArchived, accessDenied, tokenCreated, tokenRevoked, clockSet

    case rosterRecorded, incidentRecorded, dispatchRecorded, deliveryRecorded, cancellationRecorded, allClearRecorded
    case acknowledgementRecorded, purgeRecorded, leftOutRecorded
    case send, emitDispatch, emitResync, emitAcknowledgement, emitRefused, emitIncident
    case roomObservers, roomEntered, roomLeft
    case answerIncident, answerAcknowledged, answerJoined, answerDone, answerRefused
    case refused

    public static let words = WordTable(names(of: Self.self, between: "."))

    /// Whether it asks the rules for something that they may refuse, and says for what in its detail.
    public var isRequest: Bool {
        switch self {
        case .incidentRequested, .incidentChanged, .incidentCancelled, .incidentRecalled, .acknowledged: true
        default: false
        }
    }

    /// Of the rows that say how far messages of a kind have come.
    init(deliveryOf kind: Outgoing.Kind) {
        self =
            switch kind {
            case .dispatch: .deliveryRecorded
            case .cancellation: .cancellationRecorded
            case .allClear: .allClearRecorded
            }
    }

    /// Of which messages it says how far they have come; `nil` where it says nothing of the kind.
    public var delivery: Outgoing.Kind? {
        switch self {
        case .deliveryRecorded: .dispatch
        case .cancellationRecorded: .cancellation
        case .allClearRecorded: .allClear
        default: nil
        }
    }
}

/// What the column `state` of the journal says, each kind of row in its own words.
public enum JournalState: UInt8, JournalWord {
    // How far a delivery is.
    case pending, sending, sent, delivered, deferred, failed, withdrawn, unreachable
    // What is sent.
    case dispatch, cancellation, allClear
    // How an incident stands.
    case open, cancelled, recalled
    // What a purge took.
    case all, dispatches
    // How an acknowledgement came.
    case inTime, late, declined
    // Who is told.
    case customerAndObservers, customer, observers, session

    public static let words = WordTable(names(of: Self.self, between: " "))

    private static let deliveries = allCases.map { DeliveryState(rawValue: $0.name) }

    /// `nil` where it does not say how far a delivery is.
    public var delivery: DeliveryState? { Self.deliveries[Int(rawValue)] }

    public init(_ state: DeliveryState) {
        self =
            switch state {
            case .pending: .pending
            case .sending: .sending
            case .sent: .sent
            case .delivered: .delivered
            case .deferred: .deferred
            case .failed: .failed
            case .withdrawn: .withdrawn
            case .unreachable: .unreachable
            }
    }

    init(_ kind: Outgoing.Kind) {
        self =
            switch kind {
            case .dispatch: .dispatch
            case .cancellation: .cancellation
            case .allClear: .allClear
            }
    }

    /// What is sent; `nil` where it does not say that.
    public var outgoing: Outgoing.Kind? {
        switch self {
        case .dispatch: .dispatch
        case .cancellation: .cancellation
        case .allClear: .allClear
        default: nil
        }
    }

    /// How an incident stands.
    init(_ closing: Closing.Kind?) {
        self =
            switch closing {
            case nil: .open
            case .cancellation: .cancelled
            case .recall: .recalled
            }
    }

    /// How an incident was ended before its time; `nil` where it does not say that.
    public var closing: Closing.Kind? {
        switch self {
        case .cancelled: .cancellation
        case .recalled: .recall
        default: nil
        }
    }

    init(_ audience: Audience) {
        self =
            switch audience {
            case .customerAndObservers: .customerAndObservers
            case .customer: .customer
            case .observers: .observers
            case .session: .session
            }
    }
}

/// The method of a dispatch record as the journal names it: that of a customer without any has a name too, ''.
public enum JournalMethod: UInt8, JournalWord {
    case none, email, text, websocket, voice, webhook

    public static let words = WordTable(allCases.map { $0.method?.name ?? "" })

    public init(_ method: DispatchMethod?) {
        self =
            switch method {
            case nil: .none
            case .email: .email
            case .text: .text
            case .websocket: .websocket
            case .voice: .voice
            case .webhook: .webhook
            }
    }

    public var method: DispatchMethod? {
        switch self {
        case .none: nil
        case .email: .email
        case .text: .text
        case .websocket: .websocket
        case .voice: .voice
        case .webhook: .webhook
        }
    }
}
