"""Right apps are right on real servers, too, and no app makes a run by one of them fail or hang."""

from __future__ import annotations

from typing import Any

import pytest

from asgiscope import ClientError, Limits, Trace, run
from tests.asgiscope.corpus import VALID, WRONG

pytestmark = pytest.mark.filterwarnings("ignore")
LIMITS = Limits(turns=10_000, seconds=3_600, events=500, real=1.0)
# Wrong on the mock server alone: these servers offer the extension, or end by a time-out of their
# own what the mock server names; and an app that cancels itself cannot be told from a server that
# cancels it.
OTHER = {
    "websocket: extension-not-offered: a denial",
    "lifespan: waits without answering",
    "run: cancels itself outright",
    "run: never gives up",
}
WAITS = {
    "run: waits for an event",
    "run: waits for a queue",
    "run: waits for its own lock",
    "run: waits on a websocket",
}
MISSED: dict[str, set[str]] = {
    "uvicorn": OTHER,
    "hypercorn": OTHER,
    "gunicorn": OTHER | WAITS,  # it cancels what goes on three seconds after the client has left
}


def trace_of(case: Any, server: Any) -> Trace[Any] | None:
    """The trace, or None where a step is not one for a real server."""
    try:
        return run(case.app, case.client, server=server, limits=LIMITS)
    except ClientError as error:
        if error.code not in ("server-decides", "server-step", "request-no-http"):
            raise
        return None


@pytest.mark.parametrize("server", MISSED)
def test_no_right_app_is_accused(server: str) -> None:
    traces = {case.name: trace_of(case, server) for case in VALID}
    accused = {name: trace.broken_rules() for name, trace in traces.items() if trace}
    assert {name: rules for name, rules in accused.items() if rules} == {}
    assert len(accused) > 0.8 * len(VALID)


@pytest.mark.parametrize("server", MISSED)
def test_wrong_apps_are_named(server: str) -> None:
    """One in three of them."""
    cases = [case for number, case in enumerate(WRONG) if not number % 3]
    traces = {case.name: trace_of(case, server) for case in cases}
    missed = {name for name, trace in traces.items() if trace and not trace.findings}
    assert missed <= MISSED[server]
