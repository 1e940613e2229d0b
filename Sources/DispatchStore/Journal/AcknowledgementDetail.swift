internal import Base
internal import DemandResponse

/// The body of `acknowledged`: the dispatch's id, a blank, who, and after a line feed the client's word for the time.
///
/// Not JSON: this is written once a dispatch, and a JSON encoder there would cost more than everything else in the row.
enum AcknowledgementDetail {
    static func encode(_ request: AcknowledgementRequest) -> String {
        let by = OneLine.escape(request.by)
        guard let stated = request.statedTime else { return "\(request.dispatch) \(by)" }
        return "\(request.dispatch) \(by)\n\(stated)"
    }

    /// - Parameter isEscaped: whether line feeds in the name are escaped; format 1 left them as they were.
    static func decode(
        _ text: String,
        optsOut: Bool,
        modification: Int?,
        isEscaped: Bool
    ) throws(JournalDamage) -> AcknowledgementRequest {
        let blank = text.utf8.firstIndex(of: UInt8(ascii: " "))
        guard let blank, let dispatch = UniqueID(String(text[..<blank])) else {
            throw JournalDamage("has an acknowledgement without the dispatch that it answers")
        }
        let rest = text[text.utf8.index(after: blank)...]
        let feed = rest.utf8.firstIndex(of: UInt8(ascii: "\n"))
        let by = String(rest[..<(feed ?? rest.endIndex)])
        return AcknowledgementRequest(
            dispatch: dispatch,
            by: isEscaped ? OneLine.unescape(by) : by,
            statedTime: feed.map { String(rest[rest.utf8.index(after: $0)...]) },
            optsOut: optsOut,
            modification: modification
        )
    }
}

/// What `acknowledgement.recorded` says beside its columns.
enum AnswerDetail {
    static func encode(_ answer: Acknowledgement) -> String {
        let words = (answer.optsOut ? "declined by " : "accepted by ") + OneLine.escape(answer.by)
        return answer.statedTime.map { "\(words)\n\($0)" } ?? words
    }
}
