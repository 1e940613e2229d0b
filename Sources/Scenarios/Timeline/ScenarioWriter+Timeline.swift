internal import Base
import DemandResponse

extension ScenarioWriter {
    mutating func writeTimeline(_ scenario: Scenario) {
        // Of each incident: the zone in which dates are read.
        var zones: [String: String] = [:]
        section("timeline", scenario.timeline) { writer, entry in
            let action: (String, String)
            switch entry.action {
            case .incident(let incident):
                let zone = scenario.roster.program(incident.program)?.timeZone ?? scenario.timeZone
                if entry.refused == nil { zones[incident.id] = zone }
                action = ("incident", writer.written(incident, zone: zone, at: entry.at))
            case .modify(let change):
                action = (
                    "modify", writer.written(change, zone: zones[change.incident] ?? scenario.timeZone, at: entry.at)
                )
            case .cancel(let incident):
                action = ("cancel", YAMLText.scalar(incident))
            case .recall(let incident):
                action = ("recall", YAMLText.scalar(incident))
            }
            let pairs: [(key: String, value: String?)] = [
                ("at", writer.clock.words(of: entry.at)), action, ("refused", entry.refused.map(Self.written)),
            ]
            writer.line("  - " + YAMLText.mapping(pairs))
        }
    }

    private func written(_ incident: ScriptedIncident, zone: String, at: Timestamp) -> String {
        YAMLText.mapping([
            ("id", YAMLText.scalar(incident.id)),
            ("program", String(incident.program)),
            ("group", Self.written(groups: incident.groups)),
            ("event_type", YAMLText.scalar(incident.eventType)),
            ("start", clock.words(ofIncident: incident.start, told: incident.startText, zone: zone, entry: at)),
            ("end", incident.end.map { clock.words(ofIncident: $0, told: incident.endText, zone: zone, entry: at) }),
            ("test", incident.isTest ? "true" : nil), ("override", incident.override.map(Self.written)),
        ])
    }

    private static func written(_ refusal: AnnouncedRefusal) -> String {
        if case .limits(let rules) = refusal, rules.count > 1 { return YAMLText.list(rules.map(\.rawValue)) }
        return refusal.text
    }

    private static func written(_ override: Override) -> String {
        YAMLText.mapping([("by", YAMLText.scalar(override.by)), ("reason", YAMLText.scalar(override.reason))])
    }

    private static func written(groups: [String]) -> String? {
        let names = groups.map(YAMLText.scalar)
        return names.count > 1 ? YAMLText.list(names) : names.first
    }

    private func written(_ change: ScriptedModification, zone: String, at: Timestamp) -> String {
        YAMLText.mapping([
            ("incident", YAMLText.scalar(change.incident)),
            ("start", change.start.map { clock.words(ofIncident: $0, told: change.startText, zone: zone, entry: at) }),
            ("end", change.end.map { clock.words(ofIncident: $0, told: change.endText, zone: zone, entry: at) }),
            ("event_type", change.eventType.map(YAMLText.scalar)),
            ("override", change.override.map(Self.written)),
        ])
    }
}
