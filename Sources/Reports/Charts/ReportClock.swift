internal import Base
internal import Foundation

/// The clock on the wall of the run's programs.
struct ReportClock {
    let zoneName: String
    private let zone: TimeZone?
    private let showsDays: Bool

    /// - Parameter zones: of the programs; where they differ, UTC stands for all.
    init(zones: some Sequence<String>, from start: Timestamp, to end: Timestamp) {
        let names = Set(zones)
        let known =
            names.count == 1 ? names.first.flatMap { name in TimeZone(identifier: name).map { (name, $0) } } : nil
        zoneName = known?.0 ?? "UTC"
        zone = known?.1
        showsDays = end - start > .hours(24)
    }

    func secondsFromUTC(at instant: Timestamp) -> Int {
        zone?.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.microseconds / 1_000_000))) ?? 0
    }

    /// `20:45`
    func short(_ instant: Timestamp) -> String {
        let time = civil(instant)
        return day(time) + "\(Units.two(time.hour)):\(Units.two(time.minute))"
    }

    /// `20:45`, with seconds only where there are some.
    func brief(_ instant: Timestamp) -> String {
        instant.microseconds % 60_000_000 == 0 ? short(instant) : text(instant)
    }

    /// `20:45:00`
    func text(_ instant: Timestamp) -> String {
        let time = civil(instant)
        return day(time) + "\(Units.two(time.hour)):\(Units.two(time.minute)):\(Units.two(time.second))"
    }

    /// `20:45:00.044`
    func precise(_ instant: Timestamp) -> String {
        let milliseconds = (instant.microseconds % 1_000_000 + 1_000_000) % 1_000_000 / 1_000
        return text(instant) + ".\(String(1_000 + milliseconds).dropFirst())"
    }

    /// `2019-08-27 20:30:00`
    func full(_ instant: Timestamp) -> String {
        let time = civil(instant)
        let clock = "\(Units.two(time.hour)):\(Units.two(time.minute)):\(Units.two(time.second))"
        return "\(time.year)-\(Units.two(time.month))-\(Units.two(time.day)) \(clock)"
    }

    private func civil(_ instant: Timestamp) -> CivilTime {
        CivilTime(instant, secondsFromUTC: secondsFromUTC(at: instant))
    }

    private func day(_ time: CivilTime) -> String {
        showsDays ? "\(Units.two(time.month))-\(Units.two(time.day)) " : ""
    }
}
