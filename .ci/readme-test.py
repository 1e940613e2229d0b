"""Every command of the README, in a fresh folder that holds the scenarios that it takes for granted. A command that this script does not
know fails it, and so does one that it knows and the README has no more.

    readme-test.py GRIDDRILL
"""

import os
import pathlib
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
PATIENCE = 240

# In place of the scenario that takes a live run half a minute, for the same commands.
QUICK = """
name: A thousand sites, for want of time three
seed: 1
starts: 2024-06-03T16:00:00-07:00
lasts: 5m
programs: [{id: 1, name: Peak Relief}]
customers: [{ids: 1..3, name: "Site {id}", program: 1, channels: [websocket]}]
clients: [{of: all, acknowledges: {after: 50ms}}]
timeline: [{at: 1s, incident: {id: peak, program: 1, event_type: market_dispatch, start: 16:30, end: 17:00}}]
expect: [acknowledged == 3]
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Walk:
    def __init__(self, command, folder):
        self.folder = pathlib.Path(folder)
        # The README's port may be taken on the machine that runs this.
        self.port = free_port()
        self.mail_port = free_port()
        self.servers = []
        self.sink = None
        programs = self.folder / "bin"
        programs.mkdir()
        (programs / "griddrill").symlink_to(pathlib.Path(command).resolve())
        self.environment = os.environ | {
            "PATH": f"{programs}:{os.environ['PATH']}", "GITHUB_STEP_SUMMARY": str(self.folder / "step-summary.md"),
            "HOME": str(self.folder),
        }
        shutil.copytree(ROOT / "scenarios", self.folder / "scenarios")
        # The others take minutes in a debug build, and are run by `.ci/run`.
        for scenario in (self.folder / "scenarios").glob("*.yaml"):
            if scenario.stem not in ("seed", "demo", "evening-peak"):
                scenario.unlink()
        (self.folder / "scenarios/thousand-sites.yaml").write_text(QUICK)
        (self.folder / "scenarios/approved/thousand-sites.ledger").unlink()
        (self.folder / ".local/share/bash-completion/completions").mkdir(parents=True)
        subprocess.run(["git", "init", "-q"], cwd=self.folder, check=True)

    def here(self, line):
        line = line.replace("127.0.0.1:2525", f"127.0.0.1:{self.mail_port}")
        return line.replace("127.0.0.1:3000", f"127.0.0.1:{self.port}").replace("--port 3000", f"--port {self.port}")

    def run(self, line, status=0):
        """As a shell runs it."""
        result = subprocess.run(
            ["bash", "-c", self.here(line)], cwd=self.folder, env=self.environment, capture_output=True, text=True,
            timeout=PATIENCE, stdin=subprocess.DEVNULL,
        )
        assert result.returncode == status, (line, result.returncode, result.stdout[-2000:], result.stderr[-2000:])
        return result.stdout

    def serve(self, line):
        """In a terminal of its own, until the next server takes its place."""
        self.stop()
        server = subprocess.Popen(
            shlex.split(self.here(line)), cwd=self.folder, env=self.environment, stderr=subprocess.PIPE, text=True
        )
        self.servers.append(server)
        for told in server.stderr:
            if "serving http" in told:
                return
        raise SystemExit(f"{line}: the server did not start")

    def stop(self):
        while self.servers:
            server = self.servers.pop()
            server.send_signal(signal.SIGTERM)
            assert server.wait(timeout=PATIENCE) == 0, server.args

    def watch(self, line):
        """Until it has told of its first run."""
        process = subprocess.Popen(
            shlex.split(line), cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, text=True
        )
        for told in process.stdout:
            if "Decisions" in told:
                break
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=PATIENCE) in (0, 130), process.returncode


def first_shards(walk, line):
    for shard in range(1, 6):
        walk.run(line.replace("2/5", f"{shard}/5").replace("shards/2", f"shards/{shard}"))


def two_folders(walk, line):
    for folder in ("reports/before", "reports/after"):
        walk.run(f"griddrill run --quiet --reports {folder} scenarios/seed.yaml")
    walk.run(line)


def repeated(walk, line):
    shutil.rmtree(walk.folder / "reports/before")
    shutil.rmtree(walk.folder / "reports/after")
    for folder in ("before", "after"):
        walk.run(line.replace("reports/before", f"reports/{folder}"))


def two_ledgers(walk, line):
    seed, other = (f"scenarios/approved/{name}.ledger" for name in ("seed", "demo"))
    walk.run(line.replace("OLD", seed).replace("NEW", seed))
    walk.run(line.replace("OLD", seed).replace("NEW", other), status=1)


def revoked(walk, line):
    tokens = walk.run("griddrill token list --database dispatcher.sqlite")
    walk.run(line.replace("ID", re.search(r"\b[0-9a-f]{16}\b", tokens)[0]) + " --database dispatcher.sqlite")


def customers(walk, line):
    exported = walk.run("curl -s 'http://127.0.0.1:3000/customer'")
    (walk.folder / "customers.json").write_text(exported)
    assert "imported" in walk.run(line.replace("curl ", "curl -sf "))


def restored(walk, line):
    """Of a copy, since a server is using the database."""
    walk.run("griddrill backup --database dispatcher.sqlite earlier.sqlite")
    rosters = walk.run("griddrill roster list --database earlier.sqlite")
    first = re.findall(r"^(\d+) ", rosters, re.MULTILINE)[-1]
    walk.run(f"{line} {first} --database earlier.sqlite")


def whole_scenario(walk, line):
    """The one that the README shows, as a reader copies it."""
    text = re.search(r"^    name: .*\n(?:    .*\n)+", (ROOT / "README.md").read_text(), re.MULTILINE)[0]
    (walk.folder / "peak.yaml").write_text(re.sub(r"^    ", "", text, flags=re.MULTILINE))
    walk.run("griddrill check --strict peak.yaml")
    walk.run(line)


def mail_server(walk, line):
    """In a terminal of its own, until the end."""
    printed = open(walk.folder / "mails.txt", "wb")
    walk.sink = subprocess.Popen(shlex.split(walk.here(line)), cwd=walk.folder, env=walk.environment, stdout=printed)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", walk.mail_port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"{line}: the mail server did not start")


def mailed(walk, line):
    """The mail is in the mail server's terminal."""
    walk.run(line)
    deadline = time.monotonic() + PATIENCE
    while "Subject: Dispatch: " not in (walk.folder / "mails.txt").read_text():
        assert time.monotonic() < deadline, "no mail has come"
        time.sleep(0.1)
    # What follows in the README is about the other database.
    walk.serve("griddrill serve --port 3000 --database dispatcher.sqlite")


def nothing(walk, line):
    pass


RUN, SERVE, WATCH = Walk.run, Walk.serve, Walk.watch

# As a reader may come to them: what needs a report or a server stands behind what makes it.
COMMANDS = {
    "swift run griddrill run scenarios/seed.yaml": lambda walk, line: walk.run(line.removeprefix("swift run ")),
    ".ci/run": nothing,  # which calls this
    "swift build -c release": nothing,
    "griddrill report reports": RUN,
    "griddrill show reports/seed customer 8": RUN,
    "griddrill show reports/seed incident games": RUN,
    "griddrill show reports/seed why undelivered": RUN,
    "griddrill run --github": RUN,
    'cat reports/summary.md >> "$GITHUB_STEP_SUMMARY"': RUN,
    "griddrill run --shard 2/5 --reports shards/2": first_shards,
    "griddrill report --merge shards/* --reports reports": RUN,
    "griddrill run peak.yaml": whole_scenario,
    "griddrill new evening": RUN,
    "griddrill run --watch scenarios/seed.yaml": WATCH,
    "griddrill --generate-completion-script bash > ~/.local/share/bash-completion/completions/griddrill": RUN,
    "griddrill check": RUN,
    "griddrill schema > scenario.schema.json": RUN,
    "griddrill run --tag smoke --tag '!slow'": RUN,
    "griddrill run --live --until-quiet scenarios/thousand-sites.yaml": RUN,
    "sqlite3 reports/thousand-sites/record.sqlite 'SELECT * FROM latencies LIMIT 10'": RUN,
    "griddrill serve --port 3000 --database demo.sqlite": SERVE,
    "griddrill run --live --speed 5 --target http://127.0.0.1:3000 scenarios/demo.yaml":
        lambda walk, line: walk.run(line.replace("--speed 5", "--speed 60")),  # ten minutes of grid in ten seconds
    "griddrill run": RUN,
    "griddrill run --approve scenarios/seed.yaml": RUN,
    "griddrill diff OLD NEW": two_ledgers,
    "echo '*.ledger diff=ledger' >> .gitattributes": RUN,
    "git config diff.ledger.command 'griddrill diff --git'": RUN,
    "griddrill compare reports/before reports/after": two_folders,
    "griddrill run --reports": nothing,  # names a flag
    "griddrill run --live --until-quiet --repeat 5 --reports reports/before scenarios/thousand-sites.yaml": repeated,
    "griddrill compare reports/before/run-* --against reports/after/run-*": RUN,
    "griddrill replay reports/seed/record.sqlite": lambda walk, line: [
        # The live run before left a record of the same name; the suite makes it anew.
        walk.run("griddrill run --quiet scenarios/seed.yaml"), walk.run(line),
    ],
    "griddrill serve --port 3000 --database dispatcher.sqlite": SERVE,
    "curl -s -H 'Content-Type: application/json' http://127.0.0.1:3000/incident \\\n"
    """-d '{"start_time":"08/27/2099 21:00","end_time":"08/27/2099 22:00","program_id":1,"event_type":"market_dispatch"}'""": RUN,
    "python3 -m venv mail && mail/bin/pip install -q aiosmtpd": RUN,
    "mail/bin/python -u -m aiosmtpd -n -l 127.0.0.1:2525": mail_server,
    """echo 'email: {smtp: "smtp+plain://127.0.0.1:2525", from: Grid Desk <dispatch@grid.example>}' > carriers.yaml""": RUN,
    "griddrill carriers check carriers.yaml": RUN,
    "griddrill schema carriers": RUN,
    "griddrill carriers test --carriers carriers.yaml --to you@mill.example": RUN,
    "griddrill serve --port 3000 --database mailed.sqlite --carriers carriers.yaml": SERVE,
    "curl -s http://127.0.0.1:3000/incident --json \\\n"
    """'{"start_time":"08/27/2099 21:00","end_time":"08/27/2099 22:00","program_id":1,"event_type":"market_dispatch"}'""": mailed,
    "curl -T customers.json http://127.0.0.1:3000/customer": customers,
    "curl 'http://127.0.0.1:3000/customer?format=csv'": RUN,
    "griddrill record day.yaml --from dispatcher.sqlite": RUN,
    "griddrill run day.yaml": RUN,
    "griddrill serve --authenticate": lambda walk, line: walk.serve(f"{line} --port 3000 --database dispatcher.sqlite"),
    "griddrill token create --database dispatcher.sqlite --name desk --role operator": RUN,
    "griddrill token list": lambda walk, line: walk.run(f"{line} --database dispatcher.sqlite"),
    "griddrill token revoke ID": revoked,
    "griddrill roster list": lambda walk, line: walk.run(f"{line} --database dispatcher.sqlite"),
    "griddrill roster restore": restored,
    "griddrill serve --help": RUN,
    "griddrill audit verify dispatcher.sqlite": RUN,
    "griddrill backup --database dispatcher.sqlite copy.sqlite": RUN,
    # Minutes each, and of a release build: their parts run in the tests of the benchmarks and in `.ci/run`.
    "swift build -c release && .build/release/Benchmarks": nothing,
}


def commands(text):
    """What a reader would type: whole lines that are indented as code, and what stands between backticks."""
    text = re.sub(r"\\\n +", r"\\\n", text)
    # An example of output is indented as well.
    starts = r"(?:griddrill|swift|curl|sqlite3|cat|echo|python3|mail/bin/python|git config|\.ci/run)\b"
    lines = re.findall(rf"^ {{4,}}({starts}[^\n]*?(?:\\\n[^\n]*)?)(?: {{2,}}#[^\n]*)?$", text, re.MULTILINE)
    spans = [" ".join(span.split()) for span in re.findall(rf"`({starts} [^`]*|\.ci/run)`", text)]
    return lines + spans


def main():
    told = commands((ROOT / "README.md").read_text())
    unknown = [line for line in told if line not in COMMANDS]
    gone = [line for line in COMMANDS if line not in told]
    assert not unknown, f"the README has commands that no test runs: {unknown}"
    assert not gone, f"the README has these no more: {gone}"
    with tempfile.TemporaryDirectory() as folder:
        walk = Walk(sys.argv[1], folder)
        try:
            for line, run in COMMANDS.items():
                began = time.monotonic()
                run(walk, line)
                took = time.monotonic() - began
                if took > 20:
                    print(f"{took:.0f} s: {line}")
            walk.stop()
        finally:
            for server in walk.servers + ([walk.sink] if walk.sink else []):
                server.kill()
    print(f"the README: all {len(COMMANDS)} commands do what they say")


main()
