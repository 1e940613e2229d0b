internal import Base

/// Days in a row, the time between two events, and events at the same time.
extension LimitJudge {
    func judgeDays(_ asked: AskedEvent, among events: [UsedEvent]) -> [BrokenLimit] {
        guard let most = rules.limits.consecutiveDays, !asked.isTest || rules.limits.counted.tests else { return [] }
        let dates = Set(events.filter(\.isCounted).map { calendar.date(of: $0.start) })
        let date = calendar.date(of: asked.start)
        // A date that has an event already is no more of them than before, but the run may be too long by an override.
        var first = date
        while dates.contains(first - 1) { first = first - 1 }
        var next = date + 1
        while dates.contains(next) { next = next + 1 }
        let run = next.number - first.number
        guard run > most else { return [] }
        return [
            BrokenLimit(
                rule: .consecutiveDays,
                limit: "\(Units.plural(most, "day")) in a row",
                used: Units.plural(run - 1, "day"),
                asked: date.text,
                resetsAt: calendar.instant(next)
            )
        ]
    }

    func judgeGap(_ asked: AskedEvent, among events: [UsedEvent]) -> [BrokenLimit] {
        let end = end(of: asked) ?? .distantFuture
        var last: (close: Timestamp?, overlapping: Timestamp?)
        var nearest: Span?
        for event in events where event.end.map({ $0 > event.start }) ?? true {
            let otherEnd = event.end ?? .distantFuture
            if asked.start < otherEnd, event.start < end {
                last.overlapping = max(last.overlapping ?? otherEnd, otherEnd)
            } else if let gap = rules.limits.gap {
                let between = otherEnd <= asked.start ? asked.start - otherEnd : event.start - end
                guard between < gap else { continue }
                nearest = min(nearest ?? between, between)
                last.close = max(last.close ?? otherEnd, otherEnd)
            }
        }
        var broken: [BrokenLimit] = []
        if let gap = rules.limits.gap, let close = last.close, let nearest {
            broken.append(
                BrokenLimit(
                    rule: .tooSoonAfter,
                    limit: "\(gap.notation) or more between two events",
                    asked: nearest.notation,
                    resetsAt: close == .distantFuture ? nil : close + gap
                )
            )
        }
        if rules.limits.overlap == .refuse, let until = last.overlapping {
            broken.append(
                BrokenLimit(
                    rule: .overlaps,
                    limit: "one event at a time",
                    asked: "\(asked.start.iso8601) to \(self.end(of: asked)?.iso8601 ?? "an end to be told")",
                    resetsAt: until == .distantFuture ? nil : until
                )
            )
        }
        return broken
    }
}

extension Timestamp {
    /// Later than any event's end.
    fileprivate static let distantFuture = Timestamp(microseconds: .max / 2)
}
