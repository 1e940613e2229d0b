internal import DemandResponse

/// What the column `state` of the journal says, each kind of row in its own words.
public enum JournalState: UInt8, CaseIterable, Hashable, Sendable {
    // How far a delivery is.
    case pending, sending, sent, delivered, deferred, failed, withdrawn, unreachable
    // What is sent.
    case dispatch, cancellation
    // How an incident stands.
    case open, cancelled
    // What a purge took.
    case all, dispatches
    // How an acknowledgement came.
    case inTime, late, declined
    // Who is told.
    case customerAndObservers, customer, observers, session
}

extension JournalState: JournalWord {
    public var name: String {
        switch self {
        case .inTime: "in time"
        case .customerAndObservers: "customer and observers"
        default: String(describing: self)
        }
    }

    static let words = WordTable<JournalState>()
}

extension JournalState {
    init(_ state: DeliveryState) {
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
