"""What "Context variables" says of servers and of Starlette, tried on the pinned ones."""

from __future__ import annotations

import asyncio
import contextvars
import re
import threading
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute

from asgiscope import run
from tests.asgiscope.real_servers import SERVERS, serving, wait_until
from tests.snippets.loading import load_module
from tests.snippets.server_thread import Serve, ServeWith
from tests.snippets.wire import answer_to, connect_to, exchange, get, raw

START = {"type": "http.response.start", "status": 200, "headers": []}
HALF = {"type": "http.response.body", "body": b"half", "more_body": True}
WHOLE = {"type": "http.response.body", "body": b"whole"}


# contextvars: what each server gives ------------------------------------------------------------

user = contextvars.ContextVar("user", default="nobody")


async def remembering(scope: Any, receive: Any, send: Any) -> None:
    """Answers with the user it finds, and leaves its path behind as the user."""
    if scope["type"] == "lifespan":
        await receive()
        user.set("lifespan")
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
        return
    found = user.get()
    user.set(scope["path"])
    await PlainTextResponse(f"[{found}]")(scope, receive, send)


def asked_at_once_and_in_turn(url: str) -> tuple[list[str], list[str]]:
    """The users found by two requests sent together, and by two that waited for the answer."""
    at_once = raw(url, get("/a") + get("/b", headers="connection: close\r\n"))
    with connect_to(url) as client:
        in_turn = exchange(client, get("/c")) + exchange(client, get("/d"))
    return tuple(re.findall(r"\[(.*?)\]", text.decode()) for text in (at_once, in_turn))  # type: ignore[return-value]


@pytest.mark.parametrize("server", SERVERS)
def test_requests_begin_without_a_user_unless_they_are_pipelined(server: str, serve: Serve) -> None:
    with serving(server, remembering, serve) as url:
        at_once, in_turn = asked_at_once_and_in_turn(url)
    assert in_turn == ["nobody", "nobody"]
    assert at_once == ["nobody", "/a" if server == "uvicorn" else "nobody"]


def test_uvicorn_can_be_told_to_begin_with_an_empty_context(serve_with: ServeWith) -> None:
    at_once, _ = asked_at_once_and_in_turn(serve_with(remembering, "--reset-contextvars"))
    assert at_once == ["nobody", "nobody"]


def test_values_go_down_into_tasks_and_threads_and_do_not_come_up() -> None:
    seen: list[tuple[str, str, str]] = []

    def change(name: str) -> str:
        found = user.get()
        user.set(name)
        return found

    async def change_later(name: str) -> str:
        return change(name)

    async def main() -> None:
        user.set("ada")
        loop = asyncio.get_running_loop()
        async with asyncio.TaskGroup() as group:
            grouped = group.create_task(change_later("group"))
        ways = {
            "gather": (await asyncio.gather(change_later("x")))[0],
            "task": await asyncio.create_task(change_later("x")),
            "group": grouped.result(),
            "thread": await asyncio.to_thread(change, "x"),
            "executor": await loop.run_in_executor(None, change, "x"),
        }
        seen.extend((way, found, user.get()) for way, found in ways.items())
        found = await change_later("await")
        seen.append(("await", found, user.get()))

    asyncio.run(main())
    assert {way: (found, after) for way, found, after in seen} == {
        "gather": ("ada", "ada"),
        "task": ("ada", "ada"),
        "group": ("ada", "ada"),
        "thread": ("ada", "ada"),
        "executor": ("nobody", "ada"),
        "await": ("ada", "await"),
    }


def test_a_token_cannot_be_used_in_another_task() -> None:
    async def log_in() -> contextvars.Token[str]:
        return user.set("ada")

    async def main() -> None:
        user.reset(await asyncio.create_task(log_in()))

    with pytest.raises(ValueError, match="was created in a different Context"):
        asyncio.run(main())


def test_an_endpoint_in_a_thread_sees_values_and_hands_none_back(serve: Serve) -> None:
    seen: list[str] = []

    def endpoint(request: Any) -> PlainTextResponse:
        seen.append(user.get())
        user.set("thread")
        return PlainTextResponse("done")

    inner = Starlette(routes=[Route("/", endpoint)])

    async def app(scope: Any, receive: Any, send: Any) -> None:
        user.set("ada")
        await inner(scope, receive, send)
        if scope["type"] == "http":
            seen.append(user.get())

    assert answer_to(serve(app), get("/")).endswith(b"done")
    wait_until(lambda: len(seen) == 2, "the app did not return")
    assert seen == ["ada", "ada"]


# contextvars: BaseHTTPMiddleware ----------------------------------------------------------------


def behind_base(dispatch: Any, *routes: Any) -> Starlette:
    return Starlette(
        routes=list(routes), middleware=[Middleware(BaseHTTPMiddleware, dispatch=dispatch)]
    )


async def pass_on(request: Any, call_next: Any) -> Any:
    return await call_next(request)


async def echo_body(request: Any) -> PlainTextResponse:
    return PlainTextResponse(await request.body())


def outcome(app: Any) -> Any:
    return run(app, [{"request": "GET /"}]).outcome


def test_dispatch_hands_values_down() -> None:
    async def set_user(request: Any, call_next: Any) -> Any:
        user.set("ada")
        return await call_next(request)

    async def tell(request: Any) -> PlainTextResponse:
        return PlainTextResponse(user.get())

    assert outcome(behind_base(set_user, Route("/", tell))).body == b"ada"


def test_a_body_read_in_dispatch_is_given_back_and_a_stream_is_not() -> None:
    async def read_body(request: Any, call_next: Any) -> Any:
        await request.body()
        return await call_next(request)

    async def read_stream(request: Any, call_next: Any) -> Any:
        _ = [piece async for piece in request.stream()]
        return await call_next(request)

    for dispatch, body in ((read_body, b"hello"), (read_stream, b"")):
        app = behind_base(dispatch, Route("/", echo_body, methods=["POST"]))
        request = {"method": "POST", "path": "/", "body": "hello"}
        assert run(app, [{"request": request}]).outcome.body == body


def test_an_app_inside_without_a_response_is_a_runtime_error() -> None:
    async def silent(scope: Any, receive: Any, send: Any) -> None:
        pass

    result = outcome(BaseHTTPMiddleware(silent, dispatch=pass_on))
    assert result.exception == "RuntimeError: No response returned."


def test_dispatch_is_not_called_for_a_websocket_or_the_lifespan() -> None:
    called: list[str] = []

    async def note(request: Any, call_next: Any) -> Any:
        called.append(request.url.path)
        return await call_next(request)

    async def greet(websocket: Any) -> None:
        await websocket.accept()
        await websocket.close()

    app = behind_base(note, WebSocketRoute("/", greet), Route("/http", echo_body))
    run(app, [{"startup": True}, {"connect": "/"}, {"shutdown": True}])
    run(app, [{"request": "GET /http"}])
    assert called == ["/http"]


def test_what_is_written_to_the_state_inside_can_be_read_after_call_next() -> None:
    seen: list[str] = []

    async def look(request: Any, call_next: Any) -> Any:
        response = await call_next(request)
        seen.append(request.state.user)
        return response

    async def log_in(request: Any) -> PlainTextResponse:
        request.state.user = "ada"
        return PlainTextResponse("done")

    outcome(behind_base(look, Route("/", log_in)))
    assert seen == ["ada"]


@pytest.mark.parametrize(("path", "noticed"), [("/base/", False), ("/bare/", True)])
def test_a_real_server_shows_the_hidden_disconnect_too(
    path: str, noticed: bool, serve: Serve, capsys: pytest.CaptureFixture[str]
) -> None:
    module = load_module("context/poll_disconnect.py")
    begun, gone = threading.Event(), threading.Event()

    async def sleep(seconds: float) -> None:
        begun.set()
        while not gone.is_set():
            await asyncio.sleep(0.01)
        await asyncio.sleep(seconds / 20)

    module.asyncio = SimpleNamespace(sleep=sleep)  # type: ignore[attr-defined]
    with connect_to(serve(module.app)) as client:
        client.sendall(get(path))
        assert begun.wait(20)
    gone.set()
    printed: list[str] = []

    def has_ended() -> bool:
        printed.append(capsys.readouterr().out)
        return "for nobody" in "".join(printed) or "given up" in "".join(printed)

    wait_until(has_ended, "the endpoint did not end")
    assert ("given up" in "".join(printed)) == noticed
