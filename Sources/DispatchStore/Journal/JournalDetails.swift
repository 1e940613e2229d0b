internal import DemandResponse
internal import Foundation
internal import GRDB

/// The body of `incident.requested` and `incident.changed`.
struct IncidentDetail: Codable {
    var id: String
    var correlation: String?
    var program: Int?
    var eventType: String?
    var start: Int64?
    var startText: String?
    var end: Int64?
    var endText: String?
    var test: Bool?

    init(_ request: IncidentRequest) {
        id = request.id.description
        correlation = request.correlation.description
        program = request.program
        eventType = request.eventType
        start = request.period.start.microseconds
        startText = request.period.startText
        end = request.period.end?.microseconds
        endText = request.period.endText
        test = request.isTest
    }

    init(_ change: IncidentChange) {
        id = change.id.description
        eventType = change.eventType
        start = change.start?.microseconds
        startText = change.startText
        end = change.end?.microseconds
        endText = change.endText
    }
}

extension IncidentDetail {
    /// Reads an incident's request back from the body of its `incident.requested`.
    static func request(_ text: String) throws -> IncidentRequest {
        guard let detail = try? JSONDecoder().decode(IncidentDetail.self, from: Data(text.utf8)),
            let id = UniqueID(detail.id), let correlation = detail.correlation.flatMap({ UniqueID($0) }),
            let program = detail.program, let eventType = detail.eventType, let start = detail.start
        else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the journal has a request that is not one")
        }
        return IncidentRequest(
            id: id,
            correlation: correlation,
            program: program,
            eventType: eventType,
            period: Incident.Period(
                start: Timestamp(microseconds: start),
                end: detail.end.map(Timestamp.init(microseconds:)),
                startText: detail.startText,
                endText: detail.endText
            ),
            isTest: detail.test ?? false
        )
    }
}

/// The body of `acknowledged`: the dispatch's id, a blank, who, and after a line feed the client's word for the time.
///
/// Not JSON: this is written once a dispatch, and a JSON encoder there would cost more than everything else in the row.
enum AcknowledgementDetail {
    static func encode(_ request: AcknowledgementRequest) -> String {
        guard let stated = request.statedTime else { return "\(request.dispatch) \(request.by)" }
        return "\(request.dispatch) \(request.by)\n\(stated)"
    }
}

/// The body of `deliveries.reported`: a line a report, `incident customer method modification kind attempt outcome [reason]`.
enum DeliveryDetail {
    static func encode(_ reports: [DeliveryReport]) -> String {
        var lines = ""
        for report in reports {
            if !lines.isEmpty { lines += "\n" }
            let key = report.key
            lines += "\(key.incident) \(key.customer) \(key.method?.name ?? "none") \(report.modification) "
            lines += "\(report.kind.rawValue) \(report.attempt) "
            switch report.outcome {
            case .sent: lines += "sent"
            case .delivered: lines += "delivered"
            case .failedForNow(let reason): lines += "failed-for-now \(singleLine(reason))"
            case .failedForGood(let reason): lines += "failed-for-good \(singleLine(reason))"
            }
        }
        return lines
    }

    private static func singleLine(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }
}
