internal import Base
internal import DemandResponse
internal import DispatchStore
internal import Scenarios
internal import Measures

/// Makes a scenario of a day.
struct DayWriter {
    private let day: RecordedDay
    private let run: RunHeader?
    /// The scenario of the run whose record it is.
    private let origin: Scenario?
    private let isFitted: Bool

    init(_ day: RecordedDay, run: RunHeader?, origin: Scenario?, isFitted: Bool) {
        self.day = day
        self.run = run
        self.origin = origin
        self.isFitted = isFitted
    }

    /// - Parameter history: what became of the dispatches, which is what the scenario expects again.
    func scenario(expecting history: History) -> Scenario {
        let carriers = RecordedCarriers(day)
        let clients = RecordedClients(day, arrivals: carriers.arrivals)
        return Scenario(
            name: run?.name ?? "Recorded \(date)",
            description: run?.description ?? "",
            seed: run?.seed ?? 1,
            starts: day.starts,
            utcOffsetSeconds: offset,
            lasts: day.ends - day.starts,
            server: server,
            roster: Roster(
                programs: day.roster.programs.map(day.names.program),
                customers: day.roster.customers.map(day.names.customer)
            ),
            clients: isFitted ? clients.fittedRules : clients.rules,
            carriers: isFitted ? carriers.fittedCarriers : carriers.carriers,
            timeline: timeline,
            expectations: expectations(history)
        )
    }

    /// The zone in which a run's scenario was written, or of the first program that was dispatched.
    private var offset: Int {
        if let origin { return origin.utcOffsetSeconds }
        let program = day.incidents.first.flatMap { day.roster.program($0.request.program) }
        let seconds = program.flatMap { ZonedTime.secondsFromUTC(at: day.starts, zone: $0.timeZone) }
        // Whole minutes, as a timestamp says it: zones had others before there were telephones.
        return (seconds ?? 0) / 60 * 60
    }

    private var date: String { CivilTime(day.starts, secondsFromUTC: offset).date }

    /// Sessions end when they did, whatever the heartbeat: of many it would only cost time.
    private var server: ServerSettings {
        if let origin { return origin.server }
        let settings = ServerSettings()
        let beats = (day.ends - day.starts).microseconds / settings.pingInterval.microseconds
        let isCostly = Int(beats) * day.roster.customers.count > 1_000_000
        return isCostly ? ServerSettings(pingInterval: .minutes(10), pingTimeout: .minutes(5)) : settings
    }

    private var timeline: [TimelineEntry] {
        day.steps.filter { $0.at >= day.starts && $0.at <= day.ends }.compactMap { step in
            let refused: AnnouncedRefusal?
            switch step.outcome {
            case .incident: refused = nil
            // One of a later version's: there is nothing to expect of it.
            case .refused(nil, _): return nil
            case .refused(let code?, let limits): refused = AnnouncedRefusal(code, limits: limits)
            }
            return TimelineEntry(at: step.at, action: action(step), refused: refused)
        }
    }

    private func action(_ step: Life.Step) -> TimelineEntry.Action {
        let name = day.name(of: step.incident)
        switch step.action {
        case .request(let request):
            return .incident(
                ScriptedIncident(
                    id: name,
                    program: request.program,
                    groups: request.groups.map(day.names.group),
                    eventType: request.eventType,
                    start: request.period.start,
                    end: request.period.end,
                    startText: request.period.startText,
                    endText: request.period.endText,
                    isTest: request.isTest,
                    override: request.override
                )
            )
        case .change(let change):
            return .modify(
                ScriptedModification(
                    incident: name,
                    start: change.start,
                    end: change.end,
                    eventType: change.eventType,
                    startText: change.startText,
                    endText: change.endText,
                    override: change.override
                )
            )
        case .closing(.cancellation, _):
            return .cancel(incident: name)
        case .closing(.recall, _):
            return .recall(incident: name)
        }
    }

    /// The day's own figures; of a fit only what does not depend on chance.
    private func expectations(_ history: History) -> [Expectation] {
        let measurements = Measurements(history)
        func expectation(_ metric: Metric, _ count: Int) -> Expectation {
            Expectation(text: "\(metric.name) == \(count)", .figure(.init(metric, .equal, .count(count))))
        }
        let dispatches = expectation(.records(.dispatches), measurements.count(.dispatches).count)
        if isFitted { return [dispatches] }
        let refused = timeline.count { $0.refused != nil }
        return [
            dispatches,
            expectation(.customers(.acknowledged), measurements.count(.acknowledged).count),
            expectation(.customers(.late), measurements.count(.late).count),
            expectation(.customers(.declined), measurements.count(.declined).count),
            expectation(.customers(.withdrawn), measurements.count(.withdrawn).count),
            expectation(.customers(.undeliverable), measurements.count(.undeliverable).count),
            expectation(.refused, refused),
        ]
    }
}
