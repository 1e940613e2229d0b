public import Base

/// A rule of a program that an incident, or a change of one, may break. In the order in which broken ones are told.
public enum LimitRule: String, Hashable, Sendable, Codable, CaseIterable {
    case noticeTooShort = "notice_too_short"
    case noticePastDeadline = "notice_past_deadline"
    case outsideWindow = "outside_window"
    case outsideSeason = "outside_season"
    case onHoliday = "on_holiday"
    case tooShort = "too_short"
    case tooLong = "too_long"
    case dayLimit = "day_limit"
    case weekLimit = "week_limit"
    case monthLimit = "month_limit"
    case seasonLimit = "season_limit"
    case yearLimit = "year_limit"
    case rollingLimit = "rolling_limit"
    case consecutiveDays = "consecutive_days"
    case tooSoonAfter = "too_soon_after"
    case overlaps
    case binding

    /// By what key of the program it is set, and an emergency lifts it.
    public var key: LimitKey {
        switch self {
        case .noticeTooShort, .noticePastDeadline: .notice
        case .outsideWindow, .outsideSeason, .onHoliday: .window
        case .tooShort, .tooLong: .length
        case .dayLimit, .weekLimit, .monthLimit, .seasonLimit, .yearLimit, .rollingLimit: .counts
        case .consecutiveDays: .consecutiveDays
        case .tooSoonAfter: .gap
        case .overlaps: .overlap
        case .binding: .binding
        }
    }
}

/// The keys of a program that set limits, as an emergency's `lifts` names them.
public enum LimitKey: String, Hashable, Sendable, Codable, CaseIterable {
    case notice, window, length, counts
    case consecutiveDays = "consecutive_days"
    case gap, overlap, binding
}

/// A rule that is broken, with all that is told of it.
public struct BrokenLimit: Hashable, Sendable {
    public var rule: LimitRule
    /// What is allowed, in words: `1 event a day`.
    public var limit: String
    /// What is used up already, without what is asked; `nil` where nothing is counted.
    public var used: String?
    /// What was asked for.
    public var asked: String
    /// When there is room again; `nil` where waiting does not help.
    public var resetsAt: Timestamp?

    /// `day_limit allows 1 event a day, used 1 event, asked 1 event; room again at 2021-07-09T00:00:00-07:00`
    func words(zone: String) -> String {
        "\(rule.rawValue) allows \(limit)" + (used.map { ", used \($0)" } ?? "") + ", asked \(asked)"
            + (resetsAt.map { "; room again at \($0.iso8601(zone: zone))" } ?? "")
    }
}
