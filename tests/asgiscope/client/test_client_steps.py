"""A wrong client is refused before anything runs, with the step and the remedy."""

from __future__ import annotations

from typing import Any

import pytest

from asgiscope import ClientError, run
from asgiscope.client.scripts import read_clients
from asgiscope.client.steps import Body, End, Read, Request
from asgiscope.spec.scopes import SPEC_VERSIONS
from tests.asgiscope.apps import say_hi


@pytest.mark.parametrize(
    ("client", "words"),
    [
        ("GET /", "the steps must be a list"),
        (None, "found nothing"),
        ([], "there are no steps"),
        ({}, "the client is empty"),
        ([{"reqest": "GET /"}], "did you mean 'request'"),
        ([{"request": "GET /", "wait": 1}], "a dict of one key"),
        ([{"request": {"pth": "/"}}], "did you mean 'path'"),
        ([{"request": "GET index"}], "begins with '/'"),
        ([{"request": {"method": 5}}], "the method is a word"),
        ([{"request": {"headers": 5}}], "headers are a dict"),
        ([{"request": {"http_version": "1.2"}}], "expected one of 1.0, 1.1, 2, 3"),
        ([{"request": {"http_version": 2}}], 'write it in quotes: "2"'),
        ([{"request": {"spec_version": 2.3}}], 'write it in quotes: "2.3"'),
        ([{"request": {"spec_version": "1.0"}}], "expected one of 2.0, 2.1, 2.2, 2.3, 2.4, 2.5"),
        ([{"connect": {"spec_version": "2.6"}}], "client, step 1: expected one of 2.0"),
        ([{"request": {"spec_verson": "2.3"}}], "did you mean 'spec_version'"),
        ([{"request": "GET /"}, {"request": {"state": True}}], "step 2: write state: false"),
        ([{"connect": {"state": None}}], "write state: false"),
        ([{"startup": {"state": True}}], "write state: false"),
        ([{"startup": False}], 'startup is true or {"state": false}'),
        ([{"startup": {"states": False}}], 'startup is true or {"state": false}'),
        ([{"request": {"extensions": ["http.response.puhs"]}}], "'http.response.push'"),
        ([{"request": {"extensions": {"tls": {"tls_verson": 1}}}}], "'tls_version'"),
        ([{"request": {"extensions": {"tls": {"tls_version": "1.3"}}}}], "must be int or None"),
        ([{"request": {"extensions": {"tls": 772}}}], "must be a dict"),
        ([{"request": "GET /"}, {"wait": -1}], "step 2"),
        ([{"request": "GET /"}, {"wait": "long"}], "a number from 0 up"),
        ([{"request": "POST /"}, {"body": {"hex": "0g"}}], "bytes are text"),
        ([{"body": "x"}], "a body comes after a request"),
        ([{"request": {"body": "x"}}, {"body": "y"}], "a body of its own already"),
        ([{"disconnect": True}], "no connection yet"),
        ([{"request": "POST /"}, {"disconnect": True}, {"body": "x"}], "the client has left"),
        ([{"request": "GET /"}, {"end": False}], "write end: true"),
        ([{"request": "GET /"}, {"startup": True}], "startup comes before"),
        ([{"shutdown": True}, {"request": "GET /"}], "shutdown comes after"),
        ({"a": [{"startup": True}, {"request": "GET /"}]}, "a client of their own"),
        ({"a": [{"wait": 1}]}, "nothing is requested"),
        ([{"request": "GET /"}, {"read": 5}], "bytes a second"),
    ],
)
def test_a_wrong_step_is_named(client: Any, words: str) -> None:
    with pytest.raises(ClientError) as caught:
        run(say_hi, client)
    assert words in str(caught.value)


def test_the_error_knows_the_number_of_its_step() -> None:
    with pytest.raises(ClientError) as caught:
        read_clients([{"request": "GET /"}, {"wait": 1}, {"wate": 1}])
    assert caught.value.step == 3


def test_a_request_line_may_leave_out_the_method() -> None:
    request = read_clients([{"request": "/a?b"}])["client"][0]
    assert isinstance(request, Request)
    assert (request.method, request.path, request.query) == ("GET", "/a", b"b")


def test_a_request_followed_by_pieces_of_a_body_is_chunked() -> None:
    request, *rest = read_clients([{"request": "POST /"}, {"body": "x"}, {"end": True}])["client"]
    assert isinstance(request, Request)
    assert request.streamed
    assert (b"transfer-encoding", b"chunked") in request.headers
    assert rest == [Body(b"x", last=True)]


def test_an_end_of_its_own_stays_a_step() -> None:
    steps = read_clients([{"request": "POST /"}, {"body": "x"}, {"wait": 1}, {"end": True}])
    assert steps["client"][-1] == End()


def test_a_rate_given_after_the_request_holds_for_its_response() -> None:
    steps = read_clients([{"request": "GET /"}, {"read": {"rate": 10}}])["client"]
    assert steps[0] == Read(10)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("é", "é".encode()),
        ({"hex": "00ff"}, b"\x00\xff"),
        ({"base64": "AP8="}, b"\x00\xff"),
        ({"repeat": "ab", "times": 3}, b"ababab"),
    ],
)
def test_bytes_have_four_forms(value: Any, expected: bytes) -> None:
    request = read_clients([{"request": {"method": "POST", "body": value}}])["client"][0]
    assert isinstance(request, Request)
    assert request.body == expected


def test_a_tls_connection_is_described_with_the_defaults_of_what_is_left_out() -> None:
    seen: dict[str, Any] = {}

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.update(scope["extensions"]["tls"])
        await send({"type": "http.response.start", "status": 204})
        await send({"type": "http.response.body"})

    about = {"tls_version": 0x0304, "cipher_suite": 0x1301}
    trace = run(app, [{"request": {"scheme": "https", "extensions": {"tls": about}}}])
    assert not trace.findings
    assert seen == {
        "server_cert": None,
        "client_cert_chain": [],
        "client_cert_name": None,
        "client_cert_error": None,
        "tls_version": 0x0304,
        "cipher_suite": 0x1301,
    }


def scopes_of(client: Any) -> list[dict[str, Any]]:
    """The scopes that an app is given, which takes part in the lifespan."""
    seen: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(dict(scope))
        if scope["type"] == "lifespan":
            scope.get("state", {})["pool"] = 1
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close"})
        else:
            await say_hi(scope, receive, send)

    assert not run(app, client).findings
    return seen


@pytest.mark.parametrize("version", SPEC_VERSIONS)
@pytest.mark.parametrize("kind", ["request", "connect"])
def test_the_scope_claims_the_version_that_the_client_chooses(kind: str, version: str) -> None:
    (scope,) = scopes_of([{kind: {"path": "/", "spec_version": version}}])
    assert scope["asgi"] == {"version": "3.0", "spec_version": version}


def test_without_a_choice_the_scope_claims_the_newest_version() -> None:
    assert scopes_of([{"request": "GET /"}])[0]["asgi"]["spec_version"] == "2.5"


def test_a_request_can_do_without_the_state() -> None:
    requests = [{"request": "GET /"}, {"request": {"path": "/", "state": False}}]
    _, first, second = scopes_of([{"startup": True}, *requests, {"shutdown": True}])
    assert first["state"] == {"pool": 1}
    assert "state" not in second


def test_a_server_can_do_without_the_state_altogether() -> None:
    startup = {"startup": {"state": False}}
    life, request = scopes_of([startup, {"request": "GET /"}, {"shutdown": True}])
    assert "state" not in life
    assert "state" not in request


def late(version: str, client: Any) -> tuple[list[str], list[str]]:
    """What sending to a client that has left does: what was raised, and the rules found."""
    raised: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        start = {"http": "http.response.start", "websocket": "websocket.accept"}[scope["type"]]
        await send({"type": start, **({"status": 200} if scope["type"] == "http" else {})})
        while not (await receive())["type"].endswith("disconnect"):
            pass
        last = {"http": "http.response.body", "websocket": "websocket.send"}[scope["type"]]
        try:
            await send({"type": last, **({} if scope["type"] == "http" else {"text": "x"})})
        except OSError as error:
            raised.append(type(error).__name__)

    return raised, [finding.rule for finding in run(app, client(version)).findings]


@pytest.mark.parametrize("kind", ["request", "connect"])
@pytest.mark.parametrize(("version", "raised"), [("2.3", []), ("2.4", ["ClientDisconnected"])])
def test_sending_to_nobody_raises_since_2_4(kind: str, version: str, raised: list[str]) -> None:
    """Section "Disconnected Client - send exception"; before it, send() was a no-op."""
    rule = {"request": "http-after-disconnect", "connect": "websocket-after-disconnect"}[kind]

    def client(chosen: str) -> Any:
        return [{kind: {"path": "/", "spec_version": chosen}}, {"wait": 1}, {"disconnect": True}]

    assert late(version, client) == (raised, [rule])


@pytest.mark.parametrize(("version", "has"), [("2.4", False), ("2.5", True)])
def test_the_reason_of_a_disconnect_came_with_2_5(version: str, has: bool) -> None:
    seen: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        seen.append(await receive())

    close = {"close": {"code": 3001, "reason": "bye"}}
    run(app, [{"connect": {"path": "/", "spec_version": version}}, close])
    assert seen[0].get("reason") == ("bye" if has else None)
    assert ("reason" in seen[0]) is has
