internal import DemandResponse
internal import Scenarios

extension Scenario {
    /// The same scenario on the wall clock: it starts at `start`, and all scripted waiting is divided by `speed`.
    func live(startingAt start: Timestamp, speed: Double) -> Scenario {
        let pace = Pace(from: starts, to: start, speed: speed)
        var live = self
        live.starts = start
        live.lasts = pace.span(lasts)
        live.clients = clients.map { $0.paced(pace) }
        live.carriers = carriers.mapValues { carrier in
            var carrier = carrier
            carrier.delay = carrier.delay.paced(pace)
            return carrier
        }
        live.timeline = timeline.map { $0.paced(pace) }
        return live
    }
}

/// From the scenario's time to the wall clock's.
struct Pace {
    let from: Timestamp
    let to: Timestamp
    let speed: Double

    init(from: Timestamp, to: Timestamp, speed: Double) {
        self.from = from
        self.to = to
        self.speed = speed
    }

    func span(_ span: Span) -> Span {
        speed == 1 ? span : .microseconds(Int64((Double(span.microseconds) / speed).rounded()))
    }

    func instant(_ instant: Timestamp) -> Timestamp { to + span(instant - from) }
}

extension Distribution {
    fileprivate func paced(_ pace: Pace) -> Distribution {
        switch self {
        case .constant(let value): .constant(pace.span(value))
        case .uniform(let low, let high): .uniform(pace.span(low), pace.span(high))
        case .exponential(let mean): .exponential(mean: pace.span(mean))
        case .lognormal(let median, let p95): .lognormal(median: pace.span(median), p95: pace.span(p95))
        case .normal(let mean, let deviation): .normal(mean: pace.span(mean), standardDeviation: pace.span(deviation))
        case .empirical(let values): .empirical(values.map(pace.span))
        }
    }
}

extension ClientRule {
    fileprivate func paced(_ pace: Pace) -> ClientRule {
        var rule = self
        if case .at(let instant, let spread, let share)? = connects {
            rule.connects = .at(pace.instant(instant), spread: spread.paced(pace), share: share)
        }
        if case .answer(var answer)? = acknowledges {
            answer.after = answer.after.paced(pace)
            rule.acknowledges = .answer(answer)
        }
        rule.disconnects = disconnects?.map { disconnection in
            var disconnection = disconnection
            disconnection.at = pace.instant(disconnection.at)
            disconnection.spread = pace.span(disconnection.spread)
            disconnection.lasting = disconnection.lasting.paced(pace)
            return disconnection
        }
        return rule
    }
}

extension TimelineEntry {
    /// The texts of the times are dropped: they would name the scenario's, not the wall clock's.
    fileprivate func paced(_ pace: Pace) -> TimelineEntry {
        var entry = self
        entry.at = pace.instant(at)
        switch action {
        case .incident(var incident):
            incident.start = pace.instant(incident.start)
            incident.end = incident.end.map(pace.instant)
            incident.startText = nil
            incident.endText = nil
            entry.action = .incident(incident)
        case .modify(var change):
            change.start = change.start.map(pace.instant)
            change.end = change.end.map(pace.instant)
            change.startText = nil
            change.endText = nil
            entry.action = .modify(change)
        case .cancel:
            break
        }
        return entry
    }
}
