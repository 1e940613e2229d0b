public import Base

/// What a program may ask of its customers, and when. Every rule is a setting; one that is not given does not hold.
///
/// As JSON it has the keys of a scenario's program: `{"limits": {…}, "seasons": {…}, "holidays": […], "emergency": {…}, "binding": …}`.
public struct ProgramRules: Hashable, Sendable, Codable {
    public var limits: Limits
    /// By name, ascending.
    public var seasons: [String: YearlyRange]
    public var holidays: Set<CivilDate>
    /// Events that are not held to some of the limits.
    public var emergency: Emergency?
    /// An event of which customers were told may be cancelled, not changed.
    public var isBinding: Bool

    public init(
        limits: Limits = Limits(),
        seasons: [String: YearlyRange] = [:],
        holidays: Set<CivilDate> = [],
        emergency: Emergency? = nil,
        isBinding: Bool = false
    ) {
        self.limits = limits
        self.seasons = seasons
        self.holidays = holidays
        self.emergency = emergency
        self.isBinding = isBinding
    }

    public struct Emergency: Hashable, Sendable, Codable {
        /// Types of event, as `emergency`.
        public var types: [String]
        public var lifts: [LimitKey]

        public init(types: [String], lifts: [LimitKey]) {
            self.types = types
            self.lifts = lifts
        }
    }
}

/// The limits that a program's rules set.
public struct Limits: Hashable, Sendable, Codable {
    public var notice: Notice?
    public var window: Window?
    public var length: Length?
    public var counts: [Count]
    /// On how many dates in a row there may be counted events.
    public var consecutiveDays: Int?
    /// From one end to the next start, at least.
    @SpanText public var gap: Span?
    /// `nil`: as `allow`.
    public var overlap: Overlap?
    /// Whose events are counted.
    public var of: Scope
    public var counted: Counted

    public init(
        notice: Notice? = nil,
        window: Window? = nil,
        length: Length? = nil,
        counts: [Count] = [],
        consecutiveDays: Int? = nil,
        gap: Span? = nil,
        overlap: Overlap? = nil,
        of: Scope = .program,
        counted: Counted = Counted()
    ) {
        self.notice = notice
        self.window = window
        self.length = length
        self.counts = counts
        self.consecutiveDays = consecutiveDays
        _gap = SpanText(wrappedValue: gap)
        self.overlap = overlap
        self.of = of
        self.counted = counted
    }

    /// How early an event is announced; all that are given must hold.
    public struct Notice: Hashable, Sendable, Codable {
        @SpanText public var least: Span?
        public var latest: NoticeDeadline?

        public init(least: Span? = nil, latest: NoticeDeadline? = nil) {
            _least = SpanText(wrappedValue: least)
            self.latest = latest
        }
    }

    /// When an event may be, whole.
    public struct Window: Hashable, Sendable, Codable {
        public var hours: ClockRange?
        public var days: Weekdays?
        /// The name of one of the program's.
        public var season: String?
        /// Whether the program's holidays are days like others.
        public var holidays: Bool

        public init(
            hours: ClockRange? = nil,
            days: Weekdays? = nil,
            season: String? = nil,
            holidays: Bool = true
        ) {
            self.hours = hours
            self.days = days
            self.season = season
            self.holidays = holidays
        }
    }

    /// As time goes by.
    public struct Length: Hashable, Sendable, Codable {
        @SpanText public var least: Span?
        /// Where an event without an end is ended.
        @SpanText public var most: Span?

        public init(least: Span? = nil, most: Span? = nil) {
            _least = SpanText(wrappedValue: least)
            _most = SpanText(wrappedValue: most)
        }
    }

    /// How many events there may be in a time, or how many hours of them.
    public struct Count: Hashable, Sendable, Codable {
        public var per: CountPeriod
        public var events: Int?
        public var hours: Int?

        public init(per: CountPeriod, events: Int? = nil, hours: Int? = nil) {
            self.per = per
            self.events = events
            self.hours = hours
        }
    }

    public enum Overlap: String, Hashable, Sendable, Codable, CaseIterable { case refuse, allow }

    public enum Scope: String, Hashable, Sendable, Codable, CaseIterable {
        case program
        /// Each customer has its own count; who is full is left out.
        case customer
    }

    /// Which events count.
    public struct Counted: Hashable, Sendable, Codable {
        public enum Cancelled: String, Hashable, Sendable, Codable, CaseIterable {
            case never
            /// Once its first notice had left.
            case afterNotice = "after_notice"
            case always
        }

        public var tests: Bool
        public var cancelled: Cancelled
        /// Events for which an operator lifted a rule.
        public var overridden: Bool

        public init(tests: Bool = false, cancelled: Cancelled = .afterNotice, overridden: Bool = true) {
            self.tests = tests
            self.cancelled = cancelled
            self.overridden = overridden
        }
    }
}

/// A span that stands in JSON as files write it: `1h30m`.
@propertyWrapper
public struct SpanText: Hashable, Sendable {
    public var wrappedValue: Span?

    public init(wrappedValue: Span?) { self.wrappedValue = wrappedValue }
}
