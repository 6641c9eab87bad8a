"""The lifespan that a command adds by itself, as servers do: an app may do without it.

A server in its usual mode starts an app's lifespan, and when the app takes no part in it, it
serves all the same. What such an app does with the lifespan scope is no fault of it then.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..client.steps import LIFESPAN
from ..protocol.findings import Finding
from ..spec import RULES
from ..trace.trace import Trace

STARTUP, SHUTDOWN = {"startup": True}, {"shutdown": True}


def with_lifespan(client: Any) -> tuple[Any, bool]:
    """The client's steps between startup and shutdown, and whether those were added."""
    if isinstance(client, Mapping):
        if LIFESPAN in client or not client:
            return client, False
        return {LIFESPAN: [STARTUP, SHUTDOWN], **client}, True
    if not isinstance(client, list) or not client or any(map(_is_of_lifespan, client)):
        return client, False
    return [STARTUP, *client, SHUTDOWN], True


def _is_of_lifespan(step: Any) -> bool:
    return isinstance(step, Mapping) and bool({"startup", "shutdown"} & set(step))


def excuse_absence(trace: Trace[Any]) -> None:
    """Where the app has ended its lifespan at once, note that, in place of what it broke there."""
    outcome = trace.outcomes.get(LIFESPAN)
    ends = [e for e in trace.events if e.connection == LIFESPAN and e.kind in ("return", "raise")]
    if outcome is None or outcome.supported or not ends:
        return
    trace.findings = [f for f in trace.findings if f.connection != LIFESPAN]
    if outcome.exception:
        rule = RULES["lifespan-unsupported"]
        told = {"exception": outcome.exception}
        trace.findings.insert(
            0, Finding(rule.id, rule.level, ends[0].n, ends[0].line, LIFESPAN, rule.url, told)
        )
