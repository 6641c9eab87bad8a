"""What the errata say of servers, frameworks and packages, tried on the pinned ones."""

from __future__ import annotations

import importlib
import importlib.metadata
import re
import subprocess
import sys
import types
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
from click.testing import CliRunner
from starlette.applications import Starlette

from asgiscope import run
from common.places import ROOT
from tests.asgiscope.real_servers import SERVERS, ask, serving
from tests.snippets.loading import load
from tests.snippets.server_thread import Serve, ServeWith
from tests.snippets.telling import tell_scope
from tests.snippets.wire import connect_to, exchange, get, raw

UPGRADE = (
    b"GET / HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
    b"sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes([0, 0, 0, 4, 0, 0, 0, 0, 0])  # HTTP/2


# Errata: the smallest app, WebSocket --------------------------------------------------------------


def test_an_app_of_pass_starts_well_and_answers_500(serve_with: ServeWith) -> None:
    url = serve_with(load("errata/answer_nothing_wrong.py"), "--lifespan", "on")
    assert ask(url, "GET", "/") == (500, b"Internal Server Error")


@pytest.mark.parametrize("server", SERVERS)
def test_no_message_comes_before_the_handshake_is_answered(server: str, serve: Serve) -> None:
    with serving(server, load("errata/hear_first_wrong.py"), serve) as url:
        assert raw(url, UPGRADE, first=0.5) == b""


# Errata: servers ----------------------------------------------------------------------------------


def requirements(package: str, extra: str) -> set[str]:
    """The names that a package requires with an extra, or with "" for none."""
    found = set()
    for line in importlib.metadata.requires(package) or []:
        needed, _, marker = line.partition(";")
        marker = marker.replace('"', "'")
        if f"extra == '{extra}'" in marker if extra else "extra" not in marker:
            found.update(re.findall(r"^[\w.-]+", needed))
    return found


def test_plain_uvicorn_brings_neither_uvloop_nor_websockets() -> None:
    assert requirements("uvicorn", "") <= {"click", "h11", "typing-extensions"}
    assert {"uvloop", "websockets", "httptools"} <= requirements("uvicorn", "standard")
    (uvloop,) = (line for line in importlib.metadata.requires("uvicorn") or [] if "uvloop" in line)
    assert "sys_platform != 'win32'" in uvloop
    assert "PyPy" in uvloop


@pytest.mark.skipif(sys.platform == "win32", reason="there is no uvloop")
def test_uvicorn_takes_uvloop_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    from uvicorn.loops.auto import auto_loop_factory

    assert uvicorn.Config(tell_scope).loop == "auto"
    uvloop = types.ModuleType("uvloop")
    uvloop.new_event_loop = object()  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "uvloop", uvloop)
    monkeypatch.delitem(sys.modules, "uvicorn.loops.uvloop", raising=False)
    assert auto_loop_factory() is uvloop.new_event_loop


@pytest.mark.parametrize(("server", "speaks"), [("uvicorn", False), ("hypercorn", True)])
def test_who_speaks_http_2_without_being_asked(server: str, speaks: bool, serve: Serve) -> None:
    with serving(server, tell_scope, serve) as url:
        answer = raw(url, PREFACE, quiet=0.3)
    settings_frame = 4
    assert (len(answer) > 9 and answer[3] == settings_frame) == speaks


def test_uvicorn_has_an_option_for_http_2_and_hypercorn_an_extra_for_http_3() -> None:
    told = CliRunner().invoke(importlib.import_module("uvicorn.main").main, ["--help"]).output
    assert "Enable HTTP/2 support. Requires --http zttp." in " ".join(told.split())
    assert requirements("hypercorn", "h3") == {"aioquic"}


def test_the_workers_module_of_uvicorn_is_deprecated(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, needed in (("gunicorn.arbiter", "Arbiter"), ("gunicorn.workers.base", "Worker")):
        module = types.ModuleType(name)
        setattr(module, needed, object)
        monkeypatch.setitem(sys.modules, name, module)
    for name in ("gunicorn", "gunicorn.workers"):
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    monkeypatch.delitem(sys.modules, "uvicorn.workers", raising=False)
    with pytest.warns(DeprecationWarning, match="use `uvicorn-worker` package instead"):
        importlib.import_module("uvicorn.workers")
    monkeypatch.delitem(sys.modules, "uvicorn.workers")


def test_connections_are_kept_alive_without_being_asked(serve: Serve) -> None:
    assert uvicorn.Config(tell_scope).timeout_keep_alive == 5
    with connect_to(serve(tell_scope)) as client:
        for _ in range(2):
            assert b"http '' '/' 127.0.0.1" in exchange(client, get())


# Errata: frameworks -------------------------------------------------------------------------------


def test_what_starlette_no_longer_has() -> None:
    gone = ("route", "websocket_route", "on_event", "add_event_handler")
    for name in (*gone, "exception_handler", "middleware"):
        assert not hasattr(Starlette(), name), name
    trace = run_file("errata/use_route_wrong.py")
    assert trace.broken_rules() == ["app-import"]


def run_file(name: str) -> Any:
    from asgiscope import run_source

    text = (ROOT / "snippets" / name).read_text("utf-8")
    return run_source(text, [{"request": "GET /"}], name)


@pytest.mark.parametrize(("given", "called"), [(False, ["on_event"]), (True, ["lifespan"])])
def test_on_event_is_deprecated_and_not_called_beside_a_lifespan(
    given: bool, called: list[str]
) -> None:
    from fastapi import FastAPI

    seen: list[str] = []

    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[None]:
        seen.append("lifespan")
        yield

    app = FastAPI(lifespan=lifespan if given else None)
    with pytest.warns(DeprecationWarning, match="on_event is deprecated"):
        app.on_event("startup")(lambda: seen.append("on_event"))
    run(app, [{"startup": True}, {"shutdown": True}])
    assert seen == called


def test_django_alone_refuses_a_websocket() -> None:
    code = (
        "import sys; sys.path.insert(0, 'frameworks')\n"
        "import asyncio, answer_with_django\n"
        "scope = {'type': 'websocket', 'path': '/', 'headers': []}\n"
        "asyncio.run(answer_with_django.app(scope, None, None))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT / "snippets",
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "Django can only handle ASGI/HTTP connections, not websocket." in done.stderr
