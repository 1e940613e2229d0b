public import Base

/// What of a limit is used, and when there is room again.
public struct LimitUse: Hashable, Sendable {
    public var rule: LimitRule
    /// In words: `10 events a month`.
    public var limit: String
    public var used: String
    public var left: String
    public var isFull: Bool
    /// When what is used counts no more, or a part of it; `nil` where nothing is used.
    public var resetsAt: Timestamp?
}

extension LimitJudge {
    /// What is used at the judge's instant of the limits that count; those of time alone have nothing to be used up.
    public func uses(of events: [UsedEvent]) -> [LimitUse] {
        let counted = events.filter(\.isCounted).sorted { $0.start < $1.start }
        let uses = rules.limits.counts.flatMap { self.uses(of: counted, $0) } + daysInARow(counted)
        return LimitRule.allCases.flatMap { rule in uses.filter { $0.rule == rule } }
    }

    private func uses(of events: [UsedEvent], _ count: Limits.Count) -> [LimitUse] {
        if case .rolling(let span) = count.per {
            // From exclusive, to inclusive, as it is judged.
            return uses(of: events, count, in: (now - span + .microseconds(1))..<(now + .microseconds(1)))
        }
        return calendars(count.per).compactMap { period($0, around: calendar.date(of: now)) }.flatMap {
            uses(of: events, count, in: $0)
        }
    }

    private func uses(
        of events: [UsedEvent],
        _ count: Limits.Count,
        in current: Range<Timestamp>
    ) -> [LimitUse] {
        var uses: [LimitUse] = []
        func add(_ limit: String, _ used: String, left: String, isFull: Bool, _ resetsAt: Timestamp?) {
            let limit = "\(limit) \(count.per.words)"
            uses.append(
                LimitUse(rule: count.per.rule, limit: limit, used: used, left: left, isFull: isFull, resetsAt: resetsAt)
            )
        }
        func reset(_ first: UsedEvent?) -> Timestamp? {
            guard case .rolling(let span) = count.per else { return first.map { _ in current.upperBound } }
            return first.map { $0.start + span }
        }
        if let most = count.events {
            let inside = events.filter { current.contains($0.start) }
            let left = max(0, most - inside.count)
            add(
                "\(Units.plural(most, "event"))",
                "\(inside.count)",
                left: "\(left)",
                isFull: left == 0,
                reset(inside.first)
            )
        }
        if let most = count.hours.map({ Span.hours(Int64($0)) }) {
            let inside = events.filter { Self.overlap($0.start, countedEnd(of: $0), current) > .zero }
            let used = inside.reduce(Span.zero) { $0 + Self.overlap($1.start, countedEnd(of: $1), current) }
            let left = max(.zero, most - used)
            add(
                most.hoursNotation,
                used.hoursNotation,
                left: left.hoursNotation,
                isFull: left == .zero,
                reset(inside.first)
            )
        }
        return uses
    }

    private func daysInARow(_ events: [UsedEvent]) -> [LimitUse] {
        guard let most = rules.limits.consecutiveDays else { return [] }
        let dates = Set(events.map { calendar.date(of: $0.start) })
        let today = calendar.date(of: now)
        let last = dates.contains(today) ? today : today - 1
        var first = last
        while dates.contains(first) { first = first - 1 }
        let run = last.number - first.number
        let left = max(0, most - run)
        return [
            LimitUse(
                rule: .consecutiveDays,
                limit: "\(Units.plural(most, "day")) in a row",
                used: "\(run)",
                left: "\(left)",
                isFull: left == 0,
                resetsAt: run == 0 ? nil : calendar.instant(last + 2)
            )
        ]
    }
}
