internal import Base
internal import Foundation

/// Instants as the clocks of a program's zone show them.
enum LocalTime {
    /// `2021-08-13T09:05:00-07:00`, RFC 3339; the fraction only when there is one. In an unknown zone it is UTC.
    static func text(_ instant: Timestamp, zone identifier: String) -> String {
        let zone = TimeZone(identifier: identifier)
        let date = Date(timeIntervalSince1970: Double(instant.microseconds) / 1_000_000)
        let offset = zone?.secondsFromGMT(for: date) ?? 0
        let shown = (instant + .seconds(Int64(offset))).iso8601.dropLast()
        let minutes = abs(offset) / 60
        return "\(shown)\(offset < 0 ? "-" : "+")\(Units.two(minutes / 60)):\(Units.two(minutes % 60))"
    }
}
