"""Bearer tokens against `griddrill serve --authenticate` over TLS: made by the command, asked for by REST and by Socket.IO, each role
with what it may do, revoked while a session is open, and every refusal in the audit log.

    token-test.py GRIDDRILL
"""

import pathlib
import queue
import signal
import subprocess
import sys
import tempfile

import requests
import socketio

PATIENCE = 20
INCIDENT = {
    "start_time": "08/27/2099 21:00", "end_time": "08/27/2099 22:00", "program_id": 1, "event_type": "market_dispatch",
}


def run(*arguments, status=0):
    result = subprocess.run(arguments, capture_output=True, text=True, timeout=PATIENCE)
    assert result.returncode == status, (arguments, result.returncode, result.stdout, result.stderr)
    return result.stdout.strip()


def connect(base, token, certificate):
    session = requests.Session()
    session.verify = certificate
    client = socketio.Client(reconnection=False, http_session=session)
    news = queue.Queue()
    for event in ["new-dispatch", "acknowledge-update"]:
        client.on(event, lambda body, event=event: news.put((event, body)))
    gone = queue.Queue()
    client.on("disconnect", lambda *_: gone.put(True))
    client.connect(base, transports=["websocket"], auth={"token": token} if token else None)
    return client, news, gone


def refused(base, token, certificate):
    try:
        client, _, _ = connect(base, token, certificate)
    except socketio.exceptions.ConnectionError:
        return True
    client.disconnect()
    return False


def main(command):
    with tempfile.TemporaryDirectory() as folder:
        database = str(pathlib.Path(folder) / "dispatcher.sqlite")
        run(command, "serve", "--host", "0.0.0.0", "--port", "0", "--database", database, status=64)
        key, certificate = (str(pathlib.Path(folder) / name) for name in ("key.pem", "certificate.pem"))
        run(
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1",
        )
        run(command, "serve", "--port", "0", "--database", database, "--tls-certificate", certificate, status=64)
        run(
            command, "serve", "--port", "0", "--database", database, "--tls-certificate", key, "--tls-key", key, status=70
        )
        # A path that is mistyped makes no database.
        run(
            command, "token", "create", "--database", database, "--name", "desk", "--role", "operator", status=70
        )
        server = subprocess.Popen(
            [
                command, "serve", "--authenticate", "--port", "0", "--database", database,
                "--tls-certificate", certificate, "--tls-key", key,
            ],
            stderr=subprocess.PIPE, text=True,
        )
        base = next(line for line in server.stderr if "serving https://" in line).split("serving ")[1].split("/ from")[0]
        operator = run(command, "token", "create", "--database", database, "--name", "desk", "--role", "operator")
        viewer = run(command, "token", "create", "--database", database, "--name", "wall", "--role", "viewer")
        customer = run(
            command, "token", "create", "--database", database, "--name", "winery", "--role", "customer", "--customer", "1"
        )
        listed = run(command, "token", "list", "--database", database)
        assert "desk" in listed and "customer 1" in listed and operator.split("_")[2] not in listed, listed

        def ask(method, path, token=None, **options):
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            return requests.request(method, base + path, headers=headers, timeout=PATIENCE, verify=certificate, **options)

        assert ask("GET", "/health").status_code == 200
        assert ask("GET", "/customer/1").headers["WWW-Authenticate"] == "Bearer"
        for path, method, statuses in [
            ("/customer/1", "GET", (200, 200, 200)), ("/customer/2", "GET", (200, 200, 403)),
            ("/dispatch/customer/1", "GET", (200, 200, 200)), ("/audit", "GET", (200, 200, 403)),
            ("/config", "GET", (200, 403, 403)),
        ]:
            for token, status in zip([operator, viewer, customer], statuses):
                assert ask(method, path, token).status_code == status, (path, status)
        assert ask("POST", "/incident", viewer, json=INCIDENT).status_code == 403
        assert ask("GET", "/customer/1", operator[:-1] + ("A" if operator[-1] != "A" else "B")).status_code == 401

        assert refused(base, None, certificate) and refused(base, "gd_0123456789abcdef_no", certificate)
        winery, news, gone = connect(base, customer, certificate)
        wall, seen, _ = connect(base, viewer, certificate)
        assert winery.call("handshake", 2, timeout=PATIENCE)["success"] is False
        assert winery.call("handshake", 1, timeout=PATIENCE)["success"] is True
        assert ask("POST", "/incident", operator, json=INCIDENT).status_code == 200
        dispatches = [news.get(timeout=PATIENCE)[1] for _ in range(3)]
        assert {d["customerId"] for d in dispatches} == {1}
        wall.emit("acknowledge", {"_id": dispatches[0]["_id"], "ackBy": "the wall"})
        while True:
            kind, body = seen.get(timeout=PATIENCE)
            if kind == "acknowledge-update":
                assert body["success"] is False, body
                break
        winery.emit("acknowledge", {"_id": dispatches[0]["_id"], "ackBy": "the winery"})
        assert news.get(timeout=PATIENCE)[1]["success"] is True

        run(command, "token", "revoke", "--database", database, customer.split("_")[1])
        assert ask("GET", "/customer/1", customer).status_code == 401
        gone.get(timeout=PATIENCE)
        denials = [e for e in ask("GET", "/audit?limit=1000", operator).json() if e["kind"] == "access.denied"]
        assert len(denials) >= 10 and not any(customer.split("_")[2] in str(e) for e in denials), denials
        wall.disconnect()
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=PATIENCE) == 0, server.returncode
    print("tokens: made, asked for, each role with what it may do, revoked, refusals in the audit log")


main(sys.argv[1])
