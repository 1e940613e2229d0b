internal import Base

/// What is used of counts, in the calendar's times and in times that roll.
extension LimitJudge {
    func judgeCounts(_ asked: AskedEvent, among events: [UsedEvent]) -> [BrokenLimit] {
        let counts = rules.limits.counts
        guard !counts.isEmpty, !asked.isTest || rules.limits.counted.tests else { return [] }
        let others = events.filter(\.isCounted).sorted { $0.start < $1.start }
        let broken = counts.flatMap { count in
            switch count.per {
            case .rolling(let span): judge(asked, count, rolling: span, among: others)
            default: judge(asked, count, among: others)
            }
        }
        return broken
    }

    // MARK: The calendar's

    private func judge(_ asked: AskedEvent, _ count: Limits.Count, among others: [UsedEvent]) -> [BrokenLimit] {
        let own = asked.start..<max(asked.start, countedEnd(of: asked))
        return calendars(count.per).flatMap { calendar in
            var broken: [BrokenLimit] = []
            if let most = count.events, let period = period(calendar, around: self.calendar.date(of: own.lowerBound)) {
                let used = others.count { period.contains($0.start) }
                if used + 1 > most { broken.append(tooMany(count, most, used, resetsAt: period.upperBound)) }
            }
            if let most = count.hours.map({ Span.hours(Int64($0)) }) {
                for period in periods(calendar, of: own) {
                    let part = Self.overlap(own.lowerBound, own.upperBound, period)
                    let used = others.reduce(Span.zero) { $0 + Self.overlap($1.start, countedEnd(of: $1), period) }
                    guard part > .zero, used + part > most else { continue }
                    broken.append(tooLong(count, most, used, part, resetsAt: period.upperBound))
                    break
                }
            }
            return broken
        }
    }

    /// What cuts the calendar into times: a season for each that the program has.
    enum Calendar {
        case day, week, month, year
        case season(YearlyRange)
    }

    func calendars(_ per: CountPeriod) -> [Calendar] {
        switch per {
        case .day: [.day]
        case .week: [.week]
        case .month: [.month]
        case .year: [.year]
        case .season: rules.seasons.sorted { $0.key < $1.key }.map { .season($0.value) }
        case .rolling: []
        }
    }

    /// The calendar's time that has a date; `nil` out of season, where nothing is counted.
    func period(_ calendar: Calendar, around date: CivilDate) -> Range<Timestamp>? {
        dates(calendar, around: date).map {
            self.calendar.instant($0.lowerBound)..<self.calendar.instant($0.upperBound)
        }
    }

    /// The days, weeks, … in which an event lies. Bounded, for events that are asked to last for ever.
    private func periods(_ calendar: Calendar, of event: Range<Timestamp>) -> [Range<Timestamp>] {
        var periods: [Range<Timestamp>] = []
        var date = self.calendar.date(of: event.lowerBound)
        for _ in 0..<Self.mostPeriods where self.calendar.instant(date) < event.upperBound {
            if let period = period(calendar, around: date) { periods.append(period) }
            date = dates(calendar, around: date)?.upperBound ?? date + 1
        }
        return periods
    }

    private static let mostPeriods = 2_000

    private func dates(_ calendar: Calendar, around date: CivilDate) -> Range<CivilDate>? {
        switch calendar {
        case .day: return date..<date + 1
        case .week: return date - date.weekday..<date - date.weekday + 7
        case .month:
            let first = date - (date.day - 1)
            let next = first + 31
            return first..<next - (next.day - 1)
        case .year:
            let first = CivilDate(year: date.year, month: 1, day: 1)
            let next = CivilDate(year: date.year + 1, month: 1, day: 1)
            return first.flatMap { first in next.map { first..<$0 } }
        case .season(let range): return range.contains(date) ? range.season(around: date) : nil
        }
    }

    // MARK: Rolling

    private func judge(
        _ asked: AskedEvent,
        _ count: Limits.Count,
        rolling span: Span,
        among others: [UsedEvent]
    ) -> [BrokenLimit] {
        var broken: [BrokenLimit] = []
        if let most = count.events {
            // Windows that end with a start, the asked one's or one after it: (start - span, start].
            let ends = [asked.start] + others.map(\.start).filter { $0 > asked.start && $0 < asked.start + span }
            for end in ends {
                let used = others.filter { $0.start > end - span && $0.start <= end }
                guard used.count + 1 > most else { continue }
                broken.append(tooMany(count, most, used.count, resetsAt: used.first.map { $0.start + span }))
                break
            }
        }
        if let most = count.hours.map({ Span.hours(Int64($0)) }) {
            let own = asked.start..<max(asked.start, countedEnd(of: asked))
            // What is used in a window grows and shrinks linearly: it is most where one of these lies at the window's edge.
            let edges =
                others.flatMap { [countedEnd(of: $0), $0.start + span] } + [own.upperBound, own.lowerBound + span]
            for end in edges.filter({ $0 > own.lowerBound && $0 <= own.upperBound + span }).sorted() {
                let window = end - span..<end
                let part = Self.overlap(own.lowerBound, own.upperBound, window)
                let inside = others.filter { Self.overlap($0.start, countedEnd(of: $0), window) > .zero }
                let used = inside.reduce(Span.zero) { $0 + Self.overlap($1.start, countedEnd(of: $1), window) }
                guard part > .zero, used + part > most else { continue }
                broken.append(tooLong(count, most, used, part, resetsAt: inside.first.map { $0.start + span }))
                break
            }
        }
        return broken
    }

    // MARK: -

    /// Up to where hours count: what is open and nothing ends has none until its end is told.
    func countedEnd(of asked: AskedEvent) -> Timestamp { end(of: asked) ?? asked.start }
    func countedEnd(of used: UsedEvent) -> Timestamp { used.end ?? used.start }

    static func overlap(_ start: Timestamp, _ end: Timestamp, _ period: Range<Timestamp>) -> Span {
        let (from, to) = (max(start, period.lowerBound), min(end, period.upperBound))
        return from < to ? to - from : .zero
    }

    private func tooMany(_ count: Limits.Count, _ most: Int, _ used: Int, resetsAt: Timestamp?) -> BrokenLimit {
        BrokenLimit(
            rule: count.per.rule,
            limit: "\(Units.plural(most, "event")) \(count.per.words)",
            used: Units.plural(used, "event"),
            asked: Units.plural(1, "event"),
            resetsAt: resetsAt
        )
    }

    private func tooLong(
        _ count: Limits.Count,
        _ most: Span,
        _ used: Span,
        _ own: Span,
        resetsAt: Timestamp?
    ) -> BrokenLimit {
        BrokenLimit(
            rule: count.per.rule,
            limit: "\(most.hoursNotation) \(count.per.words)",
            used: used.hoursNotation,
            asked: own.hoursNotation,
            resetsAt: resetsAt
        )
    }
}

extension Span {
    /// `180h`, `4h30m`: days are not counted in hours' limits.
    var hoursNotation: String {
        let hours = microseconds / 3_600_000_000
        let rest = Span(microseconds: microseconds % 3_600_000_000)
        return "\(hours)h" + (rest == .zero ? "" : rest.notation)
    }
}
