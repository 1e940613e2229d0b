internal import Base
internal import DemandResponse
internal import DispatchServer
internal import DispatchStore
internal import Journal
internal import NIOCore
internal import Scenarios
internal import SocketIO

/// The scenario's timeline on its way through a run, and the names of its incidents.
struct Script {
    private(set) var steps: [ScriptStep]
    private let entries: [TimelineEntry]
    private let scenario: Scenario
    private(set) var names: [UniqueID: String] = [:]
    /// As they were opened.
    private var opened: [UniqueID: Incident] = [:]
    /// Of each incident, by its name.
    private var programs: [String: Program.ID] = [:]

    /// A server that runs elsewhere, and how its clock goes.
    struct Target: Sendable {
        /// Sets the incidents of this run apart from those of other runs against the same server.
        var run: String
        /// What the server's clock says when the grid's says an instant.
        var time: @Sendable (Timestamp) -> Timestamp
    }

    private let target: Target?

    /// - Parameter target: whom it is carried out against; `nil`: a dispatcher whose clock is the grid's.
    init(_ scenario: Scenario, target: Target? = nil) {
        self.scenario = scenario
        self.target = target
        entries = scenario.timeline
        steps = entries.map { entry in
            switch entry.action {
            case .incident(let incident): ScriptStep(kind: .incident, name: incident.id, dueAt: entry.at)
            case .modify(let change): ScriptStep(kind: .modify, name: change.incident, dueAt: entry.at)
            case .cancel(let incident): ScriptStep(kind: .cancel, name: incident, dueAt: entry.at)
            case .recall(let incident): ScriptStep(kind: .recall, name: incident, dueAt: entry.at)
            }
        }
        for case .incident(let incident) in entries.map(\.action) {
            names[id(of: incident.id)] = incident.id
            programs[incident.id] = incident.program
        }
    }

    /// Under which an incident is asked for; in both worlds its id derives from this.
    func idempotencyKey(of name: String) -> String {
        let key = "\(scenario.name)/\(scenario.seed)/\(name)"
        return target.map { "\(key)/\($0.run)" } ?? key
    }

    func id(of name: String) -> UniqueID { IncidentRequest.id(idempotencyKey: idempotencyKey(of: name)) }

    func name(of incident: UniqueID) -> String? { names[incident] }

    func number(of incident: UniqueID) -> Incident.Number? { opened[incident]?.number }

    /// What a step asks for over REST.
    func request(_ index: Int) -> ScriptedRequest {
        switch entries[index].action {
        case .incident(let incident):
            var body: JSONObject = [
                "end_time": .null,
                "program_id": .integer(Int64(incident.program)),
                "event_type": .string(incident.eventType),
                "test": .bool(incident.isTest),
            ]
            body["override"] = incident.override.map(Self.json)
            if !incident.groups.isEmpty { body["group"] = .array(incident.groups.map { .string($0) }) }
            let zone = scenario.roster.program(incident.program)?.timeZone
            add("start", incident.start, incident.startText, zone: zone, to: &body)
            add("end", incident.end, incident.endText, zone: zone, to: &body)
            return .open(id(of: incident.id), idempotencyKey: idempotencyKey(of: incident.id), body)
        case .modify(let change):
            var body: JSONObject = [:]
            let zone = programs[change.incident].flatMap { scenario.roster.program($0)?.timeZone }
            add("start", change.start, change.startText, zone: zone, to: &body)
            add("end", change.end, change.endText, zone: zone, to: &body)
            body["event_type"] = change.eventType.map { .string($0) }
            body["override"] = change.override.map(Self.json)
            return .modify(id(of: change.incident), body)
        case .cancel(let incident):
            return .cancel(id(of: incident))
        case .recall(let incident):
            return .recall(id(of: incident))
        }
    }

    private static func json(_ override: Override) -> JSON {
        .object(["by": .string(override.by), "reason": .string(override.reason)])
    }

    /// The grid's time in the scenario's words, if it has any for it; else, and a target's time, as a clock in the program's zone shows it.
    private func add(_ name: String, _ instant: Timestamp?, _ words: String?, zone: String?, to body: inout JSONObject)
    {
        guard let instant else { return }
        let time = target?.time(instant) ?? instant
        body[name + "_time"] = .string(time.iso8601)
        let own = target == nil ? words : nil
        body[name + "_text"] = .string(own ?? ZonedTime.text(of: time, zone: zone ?? scenario.timeZone))
    }

    /// What a dispatcher's rules are told at a step: what REST reads in the step's request.
    func input(_ index: Int, _ request: RequestID) throws(APIError) -> Input {
        // Every time in a request says its offset: in which zone local ones would be read does not matter.
        let zone = Program.defaultTimeZone
        switch self.request(index) {
        case .open(let id, _, let body):
            let body = try IncidentBody(ByteBuffer(string: JSON.object(body).text), contentType: nil)
            let correlation = UniqueID(name: "correlation", in: id)
            return .incidentRequested(try body.request(id: id, correlation: correlation, zone: zone), request)
        case .modify(let id, let body):
            let body = try IncidentBody(ByteBuffer(string: JSON.object(body).text), contentType: nil)
            return .incidentChanged(try body.change(of: id, zone: zone), request)
        case .cancel(let id):
            return .incidentCancelled(id, request)
        case .recall(let id):
            return .incidentRecalled(id, request)
        }
    }

    /// Whether a step may be asked for again: its idempotency key says that it is the same.
    func isRepeatable(_ index: Int) -> Bool { steps[index].kind == .incident }

    /// An incident is kept, whether anybody is told of it or not.
    mutating func committed(_ incident: Incident) { opened[incident.id] = opened[incident.id] ?? incident }

    /// The run is over: what has no answer gets none.
    mutating func giveUp() {
        for index in steps.indices where steps[index].committedAt == nil && steps[index].refusal == nil {
            refuse(index, code: "no-answer", "the run ended before the server answered")
        }
    }

    /// What came of a step.
    mutating func settle(_ index: Int, _ result: Result<DemandResponse.Answer, StoreError>, at now: Timestamp) {
        switch result {
        case .success(.incident(let incident)):
            steps[index].incident = incident.number
            steps[index].committedAt = now
        case .success(.refused(let refusal)) where refusal.code == .duplicateIncident:
            // It was asked for again under the key that opened it, which REST answers as it did the first time.
            let incident = opened[id(of: steps[index].name)]
            steps[index].incident = incident?.number
            steps[index].committedAt = incident?.createdAt
        case .success(.refused(let refusal)):
            refuse(index, code: refusal.code.rawValue, refusal.message)
        case .success(.acknowledged), .success(.joined), .success(.done):
            steps[index].refusal = "the answer was another's"
        case .failure(let error):
            steps[index].refusal = error.description
        }
    }

    mutating func refuse(_ index: Int, code: String, _ message: String) {
        steps[index].refusal = "\(code): \(message)"
    }

    /// A server has answered that a step was taken.
    mutating func settle(_ index: Int, at now: Timestamp) { steps[index].committedAt = now }
}

/// A request of the script's to a dispatcher's REST interface.
enum ScriptedRequest {
    case open(UniqueID, idempotencyKey: String, JSONObject)
    case modify(UniqueID, JSONObject)
    case cancel(UniqueID)
    case recall(UniqueID)
}
