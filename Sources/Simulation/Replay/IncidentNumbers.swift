internal import DemandResponse
internal import Journal

/// Incidents are numbered as they are opened. Rules that refuse one, or open one that was refused, number all later ones
/// otherwise: here stands which number means which.
struct IncidentNumbers {
    private var toReplayed: [Incident.Number: Incident.Number] = [:]
    private var toRecorded: [Incident.Number: Incident.Number] = [:]
    /// Incidents that the record does not have are numbered from -1 down.
    private var lastExtra = 0

    /// Whether no number has come to differ.
    private(set) var areSame = true

    /// Looks at the effects of one input for an incident that they open.
    mutating func learn(_ recorded: [JournalRow], _ replayed: [JournalRow]) {
        let old = recorded.first { $0.opensIncident }?.incident
        guard let new = replayed.first(where: { $0.opensIncident })?.incident else {
            if let old {
                // No replayed incident is meant by it.
                toReplayed[old] = .max
                areSame = false
            }
            return
        }
        if old != new { areSame = false }
        guard !areSame else { return }
        if let old {
            toReplayed[old] = new
            toRecorded[new] = old
        } else {
            lastExtra -= 1
            toRecorded[new] = lastExtra
        }
    }

    func recorded(_ rows: [JournalRow]) -> [JournalRow] {
        if areSame { return rows }
        return rows.map { row in
            var row = row
            row.incident = row.incident.map { toRecorded[$0] ?? $0 }
            return row
        }
    }

    /// Reports name incidents by number.
    func replayed(_ input: Input) -> Input {
        guard !areSame, case .deliveriesReported(var reports) = input else { return input }
        for index in reports.indices {
            let number = reports[index].key.incident
            reports[index].key.incident = toReplayed[number] ?? number
        }
        return .deliveriesReported(reports)
    }
}

extension JournalRow {
    fileprivate var opensIncident: Bool { kind == .incidentRecorded && modification == 0 && state == .open }
}
