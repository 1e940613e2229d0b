internal import Base

/// The clock on the wall of the run's programs.
struct ReportClock {
    let zoneName: String
    private let showsDays: Bool

    /// - Parameter zones: of the programs; where they differ, UTC stands for all.
    init(zones: some Sequence<String>, from start: Timestamp, to end: Timestamp) {
        let names = Set(zones)
        zoneName = names.count == 1 ? names.first { ZonedTime.isKnown(zone: $0) } ?? "UTC" : "UTC"
        showsDays = end - start > .hours(24)
    }

    func secondsFromUTC(at instant: Timestamp) -> Int { ZonedTime.secondsFromUTC(at: instant, zone: zoneName) ?? 0 }

    /// `20:45`
    func short(_ instant: Timestamp) -> String { day(instant) + civil(instant).hourAndMinute }

    /// `20:45`, with seconds only where there are some.
    func brief(_ instant: Timestamp) -> String {
        instant.microseconds % 60_000_000 == 0 ? short(instant) : text(instant)
    }

    /// `20:45:00`
    func text(_ instant: Timestamp) -> String { day(instant) + civil(instant).clock }

    /// `20:45:00.044`
    func precise(_ instant: Timestamp) -> String {
        "\(text(instant)).\(String(1_000 + instant.microsecondsOfSecond / 1_000).dropFirst())"
    }

    /// `2019-08-27 20:30:00`
    func full(_ instant: Timestamp) -> String { "\(civil(instant).date) \(civil(instant).clock)" }

    private func civil(_ instant: Timestamp) -> CivilTime {
        CivilTime(instant, secondsFromUTC: secondsFromUTC(at: instant))
    }

    private func day(_ instant: Timestamp) -> String { showsDays ? "\(civil(instant).date.dropFirst(5)) " : "" }
}
