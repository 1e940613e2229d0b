"""The operator's page in headless Chromium against `griddrill serve`: what comes by REST appears, a click acknowledges, a
second browser sees it, the page outlives the server, and ten thousand customers stay usable.

    console-test.py GRIDDRILL [--screenshots DIR]
"""

import argparse
import contextlib
import datetime
import json
import pathlib
import re
import signal
import socket
import subprocess
import tempfile
import time

import requests
from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

PATIENCE = 30
MANY = 10_000


class Server:
    def __init__(self, command, database):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.arguments = [command, "serve", "--port", str(self.port), "--database", str(database)]
        self.base = f"http://127.0.0.1:{self.port}"
        self.process = None

    def start(self):
        self.process = subprocess.Popen(self.arguments, stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            if "serving http://" in line:
                return
        raise SystemExit("the server did not start")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=PATIENCE) == 0, self.process.returncode

    def ask(self, method, path, **options):
        response = requests.request(method, self.base + path, timeout=PATIENCE, **options)
        assert response.ok, (method, path, response.status_code, response.text[:400])
        return response.json()

    def open_incident(self, program=1, **fields):
        start = time.time() + 600
        body = {
            "start_time": iso(start), "end_time": iso(start + 3600), "program_id": program, "event_type": "market_dispatch",
        }
        return self.ask("POST", "/incident", json=body | fields)["_id"]


def iso(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def seconds(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


class Page:
    """A browser with the console in it."""

    def __init__(self, base, width=1440, height=900, is_live=True):
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for flag in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--lang=en-US"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
        self.resize(width, height)
        self.driver.get(base)
        if is_live:
            self.wait("live", lambda: self.text("#connection") == "Live")

    def resize(self, width, height, mobile=False):
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def prefer(self, scheme):
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def wait(self, what, condition, patience=PATIENCE):
        """Looks again until a condition holds; elements may come and go meanwhile."""
        ignored = (NoSuchElementException, StaleElementReferenceException)
        WebDriverWait(self.driver, patience, 0.1, ignored).until(lambda _: condition(), f"never seen: {what}")

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector):
        return self.find(selector).text

    def figure(self, name):
        """A count; -1 while there is none."""
        return int(self.text(f".figure[data-state={name}] .value").replace(",", "") or -1)

    def card(self, incident):
        return f".card[data-incident='{incident}']"

    def row(self, customer):
        return f".row[data-customer='{customer}']:not([hidden])"

    def show(self, incident):
        self.wait("the incident's card", lambda: self.find(self.card(incident)).is_displayed())
        self.find(self.card(incident)).click()
        self.wait("its customers", lambda: self.figure("customers") > 0 and self.all(".row:not([hidden])"))

    def can_acknowledge(self, customer):
        return self.find(f"{self.row(customer)} .acknowledge").is_displayed()

    def state(self, customer):
        return self.find(self.row(customer)).get_attribute("data-state")

    def check_log(self, allowed=()):
        """No script error, and nothing that the content security policy refused."""
        entries = [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]
        wrong = [entry for entry in entries if not any(part in entry for part in allowed)]
        assert not wrong, wrong

    def screenshot(self, folder, name):
        if folder:
            self.driver.save_screenshot(str(folder / f"{name}.png"))


def rest_and_clicks(server, one, other, folder):
    incident = server.open_incident()
    one.show(incident)
    other.show(incident)
    assert one.figure("customers") == 2 and one.figure("acknowledged") == 0

    one.find("#operator").send_keys("Night shift", Keys.TAB)
    one.find(f"{one.row(1)} .acknowledge").click()
    for page in (one, other):
        page.wait("the button vanish", lambda page=page: not page.can_acknowledge(1))
        assert page.state(1) == "acknowledged"
        assert page.can_acknowledge(2)
        page.wait("the count", lambda page=page: page.figure("acknowledged") == 1)
    records = server.ask("GET", "/dispatch/customer/1/true")
    assert records and all(record["acknowledgebBy"] == "Night shift" for record in records), records
    one.wait("it in the audit log", lambda: "Keroche Wine answered" in one.text("#audit-list"))

    # By keyboard alone, in the other browser.
    other.find("#rows").send_keys(Keys.END, "a")
    other.wait("customer 2 acknowledged", lambda: other.state(2) == "acknowledged")
    one.wait("it in the first browser", lambda: one.state(2) == "acknowledged")
    return incident


def the_server_dies(server, page, incident):
    page.show(incident)
    server.kill()
    page.wait("that the connection is lost", lambda: "No connection" in page.text("#connection"))
    server.start()
    page.wait("that it is back", lambda: page.text("#connection") == "Live")
    assert page.state(1) == "acknowledged" and page.find(page.card(incident))
    later = server.open_incident(program=2, event_type="emergency_dispatch")
    page.show(later)
    page.find(f"{page.row(3)} .acknowledge").click()
    page.wait("an acknowledgement after the restart", lambda: page.state(3) == "acknowledged")


def the_form(server, page):
    before = {incident["_id"] for incident in server.ask("GET", "/incident")}
    page.find("#new-incident").click()
    Select(page.find("#program")).select_by_visible_text("Festus Kilowatts Saver")
    page.find("#event-type").clear()
    page.find("#submit").click()
    page.wait("what is wrong", lambda: "Event type must be" in page.text("#form-error"))
    page.find("#event-type").send_keys("standby")
    page.find("#submit").click()
    page.wait("the form closed", lambda: not page.find("#incident-dialog").is_displayed())
    opened = [i for i in server.ask("GET", "/incident") if i["_id"] not in before]
    assert len(opened) == 1 and opened[0]["event_type"] == "standby" and opened[0]["program_id"] == 3, opened
    path = f"/incident/{opened[0]['_id']}"
    page.wait("it selected", lambda: page.text("#incident-head h2") == "Festus Kilowatts Saver")

    end = server.ask("GET", path)["endsAt"]
    page.find(".actions button:not(.danger)").click()
    page.find("#shortcuts [data-later]").click()
    page.find("#submit").click()
    page.wait("the modification", lambda: "modification 1" in page.text("#incident-head"))
    assert seconds(server.ask("GET", path)["endsAt"]) - seconds(end) == 1800

    page.find(".actions .danger").click()
    page.find("#confirm-yes").click()
    page.wait("the cancellation", lambda: page.text("#incident-head .status") == "Cancelled")
    assert server.ask("GET", path)["status"] == "cancelled"


def a_recall(server, page, other, folder):
    incident = server.open_incident(program=3)
    for browser in (page, other):
        browser.show(incident)
    page.find(".actions .recall").click()
    page.screenshot(folder, "recall")
    page.find("#confirm-yes").click()
    for browser in (page, other):
        browser.wait("the recall", lambda browser=browser: browser.text("#incident-head .status") == "Completed")
        browser.wait("when it was", lambda browser=browser: "recalled" in browser.text("#incident-head .big-clock"))
        assert "over before it began" in browser.text("#incident-head"), browser.text("#incident-head")
    assert page.find(".actions .recall").get_property("disabled")
    page.wait("it in the audit log", lambda: "Festus Kilowatts Saver recalled" in page.text("#audit-list"))
    found = server.ask("GET", f"/incident/{incident}")
    assert found["status"] == "completed" and found["endsAt"] == found["recalledAt"], found


def ten_thousand(server, page, other, folder):
    customers = "\n".join(
        json.dumps({
            "_id": {"$numberInt": str(number)}, "name": f"Site {number}", "address": "", "phone": "+16175550100",
            "email": "", "programId": {"$numberInt": "4"}, "dispatchTypes": [{"$numberInt": "3"}],
        })
        for number in range(1, MANY + 1)
    )
    assert server.ask("PUT", "/customer", data=customers)["imported"] == MANY
    incident = server.open_incident(program=4)
    page.show(incident)
    page.wait("all of them", lambda: page.figure("customers") == MANY and page.text("#customer-count") == "10,000")
    assert len(page.all(".row")) < 100, len(page.all(".row"))

    page.find("#rows").send_keys(Keys.END)
    page.wait("the last one", lambda: page.find(page.row(MANY)).is_displayed(), 5)
    assert len(page.all(".row")) < 100, len(page.all(".row"))
    page.find("#search").send_keys("site 4321")
    page.wait("the one that was searched", lambda: page.text("#customer-count") == "1 of 10,000", 5)
    page.find(f"{page.row(4321)} .acknowledge").click()
    page.wait("its acknowledgement", lambda: page.state(4321) == "acknowledged")
    other.show(incident)
    other.find(".figure[data-state=acknowledged]").click()
    other.wait("it alone in the other browser", lambda: other.text("#customer-count") == "1 of 10,000")
    assert other.state(4321) == "acknowledged"


@contextlib.contextmanager
def browsing(server, **options):
    """A server that begins and ends in order, with a browser in front of it."""
    server.start()
    page = None
    try:
        page = Page(server.base, **options)
        yield page
        server.stop()
    finally:
        if page:
            page.driver.quit()
        if server.process.poll() is None:
            server.kill()


def the_token(command, folder):
    """A server that asks for tokens: so does the page, which then shows what it shows without."""
    server = Server(command, pathlib.Path(folder) / "guarded.sqlite")
    server.start()
    server.stop()
    made = subprocess.run(
        [command, "token", "create", "--database", server.arguments[-1], "--name", "desk", "--role", "operator"],
        capture_output=True, text=True, timeout=PATIENCE, check=True,
    )
    server.arguments.append("--authenticate")
    with browsing(server, is_live=False) as page:
        page.wait("the question for a token", lambda: page.find("#token").is_displayed())
        page.find("#token").send_keys(made.stdout.strip(), Keys.ENTER)
        page.wait("the page live", lambda: page.text("#connection") == "Live")
        page.wait("its programs", lambda: "Green Mountain" in page.text("#program-list"))


def the_figures_of_a_run(command, folder):
    """The page on a run's record tells what the run's own summary tells, to the last digit."""
    folder = pathlib.Path(folder)
    scenario = pathlib.Path(__file__).parent.parent / "scenarios" / "evening-peak.yaml"
    subprocess.run(
        [command, "run", "--quiet", "--reports", str(folder / "reports"), str(scenario)], timeout=PATIENCE * 4, check=True,
        stdout=subprocess.DEVNULL,
    )
    report = folder / "reports" / "evening-peak"
    told = next(group for group in json.loads((report / "summary.json").read_text())["incidents"] if group["name"] == "peak")
    database = folder / "served.sqlite"
    database.write_bytes((report / "record.sqlite").read_bytes())
    server = Server(command, database)
    with browsing(server) as page:
        incident = next(i["_id"] for i in server.ask("GET", "/incident") if i["program_id"] == 1)
        # It happened in 2019, and stands in the list of what is over.
        page.wait("what is over", lambda: page.find("#recent summary").is_displayed())
        page.find("#recent summary").click()
        page.show(incident)
        counts = told["counts"]
        page.wait("all of them", lambda: page.figure("customers") == counts["customer_incidents"])
        seen = {name: page.figure(name) for name in ("acknowledged", "declined", "unreachable")}
        # In the record's vocabulary an opt-out is an acknowledgement, too.
        wanted = {
            "acknowledged": counts["acknowledged"] - counts["declined"], "declined": counts["declined"],
            "unreachable": counts["undeliverable"],
        }
        assert seen == wanted, (seen, wanted)
        answered = counts["acknowledged"]
        assert page.figure("silent") + page.figure("pending") == counts["customer_incidents"] - answered - wanted["unreachable"]
        records = sum(int(text.replace(",", "")) for text in re.findall(r"/([\d,]+)", page.text(".channels")))
        assert records == counts["dispatches"], (records, page.text(".channels"))
        page.check_log()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command")
    parser.add_argument("--screenshots", type=pathlib.Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(options.command, pathlib.Path(folder) / "dispatcher.sqlite")
        server.start()
        pages = []
        try:
            pages = [Page(server.base), Page(server.base, 390, 844)]
            one, other = pages
            other.resize(1024, 800)
            incident = rest_and_clicks(server, one, other, options.screenshots)
            the_form(server, one)
            a_recall(server, one, other, options.screenshots)
            one.check_log(allowed=["400 (Bad Request)"])
            the_server_dies(server, one, incident)
            other.wait("the other browser back", lambda: other.text("#connection") == "Live")
            ten_thousand(server, one, other, options.screenshots)
            lost = ["400 (Bad Request)", "ERR_CONNECTION", "ERR_EMPTY_RESPONSE", "WebSocket connection to"]
            for page in pages:
                page.check_log(allowed=lost)
            server.stop()
            the_token(options.command, folder)
            the_figures_of_a_run(options.command, folder)
        finally:
            for page in pages:
                page.driver.quit()
            if server.process.poll() is None:
                server.kill()
    print(f"the console: seen, clicked, seen by another, outlived the server, usable with {MANY:,} customers")


main()
