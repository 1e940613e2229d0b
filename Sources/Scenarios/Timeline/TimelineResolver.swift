internal import Base
import DemandResponse

/// Holds the timeline against the roster, the run and itself.
struct TimelineResolver {
    let roster: RosterResolution
    let clock: ScenarioClock?
    let diagnostics: Diagnostics

    /// What a modification is held against: the incident as it stands by then.
    private struct Standing {
        var zone: String?
        var start: Timestamp?
        var end: Timestamp?
    }

    func resolve(_ drafts: [TimelineDraft]) -> [TimelineEntry] {
        let defined = definedIncidents(drafts)
        var standing: [String: Standing] = [:]
        return ordered(drafts).compactMap { draft, at in
            let entry = EntryTime(at: at, delay: draft.delay)
            let action: TimelineEntry.Action?
            switch draft.action {
            case let refused? where draft.refused != nil:
                action = lenient(refused, entry, standing)
            case .incident(let incident):
                action = resolve(incident, entry, &standing).map(TimelineEntry.Action.incident)
            case .modify(let modification):
                action = resolve(modification, entry, &standing, defined).map(TimelineEntry.Action.modify)
            case .cancel(let id):
                check(id, standing, defined)
                action = .cancel(incident: id.value)
            case .recall(let id):
                check(id, standing, defined)
                action = .recall(incident: id.value)
            case nil:
                action = nil
            }
            guard let at, let action else { return nil }
            return TimelineEntry(at: at + draft.delay, action: action, refused: draft.refused, location: draft.location)
        }
    }

    /// When an entry is written to be, and how much later it is.
    private struct EntryTime {
        var at: Timestamp?
        var delay: Span
    }

    private typealias TimedDraft = (draft: TimelineDraft, at: Timestamp?)

    /// In order of time, then of the file; an entry without an instant stays behind the one before it.
    private func ordered(_ drafts: [TimelineDraft]) -> [TimedDraft] {
        var latest = Timestamp(microseconds: .min)
        let timed = drafts.enumerated().map { offset, draft in
            let at = draft.at.flatMap { clock?.instantOfRun($0, diagnostics) }
            latest = at.map { $0 + draft.delay } ?? latest
            return (key: (latest, offset), entry: (draft: draft, at: at))
        }
        return timed.sorted { $0.key < $1.key }.map(\.entry)
    }

    /// The ids in the order of the file; of those that stand twice the later is refused. `nil`: some could not be read.
    private func definedIncidents(_ drafts: [TimelineDraft]) -> [String: SourceLocation]? {
        var defined: [String: SourceLocation] = [:]
        var isComplete = true
        var reported: Set<SourceLocation> = []
        var repeated: Set<String> = []
        for draft in drafts where draft.refused == nil {
            guard case .incident(let incident)? = draft.action else { continue }
            guard let id = incident.id else {
                isComplete = false
                continue
            }
            if let earlier = defined[id.value] {
                // Of an entry that is repeated once is enough.
                guard reported.insert(id.location).inserted else { continue }
                diagnostics.error(
                    "the incident '\(id.value)' is already defined",
                    at: id.location,
                    help: repeated.contains(id.value)
                        ? "line \(earlier.line) makes it, by 'repeat'" : "it is on line \(earlier.line)"
                )
            } else {
                defined[id.value] = id.location
                if draft.repetition != nil { repeated.insert(id.value) }
            }
        }
        return isComplete && drafts.allSatisfy { $0.action != nil } ? defined : nil
    }

    private func resolve(
        _ draft: IncidentDraft,
        _ entry: EntryTime,
        _ standing: inout [String: Standing]
    ) -> ScriptedIncident? {
        let program = draft.program.flatMap { roster.roster.program($0.value) }
        if let id = draft.program, program == nil, roster.hasAllPrograms {
            let known = roster.roster.programs.map { String($0.id) }
            diagnostics.error(
                "there is no program \(id.value)",
                at: id.location,
                help: Known.help(known, called: "programs")
            )
        }
        if let program { check(draft.groups, of: program) }
        let start = instant(draft.start, zone: program?.timeZone, from: entry)
        let end = instant(draft.end, zone: program?.timeZone, from: entry)
        // What is wrong with one that is repeated is wrong with its first.
        if entry.delay == .zero { check(start: start, end: end, at: draft.end ?? draft.start) }
        guard let id = draft.id else { return nil }
        if standing[id.value] == nil { standing[id.value] = Standing(zone: program?.timeZone, start: start, end: end) }
        guard let program, let start, let eventType = draft.eventType else { return nil }
        return ScriptedIncident(
            id: id.value,
            program: program.id,
            groups: draft.groups.map(\.value),
            eventType: eventType,
            start: start,
            end: end,
            startText: words(draft.start, start, zone: program.timeZone, entry),
            endText: words(draft.end, end, zone: program.timeZone, entry),
            isTest: draft.isTest,
            override: draft.override
        )
    }

    private func resolve(
        _ draft: ModificationDraft,
        _ entry: EntryTime,
        _ standing: inout [String: Standing],
        _ defined: [String: SourceLocation]?
    ) -> ScriptedModification? {
        guard let id = draft.incident else { return nil }
        check(id, standing, defined)
        guard var current = standing[id.value] else { return nil }
        let start = instant(draft.start, zone: current.zone, from: entry)
        let end = instant(draft.end, zone: current.zone, from: entry)
        current.start = start ?? current.start
        current.end = end ?? current.end
        check(start: current.start, end: current.end, at: draft.end ?? draft.start)
        standing[id.value] = current
        return ScriptedModification(
            incident: id.value,
            start: start,
            end: end,
            eventType: draft.eventType,
            startText: draft.start?.words,
            endText: draft.end?.words,
            override: draft.override
        )
    }

    /// What is going to be refused is held against nothing, and leaves everything as it is.
    private func lenient(
        _ action: TimelineDraft.Action,
        _ entry: EntryTime,
        _ standing: [String: Standing]
    ) -> TimelineEntry.Action? {
        let ownZone = clock?.zone ?? Program.defaultTimeZone
        switch action {
        case .incident(let draft):
            let zone = draft.program.flatMap { roster.roster.program($0.value)?.timeZone } ?? ownZone
            guard let id = draft.id?.value, let program = draft.program?.value, let eventType = draft.eventType,
                let start = instant(draft.start, zone: zone, from: entry)
            else { return nil }
            let end = instant(draft.end, zone: zone, from: entry)
            return .incident(
                ScriptedIncident(
                    id: id,
                    program: program,
                    groups: draft.groups.map(\.value),
                    eventType: eventType,
                    start: start,
                    end: end,
                    startText: words(draft.start, start, zone: zone, entry),
                    endText: words(draft.end, end, zone: zone, entry),
                    isTest: draft.isTest,
                    override: draft.override
                )
            )
        case .modify(let draft):
            guard let id = draft.incident?.value else { return nil }
            let zone = standing[id]?.zone ?? ownZone
            return .modify(
                ScriptedModification(
                    incident: id,
                    start: instant(draft.start, zone: zone, from: entry),
                    end: instant(draft.end, zone: zone, from: entry),
                    eventType: draft.eventType,
                    startText: draft.start?.words,
                    endText: draft.end?.words,
                    override: draft.override
                )
            )
        case .cancel(let id):
            return .cancel(incident: id.value)
        case .recall(let id):
            return .recall(incident: id.value)
        }
    }

    /// Times without an offset mean nothing as long as the program, and so its zone, is unknown.
    private func instant(_ time: WrittenTime?, zone: String?, from entry: EntryTime) -> Timestamp? {
        guard let time else { return nil }
        switch time.instant {
        case .clock where zone == nil, .full(_, isZoned: false) where zone == nil: return nil
        case .afterStart, .clock, .full:
            guard let written = clock?.instant(time.instant, zone: zone, from: entry.at) else { return nil }
            let instant = written + entry.delay
            if Timestamp.carried.contains(instant) { return instant }
            diagnostics.error(
                "an incident of that year cannot be told in the texts of its times",
                at: time.location,
                help: "it begins and ends \(Timestamp.carriedWords)"
            )
            return nil
        }
    }

    /// How messages say an incident's time: as it is written, but where that is a time of one that comes later, what a clock shows then.
    private func words(_ time: WrittenTime?, _ instant: Timestamp?, zone: String, _ entry: EntryTime) -> String? {
        guard let time, let instant, !time.isReworded else { return time?.words }
        guard entry.delay > .zero else { return time.words.map { ZonedTime.words($0, read: instant, zone: zone) } }
        guard case .clock = time.instant, let offset = ZonedTime.secondsFromUTC(at: instant, zone: zone) else {
            return nil
        }
        let shown = CivilTime(instant, secondsFromUTC: offset)
        return shown.second > 0 ? shown.clock : shown.hourAndMinute
    }

    private func check(_ groups: [Located<String>], of program: Program) {
        for (index, group) in groups.enumerated() where groups[..<index].contains(where: { $0.value == group.value }) {
            diagnostics.error("the group '\(group.value)' stands twice", at: group.location, help: "keep one of them")
        }
        guard !groups.isEmpty, roster.hasAllCustomers else { return }
        let known = Set(roster.roster.customers.lazy.filter { $0.program == program.id }.compactMap(\.group))
        for group in groups { Known.check(group, among: known, " of program \(program.id)", diagnostics) }
    }

    private func check(start: Timestamp?, end: Timestamp?, at place: WrittenTime?) {
        guard let start, let end, end <= start, let place, let clock else { return }
        diagnostics.error(
            end == start ? "the incident ends when it starts" : "the incident ends before it starts",
            at: place.location,
            help: "it would be from \(clock.text(of: start)) to \(clock.text(of: end))"
        )
    }

    private func check(
        _ id: Located<String>,
        _ standing: [String: Standing],
        _ defined: [String: SourceLocation]?
    ) {
        guard let defined, standing[id.value] == nil else { return }
        if let location = defined[id.value] {
            diagnostics.error(
                "the incident '\(id.value)' does not exist yet",
                at: id.location,
                help: "line \(location.line) creates it later"
            )
        } else {
            diagnostics.error(
                "there is no incident '\(id.value)'",
                at: id.location,
                help: Spelling.help(id.value, among: Array(defined.keys.sorted().prefix(10)), called: "incidents")
            )
        }
    }
}
