public import Base

/// What a modified incident was before.
public struct IncidentPast: Hashable, Sendable {
    /// What was asked for at first.
    public var request: IncidentRequest
    /// When each older modification was committed, from the first.
    public var announcements: [Timestamp]

    public init(request: IncidentRequest, announcements: [Timestamp]) {
        self.request = request
        self.announcements = announcements
    }
}

extension IncidentRequest {
    /// What an incident that was never modified was asked for as.
    public init(_ incident: Incident) {
        self.init(
            id: incident.id,
            correlation: incident.correlation,
            program: incident.program,
            groups: incident.groups,
            eventType: incident.eventType,
            period: incident.period,
            isTest: incident.isTest
        )
    }

    /// The fields in which another request for the same incident differs, as the REST interface calls them.
    func differences(from other: IncidentRequest) -> [String] {
        var fields: [String] = []
        if period.start != other.period.start || period.startText != other.period.startText {
            fields.append("start_time")
        }
        if period.end != other.period.end || period.endText != other.period.endText { fields.append("end_time") }
        if program != other.program { fields.append("program_id") }
        if groups != other.groups { fields.append("group") }
        if eventType != other.eventType { fields.append("event_type") }
        if isTest != other.isTest { fields.append("test") }
        return fields
    }
}

extension IncidentBook {
    /// To be called before a modification.
    mutating func remember() {
        if past == nil { past = IncidentPast(request: IncidentRequest(incident), announcements: []) }
        past?.announcements.append(incident.announcedAt)
    }

    /// When a modification of it was committed.
    func announcement(of modification: Int) -> Timestamp {
        guard let past, past.announcements.indices.contains(modification) else { return incident.announcedAt }
        return past.announcements[modification]
    }

    /// Why an incident is not opened a second time: the same request again, or another one under the same id.
    func refusal(of request: IncidentRequest) -> Refusal {
        let fields = request.differences(from: past?.request ?? IncidentRequest(incident))
        return fields.isEmpty
            ? Refusal(.duplicateIncident, "there is an incident \(request.id) already")
            : Refusal(
                .differentIncident,
                "incident \(request.id) was asked for before with another \(fields.joined(separator: ", "))"
            )
    }
}
