internal import Base
internal import DemandResponse
internal import DispatchStore
internal import Measures
internal import Journal

extension RunPage {
    /// The slowest and the silent customers, each with every step.
    static func traces(_ material: RunMaterial, clock: ReportClock) -> (slowest: [PageTrace], silent: [PageTrace]) {
        let traces = material.evidence.traces
        let slowest = zip(material.outliers.slowest, traces).map { slow, trace in
            page(trace, "answered after \(Units.text(slow.latency))", material, clock)
        }
        let silent = zip(material.outliers.silent, traces.dropFirst(slowest.count)).map { silent, trace in
            let more = silent.incidents > 1 ? "; no answer in \(Units.count(silent.incidents)) incidents" : ""
            return page(trace, silent.standing.words + more, material, clock)
        }
        return (slowest, silent)
    }

    static func slowestNote(_ header: RunHeader) -> String {
        let note = "Those whose answers came last; each opens to every step."
        return header.clockSpeed == 1
            ? note
            : note
                + " Steps have the run's own time, \(Units.factor(header.clockSpeed)) times as fast as the machine's."
    }

    static func silentNote(_ material: RunMaterial) -> String {
        let without = material.summary.overall.counts.unacknowledged
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
        let (witness, text, isGood) =
            switch step {
            case .dispatcher(let fact): ("dispatcher", fact.words, fact.isGood)
            case .client(let observation): ("client", observation.words, observation.isGood)
            }
        return PageStep(
            at: clock.precise(step.at),
            since: span < .zero ? "" : "+\(Units.text(span))",
            text: text,
            witness: witness,
            tone: isGood.map { $0 ? "good" : "bad" } ?? ""
        )
    }
}

// For a reader who knows the trade, not the tables.

extension JournalFact {
    fileprivate var words: String {
        switch content {
        case .dispatch(let key, let modification, let state, _):
            return "dispatched by \(key.by)\(change(modification))" + (state == .unreachable ? ": unreachable" : "")
        case .send(let key, let modification, _, let attempt, _, _):
            return "handed to \(key.by), attempt \(attempt)\(change(modification))"
        case .resync(let key, let modification): return "sent again at joining: \(key.by)\(change(modification))"
        case .delivery(let key, _, let kind, let state, _, let reason):
            return (kind == .dispatch ? "" : "news of the cancellation by ") + "\(key.by): \(state.words)"
                + (reason.map { ": \($0)" } ?? "")
        case .acknowledgement(_, _, let modification, let isLate, _):
            return "acknowledgement recorded, \(isLate ? "late" : "in time")\(change(modification))"
        case .input, .incident, .purge, .emit, .observed, .entered, .left, .refusal, .news, .other: return ""
        }
    }

    fileprivate var isGood: Bool? {
        switch content {
        case .acknowledgement: true
        case .dispatch(_, _, let state, _), .delivery(_, _, _, let state, _, _):
            state == .failed || state == .deferred || state == .unreachable ? false : nil
        case .input, .incident, .purge, .send, .emit, .resync, .observed, .entered, .left, .refusal, .news, .other:
            nil
        }
    }
}

extension Observation {
    fileprivate var words: String {
        let change = change(modification ?? 0)
        let reason = detail.map { ": \($0)" } ?? ""
        return switch kind {
        case .connected: session > 1 ? "connects again, session \(session)" : "connects"
        case .joined: "has joined"
        case .disconnected: "is disconnected"
        case .received: "has the \(key?.by ?? "") record\(change)"
        case .acknowledged: "acknowledges\(change)"
        case .confirmed: "sees its acknowledgement confirmed"
        case .refused: "is told that its acknowledgement was refused\(reason)"
        case .told: "is told of a change\(change)\(reason)"
        }
    }

    fileprivate var isGood: Bool? { kind == .disconnected || kind == .refused ? false : nil }
}

private func change(_ modification: Int) -> String { modification > 0 ? ", modification \(modification)" : "" }

extension DispatchKey {
    fileprivate var by: String { method?.name ?? "no channel" }
}

extension DeliveryState {
    fileprivate var words: String {
        switch self {
        case .sent: "taken"
        case .deferred: "failed for now"
        case .failed: "failed for good"
        case .delivered, .pending, .sending, .withdrawn, .unreachable: rawValue
        }
    }
}
