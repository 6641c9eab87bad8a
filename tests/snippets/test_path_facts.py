"""What "Paths and mounting" says of servers and of Starlette, tried on the pinned ones."""

from __future__ import annotations

import json
import re
import threading
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

from asgiscope import run
from common.places import ROOT
from tests.asgiscope.real_servers import SERVERS, ask, serving
from tests.snippets.server_process import Start
from tests.snippets.server_thread import Serve, ServeWith
from tests.snippets.wire import answer_to, get

# paths: what two servers and Starlette make of a prefix -----------------------------------------


async def tell_books(request: Any) -> PlainTextResponse:
    told = {key: request.scope[key] for key in ("path", "root_path", "scheme")}
    told["raw_path"] = request.scope["raw_path"].decode()
    told["client"] = request.client.host
    told["host"] = request.headers["host"]
    told |= {"url": str(request.url), "link": str(request.url_for("books"))}
    return PlainTextResponse(json.dumps(told))


async def tell_mount(scope: Any, receive: Any, send: Any) -> None:
    keys = ("path", "raw_path", "root_path", "app_root_path")
    await PlainTextResponse(str([scope[key] for key in keys]))(scope, receive, send)


shop = Starlette(
    routes=[
        Route("/books", tell_books, name="books"),
        Route("/dir/", tell_books),
        Route("/one/{name}", tell_books),
        Mount("/mount", app=tell_mount),
        Route("/{rest:path}", tell_books),
    ]
)
strict_shop = Starlette(routes=shop.routes[:-1])


def answer_of(url: str, path: str, headers: str = "") -> bytes:
    return answer_to(url, get(path, headers=headers, host="shop.example"))


def is_not_found(answer: bytes) -> bool:
    """Whether Starlette itself says that no route matches."""
    return answer.startswith(b"HTTP/1.1 404") and answer.endswith(b"Not Found")


def told_by(answer: bytes) -> dict[str, str]:
    body = answer.split(b"\r\n\r\n", 1)[1]
    told: dict[str, str] = json.loads(body)
    return told


def location(answer: bytes) -> str:
    found = re.search(rb"(?i)\nlocation: (\S+)", answer)
    return found[1].decode() if found else ""


@pytest.mark.parametrize("server", SERVERS)
def test_without_root_path_a_prefix_is_unknown(server: str, serve: Serve) -> None:
    with serving(server, strict_shop, serve) as url:
        assert is_not_found(answer_of(url, "/api/books"))
        assert told_by(answer_of(url, "/books"))["link"] == "http://shop.example/books"


def test_root_path_of_uvicorn_is_for_proxies_that_strip(serve_with: ServeWith) -> None:
    url = serve_with(strict_shop, "--root-path", "/api")
    told = told_by(answer_of(url, "/books"))
    assert (told["path"], told["root_path"]) == ("/api/books", "/api")
    assert told["raw_path"] == "/api/books"
    assert told["link"] == told["url"] == "http://shop.example/api/books"
    assert location(answer_of(url, "/dir")) == "http://shop.example/api/dir/"
    assert is_not_found(answer_of(url, "/api/books"))
    mounted = answer_of(url, "/mount/a%2Fb")
    assert b"['/api/mount/a/b', b'/api/mount/a%2Fb', '/api/mount', '/api']" in mounted


def test_root_path_of_hypercorn_is_for_proxies_that_keep(start_server: Start) -> None:
    app = "tests.snippets.test_path_facts:strict_shop"
    url = start_server("hypercorn", app, "--root-path", "/api", cwd=ROOT).url
    told = told_by(answer_of(url, "/api/books"))
    assert (told["path"], told["root_path"]) == ("/api/books", "/api")
    assert told["link"] == told["url"] == "http://shop.example/api/books"
    told = told_by(answer_of(url, "/books"))
    assert (told["path"], told["root_path"]) == ("/books", "/api")
    assert told["link"] == "http://shop.example/api/books"
    assert told["url"] == "http://shop.example/books"
    assert location(answer_of(url, "/dir")) == "http://shop.example/dir/"


def test_uvicorn_takes_root_path_as_it_is(serve_with: ServeWith) -> None:
    url = serve_with(strict_shop, "--root-path", "/api/")
    assert told_by(answer_of(url, "/books"))["path"] == "/api//books"


def test_uvicorn_refuses_all_requests_below_a_root_path_that_is_not_ascii(
    serve_with: ServeWith,
) -> None:
    url = serve_with(strict_shop, "--root-path", "/é")
    for path in ("/books", "/", "/nowhere"):
        answer = answer_of(url, path)
        assert answer.startswith(b"HTTP/1.1 400")
        assert answer.endswith(b"Invalid HTTP request received.")


def test_a_mount_without_its_slash_redirects() -> None:
    result = run(strict_shop, [{"request": "GET /mount"}]).outcome
    assert result.status == 307
    assert dict(result.headers)[b"location"].endswith(b"/mount/")


def test_fastapi_deprecates_its_root_path() -> None:
    from fastapi import FastAPI
    from fastapi.exceptions import FastAPIDeprecationWarning

    with pytest.warns(FastAPIDeprecationWarning, match="Configure the server"):
        FastAPI(root_path="/api")


@pytest.mark.parametrize("server", SERVERS)
def test_servers_decode_and_do_not_tidy(server: str, serve: Serve) -> None:
    paths = {
        "/%61dmin": "/admin",
        "/files/%2e%2e/secret": "/files/../secret",
        "//etc/passwd": "//etc/passwd",
        "/%ff": "/\ufffd",
    }
    with serving(server, shop, serve) as url:
        for target, path in paths.items():
            told = told_by(answer_of(url, target))
            assert (told["path"], told["raw_path"]) == (path, target)
    with serving(server, strict_shop, serve) as url:
        assert is_not_found(answer_of(url, "/one/a%2Fb"))


# paths: forwarded headers -----------------------------------------------------------------------

FORWARDED = (
    "x-forwarded-for: 192.0.2.1, 203.0.113.7\r\nx-forwarded-proto: https\r\n"
    "x-forwarded-host: other.example\r\nx-forwarded-prefix: /api\r\n"
)


@pytest.mark.parametrize(
    ("trusted", "client", "scheme"),
    [
        ("", "203.0.113.7", "https"),
        ("10.0.0.9", "127.0.0.1", "http"),
        ("*", "192.0.2.1", "https"),
    ],
)
def test_uvicorn_trusts_by_address(
    trusted: str, client: str, scheme: str, serve_with: ServeWith
) -> None:
    options = ["--forwarded-allow-ips", trusted] if trusted else []
    told = told_by(answer_of(serve_with(shop, *options), "/books", FORWARDED))
    assert (told["client"], told["scheme"]) == (client, scheme)
    assert (told["host"], told["root_path"]) == ("shop.example", "")


@pytest.mark.parametrize("wrapped", [False, True])
def test_hypercorn_trusts_by_hops_once_the_app_is_wrapped(wrapped: bool, serve: Serve) -> None:
    from hypercorn.middleware import ProxyFixMiddleware

    app: Any = ProxyFixMiddleware(shop, trusted_hops=1) if wrapped else shop  # type: ignore[arg-type]
    with serving("hypercorn", app, serve) as url:
        told = told_by(answer_of(url, "/books", FORWARDED))
    found = told["client"], told["scheme"], told["host"], told["root_path"]
    if wrapped:
        assert found == ("203.0.113.7", "https", "other.example", "")
    else:
        assert found == ("127.0.0.1", "http", "shop.example", "")


class Pool:
    """A pool as many are: it holds a lock, which cannot be copied."""

    def __init__(self) -> None:
        self.lock = threading.Lock()


@pytest.mark.parametrize(
    ("server", "added", "answers"),
    [
        ("uvicorn", Pool(), [(200, b"1"), (200, b"2")]),
        ("hypercorn", None, [(200, b"1"), (200, b"1")]),
        ("hypercorn", Pool(), [(500, b"")] * 2),
    ],
)
def test_the_middleware_of_hypercorn_copies_the_state_deeply(
    server: str, added: Any, answers: list[tuple[int, bytes]], serve: Serve
) -> None:
    from hypercorn.middleware import ProxyFixMiddleware

    async def count(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await receive()
            scope["state"].update(seen=[], pool=added)
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
            return
        scope["state"]["seen"].append(scope["path"])
        await PlainTextResponse(str(len(scope["state"]["seen"])))(scope, receive, send)

    app: Any = count
    if server == "hypercorn":
        app = ProxyFixMiddleware(app, trusted_hops=1)
    with serving(server, app, serve) as url:
        assert [ask(url, "GET", "/"), ask(url, "GET", "/")] == answers
