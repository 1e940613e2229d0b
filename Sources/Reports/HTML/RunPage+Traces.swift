internal import Base
internal import DemandResponse
internal import DispatchStore

extension RunPage {
    /// The slowest and the silent customers, each with every step.
    static func traces(_ material: RunMaterial, clock: ReportClock) -> (slowest: [PageTrace], silent: [PageTrace]) {
        let traces = material.evidence.traces
        let slowest = zip(material.outliers.slowest, traces).map { slow, trace in
            page(trace, "answered after \(Units.text(slow.latency))", material, clock)
        }
        let silent = zip(material.outliers.silent, traces.dropFirst(slowest.count)).map { silent, trace in
            let more = silent.incidents > 1 ? "; no answer in \(Units.count(silent.incidents)) incidents" : ""
            return page(trace, silent.state.words + more, material, clock)
        }
        return (slowest, silent)
    }

    static func silentNote(_ material: RunMaterial) -> String {
        let without = material.summary.overall.unacknowledged
        let shown = material.outliers.silent.count
        return without <= shown
            ? "\(Units.plural(without, "customer")) did not answer."
            : "\(Units.count(shown)) of the \(Units.count(without)) that did not answer, the most silent first."
    }

    private static func page(_ trace: Trace, _ summary: String, _ material: RunMaterial, _ clock: ReportClock)
        -> PageTrace
    {
        let key = trace.key
        let announced = material.announcements[key.incident] ?? material.summary.header.startsAt
        let name = material.customerName(key.customer)
        return PageTrace(
            title: name.hasSuffix("\(key.customer)") ? name : "\(name) (\(key.customer))",
            summary: "\(material.name(of: key.incident)): \(summary)",
            steps: trace.steps.map { step($0, since: announced, clock) },
            omitted: trace.omitted > 0 ? "… and \(Units.plural(trace.omitted, "step")) more" : nil,
            query: query("SELECT * FROM audit WHERE customer = \(key.customer) AND incident = \(key.incident)")
        )
    }

    private static func step(_ step: Trace.Step, since announced: Timestamp, _ clock: ReportClock) -> PageStep {
        let span = step.at - announced
        return PageStep(
            at: clock.precise(step.at),
            since: span < .zero ? "" : "+\(Units.text(span))",
            text: step.words,
            witness: step.witness == .client ? "client" : "dispatcher",
            tone: step.tone
        )
    }
}

extension Trace.Step {
    /// For a reader who knows the trade, not the tables.
    fileprivate var words: String {
        let by = method?.name ?? "no channel"
        let change = modification.map { $0 > 0 ? ", modification \($0)" : "" } ?? ""
        let reason = detail.map { ": \($0)" } ?? ""
        switch (witness, kind) {
        case (.dispatcher, "dispatch.recorded"):
            return "dispatched by \(by)\(change)" + (state == "unreachable" ? ": unreachable" : "")
        case (.dispatcher, "send"): return "handed to \(by), attempt \(attempt ?? 1)\(change)"
        case (.dispatcher, "emit.resync"): return "sent again at joining: \(by)\(change)"
        case (.dispatcher, "delivery.recorded"): return "\(by): \(delivery)\(reason)"
        case (.dispatcher, "cancellation.recorded"): return "news of the cancellation by \(by): \(delivery)\(reason)"
        case (.dispatcher, "acknowledgement.recorded"):
            return "acknowledgement recorded, \(state ?? "in time")\(change)"
        case (.client, "connected"): return "connects" + (session.map { $0 > 1 ? " again, session \($0)" : "" } ?? "")
        case (.client, "joined"): return "has joined"
        case (.client, "disconnected"): return "is disconnected"
        case (.client, "received"): return "has the \(by) record\(change)"
        case (.client, "acknowledged"): return "acknowledges\(change)"
        case (.client, "confirmed"): return "sees its acknowledgement confirmed"
        case (.client, "refused"): return "is told that its acknowledgement was refused\(reason)"
        case (.client, "told"): return "is told of a change\(change)\(reason)"
        default: return kind + reason
        }
    }

    private var delivery: String {
        switch state {
        case "sent": "taken"
        case "delivered": "delivered"
        case "deferred": "failed for now"
        case "failed": "failed for good"
        case let state?: state
        case nil: "unknown"
        }
    }

    fileprivate var tone: String {
        switch kind {
        case "disconnected", "refused": "bad"
        case "acknowledgement.recorded": "good"
        default: state == "failed" || state == "deferred" || state == "unreachable" ? "bad" : ""
        }
    }
}
