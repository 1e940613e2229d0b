internal import Base
internal import DemandResponse
internal import Foundation

/// The body of `incident.requested` and `incident.changed`.
struct IncidentDetail: Codable {
    var id: String
    var correlation: String?
    var program: Int?
    /// `nil`: all customers of the program.
    var groups: [String]?
    var eventType: String?
    var start: Int64?
    var startText: String?
    var end: Int64?
    var endText: String?
    var test: Bool?
    var override: Override?

    init(_ request: IncidentRequest) {
        id = request.id.description
        correlation = request.correlation.description
        program = request.program
        groups = request.groups.isEmpty ? nil : request.groups
        eventType = request.eventType
        start = request.period.start.microseconds
        startText = request.period.startText
        end = request.period.end?.microseconds
        endText = request.period.endText
        test = request.isTest
        override = request.override
    }

    init(_ change: IncidentChange) {
        id = change.id.description
        eventType = change.eventType
        start = change.start?.microseconds
        startText = change.startText
        end = change.end?.microseconds
        endText = change.endText
        override = change.override
    }
}

extension IncidentDetail {
    /// Reads a change back from the body of its `incident.changed`.
    static func change(_ text: String) throws(JournalDamage) -> IncidentChange {
        guard let detail = try? JSONDecoder().decode(IncidentDetail.self, from: Data(text.utf8)),
            let id = UniqueID(detail.id)
        else { throw JournalDamage("has a change of an incident that is not one") }
        return IncidentChange(
            id: id,
            start: detail.start.map(Timestamp.init(microseconds:)),
            startText: detail.startText,
            end: detail.end.map(Timestamp.init(microseconds:)),
            endText: detail.endText,
            eventType: detail.eventType,
            override: detail.override
        )
    }

    /// Reads an incident's request back from the body of its `incident.requested`.
    static func request(_ text: String) throws(JournalDamage) -> IncidentRequest {
        guard let detail = try? JSONDecoder().decode(IncidentDetail.self, from: Data(text.utf8)),
            let id = UniqueID(detail.id), let correlation = detail.correlation.flatMap({ UniqueID($0) }),
            let program = detail.program, let eventType = detail.eventType, let start = detail.start
        else { throw JournalDamage("has a request for an incident that is not one") }
        return IncidentRequest(
            id: id,
            correlation: correlation,
            program: program,
            groups: detail.groups ?? [],
            eventType: eventType,
            period: Incident.Period(
                start: Timestamp(microseconds: start),
                end: detail.end.map(Timestamp.init(microseconds:)),
                startText: detail.startText,
                endText: detail.endText
            ),
            isTest: detail.test ?? false,
            override: detail.override
        )
    }
}
