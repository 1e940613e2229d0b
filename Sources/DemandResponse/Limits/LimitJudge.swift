public import Base

/// Judges by a program's rules what is asked for at one instant: the one place for every path that opens or changes an incident.
public struct LimitJudge: Sendable {
    let rules: ProgramRules
    let calendar: ZonedCalendar
    let now: Timestamp

    /// - Parameter zone: the program's, in which days begin and windows stand.
    public init(_ rules: ProgramRules, zone: String, now: Timestamp) {
        self.rules = rules
        calendar = ZonedCalendar(zone: zone) ?? .utc
        self.now = now
    }

    /// Every rule that an event breaks, in their order; those that an emergency lifts are none.
    ///
    /// A change is judged as a new event without the one that stands. One that only shortens it is allowed always; one that leaves the
    /// start where it is needs no notice anew, since an event that goes on could not be extended otherwise.
    /// - Parameters:
    ///   - standing: what is changed; `nil`: a new event is asked for.
    ///   - wasTold: whether customers were told of the one that stands.
    ///   - events: the program's others, or where limits are of a customer the customer's.
    public func judge(
        _ asked: AskedEvent,
        standing: AskedEvent? = nil,
        wasTold: Bool = false,
        among events: [UsedEvent]
    ) -> [BrokenLimit] {
        let broken =
            judgeProgram(asked, standing: standing, wasTold: wasTold, among: events)
            + judgeUse(asked, standing: standing, among: events)
        return LimitRule.allCases.flatMap { rule in broken.filter { $0.rule == rule } }
    }

    /// The rules that are the program's whosever events are counted.
    func judgeProgram(
        _ asked: AskedEvent,
        standing: AskedEvent?,
        wasTold: Bool,
        among events: [UsedEvent]
    ) -> [BrokenLimit] {
        guard !isShortened(asked, standing) else { return [] }
        var broken = asked.start == standing?.start ? [] : judgeNotice(asked)
        broken += judgeWindow(asked) + judgeLength(asked) + judgeGap(asked, among: events)
        if rules.isBinding, standing != nil, wasTold {
            broken.append(
                BrokenLimit(rule: .binding, limit: "no change of an event that was sent", asked: "a change")
            )
        }
        return broken.filter { isInForce($0.rule, for: asked) }
    }

    /// The rules that count events, a customer's where limits are of customers.
    func judgeUse(_ asked: AskedEvent, standing: AskedEvent?, among events: [UsedEvent]) -> [BrokenLimit] {
        guard !isShortened(asked, standing) else { return [] }
        let broken = judgeCounts(asked, among: events) + judgeDays(asked, among: events)
        return broken.filter { isInForce($0.rule, for: asked) }
    }

    /// How far an event that is to last longer may go: the last instant, to the second, at which nothing is broken.
    /// - Returns: `nil` where its end is not what is wrong.
    public func furthestEnd(
        of asked: AskedEvent,
        standing: AskedEvent,
        among events: [UsedEvent]
    ) -> Timestamp? {
        // What is binding goes nowhere.
        guard !rules.isBinding, asked.start == standing.start, var good = end(of: standing), var bad = asked.end,
            good < bad,
            asked.type == standing.type
        else { return nil }
        while bad - good > .seconds(1) {
            let middle = good + .seconds((bad - good).microseconds / 2_000_000)
            guard middle > good else { break }
            var nearer = asked
            nearer.end = middle
            if judge(nearer, standing: standing, among: events).isEmpty { good = middle } else { bad = middle }
        }
        return good
    }

    private func isInForce(_ rule: LimitRule, for asked: AskedEvent) -> Bool {
        guard let emergency = rules.emergency, emergency.types.contains(asked.type) else { return true }
        return !emergency.lifts.contains(rule.key)
    }

    /// An end that is left open counts as the longest that is allowed.
    func end(of asked: AskedEvent) -> Timestamp? {
        asked.end ?? rules.limits.length?.most.map { asked.start + $0 }
    }

    /// Whether a change asks for no more than a part of what stands.
    func isShortened(_ asked: AskedEvent, _ standing: AskedEvent?) -> Bool {
        guard let standing, asked.type == standing.type, asked.start >= standing.start else { return false }
        switch (end(of: asked), end(of: standing)) {
        case (_, nil): return true
        case (nil, _?): return false
        case (let new?, let old?): return new <= old
        }
    }

    // MARK: The event alone

    private func judgeNotice(_ asked: AskedEvent) -> [BrokenLimit] {
        guard let notice = rules.limits.notice else { return [] }
        var broken: [BrokenLimit] = []
        let given = asked.start - now
        if let least = notice.least, given < least {
            let words = given < .zero ? "none" : given.notation
            broken.append(BrokenLimit(rule: .noticeTooShort, limit: "\(least.notation) or more", asked: words))
        }
        if let latest = notice.latest, now > deadline(latest, of: asked) {
            let limit = "until \(latest.notation), \(deadline(latest, of: asked).iso8601)"
            broken.append(BrokenLimit(rule: .noticePastDeadline, limit: limit, asked: now.iso8601))
        }
        return broken
    }

    private func deadline(_ latest: NoticeDeadline, of asked: AskedEvent) -> Timestamp {
        calendar.instant(calendar.date(of: asked.start) - latest.daysBefore, minutes: latest.time.minutes)
    }

    private func judgeWindow(_ asked: AskedEvent) -> [BrokenLimit] {
        guard let window = rules.limits.window else { return [] }
        var day = calendar.date(of: asked.start)
        var isInside = true
        if let hours = window.hours {
            let own = instance(of: hours, around: asked.start, on: day)
            isInside =
                own.map { own in end(of: asked).map { $0 <= closing(own, of: hours, until: $0) } ?? true } ?? false
            day = own?.day ?? day
        }
        let weekday = Weekdays.names[day.weekday]
        var broken: [BrokenLimit] = []
        if !isInside || window.days.map({ !$0.days.contains(day.weekday) }) ?? false {
            let limit = [window.hours?.notation, window.days?.notation].compactMap { $0 }.joined(separator: ", ")
            broken.append(BrokenLimit(rule: .outsideWindow, limit: limit, asked: "\(weekday) \(period(of: asked))"))
        }
        if let season = window.season, let range = rules.seasons[season], !range.contains(day) {
            broken.append(
                BrokenLimit(rule: .outsideSeason, limit: "\(season), \(range.notation)", asked: day.text)
            )
        }
        if !window.holidays, rules.holidays.contains(day) {
            broken.append(BrokenLimit(rule: .onHoliday, limit: "no holidays", asked: day.text))
        }
        return broken
    }

    /// The window in which an instant lies: it belongs to the day on which it begins.
    private func instance(
        of hours: ClockRange,
        around instant: Timestamp,
        on date: CivilDate
    ) -> (day: CivilDate, range: Range<Timestamp>)? {
        for day in hours.isOverMidnight ? [date, date - 1] : [date] {
            let from = calendar.instant(day, minutes: hours.from.minutes)
            let to = calendar.instant(hours.isOverMidnight ? day + 1 : day, minutes: hours.to.minutes)
            if from <= instant, instant < to { return (day, from..<to) }
        }
        return nil
    }

    /// When a window closes for an event until `end`: where the next day's begins as it closes, that goes on.
    private func closing(
        _ own: (day: CivilDate, range: Range<Timestamp>),
        of hours: ClockRange,
        until end: Timestamp
    ) -> Timestamp {
        var (day, closes) = (own.day, own.range.upperBound)
        while closes < end {
            day = day + 1
            guard calendar.instant(day, minutes: hours.from.minutes) <= closes else { break }
            closes = max(closes, calendar.instant(hours.isOverMidnight ? day + 1 : day, minutes: hours.to.minutes))
        }
        return closes
    }

    private func judgeLength(_ asked: AskedEvent) -> [BrokenLimit] {
        guard let length = rules.limits.length, let end = asked.end else { return [] }
        let given = end - asked.start
        var broken: [BrokenLimit] = []
        if let least = length.least, given < least {
            broken.append(BrokenLimit(rule: .tooShort, limit: "\(least.notation) or more", asked: given.notation))
        }
        if let most = length.most, given > most {
            broken.append(BrokenLimit(rule: .tooLong, limit: "\(most.notation) or less", asked: given.notation))
        }
        return broken
    }

    private func period(of asked: AskedEvent) -> String {
        "\(asked.start.iso8601) to \(end(of: asked)?.iso8601 ?? "an end to be told")"
    }
}
