import Base
import DemandResponse
import Testing

@Suite("Limits")
struct LimitJudgeTests {
    @Test("notice: exactly the least is enough, and until the deadline on clocks of the program's zone")
    func notice() {
        let bench = Bench(#"{"limits": {"notice": {"least": "30m", "latest": "17:00 the day before"}}}"#)
        let peak = "2021-07-08T17:00/18:00"
        #expect(bench.names(peak, at: "2021-07-07T17:00") == [])
        #expect(bench.names(peak, at: "2021-07-07T17:00:01") == ["notice_past_deadline"])
        #expect(bench.names(peak, at: "2021-07-08T16:30") == ["notice_past_deadline"])
        #expect(bench.names(peak, at: "2021-07-08T16:30:01") == ["notice_too_short", "notice_past_deadline"])
        // Announced after its own end, where notice is asked for.
        #expect(bench.names(peak, at: "2021-07-08T19:00") == ["notice_too_short", "notice_past_deadline"])
    }

    @Test("length: the least and the most are allowed themselves")
    func length() {
        let bench = Bench(#"{"limits": {"length": {"least": "1h", "most": "6h"}}}"#)
        #expect(bench.names("2021-07-08T10:00/11:00") == [])
        #expect(bench.names("2021-07-08T10:00/10:59") == ["too_short"])
        #expect(bench.names("2021-07-08T10:00/16:00") == [])
        #expect(bench.names("2021-07-08T10:00/16:01") == ["too_long"])
    }

    @Test("gap: in both directions, between events that do not overlap; exactly it is enough")
    func gap() {
        var bench = Bench(#"{"limits": {"gap": "2h"}}"#)
        bench.had("2021-07-08T12:00/14:00")
        #expect(bench.names("2021-07-08T16:00/17:00") == [])
        #expect(bench.names("2021-07-08T15:59/17:00") == ["too_soon_after"])
        #expect(bench.names("2021-07-08T08:00/10:00") == [])
        #expect(bench.names("2021-07-08T08:00/10:01") == ["too_soon_after"])
        #expect(bench.names("2021-07-08T13:00/15:00") == [], "that is an overlap, which is allowed")
        #expect(bench.resetsAt("2021-07-08T15:59/17:00") == "2021-07-08T16:00:00-07:00")
    }

    @Test("overlap: events that touch do not")
    func overlap() {
        var bench = Bench(#"{"limits": {"overlap": "refuse"}}"#)
        bench.had("2021-07-08T12:00/14:00")
        #expect(bench.names("2021-07-08T14:00/15:00") == [])
        #expect(bench.names("2021-07-08T13:59/15:00") == ["overlaps"])
        #expect(bench.names("2021-07-08T11:00/12:00") == [])
        bench.rules.limits.overlap = .allow
        #expect(bench.names("2021-07-08T13:00/15:00") == [])
    }

    @Test("an emergency lifts the rules that it names, and no others")
    func emergency() {
        let bench = Bench(
            #"{"emergency": {"types": ["emergency"], "lifts": ["window", "notice"]}, "limits": {"notice": {"least": "1h"}, "window": {"hours": "16:00..21:00"}, "length": {"most": "4h"}}}"#
        )
        let night = "2021-07-08T02:00/08:00"
        #expect(bench.names(night, at: "2021-07-08T01:59") == ["notice_too_short", "outside_window", "too_long"])
        #expect(bench.names(night, at: "2021-07-08T01:59", type: "emergency") == ["too_long"])
    }

    @Test("every broken rule is told at once, in the fixed order, with what is allowed, used and asked")
    func everything() {
        var bench = Bench(
            #"""
            {"seasons": {"summer": "05-01..10-31"}, "holidays": ["2021-12-24"], "limits": {
            "notice": {"least": "30m", "latest": "17:00 the day before"},
            "window": {"hours": "16:00..21:00", "days": "mon..thu", "season": "summer", "holidays": false},
            "length": {"most": "1h"}, "gap": "9h", "overlap": "refuse", "consecutive_days": 1, "counts": [
            {"per": "24h rolling", "events": 1}, {"per": "year", "events": 2}, {"per": "month", "hours": 2},
            {"per": "week", "events": 2}, {"per": "day", "events": 1}]}}
            """#
        )
        bench.had("2021-12-24T08:00/09:00", "2021-12-24T11:30/13:00")
        let broken = bench.broken("2021-12-24T12:00/14:00", at: "2021-12-24T11:45")
        #expect(
            broken.map(\.rule) == [
                .noticeTooShort, .noticePastDeadline, .outsideWindow, .outsideSeason, .onHoliday, .tooLong, .dayLimit,
                .weekLimit, .monthLimit, .yearLimit, .rollingLimit, .tooSoonAfter, .overlaps,
            ]
        )
        let month = broken.first { $0.rule == .monthLimit }
        #expect(month?.limit == "2h a month" && month?.used == "2h30m" && month?.asked == "2h")
        #expect(broken.map(\.rule) == LimitRule.allCases.filter { rule in broken.contains { $0.rule == rule } })
    }

    @Test("a season may run over the new year, and is one")
    func winter() {
        var bench = Bench(
            #"{"seasons": {"winter": "11-01..03-31"}, "limits": {"window": {"season": "winter"}, "counts": [{"per": "season", "events": 1}]}}"#
        )
        bench.had("2021-12-08T17:00/18:00")
        #expect(bench.names("2022-02-08T17:00/18:00") == ["season_limit"])
        #expect(bench.resetsAt("2022-02-08T17:00/18:00") == "2022-04-01T00:00:00-07:00")
        #expect(bench.names("2022-11-01T17:00/18:00") == [])
        #expect(bench.names("2022-10-31T17:00/18:00") == ["outside_season"])
    }

    @Test("no key, no rule")
    func none() {
        var bench = Bench("{}")
        bench.had("2021-07-08T12:00/14:00")
        #expect(bench.names("2021-07-08T12:00/2021-08-14T00:00", at: "2021-07-08T12:30") == [])
    }

    @Test("what is used and left is told of each count, and when there is room again")
    func uses() {
        var bench = Bench(
            #"{"limits": {"counts": [{"per": "month", "events": 10}, {"per": "day", "hours": 4}], "consecutive_days": 2}}"#
        )
        bench.had("2021-07-07T17:00/18:00", "2021-07-08T12:00/14:30")
        bench.now = bench.instant("2021-07-08T15:00")
        let uses = bench.judge.uses(of: bench.events)
        #expect(uses.map(\.limit) == ["4h a day", "10 events a month", "2 days in a row"])
        #expect(uses.map(\.used) == ["2h30m", "2", "2"])
        #expect(uses.map(\.left) == ["1h30m", "8", "0"])
        #expect(uses.map(\.isFull) == [false, false, true])
        #expect(
            uses.map { $0.resetsAt?.iso8601(zone: bench.zone).prefix(10) } == [
                "2021-07-09", "2021-08-01", "2021-07-10",
            ]
        )
    }
}
