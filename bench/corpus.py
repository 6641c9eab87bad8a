"""The corpus of wrong and valid apps through other tools: what each of them notices.

A tool *names* a wrong app when it raises, or reports above the level of information; it *hangs*
when it has not answered in time; otherwise it is *silent*. What it says of a valid app is a false
alarm.
"""

from __future__ import annotations

import asyncio
import io
import json
import threading
import warnings
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stderr
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import httpx
from asgiref.testing import ApplicationCommunicator

from asgiscope import Limits, run
from tests.asgiscope.corpus import VALID, WRONG, Case

RESULTS = Path(__file__).parent / "results" / "corpus.json"
PATIENCE = 1.0  # seconds of real time for one app
LIMITS = Limits(turns=20_000, seconds=3_600, events=2_000)
Verdict = str  # "named", "silent", "hangs", or "" where the tool does not apply


def protocol(case: Case) -> str:
    steps = case.client if isinstance(case.client, list) else []
    kinds = {next(iter(step)) for step in steps}
    if not steps or len(kinds - {"request", "connect", "startup", "shutdown"}):
        return "script"
    if "startup" in kinds:
        return "lifespan" if "request" not in kinds else "script"
    return "websocket" if "connect" in kinds else "http"


def by_asgiscope(case: Case) -> Verdict:
    return "named" if run(case.app, case.client, limits=LIMITS).broken_rules() else "silent"


def by_asgion(case: Case) -> Verdict:
    """asgion watches while the mock server drives the app, so that it sees every script."""
    import asgion

    if not callable(case.app):
        return ""
    found: list[Any] = []
    watched = asgion.inspect(case.app, on_violation=found.append)
    run(watched, case.client, limits=LIMITS)
    told = [violation for violation in found if str(violation.severity) in ("warning", "error")]
    return "named" if told else "silent"


def by_httpx(case: Case) -> Verdict:
    if protocol(case) != "http":
        return ""

    async def ask() -> None:
        transport = httpx.ASGITransport(case.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            for step in case.client:
                line = step["request"]
                method = line.split()[0] if isinstance(line, str) else line.get("method", "GET")
                await client.request(method, "/")

    return in_time(lambda: asyncio.run(asyncio.wait_for(ask(), PATIENCE)))


def by_asgiref(case: Case) -> Verdict:
    kind = protocol(case)
    if kind == "script":
        return ""
    first = {
        "http": "http.request",
        "websocket": "websocket.connect",
        "lifespan": "lifespan.startup",
    }
    scope = {"type": kind, "asgi": {"version": "3.0"}, "headers": [], "path": "/", "method": "GET"}

    async def talk() -> None:
        communicator = ApplicationCommunicator(
            case.app, {**scope, "query_string": b"", "state": {}}
        )
        await communicator.send_input({"type": first[kind]})
        while True:
            message = await communicator.receive_output(timeout=PATIENCE / 4)
            if kind == "http" and message["type"] == "http.response.body":
                if not message.get("more_body"):
                    break
            elif kind != "http":
                break
        await communicator.wait(timeout=PATIENCE / 4)

    return in_time(lambda: asyncio.run(talk()))


def by_test_client(case: Case) -> Verdict:
    kind = protocol(case)
    if kind == "script":
        return ""
    from starlette.testclient import TestClient

    def http() -> None:
        TestClient(case.app).get("/")

    def websocket() -> None:
        with TestClient(case.app).websocket_connect("/") as session:
            session.receive()

    def lifespan() -> None:
        with TestClient(case.app):
            pass

    ways: dict[str, Callable[[], None]] = {
        "http": http,
        "websocket": websocket,
        "lifespan": lifespan,
    }
    return in_time(ways[kind])


def in_time(call: Callable[[], Any]) -> Verdict:
    """Run a call in a thread of its own; a thread that hangs is left behind."""
    seen: list[BaseException | None] = []

    def work() -> None:
        try:
            call()
        except BaseException as error:
            seen.append(error)
        else:
            seen.append(None)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(PATIENCE * 2)
    if not seen or isinstance(seen[0], TimeoutError):
        return "hangs"
    return "named" if seen[0] is not None else "silent"


TOOLS: dict[str, tuple[str, Callable[[Case], Verdict]]] = {
    "asgiscope": ("", by_asgiscope),
    "asgion": ("asgion", by_asgion),
    "httpx.ASGITransport": ("httpx", by_httpx),
    "starlette TestClient": ("starlette", by_test_client),
    "asgiref communicator": ("asgiref", by_asgiref),
}


def judge(tool: Callable[[Case], Verdict]) -> dict[str, int]:
    wrong = Counter(quietly(tool, case) for case in WRONG if case.rule != "app-over-budget")
    valid = Counter(quietly(tool, case) for case in VALID)
    return {
        "wrong": sum(wrong.values()) - wrong[""],
        "named": wrong["named"],
        "hangs": wrong["hangs"],
        "silent": wrong["silent"],
        "valid": sum(valid.values()) - valid[""],
        "false alarms": valid["named"] + valid["hangs"],
    }


def quietly(tool: Callable[[Case], Verdict], case: Case) -> Verdict:
    with warnings.catch_warnings(), redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        return tool(case)


def main() -> None:
    columns = ("wrong", "named", "hangs", "silent", "valid", "false alarms")
    print(f"{'':32}" + "".join(f"{column:>14}" for column in columns))
    results = {}
    for name, (package, tool) in TOOLS.items():
        try:
            label = f"{name} {version(package)}" if package else name
        except PackageNotFoundError:
            print(f"{name:32}  left out: it is not installed (asgion needs Python 3.12)")
            continue
        results[label] = judge(tool)
        print(f"{label:32}" + "".join(f"{results[label][column]:>14}" for column in columns))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", "utf-8")
