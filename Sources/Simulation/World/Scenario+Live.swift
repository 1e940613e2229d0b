internal import Base
internal import Scenarios

extension Scenario {
    /// The same scenario on the wall clock: it starts at `start`, and all scripted waiting is divided by `speed`.
    func live(startingAt start: Timestamp, speed: Double) -> Scenario {
        let pace = Pace(from: starts, to: start, speed: speed)
        var live = self
        live.starts = start
        live.lasts = pace.span(lasts)
        live.clients = clients.map { $0.paced(pace) }
        live.carriers = carriers.mapValues { $0.paced(pace) }
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

extension Carrier {
    fileprivate func paced(_ pace: Pace) -> Carrier {
        var carrier = self
        carrier.delay = delay.paced(pace)
        carrier.exceptions = exceptions.map { exception in
            var exception = exception
            exception.carrier = exception.carrier.paced(pace)
            return exception
        }
        return carrier
    }
}

extension ClientRule {
    fileprivate func paced(_ pace: Pace) -> ClientRule {
        var rule = self
        rule.connects = connects?.map { connection in
            var connection = connection
            connection.at = pace.instant(connection.at)
            connection.spread = connection.spread.paced(pace)
            connection.lasting = connection.lasting?.paced(pace)
            return connection
        }
        rule.acknowledges = acknowledges?.map { answer in
            var answer = answer
            switch answer.timing {
            case .after(let delay): answer.timing = .after(delay.paced(pace))
            case .at(let instant): answer.timing = .at(pace.instant(instant))
            }
            return answer
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
