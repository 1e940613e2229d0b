internal import Base
internal import DemandResponse
internal import DispatchStore

/// Puts the incidents of a record in the order of its script, under the script's names.
struct LedgerScript {
    private let isTimed: Bool
    private let committed: [Incident.Number: [(kind: IncidentDecisions.Step.Kind, at: Timestamp)]]
    private let incidents: [Incident.Number: Incident]
    private let zones: [Program.ID: String]
    private let script: [ScriptStep]

    init(
        _ database: DispatchDatabase,
        _ builder: LedgerBuilder,
        _ incidents: [Incident],
        _ script: [ScriptStep]
    ) throws(StoreError) {
        isTimed = builder.isTimed
        committed = builder.steps
        self.incidents = Dictionary(incidents.map { ($0.number, $0) }) { first, _ in first }
        zones = Dictionary(try database.readPrograms().map { ($0.id, $0.timeZone) }) { first, _ in first }
        self.script = script
    }

    func incidents(_ groups: [Incident.Number: [IncidentDecisions.Group]]) -> [IncidentDecisions] {
        var names: [String] = []
        var numbers: [String: Incident.Number] = [:]
        for step in script {
            if !names.contains(step.name) { names.append(step.name) }
            if step.kind == .incident, let number = step.incident { numbers[step.name] = number }
        }
        // Somebody else may have opened incidents too, on a server that runs elsewhere.
        let known = Set(numbers.values)
        for number in incidents.keys.sorted() where !known.contains(number) {
            names.append("incident \(number)")
            numbers["incident \(number)"] = number
        }
        return names.map { name in
            var decisions = IncidentDecisions(name: name)
            let incident = numbers[name].flatMap { incidents[$0] }
            decisions.subject = incident.map(subject)
            decisions.steps = steps(of: name, incident)
            decisions.groups = incident.flatMap { groups[$0.number] } ?? []
            return decisions
        }
    }

    private func subject(_ incident: Incident) -> String {
        var words = ["program \(incident.program)", incident.eventType]
        if incident.isTest { words.append("a drill") }
        if isTimed, let start = time(incident.period.start, incident) {
            words.append("\(start) to \(incident.period.end.flatMap { time($0, incident) } ?? "further notice")")
        }
        return words.joined(separator: ", ")
    }

    private func steps(of name: String, _ incident: Incident?) -> [IncidentDecisions.Step] {
        var carriedOut = (incident.flatMap { committed[$0.number] } ?? [])[...]
        var steps: [IncidentDecisions.Step] = []
        for step in script where step.name == name {
            if let refusal = step.refusal {
                steps.append(
                    IncidentDecisions.Step(
                        kind: step.kind.carriedOut,
                        time: time(step.dueAt, incident),
                        refusal: Self.rule(refusal)
                    )
                )
            } else if let next = carriedOut.popFirst() {
                steps.append(IncidentDecisions.Step(kind: next.kind, time: time(next.at, incident)))
            }
        }
        return steps + carriedOut.map { IncidentDecisions.Step(kind: $0.kind, time: time($0.at, incident)) }
    }

    private func time(_ instant: Timestamp, _ incident: Incident?) -> String? {
        guard isTimed else { return nil }
        return instant.iso8601(zone: incident.flatMap { zones[$0.program] } ?? "UTC")
    }

    /// The code of a refusal, as the rules (`unknown-program: …`) or a server's answer (`{"error":{"code":"…`) tell it.
    private static func rule(_ refusal: String) -> String {
        if let code = refusal.firstMatch(of: /"code"\s*:\s*"([^"]*)"/) { return String(code.1) }
        return String(refusal.prefix { $0 != ":" })
    }
}

extension ScriptStep.Kind {
    fileprivate var carriedOut: IncidentDecisions.Step.Kind {
        switch self {
        case .incident: .opened
        case .modify: .modified
        case .cancel: .cancelled
        }
    }
}
