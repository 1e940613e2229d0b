"""The commands of the deployment files, run as they stand there against a build of this machine: a suite in shards, and its merged
report, which has to tell what one run of it tells. And the alerts and the dashboard: Prometheus' own tool reads every query of
them, and they ask for metrics that a server has.

    deploy-test.py GRIDDRILL
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
DEPLOY = ROOT / ".deploy"
PATIENCE = 120


def shell(command, folder, status=0, shell=("bash", "-e"), **environment):
    result = subprocess.run(
        [*shell, "-c", command], cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, timeout=PATIENCE)
    assert result.returncode in (status if isinstance(status, tuple) else (status,)), \
        (command, result.returncode, result.stdout, result.stderr)
    return result


def workspace(griddrill):
    """A checkout with six small scenarios, of which one fails, and the built command."""
    folder = pathlib.Path(tempfile.mkdtemp())
    (folder / "bin").mkdir()
    (folder / "bin" / "griddrill").symlink_to(griddrill)
    (folder / "durations").mkdir()
    (folder / "scenarios").mkdir()
    seed = (ROOT / "scenarios" / "seed.yaml").read_text()
    for name in "abcdef":
        text = seed.replace("dispatches == 23", "dispatches == 24") if name == "c" else seed
        (folder / "scenarios" / f"{name}.yaml").write_text(text)
    shell(f"{griddrill} run --quiet --reports whole", folder, status=1)
    return folder


def told(folder, reports):
    """What a suite's document says, but for the wall's clock."""
    document = json.loads((folder / reports / "suite.json").read_text())
    scenarios = [
        (scenario["path"], scenario["exit_status"], scenario["statuses"], scenario["dispatches"], scenario["message"])
        for scenario in document["scenarios"]]
    assert len(scenarios) == 6, scenarios
    return document["exit_status"], document["statuses"], document["shard"], scenarios


def github(griddrill):
    jobs = yaml.safe_load((DEPLOY / "github-actions.yml").read_text())["jobs"]
    commands = {
        (job, step["name"]): step["run"] for job in jobs for step in jobs[job]["steps"] if "run" in step and "name" in step}
    shards = jobs["shard"]["strategy"]["matrix"]["shard"]
    assert shards == list(range(1, len(shards) + 1)), shards
    run = commands["shard", "run"]
    assert f"matrix.shard }}}}/{len(shards)} " in run, run
    folder = workspace(griddrill)
    # Once without durations of an earlier run, and once with them.
    for _ in range(2):
        shutil.rmtree(folder / "shards", ignore_errors=True)
        runs = [shell(run.replace("${{ matrix.shard }}", str(shard)), folder, status=(0, 1)) for shard in shards]
        assert sorted(run.returncode for run in runs) == [0] * (len(shards) - 1) + [1], runs
        marks = "".join(run.stdout for run in runs).splitlines()
        assert len(marks) == 1 and marks[0].startswith("::error file=scenarios/c.yaml,line="), marks
        shell(commands["report", "merge"], folder, status=1)
        assert told(folder, "reports") == told(folder, "whole")
        (folder / "step-summary.md").write_text("")
        shell(commands["report", "summary"], folder, GITHUB_STEP_SUMMARY="step-summary.md")
        assert "6 scenarios: 5 passed" in (folder / "step-summary.md").read_text()
        shell(commands["report", "keep the durations"], folder)
        assert (folder / "durations" / "suite.json").exists()
    shutil.rmtree(folder)


def container(job):
    [container] = job["spec"]["template"]["spec"]["containers"]
    return container, {variable["name"]: variable["value"] for variable in container["env"]}


def kubernetes(griddrill):
    documents = list(yaml.safe_load_all((DEPLOY / "kubernetes-shards.yaml").read_text()))
    [job] = [document for document in documents if document["kind"] == "Job"]
    [merge] = list(yaml.safe_load_all((DEPLOY / "kubernetes-merge.yaml").read_text()))
    shard, environment = container(job)
    assert job["spec"]["completionMode"] == "Indexed"
    assert int(environment["SHARDS"]) == job["spec"]["completions"]
    folder = workspace(griddrill)
    environment |= {"PATH": f"{folder}/bin:{os.environ['PATH']}", "REPORTS": str(folder / "volume")}
    for index in range(job["spec"]["completions"]):
        shell(shard["args"][0], folder, shell=shard["command"][:1], JOB_COMPLETION_INDEX=str(index), **environment)
    merging, own = container(merge)
    shell(merging["args"][0], folder, status=1, shell=merging["command"][:1], **{**own, **environment})
    assert told(folder, "volume/suite") == told(folder, "whole")
    # A shard that cannot come to its end fails its pod.
    shell(
        shard["args"][0], folder, status=70, shell=shard["command"][:1], JOB_COMPLETION_INDEX="0",
        **{**environment, "REPORTS": "/dev/null"})
    shutil.rmtree(folder)


def volumes():
    """Every mount names a volume that there is."""
    for file in DEPLOY.glob("kubernetes-*.yaml"):
        for document in yaml.safe_load_all(file.read_text()):
            if document["kind"] != "Job":
                continue
            pod = document["spec"]["template"]["spec"]
            named = {volume["name"] for volume in pod["volumes"]}
            for item in pod["containers"]:
                for mount in item["volumeMounts"]:
                    assert mount["name"] in named and mount["mountPath"].startswith("/"), (file, mount)


def metrics(griddrill):
    """The names of the metrics of a server."""
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            [griddrill, "serve", "--port", "0", "--database", folder + "/dispatcher.sqlite"], stderr=subprocess.PIPE, text=True)
        try:
            line = next((line for line in server.stderr if "serving http://" in line), None)
            assert line, "the server did not start"
            with urllib.request.urlopen(line.split("serving ")[1].split("/ from")[0] + "/metrics", timeout=PATIENCE) as answer:
                types = re.findall(r"^# TYPE (\S+) (\S+)$", answer.read().decode(), re.MULTILINE)
        finally:
            server.kill()
            server.wait()
    return {name + "_bucket" if kind == "histogram" else name for name, kind in types}


def monitoring(griddrill):
    alerts = DEPLOY / "prometheus-alerts.yaml"
    for arguments in (["check", "rules", alerts], ["test", "rules", DEPLOY / "prometheus-alerts-test.yaml"]):
        subprocess.run(["promtool", *arguments], check=True, stdout=subprocess.DEVNULL, timeout=PATIENCE)
    rules = [rule for group in yaml.safe_load(alerts.read_text())["groups"] for rule in group["rules"]]
    dashboard = json.loads((DEPLOY / "grafana-dashboard.json").read_text())
    queries = [rule["expr"] for rule in rules]
    for panel in dashboard["panels"]:
        queries += [
            target["expr"].replace("$__rate_interval", "1m").replace("$instance", ".*") for target in panel["targets"]]
    assert len(queries) > 20, queries
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        recorded = [{"record": f"query:{number}", "expr": query} for number, query in enumerate(queries)]
        yaml.safe_dump({"groups": [{"name": "queries", "rules": recorded}]}, file)
        file.flush()
        subprocess.run(["promtool", "check", "rules", file.name], check=True, stdout=subprocess.DEVNULL, timeout=PATIENCE)
    asked = {name for query in queries for name in re.findall(r"\bgriddrill_\w+", query)}
    assert asked <= metrics(griddrill), f"no server has {asked - metrics(griddrill)}"
    # The panels neither overlap nor leave the grid of 24 columns.
    taken = set()
    for panel in dashboard["panels"]:
        place = panel["gridPos"]
        cells = {(x, y) for x in range(place["x"], place["x"] + place["w"]) for y in range(place["y"], place["y"] + place["h"])}
        assert not cells & taken and all(x < 24 for x, _ in cells), panel["title"]
        taken |= cells


griddrill = pathlib.Path(sys.argv[1]).resolve()
volumes()
github(griddrill)
kubernetes(griddrill)
monitoring(griddrill)
print("the deployment files' commands run a suite in shards and merge it; alerts and dashboard ask for what there is")
