internal import Base
import DemandResponse

extension Format where Value == Limits {
    static let limits = Format.object(
        "limits",
        "What of events the program allows; what is not given is not limited.",
        .change("notice", .notice, "How early an event is announced; all that are given must hold."),
        .change("window", .window, "When an event may be, whole."),
        .change("length", .length, "How short and how long an event may be."),
        .change("counts", .list(of: .count), "How many events there may be, or how many hours of them."),
        .change(
            "consecutive_days",
            .integer(ProgramRules.dayRange),
            "On how many dates in a row there may be an event."
        ),
        .change("gap", .notation(.duration), "How long after an event's end the next one may start."),
        .change("overlap", .choice(), "Whether two events may be at the same time; without it, allow."),
        .optional("of", .choice(), "Whose events count: program, or customer, who is left out when full."),
        .optional("counted", .counted, "Which events count.")
    ) { _, notice, window, length, counts, consecutiveDays, gap, overlap, of, counted in
        Limits(
            notice: notice,
            window: window,
            length: length,
            counts: counts ?? [],
            consecutiveDays: consecutiveDays,
            gap: gap,
            overlap: overlap,
            of: of ?? .program,
            counted: counted ?? Limits.Counted()
        )
    }.named("limits")
}

extension Format where Value == Limits.Notice {
    fileprivate static let notice = Format.object(
        "notice",
        "How early an event is announced.",
        .change("least", .notation(.duration), "How long before the start, at least."),
        .change("latest", .notation(.noticeDeadline), "Until when, on clocks in the program's zone.")
    ) { _, least, latest in Limits.Notice(least: least, latest: latest) }
}

extension Format where Value == Limits.Window {
    fileprivate static let window = Format.object(
        "window",
        "When an event may be, in the program's zone.",
        .change("hours", .notation(.hours), "Within which hours; without it, all."),
        .change("days", .notation(.weekdays), "On which days of the week; without it, all."),
        .change("season", .notation(.group), "In which of the program's seasons; without it, all the year."),
        .change("holidays", .bool, "Whether on the program's holidays, too; without it, true.")
    ) { _, hours, days, season, holidays in
        Limits.Window(hours: hours, days: days, season: season, holidays: holidays ?? true)
    }
}

extension Format where Value == Limits.Length {
    fileprivate static let length = Format.object(
        "length",
        "How short and how long an event may be, as time goes by.",
        .change("least", .notation(.duration), "The shortest."),
        .change("most", .notation(.duration), "The longest; an event that is left open ends there.")
    ) { _, least, most in Limits.Length(least: least, most: most) }
}

extension Format where Value == Limits.Count {
    fileprivate static let count = Format.object(
        "count",
        "How many events there may be in a time, or how many hours of them.",
        .required("per", .notation(.countPeriod), "In what time."),
        .alternative("events", .integer(ProgramRules.countRange), "How many events, by the date of their start."),
        .alternative("hours", .integer(ProgramRules.countRange), "How many hours, by the days in which they lie.")
    ) { _, per, events, hours in
        per.map { Limits.Count(per: $0, events: events, hours: hours) }
    }
}

extension Format where Value == Limits.Counted {
    fileprivate static let counted = Format.object(
        "counted",
        "Which events count.",
        .change("tests", .bool, "Drills; without it, false."),
        .change("cancelled", .choice(), "Cancelled ones; without it, after_notice: once its first notice had left."),
        .change("overridden", .bool, "Events for which a rule was lifted; without it, true.")
    ) { _, tests, cancelled, overridden in
        let usual = Limits.Counted()
        return Limits.Counted(
            tests: tests ?? usual.tests,
            cancelled: cancelled ?? usual.cancelled,
            overridden: overridden ?? usual.overridden
        )
    }
}

extension Format where Value == ProgramRules.Emergency {
    static let emergency = Format.object(
        "emergency",
        "Events that are not held to some of the limits.",
        .required("types", .list(of: .text(.eventType)), "Their event types."),
        .required(
            "lifts",
            .lifts,
            "Which limits they are not held to."
        )
    ) { _, types, lifts in
        types.flatMap { types in lifts.map { ProgramRules.Emergency(types: types, lifts: $0) } }
    }.named("emergency")
}

extension Format where Value == [LimitKey] {
    fileprivate static let lifts: Format = .distinct(Format<LimitKey>.lift, called: "limit") { $0.rawValue }
}

extension Format where Value == LimitKey {
    fileprivate static let lift = Format.words(
        LimitKey.allCases.map { ($0.rawValue, $0) },
        called: "limit that can be lifted",
        plural: "limits"
    )
}

extension Format where Value == [CivilDate] {
    static let dates: Format = .distinct(Format<CivilDate>.notation(.date), called: "date") { $0.text }
}

extension Format where Value == [String: YearlyRange] {
    /// Names of the program's own choosing, each with its dates.
    static let seasons = Format(
        schema: .members([
            ("type", .string("object")), ("propertyNames", Format<String>.group.schema),
            ("additionalProperties", Format<YearlyRange>.notation(.season).schema), ("minProperties", .integer(1)),
        ]),
        expected: "a mapping of seasons, as {summer: 05-01..10-31}"
    ) { node, diagnostics in
        guard case .mapping(let pairs) = node.content, !pairs.isEmpty else {
            diagnostics.mismatch(node, expected: "a mapping of seasons, as {summer: 05-01..10-31}")
            return nil
        }
        var seasons: [String: YearlyRange] = [:]
        for (key, value) in pairs {
            guard let name = Format<String>.group.read(key, diagnostics),
                let range = Format<YearlyRange>.notation(.season).read(value, diagnostics)
            else { return nil }
            seasons[name] = range
        }
        return seasons
    }.named("seasons")
}

extension Format where Value: RawRepresentable<String> & CaseIterable & Sendable {
    /// One of the words that stand for a closed list of values.
    fileprivate static func choice() -> Format {
        .words(Value.allCases.map { ($0.rawValue, $0) }, called: "choice", plural: "choices")
    }
}

extension Format where Value == ProgramDraft {
    /// The same, with what is wrong between its rules said where it stands.
    func refusingContradictions() -> Format {
        var format = self
        format.read = { node, diagnostics in
            guard let draft = read(node, diagnostics) else { return nil }
            for found in draft.rules?.contradictions ?? [] {
                let location = node.deepest(found.path).location
                if found.isWarning {
                    diagnostics.warning(found.message, at: location, help: found.cure)
                } else {
                    diagnostics.error(found.message, at: location, help: found.cure)
                }
            }
            return draft
        }
        return format
    }
}

extension YAMLNode {
    /// What a path of keys and positions leads to, as far as there is anything.
    fileprivate func deepest(_ path: [String]) -> YAMLNode {
        guard let first = path.first else { return self }
        var next = value(first)
        if case .sequence(let nodes) = content, let index = Int(first), nodes.indices.contains(index) {
            next = nodes[index]
        }
        return next?.deepest(Array(path.dropFirst())) ?? self
    }
}
