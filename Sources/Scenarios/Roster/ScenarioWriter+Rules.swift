internal import Base
import DemandResponse

extension ScenarioWriter {
    /// A program's rules, as pairs of its mapping.
    static func written(_ rules: ProgramRules?) -> [(key: String, value: String?)] {
        guard let rules else { return [] }
        let seasons = rules.seasons.sorted { $0.key < $1.key }.map {
            (key: $0.key, value: String?.some($0.value.notation))
        }
        let emergency = rules.emergency.map { emergency in
            YAMLText.mapping([
                ("types", YAMLText.list(emergency.types.map(YAMLText.scalar))),
                ("lifts", YAMLText.list(emergency.lifts.map(\.rawValue))),
            ])
        }
        return [
            ("limits", rules.limits == Limits() ? nil : written(rules.limits)),
            ("seasons", seasons.isEmpty ? nil : YAMLText.mapping(seasons)),
            ("holidays", rules.holidays.isEmpty ? nil : YAMLText.list(rules.holidays.sorted().map(\.text))),
            ("emergency", emergency), ("binding", rules.isBinding ? "true" : nil),
        ]
    }

    private static func written(_ limits: Limits) -> String {
        let counts = limits.counts.map { count in
            YAMLText.mapping([
                ("per", YAMLText.scalar(count.per.notation)), ("events", count.events.map { String($0) }),
                ("hours", count.hours.map { String($0) }),
            ])
        }
        let usual = Limits.Counted()
        let counted = limits.counted
        return YAMLText.mapping([
            ("notice", limits.notice.map(written)), ("window", limits.window.map(written)),
            ("length", limits.length.map(written)), ("counts", counts.isEmpty ? nil : YAMLText.list(counts)),
            ("consecutive_days", limits.consecutiveDays.map { String($0) }), ("gap", limits.gap?.notation),
            ("overlap", limits.overlap?.rawValue), ("of", limits.of == .program ? nil : limits.of.rawValue),
            (
                "counted",
                counted == usual
                    ? nil
                    : YAMLText.mapping([
                        ("tests", String(counted.tests)), ("cancelled", counted.cancelled.rawValue),
                        ("overridden", String(counted.overridden)),
                    ])
            ),
        ])
    }

    private static func written(_ notice: Limits.Notice) -> String {
        YAMLText.mapping([
            ("least", notice.least?.notation), ("latest", notice.latest.map { YAMLText.scalar($0.notation) }),
        ])
    }

    private static func written(_ window: Limits.Window) -> String {
        YAMLText.mapping([
            ("hours", window.hours.map { YAMLText.scalar($0.notation) }),
            ("days", window.days.map { YAMLText.scalar($0.notation) }), ("season", window.season.map(YAMLText.scalar)),
            ("holidays", window.holidays ? nil : "false"),
        ])
    }

    private static func written(_ length: Limits.Length) -> String {
        YAMLText.mapping([("least", length.least?.notation), ("most", length.most?.notation)])
    }
}
