"""python-socketio against `griddrill serve`, held to the server's own AsyncAPI document: whatever comes is an event, a reply, of the
document and as it says, and each message of the document comes.

    asyncapi-test.py GRIDDRILL
"""

import pathlib
import subprocess
import sys
import tempfile
import threading
import time

import jsonschema
import referencing
import requests
import socketio
from referencing.jsonschema import DRAFT7

PATIENCE = 20


class Contract:
    """The document, and which of its messages have been met."""

    def __init__(self, base):
        self.document = requests.get(base + "/asyncapi.json", timeout=PATIENCE).json()
        assert self.document["asyncapi"] == "3.0.0"
        # `/openapi.json` is where the document's relative references lead, as they do on the server.
        documents = {
            name: DRAFT7.create_resource(requests.get(base + "/" + name, timeout=PATIENCE).json())
            for name in ("asyncapi.json", "openapi.json")
        }
        self.registry = referencing.Registry().with_resources(
            ("http://server/" + name, resource) for name, resource in documents.items()
        )
        self.resolver = self.registry.resolver("http://server/asyncapi.json")
        self.met = set()
        self.check_references()

    def check_references(self):
        """Every reference leads somewhere; operations speak of messages of their channel, and replies too."""

        def references(value):
            if isinstance(value, dict):
                if "$ref" in value:
                    yield value["$ref"]
                for part in value.values():
                    yield from references(part)
            elif isinstance(value, list):
                for part in value:
                    yield from references(part)

        for reference in references(self.document):
            self.resolver.lookup(reference)
        for operation in self.document["operations"].values():
            prefix = operation["channel"]["$ref"] + "/messages/"
            for message in operation["messages"] + operation.get("reply", {}).get("messages", []):
                assert message["$ref"].startswith(prefix), message

    def message(self, reference):
        """The key and the object of a message that an operation names."""
        target = self.resolver.lookup(self.resolver.lookup(reference).contents["$ref"])
        return reference.rsplit("/", 1)[1], target.contents

    def messages(self, action, part):
        for operation in self.document["operations"].values():
            if operation["action"] == action:
                yield operation, [self.message(one["$ref"]) for one in part(operation)]

    def fits(self, message, payload):
        # The payload's own references are told from where it stands.
        schema = {"$ref": f"http://server/asyncapi.json#/components/messages/{message}/payload"}
        validator = jsonschema.Draft7Validator(
            schema, registry=self.registry, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
        )
        return sorted(error.message for error in validator.iter_errors(payload))

    def meet(self, candidates, payload):
        """One of the candidates, and only one, describes the payload."""
        faults = {message: self.fits(message, payload) for message in candidates}
        fitting = [message for message, errors in faults.items() if not errors]
        assert len(fitting) == 1, (payload, faults)
        self.met.add(fitting[0])

    def sent(self, event, arguments):
        """The server has sent an event."""
        names = [key for _, messages in self.messages("send", lambda one: one["messages"]) for key, message in messages
                 if message["name"] == event]
        assert names, f"the document does not know the event {event}"
        assert len(arguments) == 1, arguments
        self.meet(names, arguments[0])

    def asks(self, event, payload, is_good=True):
        """What a client sends is as the document says, or on purpose not."""
        for operation, messages in self.messages("receive", lambda one: one["messages"]):
            for key, message in messages:
                if message["name"] == event:
                    assert (not self.fits(key, payload)) == is_good, (event, payload, self.fits(key, payload))
                    self.met.add(key)
                    return [self.message(one["$ref"])[0] for one in operation["reply"]["messages"]]
        raise AssertionError(f"the document does not know the event {event}")


class Client:
    def __init__(self, base, contract):
        self.contract = contract
        self.events = []
        self.has_come = threading.Condition()
        self.client = socketio.Client(reconnection=False)
        self.client.on("*", self.receive)
        self.client.connect(base, transports=["websocket"])

    def receive(self, event, *arguments):
        with self.has_come:
            self.events.append((event, arguments))
            self.has_come.notify_all()

    def take(self, event):
        """The next event, which is of that name; it is held to the document."""
        with self.has_come:
            assert self.has_come.wait_for(lambda: self.events, PATIENCE), f"{event} never came"
            name, arguments = self.events.pop(0)
        self.contract.sent(name, arguments)
        assert name == event, (name, arguments, event)
        return arguments[0]

    def call(self, event, payload, is_good=True):
        replies = self.contract.asks(event, payload, is_good)
        answer = self.client.call(event, payload, timeout=PATIENCE)
        self.contract.meet(replies, answer)
        return answer


def iso(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def converse(base):
    contract = Contract(base)
    observer, customer = Client(base, contract), Client(base, contract)
    assert not customer.call("handshake", {"id": 8}, is_good=False)["success"]
    assert not customer.call("handshake", 999)["success"]
    # Customer 1 of the seed roster is dispatched by three methods, one of them ours.
    assert customer.call("handshake", "1") == {"success": True, "customerId": 1, "openDispatches": 0}
    start = time.time() + 600
    body = {"start_time": iso(start), "end_time": iso(start + 3600), "program_id": 1, "event_type": "market_dispatch"}

    def ask(method, path, **options):
        answer = requests.request(method, base + path, timeout=PATIENCE, **options)
        assert answer.ok, answer.text
        return answer

    incident = ask("POST", "/incident", json=body).json()["_id"]
    dispatch = customer.take("new-dispatch")
    while dispatch["dispatchMeans"] != "websocket":
        dispatch = customer.take("new-dispatch")
    assert dispatch["incidentId"] == incident, dispatch

    answer = {"_id": dispatch["_id"], "ackBy": "a test", "ackTime": iso(time.time())}
    assert customer.call("acknowledge", answer) == {"success": True}
    assert customer.take("acknowledge-update")["success"] is True
    # Another mind counts, is told to observers too, and the same again changes nothing.
    for _ in range(2):
        assert customer.call("acknowledge", answer | {"ackBy": "another", "optOut": True}) == {"success": True}
        # One for each record of the customer the first time, the sender's own alone the second.
        update = customer.take("acknowledge-update")
        while update.get("ackBy") != "another":
            update = customer.take("acknowledge-update")
        assert update["success"] is True and update["optOut"] is True and "withdrawn" not in update, update
    state = ask("GET", f"/incident/{incident}/customer").json()[0]
    assert state["state"] == "declined" and "changedAt" in state, state
    summary = ask("GET", f"/incident/{incident}/summary").json()
    assert (summary["answered"], summary["acknowledged"], summary["declined"]) == (1, 0, 1), summary
    assert not customer.call("acknowledge", {"_id": "0b6ec2f7-4a52-4b44-9e0c-7a9a39d6ff30"})["success"]
    for malformed in ({"_id": "nobody's"}, {"_id": dispatch["_id"], "optOut": "no"}):
        assert not customer.call("acknowledge", malformed, is_good=False)["success"]

    ask("PATCH", f"/incident/{incident}", json={"end_time": iso(start + 7200)})
    ask("POST", f"/incident/{incident}/recall")
    second = ask("POST", "/incident", json=body).json()["_id"]
    ask("DELETE", f"/incident/{second}")
    # Everything that either of them heard, until the second one's end was told to both.
    deadline = time.monotonic() + PATIENCE
    for client in (observer, customer):
        update = None
        while update is None or (update["_id"], update["status"]) != (second, "cancelled"):
            assert time.monotonic() < deadline
            with client.has_come:
                assert client.has_come.wait_for(lambda: client.events, PATIENCE), "the cancellation never came"
                name, arguments = client.events.pop(0)
            contract.sent(name, arguments)
            update = arguments[0] if name == "incident-update" else None
        client.client.disconnect()
    told = set(contract.document["channels"]["namespace"]["messages"])
    assert contract.met == told, f"never met: {told - contract.met}"


def main(command):
    with tempfile.TemporaryDirectory() as folder:
        database = str(pathlib.Path(folder) / "dispatcher.sqlite")
        server = subprocess.Popen(
            [command, "serve", "--port", "0", "--database", database], stderr=subprocess.PIPE, text=True
        )
        try:
            line = next((line for line in server.stderr if "serving http://" in line), None)
            if line is None:
                raise SystemExit("the server did not start")
            converse(line.split("serving ")[1].split("/ from")[0])
        finally:
            server.kill()
            server.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
