public import Base

/// A new incident as an operator or a script asks for it; ids are drawn at the edge.
public struct IncidentRequest: Hashable, Sendable {
    public var id: UniqueID
    public var correlation: UniqueID
    public var program: Program.ID
    /// Only customers of these groups are to be dispatched; empty: all of the program.
    public var groups: [String]
    public var eventType: String
    public var period: Incident.Period
    public var isTest: Bool
    /// Who lifts the program's rules that stand against it; `nil`: nobody.
    public var override: Override?

    public init(
        id: UniqueID,
        correlation: UniqueID,
        program: Program.ID,
        groups: [String] = [],
        eventType: String,
        period: Incident.Period,
        isTest: Bool = false,
        override: Override? = nil
    ) {
        self.id = id
        self.correlation = correlation
        self.program = program
        self.groups = groups
        self.eventType = eventType
        self.period = period
        self.isTest = isTest
        self.override = override
    }
}

extension IncidentRequest {
    /// The id of an incident that is asked for under an idempotency key: the same key names the same incident.
    public static func id(idempotencyKey key: String) -> UniqueID {
        UniqueID(name: key, in: UniqueID(high: 0x6772_6964_6472_696C, low: 0x6C2E_6964_656D_706F))
    }
}

/// A change of an incident that exists; what is `nil` stays as it is.
public struct IncidentChange: Hashable, Sendable {
    public var id: UniqueID
    public var start: Timestamp?
    public var startText: String?
    public var end: Timestamp?
    public var endText: String?
    public var eventType: String?
    /// Who lifts the program's rules that stand against the change; `nil`: nobody.
    public var override: Override?

    public init(
        id: UniqueID,
        start: Timestamp? = nil,
        startText: String? = nil,
        end: Timestamp? = nil,
        endText: String? = nil,
        eventType: String? = nil,
        override: Override? = nil
    ) {
        self.id = id
        self.start = start
        self.startText = startText
        self.end = end
        self.endText = endText
        self.eventType = eventType
        self.override = override
    }

    public func applied(to period: Incident.Period) -> Incident.Period {
        Incident.Period(
            start: start ?? period.start,
            end: end ?? period.end,
            startText: start == nil ? period.startText : startText,
            endText: end == nil ? period.endText : endText
        )
    }
}
