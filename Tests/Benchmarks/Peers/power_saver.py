"""The peer of scenarios/power-saver.yaml: the same 200,000 dispatches in a bare SimPy model, with as many rows for the
decisions and the observations in SQLite, but without rules, packets or reports.

    pip install simpy && python3 power_saver.py /tmp/peer.sqlite
"""

import math
import random
import sqlite3
import sys
import time

import simpy

CUSTOMERS = range(10_001, 20_001)
INCIDENTS = 20
Z95 = 1.6448536269514727


def lognormal(draw, median, p95):
    return median * math.exp(math.log(p95 / median) / Z95 * draw.gauss(0, 1))


def customer(env, draw, incident, identity, rows):
    rows.append((env.now, "dispatched", incident, identity))
    yield env.timeout(lognormal(draw, 0.04, 0.2))
    rows.append((env.now, "received", incident, identity))
    if draw.random() < 0.97:
        yield env.timeout(lognormal(draw, 90, 360))
        rows.append((env.now, "acknowledged", incident, identity))


def incidents(env, draw, rows):
    for incident in range(INCIDENTS):
        yield env.timeout(12 * 60)
        for identity in CUSTOMERS:
            env.process(customer(env, draw, incident, identity, rows))


def main(path):
    began = time.perf_counter()
    rows = []
    env = simpy.Environment()
    env.process(incidents(env, random.Random(42), rows))
    env.run(until=4.5 * 3600)
    database = sqlite3.connect(path)
    database.execute("DROP TABLE IF EXISTS events")
    database.execute("CREATE TABLE events (at REAL, kind TEXT, incident INTEGER, customer INTEGER)")
    database.executemany("INSERT INTO events VALUES (?, ?, ?, ?)", rows)
    database.commit()
    print(f"{len(rows)} rows in {time.perf_counter() - began:.2f} s")


main(sys.argv[1])
