internal import Base
import DemandResponse

/// What a valid scenario may well mean otherwise than it says. `griddrill check` tells it as warnings.
struct ScenarioAdvice {
    let scenario: Scenario
    let draft: ScenarioDraft
    let diagnostics: Diagnostics

    /// An incident that the script opens, with the last end that it gives it.
    private struct Event {
        var program: Program.ID
        var groups: [String]
        var announced: Timestamp
        /// `nil`: left open.
        var end: Timestamp?

        func calls(_ enrolment: Enrolment) -> Bool {
            enrolment.program == program && (groups.isEmpty || enrolment.group.map(groups.contains) ?? false)
        }
    }

    /// What says whether an incident dispatches a customer.
    private struct Enrolment: Hashable {
        var program: Program.ID
        var group: String?

        init(_ customer: Customer) {
            program = customer.program
            group = customer.group
        }
    }

    func give() {
        let events = events()
        warnOfZones()
        warnOfLateNotices()
        warnOfMissingAddresses()
        warnOfSlowCarriers()
        let index = CustomerIndex(scenario.roster)
        for (rule, draft) in zip(scenario.clients, draft.clients ?? []) {
            let customers = customers(of: rule.of, index)
            warn(ofIdle: draft, customers, events)
            for (answer, draft) in zip(rule.acknowledges ?? [], draft.acknowledges ?? []) {
                warn(ofLate: answer, at: draft.location, customers, events)
            }
        }
    }

    private func events() -> [String: Event] {
        var events: [String: Event] = [:]
        for entry in scenario.timeline where entry.refused == nil {
            switch entry.action {
            case .incident(let incident):
                events[incident.id] = Event(
                    program: incident.program,
                    groups: incident.groups,
                    announced: entry.at,
                    end: incident.end
                )
            case .modify(let change):
                guard let end = change.end, let current = events[change.incident]?.end else { continue }
                events[change.incident]?.end = max(current, end)
            case .cancel, .recall: break
            }
        }
        return events
    }

    /// Of which programs and groups the customers are whom a selector names.
    private func customers(of selector: CustomerSelector, _ index: CustomerIndex) -> Set<Enrolment> {
        var customers: Set<Enrolment> = []
        index.forEach(selector) { customers.insert(Enrolment(scenario.roster.customers[$0])) }
        return customers
    }

    /// Clock times of the run are read in the zone of `starts`, those of incidents in the program's.
    private func warnOfZones() {
        // Of what is repeated the first tells.
        for entry in draft.timeline where entry.delay == .zero {
            guard case .incident(let incident)? = entry.action, let id = incident.program,
                let program = scenario.roster.program(id.value), let at = entry.at,
                [at.value, incident.start?.instant, incident.end?.instant].contains(where: { $0?.isClock == true })
            else { continue }
            let start = clock.instant(at.value) ?? scenario.starts
            guard let offset = ZonedTime.secondsFromUTC(at: start, zone: program.timeZone),
                offset != scenario.utcOffsetSeconds
            else { continue }
            diagnostics.warning(
                "clocks of program \(program.id), in \(program.timeZone), show \(ZonedTime.text(ofOffset: offset)), "
                    + "those of the run \(ZonedTime.text(ofOffset: scenario.utcOffsetSeconds))",
                at: at.location,
                help: "'at' is read on the run's clock, 'start' and 'end' on the program's: write starts in that zone, "
                    + "or give these times an offset"
            )
        }
    }

    private func warnOfLateNotices() {
        var told: Set<SourceLocation> = []
        for entry in scenario.timeline where entry.refused == nil {
            guard case .incident(let incident) = entry.action, entry.at > incident.start,
                told.insert(entry.location).inserted
            else { continue }
            diagnostics.warning(
                "the notice of '\(incident.id)' goes out \(DurationText.text(entry.at - incident.start)) after its start",
                at: entry.location,
                help: "it starts at \(clock.text(of: incident.start))"
            )
        }
    }

    private func warnOfMissingAddresses() {
        for customer in draft.roster.customers ?? [] {
            guard let ids = customer.ids else { continue }
            for method in customer.channels ?? [] {
                let (key, destination): (String, String?)
                switch method {
                case .email: (key, destination) = ("email", customer.email)
                case .text, .voice: (key, destination) = ("phone", customer.phone)
                case .websocket, .webhook: continue
                }
                guard (destination ?? "").allSatisfy(\.isWhitespace) else { continue }
                let who = ids.value.count == 1 ? "customer \(ids.value.lowerBound) has" : "these customers have"
                diagnostics.warning(
                    "\(who) no \(key): the channel \(method.name) cannot reach \(ids.value.count == 1 ? "it" : "them")",
                    at: ids.location,
                    help: "add \(key), or take \(method.name) out of channels"
                )
            }
        }
    }

    private func warnOfSlowCarriers() {
        for (method, carrier) in draft.carriers.sorted(by: { $0.key < $1.key }) {
            let delay = carrier.carrier.delay.minimum
            for program in scenario.roster.programs {
                guard let within = program.acknowledgeWithin, delay >= within,
                    scenario.roster.customers.contains(where: {
                        $0.program == program.id && $0.methods.contains(method)
                    })
                else { continue }
                diagnostics.warning(
                    "a message by \(method.name) takes at least \(DurationText.text(delay)), and program \(program.id) takes "
                        + "answers within \(DurationText.text(within))",
                    at: carrier.location,
                    help: "whom only \(method.name) reaches cannot answer in time"
                )
            }
        }
    }

    private func warn(ofIdle rule: ClientDraft, _ customers: Set<Enrolment>, _ events: [String: Event]) {
        guard let of = rule.of, of.value != .all,
            !events.values.contains(where: { customers.contains(where: $0.calls) })
        else { return }
        diagnostics.warning(
            "nobody dispatches these clients",
            at: of.location,
            help: "no incident of the timeline is one of their program's and group's"
        )
    }

    private func warn(
        ofLate answer: Answer,
        at location: SourceLocation,
        _ customers: Set<Enrolment>,
        _ events: [String: Event]
    ) {
        let answered = events.filter { name, event in
            customers.contains(where: event.calls) && (answer.incident ?? name) == name
        }
        let isAfterEnd = answered.values.allSatisfy { event in
            guard let end = event.end else { return false }
            switch answer.timing {
            case .at(let instant): return instant > end
            case .after(let wait): return event.announced + wait.minimum > end
            }
        }
        guard isAfterEnd, let last = answered.values.compactMap(\.end).max() else { return }
        diagnostics.warning(
            "no answer comes before the end of what it answers",
            at: location,
            help: "the last of these incidents ends at \(clock.text(of: last))"
        )
    }

    private var clock: ScenarioClock { ScenarioClock(scenario) }
}

extension WrittenInstant {
    fileprivate var isClock: Bool {
        if case .clock = self { true } else { false }
    }
}

extension Distribution {
    /// What no draw falls below.
    fileprivate var minimum: Span {
        switch self {
        case .constant(let span), .uniform(let span, _): span
        case .empirical(let spans): spans.min() ?? .zero
        case .exponential, .lognormal, .normal: .zero
        }
    }
}
