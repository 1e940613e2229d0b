import DemandResponse

/// Holds the carriers' exceptions against the roster and the timeline.
struct CarrierResolver {
    let roster: RosterResolution
    /// `nil` if not all of them could be read.
    let incidents: [String]?
    let diagnostics: Diagnostics

    func resolve(_ drafts: [DispatchMethod: CarrierDraft]) -> [DispatchMethod: Carrier] {
        let selectors = SelectorCheck(roster: roster, diagnostics: diagnostics)
        var carriers: [DispatchMethod: Carrier] = [:]
        for method in DispatchMethod.allCases {
            guard let draft = drafts[method] else { continue }
            var carrier = draft.carrier
            carrier.exceptions = draft.exceptions.compactMap { draft in
                if let of = draft.of { selectors.check(of) }
                if let incident = draft.incident { Known.check(incident, among: incidents, diagnostics) }
                guard let of = draft.of else { return nil }
                var exception = draft.exception
                exception.of = of.value
                exception.incident = draft.incident?.value
                return exception
            }
            carriers[method] = carrier
        }
        return carriers
    }
}
