internal import Base
internal import DemandResponse
internal import Scenarios

/// The part of a life that is to be recorded: some of its incidents with their customers, from a beginning to an end.
struct RecordedDay {
    let life: Life
    let names: InventedNames
    /// Of whom the incidents are, as the database knows them.
    let roster: Roster
    let incidents: [IncidentLife]
    let steps: [Life.Step]
    let starts: Timestamp
    let ends: Timestamp
    private let namesOfIncidents: [UniqueID: String]
    private let numbers: Set<Incident.Number>

    /// - Parameter span: of the run whose record it is; `nil`: of a server's database.
    /// - Parameters:
    ///   - scripted: the names of incidents that a script gave.
    ///   - requested: those of the incidents that it asked for, also where they were refused.
    init(
        _ life: Life,
        incidents: [IncidentLife],
        isWhole: Bool,
        roster: Roster,
        names: InventedNames,
        scripted: [Incident.Number: String],
        requested: [UniqueID: String],
        span: ClosedRange<Timestamp>?,
        lastKnown: Timestamp
    ) {
        self.life = life
        self.names = names
        self.incidents = incidents
        numbers = Set(incidents.map(\.number))
        let ids = Set(incidents.map(\.request.id))
        let programs = Set(incidents.map(\.request.program))
        self.roster =
            isWhole
            ? roster
            : Roster(
                programs: roster.programs.filter { programs.contains($0.id) },
                customers: roster.customers.filter { programs.contains($0.program) }
            )
        steps = life.steps.filter { isWhole || ids.contains($0.incident) }
        namesOfIncidents = Self.names(of: steps, incidents: incidents, scripted: scripted, requested: requested)
        starts = span?.lowerBound ?? Self.beginning(incidents, steps, roster: self.roster, life)
        ends = span?.upperBound ?? Self.end(life, incidents, steps, numbers, lastKnown: lastKnown)
    }

    func name(of incident: UniqueID) -> String { namesOfIncidents[incident] ?? incident.description }

    func isRecorded(_ incident: Incident.Number) -> Bool { numbers.contains(incident) }

    /// Which of the incidents dispatch a customer.
    func incidents(of customer: Customer) -> [IncidentLife] {
        incidents.filter { $0.incident(after: 0).calls(customer) }
    }

    /// How many of the incidents dispatch a program's customers.
    func incidents(of program: Program.ID) -> [IncidentLife] {
        incidents.filter { $0.request.program == program }
    }

    /// What the scenario does not hold, or holds otherwise.
    var notes: [String] {
        var notes: [String] = []
        if life.clientRefusals > 0 {
            notes.append("Left out: what clients asked for and were refused (\(life.clientRefusals)).")
        }
        if life.restarts > 0 {
            notes.append(
                "Left out: that the server started again (\(life.restarts)); when it went down stands in no journal, and `faults:` can say it."
            )
        }
        let changed = incidents.filter { incident in
            guard life.rosters.indices.contains(incident.roster) else { return false }
            let then = life.rosters[incident.roster]
            let program = incident.request.program
            return then.program(program) != roster.program(program)
                || then.customers(of: program) != roster.customers(of: program)
        }
        if !changed.isEmpty {
            let names = changed.map { name(of: $0.request.id) }.joined(separator: ", ")
            notes.append(
                "The roster is that of the first incident; another one was in force for \(names): record those apart."
            )
        }
        return notes
    }

    /// Incidents of a server have no names, only numbers; requests that were refused, and that no script made, not even those.
    private static func names(
        of steps: [Life.Step],
        incidents: [IncidentLife],
        scripted: [Incident.Number: String],
        requested: [UniqueID: String]
    ) -> [UniqueID: String] {
        var names = requested
        for incident in incidents {
            names[incident.request.id] = scripted[incident.number] ?? "incident-\(incident.number)"
        }
        var refused = 0
        for step in steps where names[step.incident] == nil {
            refused += 1
            names[step.incident] = "refused-\(refused)"
        }
        return names
    }

    /// A whole minute before the first incident, and before what led up to it that day: requests that were refused, and the coming
    /// of customers who were there by then.
    private static func beginning(
        _ incidents: [IncidentLife],
        _ steps: [Life.Step],
        roster: Roster,
        _ life: Life
    ) -> Timestamp {
        let first = incidents.map(\.createdAt).min() ?? Timestamp(microseconds: 0)
        let earliest = first - .hours(24)
        var beginning = first - .microseconds(1)
        for step in steps where step.at >= earliest { beginning = min(beginning, step.at - .microseconds(1)) }
        for customer in roster.customers {
            for stay in life.customer(customer.id).stays where stay.from >= earliest {
                if stay.to.map({ $0 > first }) ?? true { beginning = min(beginning, stay.from) }
            }
        }
        let minute = Span.minutes(1).microseconds
        return Timestamp(microseconds: beginning.microseconds / minute * minute)
    }

    /// When nothing more happened, or was to happen, for the sake of the incidents.
    private static func end(
        _ life: Life,
        _ incidents: [IncidentLife],
        _ steps: [Life.Step],
        _ numbers: Set<Incident.Number>,
        lastKnown: Timestamp
    ) -> Timestamp {
        var end = steps.map(\.at).max() ?? lastKnown
        for customer in life.customers.keys.sorted() {
            for reply in life.customer(customer).replies where numbers.contains(reply.incident) {
                end = max(end, reply.at)
            }
        }
        for message in life.messages where numbers.contains(message.key.dispatch.incident) {
            for attempt in message.attempts {
                end = max(end, attempt.handedOutAt, attempt.takenAt ?? end, attempt.ending?.at ?? end)
            }
        }
        for incident in incidents where incident.closing == nil {
            end = max(end, min(incident.period.end ?? lastKnown, lastKnown))
        }
        return end
    }
}
