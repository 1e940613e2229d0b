public import Base

/// Turns written instants into instants, and back.
struct ScenarioClock {
    var starts: Timestamp
    /// The zone of `starts`: so far east of UTC, without history.
    var utcOffsetSeconds: Int
    /// `nil` if the file does not say how long the run lasts.
    var ends: Timestamp?

    /// The zone of `starts`.
    var zone: String { ZonedTime.zone(ofOffset: utcOffsetSeconds) }

    /// - Parameters:
    ///   - zone: where clock times, and dates without an offset, are read; `nil`: in the zone of `starts`.
    ///   - earliest: a clock time is the first one from then on; `nil`: from the start of the run on.
    func instant(_ written: WrittenInstant, zone: String? = nil, from earliest: Timestamp? = nil) -> Timestamp? {
        switch written {
        case .afterStart(let span):
            starts + span
        case .clock(let secondOfDay):
            ZonedTime.next(secondOfDay: secondOfDay, from: earliest ?? starts, zone: zone ?? self.zone)
        case .full(let text, _):
            ZonedTime.timestamp(text, zone: zone ?? self.zone)
        }
    }

    /// The instant, if it lies within the run; else a diagnostic says that it does not.
    func instantOfRun(_ written: Located<WrittenInstant>, _ diagnostics: Diagnostics) -> Timestamp? {
        guard let instant = instant(written.value) else { return nil }
        guard instant < starts || instant > ends ?? instant else { return instant }
        diagnostics.error(
            "\(text(of: instant)) is \(instant < starts ? "before the start" : "after the end") of the run",
            at: written.location,
            help: "the run is from \(text(of: starts)) to \(ends.map(text) ?? "…")"
        )
        return nil
    }

    /// In the zone of `starts`, with parts of a second only where there are some.
    func text(of instant: Timestamp) -> String {
        let time = CivilTime(instant, secondsFromUTC: utcOffsetSeconds)
        let fraction = Units.exact(instant.microsecondsOfSecond, per: 1_000_000).dropFirst()
        return "\(time.date)T\(time.clock)\(fraction)\(ZonedTime.text(ofOffset: utcOffsetSeconds))"
    }
}

extension Scenario {
    /// An instant of the run as its clock shows it, for people: with the date where the run has more than one day.
    public func clockText(of instant: Timestamp) -> String {
        let time = CivilTime(instant, secondsFromUTC: utcOffsetSeconds)
        let fraction = Units.exact(instant.microsecondsOfSecond, per: 1_000_000).dropFirst()
        return (lasts < .hours(24) ? "" : time.date + " ") + time.clock + fraction
    }
}

// MARK: Writing

extension ScenarioClock {
    init(_ scenario: Scenario) {
        self.init(starts: scenario.starts, utcOffsetSeconds: scenario.utcOffsetSeconds, ends: scenario.ends)
    }

    /// An instant of the run as the clock shows it; where a clock's hands cannot point at it, as the time since the start.
    func words(of instant: Timestamp) -> String {
        let span = instant - starts
        let isOnClock = instant.microsecondsOfSecond == 0 && starts.microsecondsOfSecond == 0
        guard isOnClock, span > .zero, span < .hours(24) else { return DurationText.text(span) }
        let time = CivilTime(instant, secondsFromUTC: utcOffsetSeconds)
        return time.second > 0 ? time.clock : time.hourAndMinute
    }

    /// An incident's start or end in an entry of the timeline: the message's words alone where they name this instant.
    func words(ofIncident instant: Timestamp, told words: String?, zone: String, entry: Timestamp) -> String {
        guard let words else { return DurationText.text(instant - starts) }
        let notation = try? Notation<WrittenInstant>.incidentTime.parse(Substring(words))
        if let notation, notation.isTold, self.instant(notation, zone: zone, from: entry) == instant { return words }
        return YAMLText.mapping([("at", text(of: instant)), ("text", YAMLText.scalar(words))])
    }
}
