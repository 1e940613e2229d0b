#!/usr/bin/env python3
"""Holds the dispatcher's limits against the model beside this: python3 compare.py BENCHMARKS [--seed 1] [--lines 100]

Both answer the same random lines. Left out of them is what the dispatcher refuses for another reason or has no word for: an end that is
past when it is announced, a change to an open end, a change of `test`, and where each customer has its own count, changes.
"""
import argparse
import datetime as dt
import json
import math
import os
import subprocess
import sys

import generate
import limits_model

# How the dispatcher reads what rules can be read in two ways; see README.md.
READINGS = {"modify_notice": "start_moved", "already": "alone", "cancelled": "run"}
CALENDAR = ["day_limit", "week_limit", "month_limit", "season_limit", "year_limit"]


def spelt(line):
    """The line as both understand it."""
    limits = line["program"].get("limits") or {}
    counts = []
    for count in limits.get("counts") or []:
        for key in ("events", "hours"):
            if count.get(key) is not None:
                counts.append({"per": count["per"], key: max(1, math.ceil(count[key]))})
    if counts:
        limits["counts"] = counts
    window = limits.get("window") or {}
    if isinstance(window.get("days"), list):
        window["days"] = ",".join(window["days"])
    requests, opened = [], set()
    for request in line["requests"]:
        request.pop("customers", None)
        if request["do"] == "create" and not request.get("end"):
            opened.add(request["id"])
        if request["do"] == "cancel" and request["of"] in opened and "most" not in (limits.get("length") or {}):
            # The model gives what nothing ends no hours, even where a cancellation ended it.
            continue
        if request["do"] == "modify":
            if limits.get("of") == "customer":
                continue
            request.pop("test", None)
            for key in ("start", "end", "type"):
                if request.get(key, 0) is None:
                    del request[key]
            if not {"start", "end", "type"} & request.keys():
                continue
        if request.get("end") and limits_model.instant(request["end"]) <= limits_model.instant(request["at"]):
            continue
        if request.get("start") and request["do"] == "modify" and not request.get("end"):
            # It may begin after the end that stands, which is no period.
            continue
        requests.append(request)
    line["requests"] = requests
    return line


def differences(line, expected, found):
    for request, model, own in zip(line["requests"], expected["answers"], found):
        if model.get("note") in ("unknown_incident", "no_change"):
            # The dispatcher says so in its own way; that nothing comes of it shows in what follows.
            continue
        if own["rules"] in (["invalid-period"], ["incident-over"]):
            return
        names = model["rules"]
        if names != own["rules"]:
            yield request, names, own["rules"]
            return
        resets = {}
        for refusal in model["refusals"]:
            resets.setdefault(refusal["rule"], refusal["resets_at"])
        for rule in CALENDAR:
            # Of two seasons that are both full either may be named first.
            if rule == "season_limit" and len(line["program"].get("seasons") or {}) > 1:
                continue
            if rule in names and resets[rule] != own["resets"].get(rule):
                yield request, f"{rule} until {resets[rule]}", own["resets"].get(rule)
        left_out = {customer: list(dict.fromkeys(one["rule"] for one in rules))
                    for customer, rules in (model.get("left_out") or {}).items()}
        if not names and left_out != own["leftOut"] and not request.get("override"):
            yield request, {"left out": left_out}, {"left out": own["leftOut"]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("benchmarks")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lines", type=int, default=100)
    parser.add_argument("--shown", type=int, default=5)
    options = parser.parse_args()
    here = os.path.dirname(os.path.abspath(__file__))
    made = subprocess.run([sys.executable, os.path.join(here, "generate.py"), "--seed", str(options.seed),
                           "--lines", str(options.lines)], check=True, capture_output=True, text=True).stdout
    lines = [spelt(json.loads(text)) for text in made.splitlines()]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    own = subprocess.run([options.benchmarks, "limits"], input=text, check=True, capture_output=True, text=True).stdout
    count = asked = refused = 0
    for line, answer in zip(lines, own.splitlines(), strict=True):
        expected = limits_model.run(line, READINGS)
        asked += len(line["requests"])
        refused += sum(bool(one["rules"]) for one in expected["answers"])
        for request, model, found in differences(line, expected, json.loads(answer)):
            count += 1
            if count <= options.shown:
                print(f"{json.dumps(line['program'])}\n  {json.dumps(line['requests'])}")
                print(f"  {request['id']}: the model says {model}, the dispatcher {found}\n")
    print(f"{len(lines)} programs, {asked} requests, {refused} refused: {count} differences")
    sys.exit(1 if count else 0)


if __name__ == "__main__":
    main()
