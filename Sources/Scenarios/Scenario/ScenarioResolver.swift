internal import Base
internal import DemandResponse

/// From what a file says to what it means: holds every part against the others.
struct ScenarioResolver {
    static let longestRun = Span.hours(24 * 366)

    let diagnostics: Diagnostics

    /// `nil` if something essential is missing; the diagnostics say what.
    func resolve(_ draft: ScenarioDraft, from source: ScenarioSource) -> Scenario? {
        var draft = draft
        let lasts = checked(draft.lasts)
        let clock = draft.starts.map { starts in
            ScenarioClock(
                starts: starts.instant,
                utcOffsetSeconds: starts.utcOffsetSeconds,
                ends: lasts.map { starts.instant + $0 }
            )
        }
        draft.timeline = TimelineExpansion(clock: clock, diagnostics: diagnostics).expanded(draft.timeline)
        let roster = RosterResolver(diagnostics: diagnostics, zone: clock?.zone ?? Program.defaultTimeZone)
            .resolve(draft.roster)
        let incidents = incidents(of: draft.timeline)
        let clients = ClientResolver(roster: roster, clock: clock, incidents: incidents, diagnostics: diagnostics)
            .resolve(draft.clients ?? [])
        let carriers = CarrierResolver(roster: roster, incidents: incidents, diagnostics: diagnostics)
            .resolve(draft.carriers)
        let timeline = TimelineResolver(roster: roster, clock: clock, diagnostics: diagnostics)
            .resolve(draft.timeline)
        let faults = FaultResolver(clock: clock, timeline: draft.timeline, diagnostics: diagnostics)
            .resolve(draft.faults)
        let expectations = ExpectationResolver(
            roster: roster,
            incidents: incidents,
            diagnostics: diagnostics
        ).resolve(draft.expectations)
        guard let name = draft.name, let seed = draft.seed, let clock, let lasts else { return nil }
        let scenario = Scenario(
            name: name,
            description: draft.description ?? "",
            tags: draft.tags,
            seed: seed,
            starts: clock.starts,
            utcOffsetSeconds: clock.utcOffsetSeconds,
            lasts: lasts,
            server: draft.server ?? ServerSettings(),
            roster: roster.roster,
            clients: clients,
            carriers: carriers,
            timeline: timeline,
            faults: faults,
            expectations: expectations,
            source: source
        )
        if !diagnostics.hasErrors {
            ScenarioAdvice(scenario: scenario, draft: draft, diagnostics: diagnostics).give()
        }
        return scenario
    }

    private func checked(_ lasts: Located<Span>?) -> Span? {
        guard let lasts else { return nil }
        guard lasts.value > .zero, lasts.value <= Self.longestRun else {
            let problem = lasts.value > .zero ? "longer than 366d" : "no time"
            diagnostics.error("the run lasts \(problem)", at: lasts.location)
            return nil
        }
        return lasts.value
    }

    /// `nil` if not all of them could be read.
    private func incidents(of timeline: [TimelineDraft]) -> [String]? {
        var ids: [String] = []
        for draft in timeline {
            switch draft.action {
            case .incident(let incident):
                guard let id = incident.id else { return nil }
                ids.append(id.value)
            case .modify, .cancel, .recall: break
            case nil: return nil
            }
        }
        return ids
    }
}
