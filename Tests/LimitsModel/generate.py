#!/usr/bin/env python3
"""Seeded random lines for limits_model.py: python3 generate.py --seed 1 --lines 1000 [--requests 12] [--notice-at] [--plain]

Every line draws a zone, an anchor date (a change of the clock, the turn of a year, a leap day, the end of a month, or
any), a program with some of the rules, and requests around the anchor that like to sit on edges and a minute beside.
--notice-at   adds "notice_at" (when the first notice left, or null) to some creates: an addition to the format
--targets     adds "customers" to some requests of programs with `of: customer`: likewise an addition
--plain       no overrides
"""
import argparse
import datetime as dt
import json
import random

import limits_model as model

DAY = dt.timedelta(days=1)
# zone: changes of the clock (dates); weights below
ZONES = {
    "America/New_York": ["2021-03-14", "2021-11-07", "2023-03-12", "2023-11-05"],
    "America/Chicago": ["2022-03-13", "2022-11-06", "2024-03-10", "2024-11-03"],
    "America/Denver": ["2021-03-14", "2021-11-07"],
    "America/Los_Angeles": ["2021-03-14", "2021-11-07", "2022-03-13", "2022-11-06"],
    "America/Anchorage": ["2021-03-14", "2021-11-07"],
    "America/Halifax": ["2021-03-14", "2021-11-07"],
    "America/St_Johns": ["2021-03-14", "2021-11-07"],
    "America/Phoenix": [],
    "America/Puerto_Rico": [],
    "America/Regina": [],
    "America/Havana": ["2021-03-14", "2021-11-07"],          # midnight is in the gap; 00:00..01:00 doubled
    "America/Santiago": ["2021-09-05", "2022-04-03"],        # midnight is in the gap; 23:00..24:00 doubled
}
WEIGHTS = [20, 10, 6, 24, 3, 3, 4, 12, 4, 3, 4, 4]
OTHER_ANCHORS = ["2020-12-31", "2021-12-30", "2022-01-01", "2024-02-28", "2024-12-31", "2021-01-31", "2021-07-04",
                 "2021-07-30", "2021-08-12", "2021-09-06", "2021-10-30", "2021-04-30", "2022-05-31"]
HOURS = ["16:00..21:00", "10:00..22:00", "06:00..21:00", "21:00..08:00", "22:00..02:30", "00:00..24:00", "18:00..24:00",
         "02:30..06:00", "01:30..05:00", "00:00..02:30", "23:30..01:30", "12:00..02:00", "00:30..12:00", "20:00..03:00"]
DAYS = ["mon..fri", "mon..fri", "mon, wed", "sat..sun", "mon..sat", "fri..mon", "tue, thu..sat", "mon..sun", "sun"]


def civil(minutes):
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def spell(rng, seconds):
    if seconds % 86400 == 0 and seconds and rng.random() < 0.5:
        return f"{seconds // 86400}d"
    if seconds % 3600 == 0:
        return f"{seconds // 3600}h"
    return f"{seconds // 60}m" if seconds % 60 == 0 else f"{seconds}s"


def make_program(rng, number, anchor, zone):
    near = [anchor + n * DAY for n in (-1, 0, 1, 2)]
    seasons = {"summer": "05-01..10-31", "winter": "11-01..04-30"}
    if rng.random() < 0.6:
        edge = rng.choice(near)
        far = edge + rng.choice([60, 120, 200]) * DAY
        back = edge - rng.choice([60, 120, 200]) * DAY
        first, last = rng.choice([(edge, far), (back, edge), (edge, edge + DAY)])
        seasons["summer"] = f"{first:%m-%d}..{last:%m-%d}"
        if rng.random() < 0.5:
            del seasons["winter"]
    limits = {}
    if rng.random() < 0.4:
        notice = {}
        if rng.random() < 0.7:
            notice["least"] = spell(rng, rng.choice([90, 600, 1800, 3600, 7200, 86400]))
        if rng.random() < 0.5:
            notice["latest"] = rng.choice(["17:00", "15:00", "02:30", "01:30", "00:00", "24:00", "12:00"]) + " the day before"
        limits["notice"] = notice
    if rng.random() < 0.5:
        window = {}
        if rng.random() < 0.85:
            window["hours"] = rng.choice(HOURS)
        if rng.random() < 0.4:
            window["days"] = rng.choice(DAYS)
        if rng.random() < 0.25:
            window["season"] = rng.choice(sorted(seasons))
        if rng.random() < 0.5:
            window["holidays"] = rng.random() < 0.15
        limits["window"] = window
    if rng.random() < 0.6:
        length = {}
        if rng.random() < 0.5:
            length["least"] = spell(rng, rng.choice([90, 900, 1800, 3600]))
        if rng.random() < 0.8:
            length["most"] = spell(rng, rng.choice([3600, 7200, 4 * 3600, 6 * 3600, 6 * 3600, 86400]))
        limits["length"] = length
    counts = []
    if rng.random() < 0.75:
        for _ in range(rng.choice([1, 1, 2, 3])):
            per = rng.choice(["day", "day", "week", "month", "season", "year", "24h rolling", "24h rolling", "12h rolling", "48h rolling"])
            item = {"per": per}
            if rng.random() < 0.6:
                item["events"] = rng.choice([1, 1, 2, 2, 3]) if per != "year" else rng.choice([2, 3, 4])
            if "events" not in item or rng.random() < 0.2:
                item["hours"] = rng.choice([1, 2, 3, 4, 4, 5, 6, 8, 1.5])
            counts.append(item)
        limits["counts"] = counts
    if rng.random() < 0.2:
        limits["consecutive_days"] = rng.choice([1, 2, 2, 3])
    if rng.random() < 0.35:
        limits["gap"] = spell(rng, rng.choice([90, 1800, 3600, 7200, 7200, 86400]))
    if rng.random() < 0.6:
        limits["overlap"] = rng.choice(["refuse", "refuse", "allow"])
    if rng.random() < 0.12:
        limits["of"] = "customer"
    elif rng.random() < 0.1:
        limits["of"] = "program"
    if rng.random() < 0.6:
        limits["counted"] = {"tests": rng.random() < 0.5, "cancelled": rng.choice(["never", "after_notice", "always"]),
                             "overridden": rng.random() < 0.6}
        if rng.random() < 0.2:
            del limits["counted"][rng.choice(sorted(limits["counted"]))]
    program = {"id": number, "time_zone": zone}
    if rng.random() < 0.5:
        program["acknowledge_within"] = "10m"
    if rng.random() < 0.3:
        program["binding"] = rng.random() < 0.6
    program["seasons"] = seasons
    if rng.random() < 0.6:
        program["holidays"] = sorted({day.isoformat() for day in rng.sample(near, rng.choice([1, 1, 2]))})
    program["limits"] = limits
    if rng.random() < 0.4:
        program["emergency"] = {"types": ["emergency"], "lifts": rng.choice(
            [["window", "notice"], ["window", "notice"], ["window"], ["notice", "length"], ["counts"], ["counts", "gap", "overlap"],
             ["consecutive_days", "window", "notice", "length", "counts"]])}
    return program


class Drawer:
    def __init__(self, rng, spec, customers, anchor, options):
        self.rng, self.spec, self.customers, self.anchor, self.options = rng, spec, customers, anchor, options
        self.program = model.Program(spec, customers)
        self.zone = self.program.zone
        self.dispatcher = model.Dispatcher(self.program)        # only to know which incidents there are
        self.ids = []
        self.odd = rng.random() < 0.04                          # odd seconds
        self.at = self.zone.edge(anchor - rng.choice([1, 1, 2]) * DAY, rng.randrange(0, 1440, 15))

    def nudge(self, t):
        return t + self.rng.choice([0, 0, 0, 0, 0, -60, 60] + ([-1, 1, 29] if self.odd else []))

    def forward(self):
        rng = self.rng
        self.at += rng.choice([0, 60, 300, 600, 600, 900, 1800, 1800, 3600, 7200, 4 * 3600, 12 * 3600])
        if self.program.notice_latest and rng.random() < 0.25:
            deadline = self.zone.edge(self.zone.date(self.at), self.program.notice_latest[0]) + rng.choice([0, 0, -60, 60])
            self.at = max(self.at, deadline)
        if self.ids and rng.random() < 0.15:                    # at the edge of an event
            event = self.dispatcher.events[rng.choice(self.ids)]
            end = self.program.end(event)
            edge = rng.choice([event.start, end if end < model.FOREVER else event.start + 1800])
            if self.at < edge < self.at + 3 * 86400:
                self.at = self.nudge(edge)
        return self.at

    def start(self):
        rng, p = self.rng, self.program
        draw = rng.random()
        if draw < 0.12:
            return self.nudge(self.at + (p.notice_least or 1800))
        if draw < 0.36 and self.ids:
            event = self.dispatcher.events[rng.choice(self.ids)]
            end = min(p.end(event), event.start + 86400)
            return self.nudge(rng.choice([end, end + (p.gap or 3600), end + (p.gap or 3600), event.start + 86400, event.start,
                                          event.start + 12 * 3600, (event.start + end) // 120 * 60]))
        if draw < 0.39:
            return self.at - rng.choice([600, 3600, 5 * 3600])  # in the past
        day = self.zone.date(self.at) + rng.choice([0, 1, 1, 1, 2, 2, 3] if p.notice_latest else [0, 0, 1, 1, 1, 2, 3]) * DAY
        if rng.random() < 0.3:
            day = max(day, self.anchor + rng.choice([-1, 0, 0, 1]) * DAY)
        while p.days and day.weekday() not in p.days and rng.random() < 0.85:
            day += DAY
        if p.hours and rng.random() < 0.9:
            opens, closes = p.hours
            closes += 1440 if closes <= opens else 0
            minutes = rng.choice([opens, opens, opens, opens + 30, opens + 60, opens + 60, (opens + closes) // 2, closes - 60, closes,
                                  rng.randrange(opens, closes)])
        else:
            minutes = rng.choice([0, 60, 90, 120, 150, 180, 23 * 60, 23 * 60 + 30, rng.randrange(0, 1440, 15), rng.randrange(0, 1440, 15),
                                  16 * 60, 17 * 60])
        return self.nudge(self.zone.edge(day, minutes))

    def length(self):
        rng, p = self.rng, self.program
        pool = [900, 1800, 3600, 3600, 5400, 7200, 7200, 4 * 3600]
        if p.length_least or p.length_most:
            pool = [n for n in pool if (p.length_least or 0) <= n <= (p.length_most or n)] or pool
        if p.length_least:
            pool += [p.length_least] * 3
        if p.length_most and p.length_most <= 86400:
            pool += [p.length_most] * 3
        for item in p.counts:
            if "hours" in item:
                pool += [round(item["hours"] * 3600), round(item["hours"] * 1800)] * 2
        if p.hours and rng.random() < 0.15:
            opens, closes = p.hours
            return ((closes - opens - 1) % 1440 + 1) * 60
        if rng.random() < 0.02:
            return 30 * 3600
        return max(60, self.nudge(rng.choice(pool)))

    def request(self, number):
        rng = self.rng
        request = {"id": f"r{number}", "at": model.iso(self.forward())}
        draw = rng.random()
        if draw < 0.55 or not self.ids:
            start = self.start()
            request.update({"do": "create", "start": model.iso(start),
                            "end": None if rng.random() < 0.12 else model.iso(start + self.length()),
                            "type": "emergency" if rng.random() < 0.2 else "event",
                            "test": rng.random() < 0.15, "override": self.override()})
            if self.options.notice_at and rng.random() < 0.3:
                request["notice_at"] = rng.choice([None, model.iso(self.at + rng.choice([60, 3600, 8 * 3600]))])
            self.target(request)
        elif draw < 0.83:
            self.modification(request)
        else:
            request.update({"do": "cancel", "of": self.some()})
        return request

    def override(self):
        return not self.options.plain and self.rng.random() < 0.08

    def target(self, request):
        if self.options.targets and self.spec["limits"].get("of") == "customer" and self.rng.random() < 0.5:
            request["customers"] = sorted(self.rng.sample(self.customers, self.rng.randrange(1, len(self.customers) + 1)))

    def some(self):
        live = [id for id in self.ids if not self.dispatcher.state(self.dispatcher.events[id], self.at)]
        if live and self.rng.random() < 0.85:
            return self.rng.choice(live)
        return self.rng.choice(self.ids) if self.rng.random() < 0.97 else "nobody"

    def modification(self, request):
        rng, p = self.rng, self.program
        of = self.some()
        request.update({"do": "modify", "of": of})
        event = self.dispatcher.events.get(of)
        if event is None:
            request.update({"start": model.iso(self.start()), "end": None, "override": False})
            return
        end = p.end(event)
        known = end if end < model.FOREVER else event.start + 7200
        draw = rng.random()
        start = event.start
        if draw < 0.25:         # end earlier
            new = max(start + 60, self.nudge(rng.choice([known - 1800, known - 3600, (start + known) // 120 * 60])))
        elif draw < 0.55:       # end later
            new = known + rng.choice([60, 900, 1800, 3600, 7200, 5 * 3600])
        elif draw < 0.62:       # the same again
            new = None if event.end is None else known
        elif draw < 0.70:       # start later, end kept
            start = min(known - 60, start + rng.choice([900, 1800]))
            new = known
        elif draw < 0.80:       # moved as a whole
            by = rng.choice([-3600, 900, 3600, 7200, 86400, -86400])
            start, new = start + by, known + by
        elif draw < 0.86:       # open end
            new = None
        else:                   # as a new one
            start = self.start()
            new = start + self.length()
        request.update({"start": model.iso(start), "end": model.iso(new) if new is not None else None,
                        "type": event.type if rng.random() < 0.93 else rng.choice(["emergency", "event"]),
                        "test": event.test if rng.random() < 0.95 else not event.test, "override": self.override()})


def make_line(rng, number, options):
    zone = rng.choices(list(ZONES), WEIGHTS)[0]
    changes = ZONES[zone]
    pool = changes if changes and rng.random() < 0.5 else OTHER_ANCHORS
    anchor = dt.date.fromisoformat(rng.choice(pool))
    if rng.random() < 0.15:
        anchor = dt.date(2021, 1, 1) + rng.randrange(0, 1200) * DAY
    spec = make_program(rng, number, anchor, zone)
    customers = [1, 2, 3] if spec["limits"].get("of") == "customer" else None
    drawer = Drawer(rng, spec, customers, anchor, options)
    requests = []
    for n in range(options.requests):
        request = drawer.request(n)
        requests.append(request)
        reply = drawer.dispatcher.handle(request)
        if request["do"] == "create" and not reply["rules"]:
            drawer.ids.append(request["id"])
    line = {"program": spec, "requests": requests}
    if customers:
        line["customers"] = customers
    return line


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lines", type=int, default=100)
    parser.add_argument("--requests", type=int, default=12)
    parser.add_argument("--notice-at", action="store_true")
    parser.add_argument("--targets", action="store_true")
    parser.add_argument("--plain", action="store_true")
    options = parser.parse_args()
    for number in range(options.lines):
        rng = random.Random(f"{options.seed}/{number}")         # a line does not depend on those before it
        print(json.dumps(make_line(rng, number, options), separators=(",", ":")))


if __name__ == "__main__":
    main()
