import Base
import DemandResponse
import Testing

/// The rows of the table of answers to the questions where others fail, as far as they are of limits; each by its name.
@Suite("Limits: the table of answers")
struct LimitAnswerTests {
    @Test("which day does an event belong to? the date of its start in the program's zone")
    func day() {
        var bench = Bench(#"{"limits": {"counts": [{"per": "day", "events": 1}]}}"#)
        // 23:30 in Los Angeles is the next day in UTC.
        bench.had("2021-07-08T23:30/2021-07-09T01:00")
        #expect(bench.names("2021-07-08T10:00/11:00") == ["day_limit"])
        #expect(bench.names("2021-07-09T02:00/03:00") == [])
    }

    @Test("which day? hours are apportioned to the days in which they lie")
    func apportioned() {
        var bench = Bench(#"{"limits": {"counts": [{"per": "day", "hours": 4}]}}"#)
        bench.had("2021-07-08T22:00/2021-07-09T02:00")
        // Two hours of each day are used.
        #expect(bench.names("2021-07-08T12:00/14:00") == [])
        #expect(bench.names("2021-07-08T12:00/14:01") == ["day_limit"])
        #expect(bench.names("2021-07-09T12:00/14:00") == [])
        #expect(bench.names("2021-07-09T12:00/14:01") == ["day_limit"])
        // Its own later day is what is full.
        #expect(bench.names("2021-07-07T20:00/2021-07-08T02:01") == ["day_limit"])
    }

    @Test("which day? consecutive_days counts dates with a counted event")
    func consecutive() {
        var bench = Bench(#"{"limits": {"consecutive_days": 3}}"#)
        bench.had(
            "2021-07-06T17:00/18:00",
            "2021-07-07T17:00/18:00",
            "2021-07-07T19:00/20:00",
            "2021-07-08T17:00/18:00"
        )
        #expect(bench.names("2021-07-09T17:00/18:00") == ["consecutive_days"])
        #expect(bench.names("2021-07-05T17:00/18:00") == ["consecutive_days"])
        #expect(bench.names("2021-07-08T21:00/22:00") == [])
        #expect(bench.names("2021-07-10T17:00/18:00") == [])
        #expect(bench.resetsAt("2021-07-09T17:00/18:00") == "2021-07-10T00:00:00-07:00")
    }

    @Test("calendar or rolling? calendar: resets_at is the next boundary in the program's zone")
    func calendar() {
        let resets = [
            ("day", "2021-07-09T00:00:00-07:00"), ("week", "2021-07-12T00:00:00-07:00"),
            ("month", "2021-08-01T00:00:00-07:00"), ("season", "2021-11-01T00:00:00-07:00"),
            ("year", "2022-01-01T00:00:00-08:00"),
        ]
        for (period, instant) in resets {
            var bench = Bench(
                #"{"seasons": {"summer": "05-01..10-31"}, "limits": {"counts": [{"per": "\#(period)", "events": 1}]}}"#
            )
            bench.had("2021-07-08T01:00/02:00")
            #expect(bench.names("2021-07-08T17:00/18:00") == ["\(period)_limit"])
            #expect(bench.resetsAt("2021-07-08T17:00/18:00") == instant)
            let after = String(instant.prefix(10))
            #expect(bench.names("\(after)T00:00/01:00") == [], "a new \(period)")
        }
    }

    @Test("calendar or rolling? rolling: resets_at is the oldest start plus the period")
    func rolling() {
        var bench = Bench(#"{"limits": {"counts": [{"per": "24h rolling", "events": 2}]}}"#)
        bench.had("2021-07-08T10:00/11:00", "2021-07-08T17:00/18:00")
        #expect(bench.names("2021-07-09T09:59/10:30") == ["rolling_limit"])
        #expect(bench.resetsAt("2021-07-09T09:59/10:30") == "2021-07-09T10:00:00-07:00")
        #expect(bench.names("2021-07-09T10:00/10:30") == [])
        // What is announced already for later counts as well.
        #expect(bench.names("2021-07-07T18:00/19:00") == ["rolling_limit"])
        #expect(bench.names("2021-07-07T17:00/17:30") == [])

        bench = Bench(#"{"limits": {"counts": [{"per": "24h rolling", "hours": 4}]}}"#)
        bench.had("2021-07-08T10:00/13:00")
        #expect(bench.names("2021-07-09T08:00/09:00") == [])
        #expect(bench.names("2021-07-09T08:00/09:01") == ["rolling_limit"])
        // An hour of the old one has gone by when the second hour begins.
        #expect(bench.names("2021-07-09T09:30/12:30") == [])
    }

    @Test("daylight saving: windows are civil times; a day has 23 or 25 h; hours count elapsed time")
    func daylightSaving() {
        let bench = Bench(#"{"limits": {"window": {"hours": "01:00..04:00"}, "length": {"most": "3h"}}}"#)
        // 1:00 to 4:00 are two hours on the day of the gap, and four on the day of the double one.
        #expect(bench.names("2021-03-14T01:00/04:00") == [])
        #expect(bench.names("2021-11-07T01:00-07:00/2021-11-07T04:00-08:00") == ["too_long"])

        let day = Bench(#"{"limits": {"counts": [{"per": "day", "hours": 23}]}}"#)
        #expect(day.names("2021-03-14T00:00/2021-03-15T00:00") == [])
        #expect(day.names("2021-11-07T00:00/2021-11-07T23:00") == ["day_limit"])
        #expect(day.names("2021-07-08T00:00/2021-07-09T00:00") == ["day_limit"])
    }

    @Test("daylight saving: an edge in the gap means the end of the gap, a doubled one its first")
    func edges() {
        let gap = Bench(#"{"limits": {"window": {"hours": "02:30..05:00"}}}"#)
        #expect(gap.names("2021-03-14T03:00/04:00") == [])
        #expect(gap.names("2021-03-14T01:59/04:00") == ["outside_window"])
        let double = Bench(#"{"limits": {"window": {"hours": "00:00..01:30"}}}"#)
        #expect(double.names("2021-11-07T00:30-07:00/2021-11-07T01:30-07:00") == [])
        #expect(double.names("2021-11-07T00:30-07:00/2021-11-07T01:30-08:00") == ["outside_window"])
        #expect(double.names("2021-11-07T01:00-08:00/2021-11-07T01:10-08:00") == ["outside_window"])
    }

    @Test("a window over midnight is one window and belongs to the day on which it begins")
    func overMidnight() {
        let bench = Bench(
            #"{"seasons": {"july": "07-01..07-31"}, "holidays": ["2021-07-05"], "limits": {"window": {"hours": "21:00..08:00", "days": "mon..fri", "season": "july", "holidays": false}}}"#
        )
        #expect(bench.names("2021-07-08T22:00/2021-07-09T07:00") == [])
        // The small hours of Saturday are Friday's, those of Monday Sunday's, and those after a holiday the holiday's.
        #expect(bench.names("2021-07-10T02:00/03:00") == [])
        #expect(bench.names("2021-07-12T02:00/03:00") == ["outside_window"])
        #expect(bench.names("2021-07-06T02:00/03:00") == ["on_holiday"])
        #expect(bench.names("2021-08-01T02:00/03:00") == ["outside_window"], "a Saturday's in July")
        #expect(bench.names("2021-07-01T02:00/03:00") == ["outside_season"])
    }

    @Test("a window: from inclusive, to exclusive; 24:00 allowed; from = to is an error at load")
    func windowEdges() {
        let bench = Bench(#"{"limits": {"window": {"hours": "16:00..24:00"}}}"#)
        #expect(bench.names("2021-07-08T16:00/2021-07-09T00:00") == [])
        #expect(bench.names("2021-07-08T15:59/18:00") == ["outside_window"])
        #expect(bench.names("2021-07-08T16:00/2021-07-09T00:01") == ["outside_window"])
        let early = Bench(#"{"limits": {"window": {"hours": "16:00..21:00"}}}"#)
        #expect(early.names("2021-07-08T21:00/21:30") == ["outside_window"])
        #expect(ClockRange(notation: "16:00..16:00") == nil)
        #expect(ClockRange.isEmpty("16:00..16:00"))
        // Two windows that touch are one; all of the day is open over midnight.
        let all = Bench(#"{"limits": {"window": {"hours": "00:00..24:00"}}}"#)
        #expect(all.names("2021-07-08T22:00/2021-07-09T02:00") == [])
    }

    @Test("whose zone? the program's; the refusal says which")
    func zone() {
        let json = #"{"limits": {"window": {"hours": "16:00..21:00"}}}"#
        #expect(Bench(json).names("2021-07-08T16:00-07:00/2021-07-08T17:00-07:00") == [])
        #expect(
            Bench(json, zone: "America/New_York").names("2021-07-08T19:00-07:00/2021-07-08T20:00-07:00") == [
                "outside_window"
            ]
        )
    }

    @Test("a test: counted.tests")
    func tests() {
        var bench = Bench(#"{"limits": {"counts": [{"per": "day", "events": 1}], "counted": {"tests": true}}}"#)
        bench.had("2021-07-08T10:00/11:00")
        #expect(bench.names("2021-07-08T12:00/13:00", test: true) == ["day_limit"])
        bench.rules.limits.counted.tests = false
        #expect(bench.names("2021-07-08T12:00/13:00", test: true) == [])
    }

    @Test("modify: judged as a new event minus itself; ending earlier and shortening are always allowed")
    func modify() {
        var bench = Bench(
            #"{"binding": true, "limits": {"notice": {"least": "30m"}, "window": {"hours": "16:00..21:00"}, "length": {"least": "1h"}}}"#
        )
        let peak = "2021-07-08T17:00/20:00"
        #expect(bench.names("2021-07-08T17:00/17:30", at: "2021-07-08T17:10", from: peak) == [])
        #expect(bench.names(peak, at: "2021-07-08T17:10", from: peak) == [])
        #expect(bench.names("2021-07-08T17:00/20:30", at: "2021-07-08T17:10", from: peak) == ["binding"])
        bench.rules.isBinding = false
        #expect(bench.names("2021-07-08T17:00/20:30", at: "2021-07-08T17:10", from: peak) == [])
        #expect(bench.names("2021-07-08T16:30/20:00", at: "2021-07-08T16:10", from: peak) == ["notice_too_short"])
    }

    @Test("modify: extending past a limit is refused and says how far it may go")
    func furthest() {
        var bench = Bench(
            #"{"limits": {"window": {"hours": "16:00..21:00"}, "length": {"most": "6h"}, "counts": [{"per": "day", "hours": 5}]}}"#
        )
        let standing = bench.event("2021-07-08T17:00/19:00")
        func furthest() -> String? {
            bench.judge.furthestEnd(of: bench.event("2021-07-08T17:00/23:30"), standing: standing, among: bench.events)?
                .iso8601(zone: bench.zone)
        }
        #expect(furthest() == "2021-07-08T21:00:00-07:00")
        bench.had("2021-07-08T08:00/10:00")
        #expect(furthest() == "2021-07-08T20:00:00-07:00")
    }

    @Test("an open end counts as length.most until it is given")
    func openEnd() {
        var bench = Bench(
            #"{"limits": {"window": {"hours": "16:00..21:00"}, "length": {"most": "4h"}, "counts": [{"per": "day", "hours": 5}], "overlap": "refuse"}}"#
        )
        #expect(bench.names("2021-07-08T17:00/") == [])
        #expect(bench.names("2021-07-08T17:01/") == ["outside_window"])
        bench.had("2021-07-08T16:00/")
        #expect(bench.names("2021-07-08T20:00/21:00") == [])
        #expect(bench.names("2021-07-08T19:59/20:30") == ["overlaps"])
        #expect(bench.names("2021-07-08T19:00/20:30") == ["day_limit", "overlaps"])
        #expect(bench.names("2021-07-08T16:00/19:00", from: "2021-07-08T16:00/") == [])
    }
}
