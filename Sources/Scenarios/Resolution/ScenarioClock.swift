internal import Base

/// Turns written instants into instants, and back.
struct ScenarioClock {
    var starts: Timestamp
    /// The zone of `starts`: so far east of UTC, without history.
    var utcOffsetSeconds: Int
    /// `nil` if the file does not say how long the run lasts.
    var ends: Timestamp?

    /// - Parameter zone: where dates without an offset are read; `nil`: in the zone of `starts`.
    func instant(_ written: WrittenInstant, zone: String? = nil) -> Timestamp? {
        switch written {
        case .afterStart(let span):
            starts + span
        case .clock(let secondOfDay):
            clock(secondOfDay)
        case .full(let text, let isZoned):
            if isZoned {
                ZonedTime.timestamp(text, zone: "GMT")
            } else if let zone {
                ZonedTime.timestamp(text, zone: zone)
            } else {
                ZonedTime.timestamp(text + ZonedTime.text(ofOffset: utcOffsetSeconds), zone: "GMT")
            }
        }
    }

    /// The first instant at or after the start at which clocks show this.
    private func clock(_ secondOfDay: Int) -> Timestamp {
        let day = Span.hours(24).microseconds
        let shift = Int64(utcOffsetSeconds) * 1_000_000
        let local = starts.microseconds + shift
        let midnight = local - ((local % day) + day) % day
        let today = Timestamp(microseconds: midnight + Int64(secondOfDay) * 1_000_000 - shift)
        return today < starts ? today + .hours(24) : today
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

    /// An incident's start or end: the message's words alone where they name this instant.
    func words(ofIncident instant: Timestamp, told words: String?, zone: String) -> String {
        let words = words ?? instant.iso8601
        let notation = try? Notation<WrittenInstant>.incidentTime.parse(Substring(words))
        if let notation, self.instant(notation, zone: zone) == instant { return words }
        return YAMLText.mapping([("at", text(of: instant)), ("text", YAMLText.scalar(words))])
    }
}
