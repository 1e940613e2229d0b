"""The original Socket.IO client in headless Chromium, on the page where the first version's stood, http://localhost:4200: by polling, by
WebSocket and by the upgrade from the one to the other it joins, is dispatched and acknowledges. The same page at a foreign origin is refused.

    browser-client-test.py GRIDDRILL WHEEL

WHEEL is a package that has socket.io.min.js in it.
"""

import functools
import http.server
import json
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading
import zipfile

import requests
from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

PATIENCE = 30
PAGE = "<!doctype html><title>client</title><script src='socket.io.min.js'></script>"
FIRST_VERSIONS_PORT = 4200

CONVERSATION = """
    const [base, transports, customer] = arguments;
    window.log = [];
    const socket = io(base, {transports, reconnection: false, timeout: 8000});
    const note = (name) => (value) => window.log.push([name, value]);
    socket.on("connect_error", (error) => window.log.push(["refused", String(error)]));
    socket.on("acknowledge-update", note("acknowledge-update"));
    socket.on("new-dispatch", (dispatch) => {
        window.log.push(["new-dispatch", dispatch]);
        if (dispatch.dispatchMeans !== "websocket") return;
        socket.emit("acknowledge", {_id: dispatch._id, ackBy: "page", ackTime: "now"});
    });
    socket.on("connect", () => {
        socket.io.engine.once("upgrade", () => window.log.push(["upgraded", socket.io.engine.transport.name]));
        window.log.push(["connected", socket.io.engine.transport.name]);
        socket.emit("handshake", customer, note("joined"));
    });
    window.socket = socket;
"""


class Pages:
    """A folder, served at a port of its own; any free one for 0."""

    def __init__(self, folder, port):
        class Quiet(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), functools.partial(Quiet, directory=folder))
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def browser():
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
        # A foreign site, without any network.
        "--host-resolver-rules=MAP evil.example 127.0.0.1",
    ):
        options.add_argument(argument)
    return webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))


def heard(driver, name):
    """What the page has noted under a name, once it has."""
    def look(driver):
        return [value for noted, value in driver.execute_script("return window.log") if noted == name]

    try:
        return WebDriverWait(driver, PATIENCE, 0.1).until(look)
    except Exception:
        raise SystemExit(f"no {name}, but {json.dumps(driver.execute_script('return window.log'))[:2000]}")


def converse(driver, page, base, transports, customer, program):
    driver.get(page)
    driver.execute_script(CONVERSATION, base, transports, customer)
    assert heard(driver, "connected") == [transports[0]]
    assert heard(driver, "joined")[0]["success"] is True
    if len(transports) > 1:
        assert heard(driver, "upgraded") == ["websocket"]
    answer = requests.post(f"{base}/incident", timeout=PATIENCE, json={
        "start_time": "08/27/2099 21:00", "end_time": "08/27/2099 22:00", "program_id": program, "event_type": "market_dispatch",
    })
    assert answer.status_code == 200, answer.text
    assert heard(driver, "new-dispatch")[0]["customerId"] == customer
    assert heard(driver, "acknowledge-update")[0]["success"] is True
    # The page's own requests, over REST.
    status = driver.execute_async_script(
        "const [base, done] = arguments; fetch(base + '/customer/1').then((answer) => done(answer.status), (error) => done(String(error)));",
        base,
    )
    assert status == 200, status
    driver.execute_script("window.socket.disconnect()")
    print(f"{page}: {' then '.join(transports)}")


def refused(driver, page, base, transports):
    driver.get(page)
    driver.execute_script(CONVERSATION, base, transports, 1)
    heard(driver, "refused")
    assert not [name for name, _ in driver.execute_script("return window.log") if name != "refused"]
    read, posted = driver.execute_async_script(
        """
        const [base, done] = arguments;
        const told = (promise) => promise.then((answer) => answer.type, () => "refused");
        Promise.all([told(fetch(base + "/customer")), told(fetch(base + "/incident", {method: "POST", mode: "no-cors",
            body: new URLSearchParams({start_time: "08/27/2099 21:00", end_time: "08/27/2099 22:00", program_id: 1, event_type: "evil"})}))])
            .then(done);
        """,
        base,
    )
    # Of an answer to a request without CORS a page sees nothing, whatever its status.
    assert read == "refused" and posted == "opaque", (read, posted)
    assert not [row for row in requests.get(f"{base}/incident", timeout=PATIENCE).json() if row["event_type"] == "evil"]
    print(f"{page}: {' then '.join(transports)} refused")


def main():
    command, wheel = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(wheel) as package:
            name = next(name for name in package.namelist() if name.endswith("/socket.io.min.js"))
            (pathlib.Path(folder) / "socket.io.min.js").write_bytes(package.read(name))
        (pathlib.Path(folder) / "index.html").write_text(PAGE)
        pages = Pages(folder, FIRST_VERSIONS_PORT)
        port = free_port()
        server = subprocess.Popen(
            [command, "serve", "--port", str(port), "--database", f"{folder}/d.sqlite"], stderr=subprocess.PIPE, text=True
        )
        driver = browser()
        try:
            for line in server.stderr:
                if "serving http://" in line:
                    break
            base = f"http://localhost:{port}"
            home = f"http://localhost:{pages.port}/"
            for customer, program, transports in [
                (1, 1, ["polling"]), (3, 2, ["websocket"]), (5, 3, ["polling", "websocket"]),
            ]:
                converse(driver, home, base, transports, customer, program)
            for transports in [["polling"], ["websocket"]]:
                refused(driver, f"http://evil.example:{pages.port}/", base, transports)
        finally:
            driver.quit()
            server.terminate()
            assert server.wait(timeout=PATIENCE) == 0, server.returncode


main()
