public import Base

/// A call to a program's customers to curtail between two times (OpenADR 2.0b: an event).
public struct Incident: Hashable, Sendable {
    /// Position in the order of arrival, from 1: what the record's tables refer to.
    public typealias Number = Int

    public var number: Number
    public var id: UniqueID
    public var correlation: UniqueID
    public var program: Program.ID
    /// Only customers of these groups are dispatched; empty: all of the program.
    public var groups: [String]
    public var eventType: String
    public var period: Period
    /// A drill: dispatched like any other, and marked as one.
    public var isTest: Bool
    /// 0 at first, one more at each change (OpenADR 2.0b: modificationNumber).
    public var modification: Int
    public var createdAt: Timestamp
    /// When the present modification was committed: from here on the acknowledgement deadline counts.
    public var announcedAt: Timestamp
    /// How and when it was ended before its time, if it was.
    public var closing: Closing?
    /// The program's rules that somebody lifted for it, if it broke any.
    public var lifted: LiftedRules?

    public init(
        number: Number,
        id: UniqueID,
        correlation: UniqueID,
        program: Program.ID,
        groups: [String] = [],
        eventType: String,
        period: Period,
        isTest: Bool = false,
        modification: Int = 0,
        createdAt: Timestamp,
        announcedAt: Timestamp? = nil,
        closing: Closing? = nil,
        lifted: LiftedRules? = nil
    ) {
        self.number = number
        self.id = id
        self.correlation = correlation
        self.program = program
        self.groups = groups
        self.eventType = eventType
        self.period = period
        self.isTest = isTest
        self.modification = modification
        self.createdAt = createdAt
        self.announcedAt = announcedAt ?? createdAt
        self.closing = closing
        self.lifted = lifted
    }

    /// Whether a customer is one of those whom it dispatches.
    public func calls(_ customer: Customer) -> Bool {
        customer.program == program && (groups.isEmpty || customer.group.map(groups.contains) ?? false)
    }

    /// Cancelled, recalled, or past its end: nothing more is sent for it.
    public func isOver(at now: Timestamp) -> Bool {
        closing != nil || period.hasEnded(at: now)
    }
}

extension Incident {
    /// Announced after its own end: its customers are dispatched all the same, and it lapses as if it had none.
    public var isBelated: Bool { period.hasEnded(at: announcedAt) }

    /// From when to when, with the words in which the operator said so. Without an end it lasts until one is given.
    public struct Period: Hashable, Sendable {
        public var start: Timestamp
        public var end: Timestamp?
        public var startText: String
        public var endText: String?

        public init(start: Timestamp, end: Timestamp?, startText: String? = nil, endText: String? = nil) {
            self.start = start
            self.end = end
            self.startText = startText ?? start.iso8601
            self.endText = endText ?? end?.iso8601
        }

        public func hasEnded(at now: Timestamp) -> Bool {
            guard let end else { return false }
            return now >= end
        }
    }
}
