internal import DemandResponse

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
