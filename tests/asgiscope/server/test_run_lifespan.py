"""What the mock server does with the lifespan scope."""

from __future__ import annotations

from typing import Any

import pytest

from asgiscope import run
from tests.asgiscope.apps import GET, say_hi

LIFE = [{"startup": True}, {"shutdown": True}]


def lifespan_app(*replies: Any) -> Any:
    """An app that gives each reply after one received event."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "lifespan":
            await say_hi(scope, receive, send)
            return
        for reply in replies:
            await receive()
            if isinstance(reply, Exception):
                raise reply
            await send({"type": f"lifespan.{reply}"})

    return app


def rules(trace: Any) -> list[str]:
    return [finding.rule for finding in trace.findings]


def test_startup_and_shutdown_are_told_and_answered() -> None:
    trace = run(lifespan_app("startup.complete", "shutdown.complete"), LIFE)
    assert trace.findings == []
    assert (trace.outcome.started, trace.outcome.stopped) == (True, True)


def test_requests_stand_between_startup_and_shutdown() -> None:
    client = [{"startup": True}, *GET, {"shutdown": True}]
    trace = run(lifespan_app("startup.complete", "shutdown.complete"), client)
    order = [(e.connection, e.kind) for e in trace.events if e.kind in ("call", "return")]
    assert order == [
        ("lifespan", "call"), ("client", "call"), ("client", "return"), ("lifespan", "return"),
    ]  # fmt: skip
    assert trace.outcome.body == b"Hi"


def test_an_app_that_raises_for_lifespan_is_served_all_the_same() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError(scope["type"])
        await say_hi(scope, receive, send)

    trace = run(app, [{"startup": True}, *GET, {"shutdown": True}])
    assert rules(trace) == ["lifespan-unsupported"]
    assert trace.broken_rules() == []
    assert trace.outcome.status == 200


def test_raising_in_startup_does_not_keep_the_server_from_serving() -> None:
    trace = run(lifespan_app(RuntimeError("no database")), [{"startup": True}, *GET])
    assert rules(trace) == ["lifespan-startup-raised"]
    assert trace.outcome.status == 200


def test_startup_failed_keeps_the_server_from_serving() -> None:
    trace = run(lifespan_app("startup.failed"), [{"startup": True}, *GET])
    assert rules(trace) == []
    assert "client" not in trace.outcomes


@pytest.mark.parametrize(
    ("replies", "rule"),
    [
        ([], "lifespan-startup-no-reply"),
        (["shutdown.complete"], "lifespan-shutdown-first"),
        (["startup.complete"], "lifespan-ended-early"),
        (["startup.complete", "startup.complete"], "lifespan-startup-once"),
    ],
)
def test_each_mistake_is_named_by_its_rule(replies: list[str], rule: str) -> None:
    assert rules(run(lifespan_app(*replies), LIFE))[0] == rule


def test_startup_cannot_be_answered_before_it_is_received() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "lifespan.startup.complete"})

    assert rules(run(app, LIFE)) == ["lifespan-startup-first"]


def test_state_is_copied_shallowly_for_each_request() -> None:
    seen: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            scope["state"].update(count=0, names=[])
            for reply in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{reply}.complete"})
            return
        scope["state"]["count"] += 1
        scope["state"]["names"].append(scope["path"])
        seen.append((scope["state"]["count"], list(scope["state"]["names"])))
        await say_hi(scope, receive, send)

    run(app, [{"startup": True}, {"request": "GET /a"}, {"request": "GET /b"}, {"shutdown": True}])
    assert seen == [(1, ["/a"]), (1, ["/a", "/b"])]


def test_an_app_that_never_answers_startup_is_sent_no_shutdown() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        while scope["type"] == "lifespan":
            await receive()
        await say_hi(scope, receive, send)

    trace = run(app, [{"startup": True}, *GET, {"shutdown": True}])
    assert rules(trace) == ["lifespan-startup-no-reply"]
    assert "raise" not in {event.kind for event in trace.events}
    assert trace.outcome.body == b"Hi"
