"""Examples computed by hand. python3 -m unittest"""
import datetime as dt
import unittest

import limits_model as model


def play(limits, *requests, readings=None, customers=None, zone="America/Los_Angeles", **program):
    """Requests as (id, at, do, fields) -> the answers."""
    spec = {"id": 7, "time_zone": zone, "limits": limits, **program}
    line = {"program": spec, "requests": [
        {"id": id, "at": at, "do": do, **fields} for id, at, do, fields in requests]}
    if customers:
        line["customers"] = customers
    return model.run(line, readings)["answers"]


def create(id, at, start, end, **more):
    return id, at, "create", {"start": start, "end": end, **more}


def modify(of, at, start, end, **more):
    return "m-" + of, at, "modify", {"of": of, "start": start, "end": end, **more}


def cancel(of, at):
    return "c-" + of, at, "cancel", {"of": of}


def rules(answers):
    return [one["rules"] for one in answers]


EARLY = "2021-06-01T00:00:00Z"


class Spellings(unittest.TestCase):
    def test_all(self):
        self.assertEqual([model.duration(one) for one in ("90s", "30m", "2h", "1d")], [90, 1800, 7200, 86400])
        self.assertEqual(model.weekdays("mon..fri"), {0, 1, 2, 3, 4})
        self.assertEqual(model.weekdays("mon, wed"), {0, 2})
        self.assertEqual(model.weekdays("sat..mon"), {5, 6, 0})
        self.assertEqual(model.clock_range("18:00..24:00"), (1080, 1440))
        self.assertRaises(ValueError, model.clock_range, "18:00..18:00")


class Zones(unittest.TestCase):
    def test_edges(self):
        zone = model.Zone("America/New_York")
        self.assertEqual(model.iso(zone.edge(dt.date(2021, 3, 14), 150)), "2021-03-14T07:00:00Z")   # gap: 03:00 EDT
        self.assertEqual(model.iso(zone.edge(dt.date(2021, 11, 7), 90)), "2021-11-07T05:30:00Z")    # doubled: EDT
        havana = model.Zone("America/Havana")
        self.assertEqual(model.iso(havana.edge(dt.date(2021, 3, 14), 0)), "2021-03-14T05:00:00Z")

    def test_day_of_25_hours(self):
        zone = model.Zone("America/New_York")
        start, end = zone.edge(dt.date(2021, 11, 7), 0), zone.edge(dt.date(2021, 11, 8), 60)
        self.assertEqual(zone.share(start, end), {dt.date(2021, 11, 7): 25 * 3600, dt.date(2021, 11, 8): 3600})


class Notice(unittest.TestCase):
    def test_least(self):
        limits = {"notice": {"least": "30m"}}
        for at, found in (("2021-06-01T00:00:00Z", []), ("2021-06-01T00:00:01Z", ["notice_too_short"])):
            self.assertEqual(rules(play(limits, create("a", at, "2021-06-01T00:30:00Z", None))), [found])

    def test_deadline(self):
        # 17:00 PDT on Jun 1 is 00:00Z on Jun 2; the event is on Jun 2, 16:00 PDT
        limits = {"notice": {"latest": "17:00 the day before"}}
        for at, found in (("2021-06-02T00:00:00Z", []), ("2021-06-02T00:00:01Z", ["notice_past_deadline"])):
            answers = play(limits, create("a", at, "2021-06-02T23:00:00Z", "2021-06-03T00:00:00Z"))
            self.assertEqual(rules(answers), [found])
        self.assertEqual(answers[0]["refusals"][0]["limit"], "2021-06-02T00:00:00Z")

    def test_after_its_own_end(self):
        late = create("a", "2021-06-03T00:00:00Z", "2021-06-02T10:00:00Z", "2021-06-02T11:00:00Z")
        self.assertEqual(rules(play({}, late)), [[]])
        self.assertEqual(rules(play({"notice": {"least": "0s"}}, late)), [["notice_too_short"]])


class Windows(unittest.TestCase):
    def test_edges(self):
        limits = {"window": {"hours": "16:00..21:00", "days": "mon..fri"}}
        for start, end, found in (
                ("2021-06-02T23:00:00Z", "2021-06-03T04:00:00Z", []),                   # Wed 16:00-21:00 PDT
                ("2021-06-02T22:59:00Z", "2021-06-03T03:00:00Z", ["outside_window"]),
                ("2021-06-02T23:00:00Z", "2021-06-03T04:01:00Z", ["outside_window"]),
                ("2021-06-05T23:00:00Z", "2021-06-06T01:00:00Z", ["outside_window"])):  # Sat
            self.assertEqual(rules(play(limits, create("a", EARLY, start, end))), [found])

    def test_over_midnight_belongs_to_the_day_on_which_it_begins(self):
        limits = {"window": {"hours": "21:00..08:00", "days": "fri", "season": "s", "holidays": False}}
        early_saturday = create("a", EARLY, "2021-06-05T09:00:00Z", "2021-06-05T15:00:00Z")     # Sat 02:00-08:00
        season = {"s": "06-01..06-04"}
        self.assertEqual(rules(play(limits, early_saturday, seasons=season, holidays=["2021-06-05"])), [[]])
        self.assertEqual(rules(play(limits, early_saturday, seasons=season, holidays=["2021-06-04"])), [["on_holiday"]])
        friday = create("a", EARLY, "2021-06-04T09:00:00Z", "2021-06-04T15:00:00Z")             # Thursday's window
        self.assertEqual(rules(play(limits, friday, seasons=season)), [["outside_window"]])

    def test_season_over_new_year(self):
        limits = {"window": {"season": "w"}}
        for start, found in (("2021-10-31T20:00:00Z", ["outside_season"]), ("2021-11-01T20:00:00Z", []),
                             ("2022-01-05T20:00:00Z", []), ("2022-05-01T06:59:00Z", []),        # Apr 30, 23:59
                             ("2022-05-01T07:00:00Z", ["outside_season"])):
            self.assertEqual(rules(play(limits, create("a", EARLY, start, None), seasons={"w": "11-01..04-30"})), [found])

    def test_edge_in_the_gap(self):
        # Mar 14 2021: 02:30 does not exist, so the window opens at 03:00 PDT = 10:00Z
        limits = {"window": {"hours": "02:30..06:00"}}
        at = "2021-03-13T00:00:00Z"
        self.assertEqual(rules(play(limits, create("a", at, "2021-03-14T10:00:00Z", "2021-03-14T13:00:00Z"))), [[]])
        self.assertEqual(rules(play(limits, create("a", at, "2021-03-14T09:59:00Z", "2021-03-14T13:00:00Z"))),
                         [["outside_window"]])

    def test_doubled_edge(self):
        # Nov 7 2021: 01:30 first is PDT = 08:30Z; the window closes then, and the second 01:15 (09:15Z) is outside
        limits = {"window": {"hours": "22:00..01:30"}}
        at = "2021-11-06T00:00:00Z"
        self.assertEqual(rules(play(limits, create("a", at, "2021-11-07T08:00:00Z", "2021-11-07T08:30:00Z"))), [[]])
        self.assertEqual(rules(play(limits, create("a", at, "2021-11-07T09:15:00Z", "2021-11-07T09:20:00Z"))),
                         [["outside_window"]])

    def test_emergency(self):
        limits = {"window": {"hours": "16:00..21:00", "holidays": False}, "notice": {"least": "1h"}, "length": {"most": "1h"}}
        event = create("a", "2021-06-02T10:00:00Z", "2021-06-02T10:10:00Z", "2021-06-02T12:10:00Z", type="emergency")
        self.assertEqual(rules(play(limits, event)), [["notice_too_short", "outside_window", "too_long"]])
        self.assertEqual(rules(play(limits, event, emergency={"types": ["emergency"], "lifts": ["window", "notice"]})),
                         [["too_long"]])


class Counts(unittest.TestCase):
    def test_day_is_that_of_the_start(self):
        limits = {"counts": [{"per": "day", "events": 1}]}
        answers = play(limits, create("a", EARLY, "2021-06-03T06:00:00Z", "2021-06-03T09:00:00Z"),   # Jun 2, 23:00-02:00
                       create("b", EARLY, "2021-06-03T10:00:00Z", "2021-06-03T11:00:00Z"),           # Jun 3
                       create("c", EARLY, "2021-06-04T06:59:00Z", "2021-06-04T08:00:00Z"))           # Jun 3, 23:59
        self.assertEqual(rules(answers), [[], [], ["day_limit"]])
        self.assertEqual(answers[2]["refusals"][0], {"rule": "day_limit", "limit": 1, "used": 1, "asked": 1,
                                                     "resets_at": "2021-06-04T07:00:00Z", "unit": "events"})

    def test_hours_lie_in_their_days(self):
        limits = {"counts": [{"per": "day", "hours": 2}]}
        answers = play(limits, create("a", EARLY, "2021-06-03T06:00:00Z", "2021-06-03T08:00:00Z"),   # 23:00-01:00
                       create("b", EARLY, "2021-06-03T10:00:00Z", "2021-06-03T11:00:00Z"),           # Jun 3: 1 + 1 h
                       create("c", EARLY, "2021-06-03T12:00:00Z", "2021-06-03T12:01:00Z"))
        self.assertEqual(rules(answers), [[], [], ["day_limit"]])
        self.assertEqual(answers[2]["refusals"][0]["used"], 7200)
        self.assertEqual(answers[2]["refusals"][0]["asked"], 60)

    def test_elapsed_hours_at_the_change_of_the_clock(self):
        # 00:00-04:00 by the clock is 3 h on Mar 14 2021 and 5 h on Nov 7 2021
        limits = {"counts": [{"per": "day", "hours": 4}]}
        self.assertEqual(rules(play(limits, create("a", "2021-03-01T00:00:00Z", "2021-03-14T08:00:00Z", "2021-03-14T11:00:00Z"))), [[]])
        answers = play(limits, create("a", "2021-11-01T00:00:00Z", "2021-11-07T07:00:00Z", "2021-11-07T12:00:00Z"))
        self.assertEqual(rules(answers), [["day_limit"]])
        self.assertEqual(answers[0]["refusals"][0]["asked"], 5 * 3600)
        self.assertEqual(answers[0]["refusals"][0]["resets_at"], "2021-11-08T08:00:00Z")

    def test_longer_periods(self):
        for per, reset in (("week", "2021-06-07T07:00:00Z"), ("month", "2021-07-01T07:00:00Z"),
                           ("season", "2021-11-01T07:00:00Z"), ("year", "2022-01-01T08:00:00Z")):
            answers = play({"counts": [{"per": per, "events": 1}]}, create("a", EARLY, "2021-06-02T20:00:00Z", None),
                           create("b", EARLY, "2021-06-03T20:00:00Z", None), seasons={"summer": "05-01..10-31"})
            self.assertEqual(rules(answers), [[], [per + "_limit"]])
            self.assertEqual(answers[1]["refusals"][0]["resets_at"], reset)

    def test_season_over_new_year_is_one(self):
        answers = play({"counts": [{"per": "season", "events": 1}]}, create("a", EARLY, "2021-12-02T20:00:00Z", None),
                       create("b", EARLY, "2022-02-02T20:00:00Z", None), create("c", EARLY, "2022-11-02T20:00:00Z", None),
                       seasons={"w": "11-01..04-30"})
        self.assertEqual(rules(answers), [[], ["season_limit"], []])
        self.assertEqual(answers[1]["refusals"][0]["resets_at"], "2022-05-01T07:00:00Z")

    def test_rolling(self):
        limits = {"counts": [{"per": "24h rolling", "events": 1}]}
        for start, found in (("2021-06-03T19:59:00Z", ["rolling_limit"]), ("2021-06-03T20:00:00Z", [])):
            answers = play(limits, create("a", EARLY, "2021-06-02T20:00:00Z", "2021-06-02T21:00:00Z"),
                           create("b", EARLY, start, None))
            self.assertEqual(rules(answers), [[], found])
            if found:
                self.assertEqual(answers[1]["refusals"][0]["resets_at"], "2021-06-03T20:00:00Z")
        # a later one that is there already
        answers = play(limits, create("a", EARLY, "2021-06-03T20:00:00Z", None), create("b", EARLY, "2021-06-03T10:00:00Z", None))
        self.assertEqual(rules(answers), [[], ["rolling_limit"]])

    def test_rolling_hours(self):
        # 3 h from 12:00; the next 4 h from 10:00 the day after would make 3 + 2 within 12:00..12:00
        limits = {"counts": [{"per": "24h rolling", "hours": 4}]}
        first = create("a", EARLY, "2021-06-02T12:00:00Z", "2021-06-02T15:00:00Z")
        answers = play(limits, first, create("b", EARLY, "2021-06-03T10:00:00Z", "2021-06-03T14:00:00Z"),
                       create("c", EARLY, "2021-06-03T12:00:00Z", "2021-06-03T16:00:00Z"))
        # b: 12:00..12:00 holds 3 h of a and 2 h of b.  c, at the oldest start + 24 h: as x h of c come in, x h of a go
        # out: 3 h in all until 15:00, then 4 h of c alone at 16:00: room
        self.assertEqual(rules(answers), [[], ["rolling_limit"], []])
        self.assertEqual(answers[1]["refusals"][0]["resets_at"], "2021-06-03T12:00:00Z")

    def test_consecutive_days(self):
        limits = {"consecutive_days": 2}
        day = [f"2021-06-{n:02d}T20:00:00Z" for n in range(0, 10)]
        answers = play(limits, create("a", EARLY, day[2], None), create("b", EARLY, day[4], None),
                       create("c", EARLY, day[3], None), create("d", EARLY, day[5], None), create("e", EARLY, day[6], None),
                       create("f", EARLY, day[7], None))
        self.assertEqual(rules(answers), [[], [], ["consecutive_days"], [], ["consecutive_days"], []])
        self.assertEqual(answers[4]["refusals"][0]["resets_at"], "2021-06-07T07:00:00Z")


class Counted(unittest.TestCase):
    def test_cancelled(self):
        for word, found in (("never", []), ("always", ["day_limit"]), ("after_notice", ["day_limit"])):
            limits = {"counts": [{"per": "day", "events": 1}], "counted": {"cancelled": word}}
            answers = play(limits, create("a", EARLY, "2021-06-02T20:00:00Z", None), cancel("a", "2021-06-01T01:00:00Z"),
                           create("b", "2021-06-01T02:00:00Z", "2021-06-02T22:00:00Z", None))
            self.assertEqual(rules(answers), [[], [], found])
        limits["counted"]["cancelled"] = "after_notice"
        answers = play(limits, create("a", EARLY, "2021-06-02T20:00:00Z", None, notice_at="2021-06-01T01:30:00Z"),
                       cancel("a", "2021-06-01T01:00:00Z"), create("b", "2021-06-01T02:00:00Z", "2021-06-02T22:00:00Z", None))
        self.assertEqual(rules(answers), [[], [], []])

    def test_tests(self):
        for tests in (True, False):
            limits = {"counts": [{"per": "day", "events": 1}], "counted": {"tests": tests}}
            answers = play(limits, create("t", EARLY, "2021-06-02T20:00:00Z", None, test=True),
                           create("a", EARLY, "2021-06-02T22:00:00Z", None))
            self.assertEqual(rules(answers), [[], ["day_limit"] if tests else []])

    def test_overridden(self):
        for overridden in (True, False):
            limits = {"length": {"most": "1h"}, "counts": [{"per": "day", "events": 1}], "counted": {"overridden": overridden}}
            answers = play(limits, create("a", EARLY, "2021-06-02T20:00:00Z", "2021-06-02T22:00:00Z", override=True),
                           create("b", EARLY, "2021-06-02T22:00:00Z", None))
            self.assertEqual(rules(answers), [[], ["day_limit"] if overridden else []])
            self.assertEqual([one["rule"] for one in answers[0]["lifted"]], ["too_long"])

    def test_customers(self):
        limits = {"counts": [{"per": "day", "events": 1}], "of": "customer"}
        answers = play(limits, create("a", EARLY, "2021-06-02T20:00:00Z", None, customers=[1]),
                       create("b", EARLY, "2021-06-02T22:00:00Z", None), customers=[1, 2])
        self.assertEqual(rules(answers), [[], []])
        self.assertEqual(list(answers[1]["left_out"]), ["1"])


class Neighbours(unittest.TestCase):
    def test_gap_and_overlap(self):
        limits = {"gap": "2h", "overlap": "refuse"}
        first = create("a", EARLY, "2021-06-02T20:00:00Z", "2021-06-02T21:00:00Z")
        for start, end, found in (("2021-06-02T23:00:00Z", "2021-06-02T23:30:00Z", []),
                                  ("2021-06-02T22:59:00Z", "2021-06-02T23:30:00Z", ["too_soon_after"]),
                                  ("2021-06-02T17:00:00Z", "2021-06-02T18:01:00Z", ["too_soon_after"]),
                                  ("2021-06-02T17:00:00Z", "2021-06-02T18:00:00Z", []),
                                  ("2021-06-02T20:30:00Z", "2021-06-02T22:00:00Z", ["overlaps"])):
            self.assertEqual(rules(play(limits, first, create("b", EARLY, start, end))), [[], found])
        self.assertEqual(rules(play({"overlap": "refuse"}, first,
                                    create("b", EARLY, "2021-06-02T21:00:00Z", "2021-06-02T22:00:00Z"))), [[], []])


class Changes(unittest.TestCase):
    A = create("a", EARLY, "2021-06-02T20:00:00Z", "2021-06-02T22:00:00Z")

    def test_minus_itself(self):
        limits = {"counts": [{"per": "day", "events": 1}], "overlap": "refuse"}
        self.assertEqual(rules(play(limits, self.A, modify("a", EARLY, "2021-06-02T21:00:00Z", "2021-06-02T23:00:00Z"))), [[], []])

    def test_refused_leaves_the_old(self):
        limits = {"length": {"most": "3h"}, "overlap": "refuse"}
        answers = play(limits, self.A, modify("a", EARLY, "2021-06-02T20:00:00Z", "2021-06-03T00:00:00Z"),
                       create("b", EARLY, "2021-06-02T22:00:00Z", "2021-06-02T23:00:00Z"))
        self.assertEqual(rules(answers), [[], ["too_long"], []])
        self.assertEqual(answers[1]["may_extend_to"], "2021-06-02T23:00:00Z")

    def test_ending_earlier_is_always_allowed(self):
        limits = {"length": {"least": "2h"}, "notice": {"least": "1h"}}
        now = "2021-06-02T20:30:00Z"
        answers = play(limits, self.A, modify("a", now, "2021-06-02T20:00:00Z", "2021-06-02T21:00:00Z"), binding=True)
        self.assertEqual(rules(answers), [[], []])

    def test_binding(self):
        longer = modify("a", EARLY, "2021-06-02T20:00:00Z", "2021-06-02T23:00:00Z")
        self.assertEqual(rules(play({}, self.A, longer, cancel("a", EARLY), binding=True)), [[], ["binding"], []])

    def test_over(self):
        longer = modify("a", "2021-06-02T22:00:00Z", "2021-06-02T20:00:00Z", "2021-06-02T23:00:00Z")
        self.assertEqual(rules(play({}, self.A, longer, cancel("a", "2021-06-02T22:00:00Z"))),
                         [[], ["already_ended"], ["already_ended"]])
        self.assertEqual(rules(play({}, self.A, cancel("a", EARLY), longer, cancel("a", EARLY))),
                         [[], [], ["already_cancelled"], ["already_cancelled"]])

    def test_open_end(self):
        limits = {"length": {"most": "6h"}, "overlap": "refuse"}
        opened = create("a", EARLY, "2021-06-02T12:00:00Z", None)
        answers = play(limits, opened, create("b", EARLY, "2021-06-02T17:59:00Z", "2021-06-02T19:00:00Z"),
                       create("c", EARLY, "2021-06-02T18:00:00Z", "2021-06-02T19:00:00Z"),
                       modify("a", "2021-06-02T13:00:00Z", "2021-06-02T12:00:00Z", "2021-06-02T14:00:00Z"),
                       create("d", EARLY, "2021-06-02T14:00:00Z", "2021-06-02T15:00:00Z"))
        self.assertEqual(rules(answers), [[], ["overlaps"], [], [], []])
        self.assertEqual(rules(play(limits, opened, cancel("a", "2021-06-02T18:00:00Z"))), [[], ["already_ended"]])

    def test_nothing_changed(self):
        answers = play({"notice": {"least": "1h"}}, self.A,
                       modify("a", "2021-06-02T20:30:00Z", "2021-06-02T20:00:00Z", "2021-06-02T22:00:00Z"))
        self.assertEqual((answers[1]["rules"], answers[1]["note"]), ([], "no_change"))

    def test_notice_of_an_extension_has_two_readings(self):
        longer = modify("a", "2021-06-02T20:30:00Z", "2021-06-02T20:00:00Z", "2021-06-02T23:00:00Z")
        self.assertEqual(rules(play({"notice": {"least": "1h"}}, self.A, longer)), [[], ["notice_too_short"]])
        self.assertEqual(rules(play({"notice": {"least": "1h"}}, self.A, longer, readings={"modify_notice": "start_moved"})), [[], []])


if __name__ == "__main__":
    unittest.main()
