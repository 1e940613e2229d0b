internal import Base
internal import DemandResponse
internal import DispatchServer
internal import DispatchStore
internal import Scenarios

/// The scenario's timeline on its way through a run, and the names of its incidents.
struct Script {
    private(set) var steps: [ScriptStep]
    private let entries: [TimelineEntry]
    private let scenario: Scenario
    private(set) var names: [UniqueID: String] = [:]
    private var numbers: [UniqueID: Incident.Number] = [:]

    /// Sets the incidents of this run apart from those of other runs against the same server.
    private let run: String?

    init(_ scenario: Scenario, run: String? = nil) {
        self.scenario = scenario
        self.run = run
        entries = scenario.timeline
        steps = entries.map { entry in
            switch entry.action {
            case .incident(let incident): ScriptStep(kind: .incident, name: incident.id, dueAt: entry.at)
            case .modify(let change): ScriptStep(kind: .modify, name: change.incident, dueAt: entry.at)
            case .cancel(let incident): ScriptStep(kind: .cancel, name: incident, dueAt: entry.at)
            }
        }
        for step in steps where step.kind == .incident { names[id(of: step.name)] = step.name }
    }

    /// Under which an incident is asked for; in both worlds its id derives from this.
    func idempotencyKey(of name: String) -> String {
        let key = "\(scenario.name)/\(scenario.seed)/\(name)"
        return run.map { "\(key)/\($0)" } ?? key
    }

    func id(of name: String) -> UniqueID { IncidentRequest.id(idempotencyKey: idempotencyKey(of: name)) }

    func name(of incident: UniqueID) -> String? { names[incident] }

    func number(of incident: UniqueID) -> Incident.Number? { numbers[incident] }

    /// What the dispatcher is told at a step.
    func input(_ index: Int, _ request: RequestID) -> Input {
        switch entries[index].action {
        case .incident(let incident):
            let id = id(of: incident.id)
            let asked = IncidentRequest(
                id: id,
                correlation: UniqueID(name: "correlation", in: id),
                program: incident.program,
                eventType: incident.eventType,
                period: Incident.Period(
                    start: incident.start,
                    end: incident.end,
                    startText: incident.startText,
                    endText: incident.endText
                ),
                isTest: incident.isTest
            )
            return .incidentRequested(asked, request)
        case .modify(let change):
            let asked = IncidentChange(
                id: id(of: change.incident),
                start: change.start,
                startText: change.startText,
                end: change.end,
                endText: change.endText,
                eventType: change.eventType
            )
            return .incidentChanged(asked, request)
        case .cancel(let incident):
            return .incidentCancelled(id(of: incident), request)
        }
    }

    /// What came of a step.
    mutating func settle(_ index: Int, _ result: Result<DemandResponse.Answer, StoreError>, at now: Timestamp) {
        switch result {
        case .success(.incident(let incident)):
            numbers[incident.id] = incident.number
            steps[index].incident = incident.number
            steps[index].committedAt = now
        case .success(.refused(let refusal)):
            steps[index].refusal = "\(refusal.code.rawValue): \(refusal.message)"
        case .success(.acknowledged), .success(.joined), .success(.done):
            steps[index].refusal = "the answer was another's"
        case .failure(let error):
            steps[index].refusal = error.description
        }
    }
}
