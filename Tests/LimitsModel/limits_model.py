#!/usr/bin/env python3
"""A naive model of the limits of demand-response programs, written from their description alone.

One JSON object a line on stdin, one on stdout; README.md describes both.  Clear and slow on purpose: instants are
whole seconds since 1970 (UTC), and whatever needs the program's zone is found by walking instants and asking zoneinfo
for the wall clock of each.  "(choice n)" refers to the numbered choices of README.md.
"""
import datetime as dt
import json
import re
import sys
import zoneinfo

ORDER = ["notice_too_short", "notice_past_deadline", "outside_window", "outside_season", "on_holiday", "too_short",
         "too_long", "day_limit", "week_limit", "month_limit", "season_limit", "year_limit", "rolling_limit",
         "consecutive_days", "too_soon_after", "overlaps", "binding", "already_ended", "already_cancelled"]

# what each word of emergency.lifts lifts: the words are the keys of `limits` (choice 21)
LIFTS = {"notice": ["notice_too_short", "notice_past_deadline"],
         "window": ["outside_window", "outside_season", "on_holiday"],
         "length": ["too_short", "too_long"],
         "counts": ["day_limit", "week_limit", "month_limit", "season_limit", "year_limit", "rolling_limit"],
         "consecutive_days": ["consecutive_days"],
         "gap": ["too_soon_after"],
         "overlap": ["overlaps"]}

# rules of which, with `of: customer`, every customer has its own count (choice 25)
COUNTING = LIFTS["counts"] + ["consecutive_days"]

# an override does not bring a thing back that is over (choice 23)
NOT_OVERRIDABLE = ["already_ended", "already_cancelled"]

# the readings that can be switched by --choice key=value; the first value is the default
READINGS = {"modify_notice": ["always", "start_moved"],          # choice 1
            "already": ["with_all", "alone"],                    # choice 5
            "repeat_cancel": ["refused", "accepted"],            # choice 6
            "shortening_binding": ["allowed", "refused"],        # choice 3
            "cancelled": ["planned", "run"],                     # choice 18
            "rolling": ["any", "before"],                        # choice 14
            "gap_overlap": ["apart", "too"],                     # choice 16
            "window_end": ["union", "one"]}                      # choice 9

FOREVER = 1 << 60
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
ONE_DAY = dt.timedelta(days=1)
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)


# ---------------------------------------------------------------- spellings

def instant(text):
    """ISO date-time with Z or an offset -> whole seconds since 1970."""
    moment = dt.datetime.fromisoformat(text.replace("Z", "+00:00"))
    if moment.tzinfo is None:
        raise ValueError(f"no zone in {text!r}")
    seconds = (moment - EPOCH) / dt.timedelta(seconds=1)
    if seconds != int(seconds):
        raise ValueError(f"fractions of a second in {text!r}")
    return int(seconds)


def iso(seconds):
    if seconds is None or seconds >= FOREVER:
        return None
    return (EPOCH + dt.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def duration(text):
    """90s, 30m, 2h, 1d (and 1h30m) -> seconds; 1d is 24 elapsed hours."""
    if not re.fullmatch(r"(\d+[smhd])+", text):
        raise ValueError(f"not a duration: {text!r}")
    unit = {"s": 1, "m": 60, "h": 3600, "d": 86400}
    return sum(int(n) * unit[u] for n, u in re.findall(r"(\d+)([smhd])", text))


def clock(text):
    """16:00 -> minutes after midnight; 24:00 allowed."""
    found = re.fullmatch(r"(\d{1,2}):(\d\d)", text.strip())
    hours, minutes = int(found[1]), int(found[2])
    if minutes > 59 or hours * 60 + minutes > 24 * 60:
        raise ValueError(f"not a time of day: {text!r}")
    return hours * 60 + minutes


def clock_range(text):
    first, last = (clock(part) for part in text.split(".."))
    if first == last or first == 24 * 60:
        raise ValueError(f"not a window: {text!r}")
    return first, last


def weekdays(spec):
    """mon..fri, "mon, wed", "sat..mon", or a JSON list of those -> set of 0 (Monday) to 6."""
    parts = spec if isinstance(spec, list) else spec.split(",")
    found = set()
    for part in parts:
        ends = [DAYS.index(name.strip().lower()[:3]) for name in part.split("..")]
        day = ends[0]
        found.add(day)
        while day != ends[-1]:
            day = (day + 1) % 7
            found.add(day)
    return found


def season_range(text):
    """05-01..10-31 -> ((5, 1), (10, 31)), both inclusive (choice 12)."""
    first, last = (tuple(int(n) for n in part.strip().split("-")) for part in text.split(".."))
    return first, last


def deadline_spec(text):
    """"17:00 the day before" (or "17:00 2 days before") -> (minutes after midnight, days before)."""
    found = re.fullmatch(r"(\d{1,2}:\d\d) (?:the day|(\d+) days?) before", text.strip())
    return clock(found[1]), int(found[2] or 1)


# ---------------------------------------------------------------- the program's zone

class Zone:
    """All questions to the time zone, answered by walking."""

    def __init__(self, name):
        self.zone = zoneinfo.ZoneInfo(name)
        self.walls = {}
        self.edges = {}
        self.shares = {}

    def wall(self, t):
        """The wall clock at the instant t (without zone)."""
        if t not in self.walls:
            self.walls[t] = (EPOCH + dt.timedelta(seconds=t)).astimezone(self.zone).replace(tzinfo=None)
        return self.walls[t]

    def date(self, t):
        return self.wall(t).date()

    def edge(self, date, minutes):
        """The instant of a civil time: the first minute at which the wall clock shows it or, in a gap, more than it.
        So an edge in a gap is the end of the gap, and of a doubled one the first."""
        if (date, minutes) not in self.edges:
            civil = dt.datetime.combine(date, dt.time()) + dt.timedelta(minutes=minutes)
            t = instant(civil.isoformat() + "Z") - 16 * 3600       # no zone is 16 h ahead: surely before
            while self.wall(t) < civil:
                t += 60
            self.edges[date, minutes] = t
        return self.edges[date, minutes]

    def share(self, start, end):
        """Elapsed seconds of start..<end by the date in which they lie."""
        if (start, end) not in self.shares:
            found = {}
            for t, step in walk(start, end):
                date = self.date(t)
                found[date] = found.get(date, 0) + step
            self.shares[start, end] = found
        return self.shares[start, end]


def walk(start, end):
    """(instant, seconds until the next) for start and every whole minute before end: within a minute no wall clock
    of a zone changes its date or offset, and no edge of a window lies."""
    t = start
    while t < end:
        following = min(end, (t // 60 + 1) * 60)
        yield t, following - t
        t = following


# ---------------------------------------------------------------- program and events

class Event:
    def __init__(self, id, start, end, type, test, customers):
        self.id, self.start, self.end, self.type, self.test = id, start, end, type, test
        self.customers = customers          # whom it is for; those left out are in left_out
        self.left_out = set()
        self.notice_at = None               # when its first notice left
        self.cancelled_at = None
        self.overridden = False


class Program:
    def __init__(self, spec, customers=None):
        self.spec = spec
        self.zone = Zone(spec["time_zone"])
        self.binding = bool(spec.get("binding", False))
        self.seasons = {name: season_range(text) for name, text in (spec.get("seasons") or {}).items()}
        self.holidays = {dt.date.fromisoformat(text) for text in spec.get("holidays") or []}
        limits = spec.get("limits") or {}
        self.limits = limits
        notice = limits.get("notice") or {}
        self.notice_least = duration(notice["least"]) if "least" in notice else None
        self.notice_latest = deadline_spec(notice["latest"]) if "latest" in notice else None
        window = limits.get("window") or {}
        self.hours = clock_range(window["hours"]) if "hours" in window else None
        self.days = weekdays(window["days"]) if "days" in window else None
        self.season = window.get("season")
        if self.season is not None and self.season not in self.seasons:
            raise ValueError(f"no season {self.season!r}")
        self.no_holidays = window.get("holidays", True) is False
        length = limits.get("length") or {}
        self.length_least = duration(length["least"]) if "least" in length else None
        self.length_most = duration(length["most"]) if "most" in length else None
        self.counts = limits.get("counts") or []
        self.consecutive = limits.get("consecutive_days")
        self.gap = duration(limits["gap"]) if "gap" in limits else None
        self.refuse_overlap = limits.get("overlap", "allow") == "refuse"
        self.per_customer = limits.get("of", "program") == "customer"
        counted = {"tests": False, "cancelled": "after_notice", "overridden": True}     # choice 19
        counted.update(limits.get("counted") or {})
        self.counted = counted
        emergency = spec.get("emergency") or {}
        self.emergency_types = emergency.get("types") or []
        self.lifted = {name for word in emergency.get("lifts") or [] for name in LIFTS[word]}
        self.customers = customers if customers else ["*"]                              # choice 26

    # -- when an event ends

    def end(self, event):
        """An open end counts as length.most; without length.most it never comes (choice 8)."""
        if event.end is not None:
            return event.end
        return FOREVER if self.length_most is None else event.start + self.length_most

    # -- periods: [first date, first date of the next)

    def in_season(self, date, name):
        first, last = self.seasons[name]
        day = (date.month, date.day)
        return first <= day <= last if first <= last else day >= first or day <= last

    def periods(self, per, date):
        """The calendar periods that hold the date: one, but none or several seasons."""
        if per == "day":
            return [(date, date + ONE_DAY)]
        if per == "week":
            monday = date
            while monday.weekday() != 0:                                                # choice 11
                monday -= ONE_DAY
            return [(monday, monday + 7 * ONE_DAY)]
        if per == "month":
            following = date.replace(day=1)
            while following.month == date.month:
                following += ONE_DAY
            return [(date.replace(day=1), following)]
        if per == "year":
            return [(dt.date(date.year, 1, 1), dt.date(date.year + 1, 1, 1))]
        if per == "season":
            found = []
            for name, (opens, _) in self.seasons.items():
                if not self.in_season(date, name):
                    continue
                first = date
                while (first.month, first.day) != opens and self.in_season(first - ONE_DAY, name):
                    first -= ONE_DAY
                following = date + ONE_DAY
                while (following.month, following.day) != opens and self.in_season(following, name):
                    following += ONE_DAY
                found.append((first, following))
            return found
        raise ValueError(f"not a period: {per!r}")

    def window_holding(self, t):
        """(day, opens, closes) of the window that holds the instant t, or None; its day is that on which it begins."""
        opens, closes = self.hours
        today = self.zone.date(t)
        for day in (today - ONE_DAY, today, today + ONE_DAY):
            first = self.zone.edge(day, opens)
            last = self.zone.edge(day, closes if opens < closes else closes + 24 * 60)
            if first <= t < last:
                return day, first, last
        return None


class Dispatcher:
    """The program with what was accepted so far."""

    def __init__(self, program, readings=None):
        self.program = program
        self.readings = {key: values[0] for key, values in READINGS.items()}
        self.readings.update(readings or {})
        self.events = {}

    # -- what counts, what takes place

    def counts(self, event):
        """Whether an accepted event counts."""
        counted = self.program.counted
        if event.test and not counted["tests"]:
            return False
        if event.overridden and not counted["overridden"]:
            return False
        if event.cancelled_at is not None:
            if counted["cancelled"] == "never":
                return False
            if counted["cancelled"] == "after_notice":
                return event.notice_at is not None and event.notice_at <= event.cancelled_at
        return True

    def counted_span(self, event):
        """The span of which the hours count."""
        start, end = event.start, self.program.end(event)
        if end == FOREVER:
            return start, start                                                         # choice 8
        if event.cancelled_at is not None and self.readings["cancelled"] == "run":
            end = max(start, min(end, event.cancelled_at))
        return start, end

    def occupied_span(self, event):
        """The span that counts for gap and overlap, or None."""
        start, end = event.start, self.program.end(event)
        if event.cancelled_at is not None:
            if self.readings["cancelled"] == "planned" or event.cancelled_at <= start:
                return None
            end = min(end, event.cancelled_at)
        return start, end

    # -- the rules, each a generator of refusals

    def judge_all(self, new, at, old=None):
        """Every refusal that `new` meets (but already_…), of an emergency too, in the fixed order, without those that
        belong to customers.  `old` is the event that it replaces."""
        p = self.program
        others = [event for event in self.events.values() if event is not old]
        yield from self.judge_notice(new, at, old)
        yield from self.judge_window(new)
        yield from self.judge_length(new)
        if not p.per_customer:
            yield from self.judge_counting(new, others)
        yield from self.judge_neighbours(new, others)
        if old is not None and p.binding and old.notice_at is not None and old.notice_at <= at:
            yield refusal("binding")

    def judge(self, new, at, old=None):
        lifted = self.program.lifted if new.type in self.program.emergency_types else ()
        for found in self.judge_all(new, at, old):
            if found["rule"] not in lifted:
                yield found

    def judge_notice(self, new, at, old):
        p = self.program
        if old is not None and old.start == new.start and self.readings["modify_notice"] == "start_moved":
            return
        if p.notice_least is not None and new.start - at < p.notice_least:
            yield refusal("notice_too_short", p.notice_least, None, new.start - at, unit="seconds")
        if p.notice_latest is not None:
            minutes, days = p.notice_latest
            deadline = p.zone.edge(p.zone.date(new.start) - days * ONE_DAY, minutes)
            if at > deadline:
                yield refusal("notice_past_deadline", iso(deadline), None, iso(at), unit="instant")

    def judge_window(self, new):
        p = self.program
        start, end = new.start, p.end(new)
        if end == FOREVER:
            end = start                                                                 # choice 8
        day = p.zone.date(start)
        inside = True
        if p.hours is not None:
            opening = p.window_holding(start)
            inside = opening is not None
            if opening is not None:
                day = opening[0]                                                        # choice 9
                if self.readings["window_end"] == "one":
                    inside = end <= opening[2]
                else:
                    for t, _ in walk(start, end):
                        if p.window_holding(t) is None:
                            inside = False
                            break
        if p.days is not None and day.weekday() not in p.days:
            inside = False
        window = p.limits.get("window") or {}
        if not inside:
            yield refusal("outside_window", {key: window[key] for key in ("hours", "days") if key in window}, None,
                          {"day": day.isoformat(), "start": iso(start), "end": iso(end)}, unit="window")
        if p.season is not None and not p.in_season(day, p.season):
            yield refusal("outside_season", p.spec["seasons"][p.season], None, day.isoformat(), unit="date")
        if p.no_holidays and day in p.holidays:
            yield refusal("on_holiday", None, None, day.isoformat(), unit="date")

    def judge_length(self, new):
        p = self.program
        length = p.end(new) - new.start
        if p.end(new) == FOREVER:
            return                                                                      # choice 8
        if p.length_least is not None and length < p.length_least:
            yield refusal("too_short", p.length_least, None, length, unit="seconds")
        if p.length_most is not None and length > p.length_most:
            yield refusal("too_long", p.length_most, None, length, unit="seconds")

    def judge_counting(self, new, others):
        """Counts and consecutive days of the program or, with the events that it is in, of one customer."""
        p = self.program
        if new.test and not p.counted["tests"]:
            return                                                                      # choice 20: it asks for nothing
        others = [event for event in others if self.counts(event)]
        for rule in LIFTS["counts"]:
            for item in p.counts:
                per = item["per"].strip()
                if rule == "rolling_limit" and per.endswith("rolling"):
                    yield from self.judge_rolling(new, others, item, duration(per[:-len("rolling")].strip()))
                elif per + "_limit" == rule:
                    yield from self.judge_calendar(new, others, item, per, rule)
        if p.consecutive is not None:
            yield from self.judge_consecutive(new, others)

    def judge_calendar(self, new, others, item, per, rule):
        p = self.program
        if "events" in item:
            for first, following in p.periods(per, p.zone.date(new.start)):
                used = 0
                for event in others:
                    if first <= p.zone.date(event.start) < following:
                        used += 1
                if used + 1 > item["events"]:
                    yield refusal(rule, item["events"], used, 1, p.zone.edge(following, 0), "events")
                    break
        if "hours" in item:
            limit = round(item["hours"] * 3600)
            asked_by_date = p.zone.share(*self.counted_span(new))
            periods = sorted({period for date in asked_by_date for period in p.periods(per, date)})
            for first, following in periods:
                asked = sum(n for date, n in asked_by_date.items() if first <= date < following)
                used = 0
                for event in others:
                    for date, n in p.zone.share(*self.counted_span(event)).items():
                        if first <= date < following:
                            used += n
                if used + asked > limit:
                    yield refusal(rule, limit, used, asked, p.zone.edge(following, 0), "seconds")
                    break                                                               # choice 13

    def judge_rolling(self, new, others, item, period):
        if self.readings["rolling"] == "before":
            others = [event for event in others if event.start <= new.start]
        if "events" in item:
            # every window that begins with an event and holds the new start
            for first in sorted([event.start for event in others] + [new.start]):
                if not first <= new.start < first + period:
                    continue
                starts = [event.start for event in others if first <= event.start < first + period]
                if len(starts) + 1 > item["events"]:
                    yield refusal("rolling_limit", item["events"], len(starts), 1,
                                  min(starts) + period if starts else None, "events")
                    break
        if "hours" in item:
            limit = round(item["hours"] * 3600)
            start, end = self.counted_span(new)
            ends = [n for event in others + [new] for n in self.counted_span(event)]
            # the window that ends with the event, then every one that holds a part of it, minute by minute; with odd
            # seconds also those that begin or end where an event does
            firsts = [end - period]
            if self.readings["rolling"] == "any":
                walked = set(range(start - period + 60, end, 60))
                if any(n % 60 for n in ends + [period]):
                    walked |= {start - period + 1, end - 1} | set(ends) | {n - period for n in ends}
                firsts += sorted(walked)
            for first in firsts:
                asked = lying(start, end, first, first + period)
                if asked == 0:
                    continue
                users = [(event.start, lying(*self.counted_span(event), first, first + period)) for event in others]
                used = sum(n for _, n in users)
                if used + asked > limit:
                    oldest = [begun for begun, n in users if n > 0]
                    yield refusal("rolling_limit", limit, used, asked,
                                  min(oldest) + period if oldest else None, "seconds")
                    break

    def judge_consecutive(self, new, others):
        p = self.program
        taken = {p.zone.date(event.start) for event in others}

        def run(date):
            """(taken dates in the run that the date would be in, 1 if the date itself is not yet taken)"""
            used = 1 if date in taken else 0
            before = date - ONE_DAY
            while before in taken:
                used += 1
                before -= ONE_DAY
            after = date + ONE_DAY
            while after in taken:
                used += 1
                after += ONE_DAY
            return used, 0 if date in taken else 1

        date = p.zone.date(new.start)
        used, asked = run(date)
        if used + asked > p.consecutive:
            resets = None
            if p.consecutive > 0:
                free = date + ONE_DAY
                while sum(run(free)) > p.consecutive:
                    free += ONE_DAY
                resets = p.zone.edge(free, 0)
            yield refusal("consecutive_days", p.consecutive, used, asked, resets, "days")

    def judge_neighbours(self, new, others):
        p = self.program
        start, end = new.start, p.end(new)
        spans = [span for span in (self.occupied_span(event) for event in others) if span]
        overlapping = [span for span in spans if start < span[1] and span[0] < end]
        if p.gap is not None:
            gaps, resets = [], []
            for span in spans:
                if span in overlapping:
                    if self.readings["gap_overlap"] == "too":
                        gaps.append(start - span[1] if span[0] <= start else span[0] - end)
                        resets.append(span[1] + p.gap)
                elif span[1] <= start:
                    if start - span[1] < p.gap:
                        gaps.append(start - span[1])
                        resets.append(span[1] + p.gap)
                elif span[0] - end < p.gap:
                    gaps.append(span[0] - end)
            if gaps:
                yield refusal("too_soon_after", p.gap, None, min(gaps), max(resets) if resets else None, "seconds")
        if p.refuse_overlap and overlapping:
            yield refusal("overlaps", None, len(overlapping), None, max(span[1] for span in overlapping), "events")

    def full_customers(self, new, old=None):
        """With `of: customer`: who is full, by which rules."""
        p = self.program
        full = {}
        lifted = p.lifted if new.type in p.emergency_types else ()
        if not p.per_customer:
            return full
        for customer in new.customers:
            theirs = [event for event in self.events.values()
                      if event is not old and customer in event.customers and customer not in event.left_out]
            found = [one for one in self.judge_counting(new, theirs) if one["rule"] not in lifted]
            if found:
                full[customer] = found
        return full

    # -- requests

    def handle(self, request):
        what = request["do"]
        if what == "create":
            return self.create(request)
        old = self.events.get(request["of"])
        if old is None:
            return answer(request, [], note="unknown_incident")
        return self.modify(request, old) if what == "modify" else self.cancel(request, old)

    def create(self, request):
        at = instant(request["at"])
        end = request.get("end")
        new = Event(request["id"], instant(request["start"]), None if end is None else instant(end),
                    request.get("type"), bool(request.get("test", False)),
                    request.get("customers") or self.program.customers)
        notice = request["notice_at"] if "notice_at" in request else request["at"]
        new.notice_at = None if notice is None else instant(notice)                     # choice 17
        return self.decide(request, new, list(self.judge(new, at)))

    def decide(self, request, new, refusals, old=None, final=()):
        """Accept or refuse what was judged; `final` are refusals that no override lifts."""
        full = self.full_customers(new, old)
        override = bool(request.get("override", False))
        if final or (refusals and not override):
            return answer(request, in_order(list(refusals) + list(final)))
        new.overridden = override and bool(refusals or full)                            # choice 24
        new.left_out = set() if override else set(full)
        self.events[new.id] = new
        return answer(request, [], lifted=in_order(refusals), left_out={} if override else full)

    def state(self, old, at):
        """already_cancelled or already_ended."""
        if old.cancelled_at is not None:
            return [refusal("already_cancelled", asked=iso(at), used=iso(old.cancelled_at), unit="instant")]
        if at >= self.program.end(old):
            return [refusal("already_ended", asked=iso(at), used=iso(self.program.end(old)), unit="instant")]
        return []

    def modify(self, request, old):
        p = self.program
        at = instant(request["at"])
        start = instant(request["start"]) if request.get("start") is not None else old.start
        end = old.end
        if "end" in request:
            end = None if request["end"] is None else instant(request["end"])
        new = Event(old.id, start, end, request.get("type", old.type), bool(request.get("test", old.test)),
                    request.get("customers") or old.customers)
        new.notice_at, new.overridden, new.left_out = old.notice_at, old.overridden, set(old.left_out)
        state = self.state(old, at)

        same_kind = (new.type, new.test, new.customers) == (old.type, old.test, old.customers)
        if same_kind and (new.start, new.end) == (old.start, old.end) and old.cancelled_at is None:
            return answer(request, [], note="no_change")                                # choice 4
        within = old.start <= new.start and p.end(new) <= p.end(old)
        smaller = within and (new.start, p.end(new)) != (old.start, p.end(old))
        if same_kind and smaller:                                                       # choice 2
            found = list(state)
            if self.readings["shortening_binding"] == "refused" and p.binding \
                    and old.notice_at is not None and old.notice_at <= at:
                found.insert(0, refusal("binding"))
            if found and self.readings["already"] == "alone" and state:
                found = state
            if not found:
                self.events[new.id] = new
            return answer(request, found, note="shortening")
        if state and self.readings["already"] == "alone":
            return answer(request, state)
        refusals = list(self.judge(new, at, old))
        reply = self.decide(request, new, refusals, old, state)
        if reply["rules"] and not state and same_kind and new.start == old.start and p.end(old) < p.end(new) < FOREVER:
            reply["may_extend_to"] = iso(self.how_far(new, at, old))
        return reply

    def how_far(self, new, at, old):
        """The latest end, not after the one asked for, that would be accepted; else the old one."""
        asked, kept = self.program.end(new), self.program.end(old)
        start_only = ("notice_too_short", "notice_past_deadline", "outside_season", "on_holiday", "binding")
        if any(found["rule"] in start_only for found in self.judge(new, at, old)):
            return kept                     # what no end can mend

        def passes(end):
            new.end = end
            return next(self.judge(new, at, old), None) is None

        end = asked - 1 if asked % 60 else asked - 60
        end -= end % 60                     # whole minutes downwards, then by the second up again
        while end > kept and not passes(end):
            end -= 60
        end = max(end, kept)
        while end + 1 < asked and passes(end + 1):
            end += 1
        return end

    def cancel(self, request, old):
        at = instant(request["at"])
        state = self.state(old, at)
        if old.cancelled_at is not None and self.readings["repeat_cancel"] == "accepted":
            return answer(request, [], note="no_change")
        if not state:
            old.cancelled_at = at
        return answer(request, state)


def lying(start, end, first, last):
    """Seconds of start..<end that lie in first..<last."""
    return max(0, min(end, last) - max(start, first))


def refusal(rule, limit=None, used=None, asked=None, resets_at=None, unit=None):
    return {"rule": rule, "limit": limit, "used": used, "asked": asked, "resets_at": iso(resets_at), "unit": unit}


def in_order(refusals):
    return sorted(refusals, key=lambda one: ORDER.index(one["rule"]))       # stable


def answer(request, refusals, note=None, lifted=None, left_out=None):
    rules = []
    for one in refusals:
        if one["rule"] not in rules:
            rules.append(one["rule"])
    reply = {"id": request["id"], "rules": rules, "refusals": refusals}
    if note:
        reply["note"] = note
    if lifted:
        reply["lifted"] = lifted
    if left_out:
        reply["left_out"] = {str(customer): found for customer, found in left_out.items()}
    return reply


def run(line, readings=None):
    """One line of input, as an object -> one line of output, as an object."""
    program = Program(line["program"], line.get("customers"))
    dispatcher = Dispatcher(program, readings)
    return {"program": line["program"].get("id"), "answers": [dispatcher.handle(one) for one in line["requests"]]}


def main(arguments):
    readings = {}
    names_only = False
    while arguments:
        word = arguments.pop(0)
        if word == "--choice":
            key, value = arguments.pop(0).split("=")
            if value not in READINGS[key]:
                raise SystemExit(f"{key}: one of {READINGS[key]}")
            readings[key] = value
        elif word == "--names":
            names_only = True
        else:
            raise SystemExit("usage: limits_model.py [--names] [--choice key=value]… < lines")
    for text in sys.stdin:
        if not text.strip():
            continue
        found = run(json.loads(text), readings)
        if names_only:
            found["answers"] = [{"id": one["id"], "rules": one["rules"]} for one in found["answers"]]
        print(json.dumps(found, separators=(",", ":")))


if __name__ == "__main__":
    main(sys.argv[1:])
