"""A wrong client is refused before anything runs, with the step and the remedy."""

from __future__ import annotations

from typing import Any

import pytest

from asgiscope import ClientError, run
from asgiscope.client import read_clients
from asgiscope.steps import Body, End, Read, Request
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
