public import Base

/// Where an incident stands (OpenADR 2.0b, EventStatusEnumeratedType), always computed from an instant that is handed in.
public enum EventStatus: String, Sendable, CaseIterable {
    /// Not known yet at that instant.
    case none
    case far
    /// Within the ramp-up before the start.
    case near
    case active
    case completed
    /// Terminal, and only ever set by an explicit cancellation.
    case cancelled
}

extension Incident {
    /// How long before the start an event is `near`.
    public static let rampUp = Span.minutes(30)

    public func status(at now: Timestamp, rampUp: Span = Incident.rampUp) -> EventStatus {
        if let cancelledAt, now >= cancelledAt { return .cancelled }
        if now < createdAt { return .none }
        if let end, now >= end { return .completed }
        if now >= period.start { return .active }
        return now >= period.start - rampUp ? .near : .far
    }
}
