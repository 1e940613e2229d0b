internal import Base

// What is not given is not there in JSON either: as files have it, and so that it can be read by whoever knows fewer keys.

extension KeyedDecodingContainer {
    func decode(_ type: SpanText.Type, forKey key: Key) throws -> SpanText {
        guard let text = try decodeIfPresent(String.self, forKey: key) else { return SpanText(wrappedValue: nil) }
        guard let span = Span(notation: text) else {
            throw DecodingError.dataCorruptedError(
                forKey: key,
                in: self,
                debugDescription: "'\(text.prefix(60))' is not a duration, as 30m or 1h30m"
            )
        }
        return SpanText(wrappedValue: span)
    }

    fileprivate func value<Value: Decodable>(_ key: Key, else missing: Value) throws -> Value {
        try decodeIfPresent(Value.self, forKey: key) ?? missing
    }
}

extension KeyedEncodingContainer {
    mutating func encode(_ value: SpanText, forKey key: Key) throws {
        try encodeIfPresent(value.wrappedValue?.notation, forKey: key)
    }
}

extension SpanText: Codable {
    public init(from decoder: any Decoder) throws {
        wrappedValue = Span(notation: try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wrappedValue?.notation)
    }
}

extension ProgramRules {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case limits, seasons, holidays, emergency
        case isBinding = "binding"
    }

    /// The keys of a program under which its rules stand.
    public static let keys = CodingKeys.allCases.map(\.rawValue)

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            limits: try container.value(.limits, else: Limits()),
            seasons: try container.value(.seasons, else: [:]),
            holidays: Set(try container.value(.holidays, else: [CivilDate]())),
            emergency: try container.decodeIfPresent(Emergency.self, forKey: .emergency),
            isBinding: try container.value(.isBinding, else: false)
        )
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        if limits != Limits() { try container.encode(limits, forKey: .limits) }
        if !seasons.isEmpty { try container.encode(seasons, forKey: .seasons) }
        if !holidays.isEmpty { try container.encode(holidays.sorted(), forKey: .holidays) }
        try container.encodeIfPresent(emergency, forKey: .emergency)
        if isBinding { try container.encode(true, forKey: .isBinding) }
    }
}

extension Limits {
    enum CodingKeys: String, CodingKey {
        case notice, window, length, counts
        case consecutiveDays = "consecutive_days"
        case gap, overlap, of, counted
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            notice: try container.decodeIfPresent(Notice.self, forKey: .notice),
            window: try container.decodeIfPresent(Window.self, forKey: .window),
            length: try container.decodeIfPresent(Length.self, forKey: .length),
            counts: try container.value(.counts, else: []),
            consecutiveDays: try container.decodeIfPresent(Int.self, forKey: .consecutiveDays),
            gap: try container.decode(SpanText.self, forKey: .gap).wrappedValue,
            overlap: try container.decodeIfPresent(Overlap.self, forKey: .overlap),
            of: try container.value(.of, else: .program),
            counted: try container.value(.counted, else: Counted())
        )
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(notice, forKey: .notice)
        try container.encodeIfPresent(window, forKey: .window)
        try container.encodeIfPresent(length, forKey: .length)
        if !counts.isEmpty { try container.encode(counts, forKey: .counts) }
        try container.encodeIfPresent(consecutiveDays, forKey: .consecutiveDays)
        try container.encode(SpanText(wrappedValue: gap), forKey: .gap)
        try container.encodeIfPresent(overlap, forKey: .overlap)
        if of != .program { try container.encode(of, forKey: .of) }
        if counted != Counted() { try container.encode(counted, forKey: .counted) }
    }
}

extension Limits.Window {
    enum CodingKeys: String, CodingKey { case hours, days, season, holidays }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            hours: try container.decodeIfPresent(ClockRange.self, forKey: .hours),
            days: try container.decodeIfPresent(Weekdays.self, forKey: .days),
            season: try container.decodeIfPresent(String.self, forKey: .season),
            holidays: try container.value(.holidays, else: true)
        )
    }
}

extension Limits.Counted {
    enum CodingKeys: String, CodingKey { case tests, cancelled, overridden }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let usual = Limits.Counted()
        self.init(
            tests: try container.value(.tests, else: usual.tests),
            cancelled: try container.value(.cancelled, else: usual.cancelled),
            overridden: try container.value(.overridden, else: usual.overridden)
        )
    }
}
