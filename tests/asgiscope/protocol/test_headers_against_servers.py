"""Header fields that are not as they should be: what real servers do with each, beside our rule.

"raises": send() raises; "mends": the client gets it put right; "passes": the client gets it as it
was sent. Where the servers differ, the rule's level follows the RFC; see
asgiscope/protocol/headers.py.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from asgiscope import run
from asgiscope.spec import RULES
from tests.asgiscope.real_servers import SECONDS, hypercorn
from tests.snippets.server_thread import uvicorn_with

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

H11, HTTPTOOLS, HYPERCORN = "uvicorn h11", "uvicorn httptools", "hypercorn"
CODING, LENGTH = b"transfer-encoding", b"content-length"

# What is sent: status, headers, a part of the answer that shows it passed; then what each server
# does, in the order of SERVERS; then the rule.
SERVERS = (H11, HTTPTOOLS, HYPERCORN)
CASES: dict[str, tuple[int, list[tuple[bytes, bytes]], bytes, tuple[str, str, str], str]] = {
    "a blank in a name": (
        200, [(b"x a", b"1")], b"x a: 1\r\n", ("raises", "raises", "raises"), "http-header-name"
    ),
    "a blank after a name": (
        200, [(b"x-a ", b"1")], b"x-a : 1\r\n", ("raises", "raises", "mends"), "http-header-name"
    ),
    "a slash in a name": (
        200, [(b"x/a", b"1")], b"x/a: 1\r\n", ("raises", "passes", "raises"), "http-header-name"
    ),
    "an empty name": (
        200, [(b"", b"1")], b"\r\n: 1\r\n", ("raises", "passes", "raises"), "http-header-characters"
    ),
    "a line break in a value": (
        200, [(b"x-a", b"1\r\nx-b: 2")], b"x-b", ("raises", "raises", "raises"),
        "http-header-characters",
    ),
    "a control character in a value": (
        200, [(b"x-a", b"1\x01")], b"x-a: 1\x01\r\n", ("passes", "raises", "passes"),
        "http-header-control",
    ),
    "blanks around a value": (
        200, [(b"x-a", b" 1 ")], b"x-a:  1 \r\n", ("raises", "passes", "mends"),
        "http-header-blanks",
    ),
    "a length on 204": (
        204, [(LENGTH, b"0")], b"content-length: 0", ("passes", "passes", "passes"),
        "http-content-length-not-allowed",
    ),
    "one length, twice": (
        200, [(LENGTH, b"2"), (LENGTH, b"2")], b"content-length: 2\r\ncontent-length: 2",
        ("mends", "passes", "mends"), "http-header-repeated",
    ),
    "two lengths": (
        200, [(LENGTH, b"2"), (LENGTH, b"3")], b"content-length: 2\r\ncontent-length: 3",
        ("raises", "passes", "raises"), "http-content-length-invalid",
    ),
    "two types": (
        200, [(b"content-type", b"a/b"), (b"content-type", b"c/d")],
        b"content-type: a/b\r\ncontent-type: c/d", ("passes", "passes", "passes"),
        "http-header-twice",
    ),
    "chunked": (
        200, [(CODING, b"chunked")], b"?", ("mends", "mends", "mends"), "http-transfer-encoding"
    ),
    "chunked and a length": (
        200, [(CODING, b"chunked"), (LENGTH, b"2")], b"content-length: 2",
        ("mends", "passes", "mends"), "http-transfer-encoding-not-ignored",
    ),
    "gzip": (
        200, [(CODING, b"gzip")], b"transfer-encoding: gzip", ("raises", "passes", "raises"),
        "http-transfer-encoding-not-ignored",
    ),
}  # fmt: skip


RAISED: dict[str, str] = {}  # by case: what send() raised for it at last


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Send what the case has that the path names by its number."""
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    name = list(CASES)[int(scope["path"].strip("/"))]
    status, headers, *_ = CASES[name]
    RAISED.pop(name, None)
    try:
        await send({"type": "http.response.start", "status": status, "headers": headers})
    except Exception as error:
        RAISED[name] = repr(error)
    else:
        body = b"" if status == 204 else b"Hi"
        await send({"type": "http.response.body", "body": body})


@pytest.fixture(params=SERVERS, scope="module")
def server(request: pytest.FixtureRequest, loopback: None) -> Iterator[tuple[str, str]]:
    """A server's name and its address."""
    name = request.param
    running = hypercorn(app) if name == HYPERCORN else uvicorn_with(app, http=name.split()[1])
    with running as url:
        yield name, url


def answer_of(url: str, path: str) -> bytes:
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=SECONDS) as client:
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        return b"".join(iter(lambda: client.recv(65_536), b""))


def path_of(name: str) -> str:
    return f"/{list(CASES).index(name)}"


@pytest.mark.parametrize("name", CASES)
def test_what_a_real_server_does_with_it(server: tuple[str, str], name: str) -> None:
    _, _, shown, does, _ = CASES[name]
    answer = answer_of(server[1], path_of(name))
    found = "raises" if name in RAISED else "passes" if shown in answer.lower() else "mends"
    assert found == does[SERVERS.index(server[0])]


@pytest.mark.parametrize("name", CASES)
def test_the_engine_names_it_and_raises_only_where_some_server_does(name: str) -> None:
    *_, does, rule = CASES[name]
    trace = run(app, [{"request": path_of(name)}])
    assert rule in [finding.rule for finding in trace.findings]
    assert (name in RAISED) == RULES[rule].raises
    assert name not in RAISED or "raises" in does


def test_nothing_is_found_in_headers_as_servers_and_browsers_know_them() -> None:
    async def usual(scope: Any, receive: Any, send: Any) -> None:
        headers = [
            (b"set-cookie", b"a=1"),
            (b"set-cookie", b"b=2"),
            (b"vary", b"accept"),
            (b"vary", b"cookie"),
            (b"etag", b'W/"1"'),
            (b"x-empty", b""),
            (b"content-disposition", "attachment; filename=é".encode("latin-1")),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body"})

    assert not run(usual, [{"request": "GET /"}]).findings
