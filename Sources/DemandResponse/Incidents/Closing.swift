public import Base

/// The end of an incident before its time, by an operator's word.
public struct Closing: Hashable, Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        /// It does not hold any more.
        case cancellation
        /// No more curtailment is asked for: it is over, as if this had been its end.
        case recall

        /// What those are told who were told of the incident.
        public var news: Outgoing.Kind {
            switch self {
            case .cancellation: .cancellation
            case .recall: .allClear
            }
        }

        /// What became of the incident: `cancelled`.
        public var done: String {
            switch self {
            case .cancellation: "cancelled"
            case .recall: "recalled"
            }
        }
    }

    public var kind: Kind
    public var at: Timestamp
    /// Whether a first notice of the incident had left by then; where that is not known, it had.
    public var isAfterNotice: Bool

    public init(_ kind: Kind, at: Timestamp, isAfterNotice: Bool = true) {
        self.kind = kind
        self.at = at
        self.isAfterNotice = isAfterNotice
    }
}

extension Incident {
    public var cancelledAt: Timestamp? { instant(of: .cancellation) }
    public var recalledAt: Timestamp? { instant(of: .recall) }

    /// When it ended or is to end: at its recall, or as it was announced.
    public var end: Timestamp? { recalledAt ?? period.end }

    /// The same in words: the operator's, or of a recall the instant.
    public var endText: String? { recalledAt?.iso8601 ?? period.endText }

    private func instant(of kind: Closing.Kind) -> Timestamp? { closing?.kind == kind ? closing?.at : nil }
}
