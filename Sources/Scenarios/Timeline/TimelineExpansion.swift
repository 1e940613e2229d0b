internal import Base

/// Makes of an entry that is repeated as many entries, each with a name of its own and so much later.
struct TimelineExpansion {
    let clock: ScenarioClock?
    let diagnostics: Diagnostics

    func expanded(_ drafts: [TimelineDraft]) -> [TimelineDraft] { drafts.flatMap(expanded) }

    private func expanded(_ draft: TimelineDraft) -> [TimelineDraft] {
        guard let repetition = draft.repetition else { return [draft] }
        guard case .incident(let incident)? = draft.action else {
            if draft.action != nil {
                diagnostics.error(
                    "'repeat' is for incidents",
                    at: repetition.location,
                    help:
                        "an incident that is repeated gets a name for each time, as peak-2: modify, cancel and recall name one of them"
                )
            }
            return [draft]
        }
        // Without its own name nothing can be called after it.
        guard let id = incident.id, let every = repetition.every, let times = repetition.times else { return [draft] }
        guard every.value > .zero else {
            diagnostics.error("the incident is repeated after no time", at: every.location, help: "as every: 12m")
            return [draft]
        }
        let name = Notation.incidentID
        let last = "\(id.value)-\(times.value)"
        do throws(NotationProblem) {
            _ = try name.parse(last[...])
        } catch {
            diagnostics.error(
                error.message,
                at: id.location,
                help: "it is the last of \(times.value); \(error.help ?? "")"
            )
            return [draft]
        }
        let fits = fits(draft, every.value, times)
        return (1...times.value).map { number in
            var incident = incident
            incident.id?.value = "\(id.value)-\(number)"
            var instance = draft
            instance.action = .incident(incident)
            if fits { instance.delay = Span(microseconds: every.value.microseconds * Int64(number - 1)) }
            return instance
        }
    }

    /// Whether the last of them is within the run; of the first that is said by itself.
    private func fits(_ draft: TimelineDraft, _ every: Span, _ times: Located<Int>) -> Bool {
        guard let at = draft.at, let clock, let ends = clock.ends, let first = clock.instant(at.value),
            clock.starts...max(ends, clock.starts) ~= first
        else { return false }
        let fitting = Int((ends - first).microseconds / every.microseconds) + 1
        guard times.value > fitting else { return true }
        let over = first + Span(microseconds: every.microseconds * Int64(fitting))
        diagnostics.error(
            "of \(times.value) times only \(fitting) \(fitting == 1 ? "is" : "are") within the run",
            at: times.location,
            help: "the next one would be at \(clock.text(of: over)), and the run ends at \(clock.text(of: ends))"
        )
        return false
    }
}
