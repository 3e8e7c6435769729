"""Latchkey for pytest: one server a run, and for each test a merchant that is removed after it."""

import json
import os
import subprocess
import urllib.error
import urllib.request
import uuid
from datetime import datetime
from types import SimpleNamespace
from urllib.parse import quote

import pytest

COMMAND = "npx --no-install latchkey"
SERVE = "serve --simulate --port 0 --database :memory: --log-level silent --json --end-with-input"
NO_SIMULATION = "the server is no simulation: start it with --simulate"
TIMEOUT = 120  # seconds: a clock may write down thousands of changes before it answers
# A proxy that the environment names does not lead to a server of tests.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
MERCHANT = pytest.StashKey()


class LatchkeyError(Exception):
    """There is no server, or it refused a call: the message says why."""


def send(method, url, body=None):
    """Sends JSON and gives what comes back."""
    data = None if body is None else json.dumps(body, default=datetime.isoformat).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    try:
        with OPENER.open(request, timeout=TIMEOUT) as response:
            return json.loads(response.read() or "null")
    except urllib.error.HTTPError as error:
        answer = error.read()
        why = json.loads(answer)["message"] if answer.startswith(b"{") else NO_SIMULATION
        raise LatchkeyError(f"{method} {url}: {why}") from None
    except OSError as error:
        raise LatchkeyError(f"{method} {url}: no answer: {error}") from None


class Server:
    """The server at LATCHKEY_URL, or one that LATCHKEY_COMMAND starts and that ends with this program."""

    def __init__(self):
        self.url, self._process = os.environ.get("LATCHKEY_URL", "").rstrip("/"), None
        if self.url:
            return
        command = os.environ.get("LATCHKEY_COMMAND") or COMMAND
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._process = subprocess.Popen(f"{command} {SERVE}", shell=True, **pipes)
        facts = self._process.stdout.readline()
        if not facts:
            raise LatchkeyError(f"`{command}` did not serve: install latchkey here, or set LATCHKEY_COMMAND")
        self.url = json.loads(facts)["url"]

    def merchant(self):
        return Latchkey(self.url, send("POST", f"{self.url}/_latchkey/merchants"))

    def stop(self):
        if self._process:
            self._process.communicate(timeout=TIMEOUT)  # closes its input, and waits for its end


class Latchkey:
    """A merchant as a test steers it, by the calls that docs/simulation.md describes."""

    def __init__(self, url, made):
        self.url, self.endpoint, self._control = url, made["endpoint"], made["control"]
        self.login, self.password, self.api_key = made["login"], made["password"], made["apiKey"]
        call = self._call
        change = lambda action, **more: call("PUT", "/clock", {"action": action, **more})
        put = lambda *faults: call("PUT", "/faults", faults)
        self.clock = SimpleNamespace(
            get=lambda: call("GET", "/clock"),
            freeze=lambda instant=None: change("freeze", **({"instant": instant} if instant else {})),
            set=lambda instant: change("set", instant=instant),
            advance=lambda duration: change("advance", duration=duration),
            run=lambda: change("run"),
            reset=lambda: change("reset"),
        )
        self.faults = SimpleNamespace(set=put, list=lambda: call("GET", "/faults"), clear=lambda: put())
        self.requests = SimpleNamespace(
            list=lambda: call("GET", "/requests"),
            get=lambda id: call("GET", f"/requests/{quote(id, safe='')}"),
            find=lambda **expectation: call("POST", "/requests/find", expectation),
            count=lambda **expectation: call("POST", "/requests/count", expectation)["count"],
            near_misses=lambda **expectation: call("POST", "/requests/near-misses", expectation),
            clear=lambda: call("DELETE", "/requests"),
        )

    def wsdl(self, service="Account", version="22.0"):
        return f"{self.url}/{version}/{service}.wsdl"

    def seed(self, seed):
        return self._call("PUT", "/seed", seed)

    def reset(self, to=None):
        return self._call("POST", "/reset", {"to": to} if to else {})

    def snapshot(self, name=None):
        path = f"/snapshots/{quote(name or str(uuid.uuid4()), safe='')}"
        restore = lambda: self._call("POST", f"{path}/restore")
        delete = lambda: self._call("DELETE", path)
        return SimpleNamespace(**self._call("POST", path), restore=restore, delete=delete)

    def verify(self, **expectation):
        result = self._call("POST", "/verify", expectation)
        assert result["verified"], result["message"]

    def report(self):
        return self._call("GET", "/report")["report"]

    def remove(self):
        self._call("DELETE", "")

    def _call(self, method, path, body=None):
        return send(method, self._control + path, body)


@pytest.fixture(scope="session")
def latchkey_server():
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def latchkey(request, latchkey_server):
    """A merchant of this test alone."""
    merchant = request.node.stash[MERCHANT] = latchkey_server.merchant()
    yield merchant
    merchant.remove()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Shows in the report of a test that failed which requests came, and which nearly were as it asked."""
    report = (yield).get_result()
    merchant = item.stash.get(MERCHANT, None)
    if merchant and report.failed and call.when != "teardown":
        report.sections.append(("latchkey", merchant.report()))
