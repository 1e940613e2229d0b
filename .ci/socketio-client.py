"""python-socketio, a client that is not ours, against `griddrill serve`, by each of its transports and by the upgrade from the
one to the other: dispatched, acknowledged, restarted, resynchronised."""

import pathlib
import queue
import signal
import subprocess
import sys
import tempfile

import requests
import socketio

PATIENCE = 20
MODES = [["polling"], ["websocket"], ["polling", "websocket"]]


def serve(command, database):
    process = subprocess.Popen(
        [command, "serve", "--port", "0", "--database", str(database)], stderr=subprocess.PIPE, text=True
    )
    for line in process.stderr:
        if "serving http://" in line:
            return process, line.split("serving ")[1].split("/ from")[0]
    raise SystemExit("the server did not start")


def connect(base, transports):
    client = socketio.Client(reconnection=False)
    news = queue.Queue()
    client.on("new-dispatch", lambda body: news.put(("new-dispatch", body)))
    client.on("acknowledge-update", lambda body: news.put(("acknowledge-update", body)))
    client.on("incident-update", lambda body: news.put(("incident-update", body)))
    client.connect(base, transports=transports)
    # An upgrade is part of connecting: what carries the client now is what its mode ends with.
    assert client.transport() == transports[-1], client.transport()
    return client, news


def take(news, kind):
    name, body = news.get(timeout=PATIENCE)
    assert name == kind, (name, body)
    return body


def check_refusals(base):
    url = base + "/socket.io/?EIO=4&transport="
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket"}
    for query, headers, refusal in [
        ("carrier-pigeon", {}, {"code": 0, "message": "Transport unknown"}),
        ("polling&sid=nobody", {}, {"code": 1, "message": "Session ID unknown"}),
        ("websocket", upgrade, {"code": 3, "message": "Bad request"}),
    ]:
        answer = requests.get(url + query, headers=headers, timeout=PATIENCE)
        assert (answer.status_code, answer.json()) == (400, refusal), (query, answer.text)


def rehearse(command, transports):
    with tempfile.TemporaryDirectory() as folder:
        database = pathlib.Path(folder) / "dispatcher.sqlite"
        server, base = serve(command, database)
        check_refusals(base)
        client, news = connect(base, transports)
        answer = client.call("handshake", "1", timeout=PATIENCE)
        assert answer["success"] and answer["openDispatches"] == 0, answer
        body = {
            "start_time": "08/27/2099 21:00",
            "end_time": "08/27/2099 22:00",
            "program_id": 1,
            "event_type": "market_dispatch",
        }
        incident = requests.post(base + "/incident", json=body, timeout=PATIENCE).json()
        assert {key: incident[key] for key in body} == body, incident
        dispatches = [take(news, "new-dispatch") for _ in range(3)]
        assert {d["dispatchMeans"] for d in dispatches} == {"email", "text", "websocket"}
        assert all(d["incidentId"] == incident["_id"] and d["customerId"] == 1 for d in dispatches)

        # Killed between the dispatch and the acknowledgement: the client is told again.
        server.send_signal(signal.SIGKILL)
        server.wait()
        client.disconnect()
        server, base = serve(command, database)
        client, news = connect(base, transports)
        assert client.call("handshake", 1, timeout=PATIENCE)["openDispatches"] == 3
        again = [take(news, "new-dispatch") for _ in range(3)]
        assert {d["_id"] for d in again} == {d["_id"] for d in dispatches}

        client.emit("acknowledge", {"_id": again[0]["_id"], "ackBy": "an operator", "ackTime": "now"})
        updates = [take(news, "acknowledge-update") for _ in range(3)]
        assert all(u["success"] and u["ackBy"] == "an operator" for u in updates), updates
        client.emit("acknowledge", None)
        assert take(news, "acknowledge-update")["success"] is False

        rows = requests.get(base + "/dispatch/customer/1/true", timeout=PATIENCE).json()
        assert len(rows) == 3 and all(r["acknowledgebBy"] == "an operator" for r in rows), rows
        assert {r["dispatchMeans"]: r["hasBeenSent"] for r in rows} == {
            "email": False, "text": False, "websocket": True,
        }, rows
        assert requests.get(base + "/dispatch/customer/1/false", timeout=PATIENCE).json() == []

        recall = f"{base}/incident/{incident['_id']}/recall"
        recalled = requests.post(recall, timeout=PATIENCE).json()
        assert recalled["status"] == "completed" and recalled["endsAt"] == recalled["recalledAt"], recalled
        assert take(news, "incident-update") == recalled
        assert requests.post(recall, timeout=PATIENCE).status_code == 409
        assert requests.post(base + "/incident", timeout=PATIENCE).status_code == 400
        assert requests.post(base + "/incident", json=body | {"program_id": 99}, timeout=PATIENCE).status_code == 404
        assert requests.get(base + "/nothing", timeout=PATIENCE).json()["error"]["code"] == "not-found"
        client.disconnect()
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=PATIENCE) == 0, server.returncode
    print(f"python-socketio, {' then '.join(transports)}: dispatched, resynchronised after kill -9, acknowledged, recalled")


for mode in MODES:
    rehearse(sys.argv[1], mode)
