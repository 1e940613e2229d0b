"""The first version's page lay at http://localhost:4200 and spoke by the original JavaScript client. Here that client, in headless
Chromium, is dispatched, acknowledges and comes back after a restart: by polling, by WebSocket, and by the upgrade between them.

    javascript-client.py GRIDDRILL

The client (socket.io-client 4.8) is taken from a package that carries it; it is downloaded, and never kept here.
"""

import functools
import http.server
import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

import requests
from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

PATIENCE = 30
PACKAGE = "nicegui==3.18.0"
MEMBER = "nicegui/static/socket.io.min.js"
PAGE_PORT = 4200
MODES = [["polling"], ["websocket"], ["polling", "websocket"]]

PAGE = """<!doctype html><title>A customer</title><script src="/socket.io.min.js"></script>
<script>
const query = new URLSearchParams(location.search);
const seen = window.seen = {news: [], errors: [], sessions: 0};
const socket = window.socket = io(query.get("server"), {
    transports: query.get("transports").split(","), reconnectionDelay: 50, reconnectionDelayMax: 200,
});
socket.on("connect", () => {
    seen.sessions += 1;
    socket.emit("handshake", 1, answer => seen.joined = answer ?? true);
});
socket.on("connect_error", error => seen.errors.push(String(error)));
for (const event of ["new-dispatch", "acknowledge-update", "incident-update"])
    socket.on(event, body => seen.news.push({event, body}));
</script>
"""

FOREIGN_REQUESTS = """
const [base, done] = arguments;
const told = promise => promise.then(answer => answer.type, () => "refused");
const form = new URLSearchParams({
    start_time: "08/27/2099 21:00", end_time: "08/27/2099 22:00", program_id: 1, event_type: "foreign",
});
Promise.all([told(fetch(base + "/customer")), told(fetch(base + "/incident", {method: "POST", mode: "no-cors", body: form}))]).then(done);
"""


def client_library():
    """The minified client, out of the wheel that carries it."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--dest", folder, PACKAGE],
            check=True,
        )
        (wheel,) = pathlib.Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as members:
            library = members.read(MEMBER)
    assert b"Socket.IO v4.8" in library[:200], library[:200]
    return library


class PageServer(http.server.BaseHTTPRequestHandler):
    library = b""

    def do_GET(self):
        is_library = self.path == "/socket.io.min.js"
        body = self.library if is_library else PAGE.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript" if is_library else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def serve(command, database, port=0):
    process = subprocess.Popen(
        [command, "serve", "--port", str(port), "--database", str(database)], stderr=subprocess.PIPE, text=True
    )
    for line in process.stderr:
        if "serving http://" in line:
            port = int(line.split("serving http://")[1].split("/ from")[0].rsplit(":", 1)[1])
            # What the server says from here on is read away, so that it never waits for a full pipe.
            threading.Thread(target=functools.partial(list, process.stderr), daemon=True).start()
            return process, port
    raise SystemExit("the server did not start")


def browser():
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in (
        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
        "--host-resolver-rules=MAP evil.example 127.0.0.1",
    ):
        options.add_argument(flag)
    return webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))


def wait(driver, what, script):
    """The value of a script once it is true."""
    try:
        return WebDriverWait(driver, PATIENCE, 0.05).until(lambda _: driver.execute_script(f"return {script}"))
    except Exception as error:
        saw = json.dumps(driver.execute_script("return seen"))
        raise SystemExit(f"never seen: {what}; the page saw {saw}") from error


def open_page(driver, host, port, transports):
    driver.get(f"http://{host}:{PAGE_PORT}/?server=http://localhost:{port}&transports={','.join(transports)}")


def dispatch(port):
    start = time.time() + 600
    times = [time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at)) for at in (start, start + 3600)]
    body = {"start_time": times[0], "end_time": times[1], "program_id": 1, "event_type": "market_dispatch"}
    answer = requests.post(f"http://127.0.0.1:{port}/incident", json=body, timeout=PATIENCE)
    assert answer.ok, answer.text
    return answer.json()["_id"]


def records(port, incident):
    answer = requests.get(f"http://127.0.0.1:{port}/dispatch/customer/1", timeout=PATIENCE)
    return [record for record in answer.json() if record["incidentId"] == incident]


def rehearse(driver, command, transports):
    with tempfile.TemporaryDirectory() as folder:
        database = pathlib.Path(folder) / "dispatcher.sqlite"
        process, port = serve(command, database)
        try:
            open_page(driver, "localhost", port, transports)
            wait(driver, "a session", "seen.joined")
            wait(driver, f"the transport {transports[-1]}", f"socket.io.engine.transport.name === '{transports[-1]}'")
            first = dispatch(port)
            news = wait(driver, "a dispatch", "seen.news.find(one => one.event === 'new-dispatch')")["body"]
            dispatched = news[0] if isinstance(news, list) else news
            assert dispatched["incidentId"] == first, dispatched
            driver.execute_script(
                "socket.emit('acknowledge', {_id: arguments[0], ackBy: 'the page', ackTime: new Date().toUTCString()})",
                dispatched["_id"],
            )
            update = wait(driver, "the acknowledgement", "seen.news.find(one => one.event === 'acknowledge-update')")["body"]
            assert update["success"] is True and update["ackBy"] == "the page", update
            assert all(record["hasBeenAcknowledged"] for record in records(port, first)), records(port, first)

            second = dispatch(port)
            wait(driver, "the second dispatch", f"seen.news.some(one => JSON.stringify(one.body).includes('{second}'))")
            driver.execute_script("seen.news = []; seen.joined = false")
            process.send_signal(signal.SIGKILL)
            process.wait()
            process, _ = serve(command, database, port)
            # The client comes back by itself, and hears again what is open: the second, and not the first.
            wait(driver, "its return", "seen.sessions >= 2 && seen.joined")
            wait(driver, "what is open", f"seen.news.some(one => JSON.stringify(one.body).includes('{second}'))")
            heard = driver.execute_script("return JSON.stringify(seen.news)")
            assert first not in heard, heard
        finally:
            process.kill()
            process.wait()


def check_foreign_page(driver, command):
    """A page of somebody else's, in the browser of someone who can reach the server, gets nothing from it."""
    with tempfile.TemporaryDirectory() as folder:
        process, port = serve(command, pathlib.Path(folder) / "dispatcher.sqlite")
        try:
            for transports in MODES:
                open_page(driver, "evil.example", port, transports)
                wait(driver, "a refusal", "seen.errors.length > 0")
                assert driver.execute_script("return seen.sessions") == 0, transports
            # Nor does its form open an incident, whatever it may see of the answer.
            read, _ = driver.execute_async_script(FOREIGN_REQUESTS, f"http://localhost:{port}")
            assert read == "refused", read
            assert requests.get(f"http://127.0.0.1:{port}/incident", timeout=PATIENCE).json() == []
        finally:
            process.kill()
            process.wait()


def main(command):
    PageServer.library = client_library()
    pages = http.server.ThreadingHTTPServer(("127.0.0.1", PAGE_PORT), PageServer)
    threading.Thread(target=pages.serve_forever, daemon=True).start()
    driver = browser()
    try:
        for transports in MODES:
            rehearse(driver, command, transports)
        check_foreign_page(driver, command)
    finally:
        driver.quit()
        pages.shutdown()


if __name__ == "__main__":
    main(*sys.argv[1:])
