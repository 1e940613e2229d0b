internal import Base

/// Turns written instants into instants.
struct ScenarioClock {
    var starts: Timestamp
    /// The zone of `starts`.
    var offset: UTCOffset
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
                ZonedTime.timestamp(text + offset.text, zone: "GMT")
            }
        }
    }

    /// The first instant at or after the start at which clocks show this.
    private func clock(_ secondOfDay: Int) -> Timestamp {
        let day = Span.hours(24).microseconds
        let shift = Int64(offset.seconds) * 1_000_000
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

    /// In the zone of `starts`.
    func text(of instant: Timestamp) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        let time = CivilTime(instant, secondsFromUTC: offset.seconds)
        let date = "\(time.year)-\(two(time.month))-\(two(time.day))"
        return "\(date)T\(two(time.hour)):\(two(time.minute)):\(two(time.second))\(offset.text)"
    }
}
