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
        return PageStep(
            at: clock.precise(step.at),
            since: span < .zero ? "" : "+\(Units.text(span))",
            text: step.words,
            witness: step.isClients ? "client" : "dispatcher",
            tone: step.isGood.map { $0 ? "good" : "bad" } ?? ""
        )
    }
}
