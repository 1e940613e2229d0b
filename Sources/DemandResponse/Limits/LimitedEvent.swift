public import Base

/// What is asked for, as limits see it.
public struct AskedEvent: Hashable, Sendable {
    public var type: String
    public var isTest: Bool
    public var start: Timestamp
    /// `nil`: left open.
    public var end: Timestamp?

    public init(type: String, isTest: Bool, start: Timestamp, end: Timestamp?) {
        self.type = type
        self.isTest = isTest
        self.start = start
        self.end = end
    }
}

/// An event that there is, as limits see it.
public struct UsedEvent: Hashable, Sendable {
    public var start: Timestamp
    /// When it ended or is to end, never before its start; `nil`: left open, and nothing ends it.
    public var end: Timestamp?
    /// Whether counts look at it.
    public var isCounted: Bool

    public init(start: Timestamp, end: Timestamp?, isCounted: Bool) {
        self.start = start
        self.end = end
        self.isCounted = isCounted
    }
}

extension ProgramRules {
    /// An incident of the program as its limits see it.
    public func used(_ incident: Incident) -> UsedEvent {
        let start = incident.period.start
        let planned = incident.period.end ?? limits.length?.most.map { start + $0 }
        let closed = incident.closing?.at
        let end = closed.map { closed in planned.map { min($0, closed) } ?? closed } ?? planned
        return UsedEvent(start: start, end: end.map { max($0, start) }, isCounted: isCounted(incident))
    }

    private func isCounted(_ incident: Incident) -> Bool {
        let counted = limits.counted
        if incident.isTest, !counted.tests { return false }
        if incident.lifted != nil, !counted.overridden { return false }
        guard let closing = incident.closing, closing.kind == .cancellation else { return true }
        return switch counted.cancelled {
        case .never: false
        case .afterNotice: closing.isAfterNotice
        case .always: true
        }
    }
}

/// Who lifts the rules that stand against an incident, and why.
public struct Override: Hashable, Sendable, Codable {
    public var by: String
    public var reason: String

    public init(by: String, reason: String) {
        self.by = by
        self.reason = reason
    }
}

/// The rules that an override did lift.
public struct LiftedRules: Hashable, Sendable, Codable {
    public var override: Override
    /// Each once, in their order; not empty.
    public var rules: [LimitRule]

    public init(override: Override, rules: [LimitRule]) {
        self.override = override
        self.rules = rules
    }

    /// `day_limit, too_long lifted by Ada: grid emergency`
    public var words: String {
        "\(rules.map(\.rawValue).joined(separator: ", ")) lifted by \(override.by): \(override.reason)"
    }
}
