import DemandResponse

/// Holds the rules of clients against the roster and the run.
struct ClientResolver {
    let roster: RosterResolution
    let clock: ScenarioClock?
    /// `nil` if not all of them could be read.
    let incidents: [String]?
    let diagnostics: Diagnostics

    func resolve(_ drafts: [ClientDraft]) -> [ClientRule] {
        let selectors = SelectorCheck(roster: roster, diagnostics: diagnostics)
        return drafts.compactMap { draft in
            if let of = draft.of { selectors.check(of) }
            let connects = draft.connects?.compactMap(resolve)
            let disconnects = draft.disconnects?.compactMap(resolve)
            let acknowledges = draft.acknowledges?.compactMap(resolve)
            guard let of = draft.of else { return nil }
            return ClientRule(
                of: of.value,
                connects: connects,
                link: draft.link,
                acknowledges: acknowledges,
                disconnects: disconnects
            )
        }
    }

    private func resolve(_ draft: ConnectionDraft) -> Connection? {
        clock?.instantOfRun(draft.at, diagnostics).map {
            Connection(at: $0, spread: draft.spread, share: draft.share, lasting: draft.lasting)
        }
    }

    private func resolve(_ draft: AnswerDraft) -> Answer? {
        var answer = draft.answer
        answer.incident = draft.incident?.value
        if let incident = draft.incident { Known.check(incident, among: incidents, diagnostics) }
        if let at = draft.at {
            if draft.incident == nil {
                diagnostics.error(
                    "an operator's answer names no incident",
                    at: at.location,
                    help: "add the incident's id, as incident: peak"
                )
            }
            guard let instant = clock?.instantOfRun(at, diagnostics) else { return nil }
            answer.timing = .at(instant)
        }
        return answer
    }

    private func resolve(_ draft: DisconnectionDraft) -> Disconnection? {
        guard let at = draft.at, let instant = clock?.instantOfRun(at, diagnostics), let lasting = draft.lasting else {
            return nil
        }
        return Disconnection(at: instant, spread: draft.spread, lasting: lasting, share: draft.share)
    }
}
