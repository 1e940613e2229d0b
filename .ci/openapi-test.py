"""schemathesis against `griddrill serve`: every operation of the API's own document, with good and bad requests; no answer
may be a server error or differ from what the document says."""

import pathlib
import signal
import subprocess
import sys
import tempfile

import requests

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
LONGEST = 120
INCIDENT = {
    "start_time": "08/27/2099 21:00", "end_time": "08/27/2099 22:00", "program_id": 1, "event_type": "market_dispatch",
}


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
            base = line.split("serving ")[1].split("/ from")[0]
            assert requests.post(base + "/incident", json=INCIDENT, timeout=20).ok
            schemathesis = pathlib.Path(sys.executable).parent / "schemathesis"
            subprocess.run(
                [schemathesis, "run", base + "/openapi.json", "--exclude-path", "/purge", "--checks", ",".join(CHECKS), "--max-examples", "15",
                 "--generation-deterministic", "--max-failures", "5", "--no-color"],
                check=True, cwd=folder, timeout=LONGEST,
            )
            assert requests.get(base + "/ready", timeout=20).json() == {"status": "ready"}
            server.send_signal(signal.SIGTERM)
            assert server.wait(timeout=20) == 0, server.returncode
        finally:
            if server.poll() is None:
                server.kill()


main(sys.argv[1])
