import Base
import DemandResponse
import Foundation

/// Has the dispatcher's rules answer lines of requests, as `Tests/LimitsModel/limits_model.py` does: for `compare.py` beside it.
enum LimitAnswers {
    private struct Line: Decodable {
        struct Request: Decodable {
            var id: String
            var at: String
            var `do`: String
            var of: String?
            var start: String?
            var end: String?
            var type: String?
            var test: Bool?
            var override: Bool?
        }

        var program: Settings
        var customers: [Int]?
        var requests: [Request]
    }

    /// What of a program is no rule, and the rules.
    private struct Settings: Decodable {
        var id: Int
        var zone: String
        var rules: ProgramRules

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            id = try container.decode(Int.self, forKey: .id)
            zone = try container.decode(String.self, forKey: .zone)
            rules = try ProgramRules(from: decoder)
        }

        private enum Key: String, CodingKey {
            case id
            case zone = "time_zone"
        }
    }

    private struct Reply: Encodable {
        var id: String
        var rules: [String] = []
        var resets: [String: String] = [:]
        var leftOut: [String: [String]] = [:]
    }

    /// Reads lines from the standard input, and writes one for each; there is nothing to be measured.
    static func run() throws -> [Table] {
        while let text = readLine() {
            let line = try JSONDecoder().decode(Line.self, from: Data(text.utf8))
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            print(String(decoding: try encoder.encode(try answers(to: line)), as: UTF8.self))
        }
        return []
    }

    private static func answers(to line: Line) throws -> [Reply] {
        let settings = line.program
        let program = Program(id: settings.id, name: "Program", timeZone: settings.zone, rules: settings.rules)
        let customers = (line.customers ?? [1]).map {
            Customer(id: $0, name: "Site", email: "site@grid.example", program: settings.id, methods: [.email])
        }
        // A carrier that says nothing would have everything sent again and again.
        var dispatcher = Dispatcher(
            roster: Roster(programs: [program], customers: customers),
            retries: RetryPolicy(reportWithin: .hours(24 * 3_660))
        )
        var incidents: [UniqueID: Incident] = [:]
        return try line.requests.map { request in
            let now = try instant(request.at)
            var deadlines = 0
            while let deadline = dispatcher.nextDeadline, deadline <= now, deadlines < 1_000 {
                for case .record(.incident(let incident)) in dispatcher.handle(.deadlineReached, at: deadline) {
                    incidents[incident.id] = incident
                }
                deadlines += 1
            }
            let effects = dispatcher.handle(try input(request, program), at: now)
            for case .record(.incident(let incident)) in effects { incidents[incident.id] = incident }
            let asked = incidents[id(request.of ?? request.id)]
            return reply(to: request, effects, asked)
        }
    }

    private static func reply(to request: Line.Request, _ effects: [Effect], _ asked: Incident?) -> Reply {
        var reply = Reply(id: request.id)
        for effect in effects {
            switch effect {
            case .answer(_, .refused(let refusal)):
                switch refusal.code {
                case .againstLimits:
                    reply.rules = refusal.limits?.rules.map(\.rawValue) ?? []
                    for broken in refusal.limits?.broken ?? [] where reply.resets[broken.rule.rawValue] == nil {
                        reply.resets[broken.rule.rawValue] = broken.resetsAt?.iso8601
                    }
                case .incidentOver:
                    reply.rules = [asked?.closing?.kind == .cancellation ? "already_cancelled" : "already_ended"]
                case let code: reply.rules = [code.rawValue]
                }
            case .record(.leftOut(let leftOut)): reply.leftOut["\(leftOut.customer)"] = leftOut.names
            default: break
            }
        }
        return reply
    }

    private static func input(_ request: Line.Request, _ program: Program) throws -> Input {
        let override = request.override == true ? Override(by: "the model", reason: "it says so") : nil
        switch request.do {
        case "create":
            let period = Incident.Period(start: try instant(request.start ?? ""), end: try request.end.map(instant))
            let incident = IncidentRequest(
                id: id(request.id),
                correlation: id("correlation"),
                program: program.id,
                eventType: request.type ?? "",
                period: period,
                isTest: request.test ?? false,
                override: override
            )
            return .incidentRequested(incident, RequestID(1))
        case "modify":
            let change = IncidentChange(
                id: id(request.of ?? ""),
                start: try request.start.map(instant),
                end: try request.end.map(instant),
                eventType: request.type,
                override: override
            )
            return .incidentChanged(change, RequestID(1))
        default: return .incidentCancelled(id(request.of ?? ""), RequestID(1))
        }
    }

    private static func id(_ name: String) -> UniqueID { UniqueID(name: name, in: UniqueID(high: 1, low: 1)) }

    private static func instant(_ text: String) throws -> Timestamp {
        guard let instant = ZonedTime.timestamp(text, zone: "UTC") else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "not an instant: \(text)"))
        }
        return instant
    }
}
