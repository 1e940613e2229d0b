internal import Base
public import DemandResponse

/// The body of `acknowledged`: the dispatch's id, a blank, who, and after a line feed the client's word for the time.
///
/// Not JSON: this is written once a dispatch, and a JSON encoder there would cost more than everything else in the row.
public enum AcknowledgementDetail {
    static func encode(_ request: AcknowledgementRequest) -> String {
        let by = OneLine.escape(request.by)
        guard let stated = request.statedTime else { return "\(request.dispatch) \(by)" }
        return "\(request.dispatch) \(by)\n\(stated)"
    }

    /// What `acknowledgement.recorded` says beside its columns.
    static func encode(_ answer: Acknowledgement) -> String {
        let verb = answer.isWithdrawal ? "withdrawn" : answer.optsOut ? "declined" : "accepted"
        let words = "\(verb) by \(OneLine.escape(answer.by))"
        return answer.statedTime.map { "\(words)\n\($0)" } ?? words
    }

    /// Whether the answer of which an `acknowledgement.recorded` tells is an opt-out, also by withdrawing.
    public static func optsOut(_ text: String) -> Bool { text.hasPrefix("declined by ") || isWithdrawal(text) }

    /// Whether it takes back an acceptance after the start.
    public static func isWithdrawal(_ text: String) -> Bool { text.hasPrefix("withdrawn by ") }

    /// Who gave it, on one line.
    public static func by(_ text: String) -> Substring {
        // By bytes: finding out where characters end would cost more than all else that is done with the row.
        let line = text.utf8.prefix { $0 != UInt8(ascii: "\n") }
        return Substring(line.drop { $0 != UInt8(ascii: " ") }.dropFirst(" by ".utf8.count))
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

/// What `incident.recorded` says of rules that were lifted: in a second line.
enum LiftedDetail {
    static func encode(_ incident: String, _ lifted: LiftedRules?) -> String {
        lifted.map { "\(OneLine.escape(incident))\n\(OneLine.escape($0.words))" } ?? incident
    }

    /// `day_limit lifted by Ada: grid emergency`; `nil` where none were.
    static func words(_ detail: String?) -> String? {
        let lines = (detail ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        return lines.count == 2 ? String(lines[1]) : nil
    }
}

/// What `refused` and its like say of the program's rules that were broken: behind the code, by their names.
public enum LimitDetail {
    /// The broken rules of a refusal in the words of a row, each once; empty for one that is not of limits.
    public static func rules(_ detail: String?) -> [LimitRule] {
        let parts = (detail ?? "").split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count > 1, parts[0] == Refusal.Code.againstLimits.rawValue else { return [] }
        return parts[1].split(separator: ",").compactMap { LimitRule(rawValue: $0.filter { $0 != " " }) }
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
            case .failedForNow(let reason): lines += "failed-for-now \(OneLine.escape(reason))"
            case .failedForGood(let reason): lines += "failed-for-good \(OneLine.escape(reason))"
            case .unknown(let reason): lines += "unknown \(OneLine.escape(reason))"
            }
        }
        return lines
    }

    /// - Parameter isEscaped: whether line feeds in a reason are escaped; format 1 wrote blanks for them.
    static func decode(_ text: String, isEscaped: Bool) throws(JournalDamage) -> [DeliveryReport] {
        var reports: [DeliveryReport] = []
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
            guard let report = report(line, isEscaped: isEscaped) else {
                throw JournalDamage("has a delivery report that is not one: \(Substring(line))")
            }
            reports.append(report)
        }
        return reports
    }

    private static func report(_ line: Substring.UTF8View, isEscaped: Bool) -> DeliveryReport? {
        let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 7, omittingEmptySubsequences: false)
        guard parts.count >= 7, let incident = Int(Substring(parts[0])), let customer = Int(Substring(parts[1])),
            let modification = Int(Substring(parts[3])),
            let kind = Outgoing.Kind(rawValue: String(Substring(parts[4]))),
            let attempt = Int(Substring(parts[5]))
        else { return nil }
        let name = String(Substring(parts[2]))
        let method = DispatchMethod(name: name)
        guard method != nil || name == "none" else { return nil }
        let rest = parts.count > 7 ? String(Substring(parts[7])) : nil
        let reason = rest.map { isEscaped ? OneLine.unescape($0) : $0 }
        let outcome: DeliveryReport.Outcome
        switch (String(Substring(parts[6])), reason) {
        case ("sent", nil): outcome = .sent
        case ("delivered", nil): outcome = .delivered
        case ("failed-for-now", let reason?): outcome = .failedForNow(reason: reason)
        case ("failed-for-good", let reason?): outcome = .failedForGood(reason: reason)
        case ("unknown", let reason?): outcome = .unknown(reason: reason)
        default: return nil
        }
        return DeliveryReport(
            key: DispatchKey(incident: incident, customer: customer, method: method),
            modification: modification,
            kind: kind,
            attempt: attempt,
            outcome: outcome
        )
    }
}

/// A text that may have line feeds in it as one without: `\n` stands for a line feed, `\\` for a backslash.
enum OneLine {
    static func escape(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\\") }) else { return text }
        var line: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\n"): line += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case UInt8(ascii: "\\"): line += [UInt8(ascii: "\\"), UInt8(ascii: "\\")]
            default: line.append(byte)
            }
        }
        return String(decoding: line, as: UTF8.self)
    }

    /// As format 1 wrote it, which cannot be undone.
    static func joined(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }

    static func unescape(_ line: String) -> String {
        guard line.utf8.contains(UInt8(ascii: "\\")) else { return line }
        var text: [UInt8] = []
        var isEscaped = false
        for byte in line.utf8 {
            if isEscaped {
                text.append(byte == UInt8(ascii: "n") ? UInt8(ascii: "\n") : byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else {
                text.append(byte)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
