internal import Base

/// Writes instants as the file of a scenario says them.
struct InstantWriter {
    private let clock: ScenarioClock

    init(_ scenario: Scenario) {
        let offset = UTCOffset(secondsEast: scenario.utcOffsetSeconds)
        clock = ScenarioClock(starts: scenario.starts, offset: offset, ends: scenario.ends)
    }

    /// With its offset from UTC, and parts of a second only where there are some.
    func full(_ instant: Timestamp) -> String {
        let text = clock.text(of: instant)
        let microseconds = ((instant.microseconds % 1_000_000) + 1_000_000) % 1_000_000
        guard microseconds > 0 else { return text }
        var digits = String(1_000_000 + microseconds).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return "\(text.dropLast(clock.offset.text.count)).\(digits)\(clock.offset.text)"
    }

    /// As the clock shows it; where a clock's hands cannot point at it, as the time since the start.
    func ofRun(_ instant: Timestamp) -> String {
        let span = instant - clock.starts
        let second = Int64(1_000_000)
        let isOnClock = instant.microseconds % second == 0 && clock.starts.microseconds % second == 0
        guard isOnClock, span > .zero, span < .hours(24) else { return DurationText.text(span) }
        let time = CivilTime(instant, secondsFromUTC: clock.offset.seconds)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        return "\(two(time.hour)):\(two(time.minute))" + (time.second > 0 ? ":\(two(time.second))" : "")
    }

    /// An incident's start or end: the message's words alone where they name this instant.
    func ofIncident(_ instant: Timestamp, words: String?, zone: String) -> String {
        let words = words ?? instant.iso8601
        let notation = try? Notation<WrittenInstant>.incidentTime.parse(Substring(words))
        if let notation, clock.instant(notation, zone: zone) == instant { return words }
        return YAMLText.mapping([("at", full(instant)), ("text", YAMLText.scalar(words))])
    }
}

extension UTCOffset {
    init(secondsEast seconds: Int) {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        self.seconds = seconds
        let minutes = abs(seconds) / 60
        text = seconds == 0 ? "Z" : (seconds < 0 ? "-" : "+") + "\(two(minutes / 60)):\(two(minutes % 60))"
    }
}
