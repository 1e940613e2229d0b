import Base
import DemandResponse
import Foundation
import Testing

/// A program with rules and the events that it had, at an instant: what limits are judged in.
struct Bench {
    var rules: ProgramRules
    var zone = "America/Los_Angeles"
    var now = Timestamp(microseconds: 0)
    var events: [UsedEvent] = []

    /// - Parameter json: a program's keys, as scenarios have them.
    init(_ json: String, zone: String = "America/Los_Angeles") {
        do {
            rules = try JSONDecoder().decode(ProgramRules.self, from: Data(json.utf8))
        } catch {
            Issue.record("not rules: \(json): \(error)")
            rules = ProgramRules()
        }
        self.zone = zone
    }

    func instant(_ text: String) -> Timestamp {
        guard let instant = ZonedTime.timestamp(text, zone: zone) else {
            Issue.record("not a time: \(text)")
            return now
        }
        return instant
    }

    /// `2021-07-08T16:00/19:00`, `2021-07-08T23:00/2021-07-09T02:00`, or `2021-07-08T16:00/` for one that is left open.
    func event(_ text: String, type: String = "peak", test: Bool = false) -> AskedEvent {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let end = parts[1].isEmpty ? nil : parts[1].count > 5 ? parts[1] : "\(parts[0].prefix(11))\(parts[1])"
        return AskedEvent(type: type, isTest: test, start: instant(parts[0]), end: end.map(instant))
    }

    mutating func had(_ events: String..., counted: Bool = true) {
        self.events += events.map { event($0) }.map {
            UsedEvent(
                start: $0.start,
                end: $0.end ?? rules.limits.length?.most.map { [start = $0.start] in start + $0 },
                isCounted: counted
            )
        }
    }

    var judge: LimitJudge { LimitJudge(rules, zone: zone, now: now) }

    func broken(
        _ asked: String,
        at announced: String? = nil,
        from standing: String? = nil,
        type: String = "peak",
        test: Bool = false,
        wasTold: Bool = true
    ) -> [BrokenLimit] {
        var bench = self
        if let announced { bench.now = instant(announced) }
        return bench.judge.judge(
            event(asked, type: type, test: test),
            standing: standing.map { event($0, type: type, test: test) },
            wasTold: wasTold,
            among: events
        )
    }

    func names(
        _ asked: String,
        at announced: String? = nil,
        from standing: String? = nil,
        type: String = "peak",
        test: Bool = false
    ) -> [String] {
        broken(asked, at: announced, from: standing, type: type, test: test).map(\.rule.rawValue)
    }

    /// Of the only broken limit.
    func resetsAt(_ asked: String) -> String? {
        broken(asked).first?.resetsAt?.iso8601(zone: zone)
    }
}
