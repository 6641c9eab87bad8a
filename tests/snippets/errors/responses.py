"""Provokers of what is said about HTTP responses, by servers and by Starlette and FastAPI."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from tests.snippets.errors.apps import BODY, heads, hello, sending
from tests.snippets.errors.saying import Said, provokes, raised
from tests.snippets.errors.servers import server


def asked(app: Any, who: str, path: str = "/", **options: Any) -> list[Said]:
    """What an app raises, or else the body that it answers, by httpx without a server."""
    said: list[Said] = []

    async def ask() -> None:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
            answer = await client.request(options.pop("method", "GET"), path, **options)
        said.append(Said(f"response {answer.status_code}", answer.text, (who,)))

    return raised(ask) or said


def endpoint(function: Any, *middleware: Middleware, methods: tuple[str, ...] = ("GET",)) -> Any:
    return Starlette(routes=[Route("/", function, methods=methods)], middleware=middleware)


async def home(request: Request) -> Response:
    return Response("home")


@provokes("content-longer", listens=True)
def content_longer() -> Iterable[Said]:
    return server("uvicorn").asked(sending(heads((b"content-length", b"3")), BODY))


@provokes("content-shorter", listens=True)
def content_shorter() -> Iterable[Said]:
    return server("uvicorn").asked(sending(heads((b"content-length", b"9")), BODY))


@provokes("h11-too-much-data", listens=True)
def h11_too_much_data() -> Iterable[Said]:
    return server("h11").asked(sending(heads((b"content-length", b"3")), BODY))


@provokes("h11-too-little-data", listens=True)
def h11_too_little_data() -> Iterable[Said]:
    return server("h11").asked(sending(heads((b"content-length", b"9")), BODY))


@provokes("header-value-invalid", listens=True)
def header_value_invalid() -> Iterable[Said]:
    return server("uvicorn").asked(sending(heads((b"location", b"/a\r\nx: 1")), BODY))


@provokes("h11-header-value-illegal", listens=True)
def h11_header_value_illegal() -> Iterable[Said]:
    return server("h11").asked(sending(heads((b"location", b"/a\r\nx: 1")), BODY))


@provokes("invalid-request", listens=True)
def invalid_request() -> Iterable[Said]:
    return server("uvicorn").asked(hello, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n")


@provokes("internal-server-error", listens=True)
def internal_server_error() -> Iterable[Said]:
    async def fail(request: Request) -> Response:
        raise ValueError("boom")

    return server("uvicorn").asked(endpoint(fail))


@provokes("no-response-returned")
def no_response_returned() -> Iterable[Said]:
    async def call(request: Request, call_next: Any) -> Any:
        return await call_next(request)

    async def silent(scope: Any, receive: Any, send: Any) -> None:
        pass

    return asked(BaseHTTPMiddleware(silent, call), "starlette")


@provokes("response-already-started", listens=True)
def response_already_started() -> Iterable[Said]:
    async def pieces() -> Any:
        yield "first"
        raise HTTPException(404)

    async def stream(request: Request) -> Response:
        return StreamingResponse(pieces())

    return server("uvicorn").asked(endpoint(stream))


@provokes("stream-consumed")
def stream_consumed() -> Iterable[Said]:
    async def read(request: Request) -> Response:
        async for _ in request.stream():
            pass
        await request.body()
        return Response()

    return asked(endpoint(read), "starlette")


@provokes("not-json-serializable")
def not_json_serializable() -> Iterable[Said]:
    from datetime import date

    return raised(lambda: JSONResponse({"day": date(2026, 11, 25)}))


@provokes("nan-not-json")
def nan_not_json() -> Iterable[Said]:
    return raised(lambda: JSONResponse({"mean": float("nan")}))


@provokes("multipart-missing")
def multipart_missing() -> Iterable[Said]:
    async def upload(request: Request) -> Response:
        await request.form()
        return Response()

    return asked(
        endpoint(upload, methods=("POST",)), "starlette", method="POST", data={"name": "Ada"}
    )


@provokes("fastapi-multipart-missing")
def fastapi_multipart_missing() -> Iterable[Said]:
    from fastapi import Form

    app = FastAPI()

    def define() -> None:
        @app.post("/")
        def save(name: str = Form()) -> None:
            pass

    return raised(define)


@provokes("session-middleware-missing")
def session_middleware_missing() -> Iterable[Said]:
    async def login(request: Request) -> Response:
        request.session["user"] = "ada"
        return Response()

    return asked(endpoint(login), "starlette")


@provokes("file-does-not-exist")
def file_does_not_exist() -> Iterable[Said]:
    async def download(request: Request) -> Response:
        return FileResponse("reports/2026.pdf")

    return asked(endpoint(download), "starlette")


@provokes("static-directory-missing")
def static_directory_missing() -> Iterable[Said]:
    return raised(lambda: StaticFiles(directory=Path("static")))


@provokes("invalid-host")
def invalid_host() -> Iterable[Said]:
    allowed = Middleware(TrustedHostMiddleware, allowed_hosts=["example.com"])
    return asked(endpoint(home, allowed), "starlette")


@provokes("cors-origin-disallowed")
def cors_origin_disallowed() -> Iterable[Said]:
    cors = Middleware(CORSMiddleware, allow_origins=["https://example.com"])
    headers = {"origin": "https://shop.test", "access-control-request-method": "GET"}
    return asked(endpoint(home, cors), "starlette", method="OPTIONS", headers=headers)


@provokes("method-not-allowed")
def method_not_allowed() -> Iterable[Said]:
    return asked(endpoint(home), "starlette", method="POST")


@provokes("fastapi-not-found")
def fastapi_not_found() -> Iterable[Said]:
    return asked(FastAPI(), "fastapi", "/nowhere")


@provokes("fastapi-field-required")
def fastapi_field_required() -> Iterable[Said]:
    app = FastAPI()

    @app.get("/")
    def find(name: str) -> str:
        return name

    return asked(app, "fastapi")


@provokes("fastapi-response-invalid")
def fastapi_response_invalid() -> Iterable[Said]:
    app = FastAPI()

    @app.get("/")
    def count() -> int:
        return "many"  # type: ignore[return-value]

    return asked(app, "fastapi")


@provokes("fastapi-response-field")
def fastapi_response_field() -> Iterable[Said]:
    app = FastAPI()

    class Customer:
        pass

    def define() -> None:
        @app.get("/", response_model=Customer)
        def show() -> Any:
            return Customer()

    return raised(define)


@provokes("unexpected-message-received")
def unexpected_message_received() -> Iterable[Said]:
    async def read_and_call(request: Request, call_next: Any) -> Any:
        await request.body()
        return await call_next(request)

    async def read_twice(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await receive()

    async def endless(scope: Any, receive: Any, send: Any) -> None:
        async def again() -> Any:
            return {"type": "http.request", "body": b"", "more_body": False}

        await BaseHTTPMiddleware(read_twice, read_and_call)(scope, again, send)

    return asked(endless, "starlette")


@provokes("file-is-not-a-file")
def file_is_not_a_file() -> Iterable[Said]:
    async def download(request: Request) -> Response:
        return FileResponse(".")

    return asked(endpoint(download), "starlette")


@provokes("no-route-of-that-name")
def no_route_of_that_name() -> Iterable[Said]:
    async def link(request: Request) -> Response:
        return Response(str(request.url_for("cart")))

    return asked(endpoint(link), "starlette")


@provokes("url-for-outside-an-app")
def url_for_outside_an_app() -> Iterable[Said]:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        Request(scope).url_for("cart")

    return asked(app, "starlette")


@provokes("authentication-middleware-missing")
def authentication_middleware_missing() -> Iterable[Said]:
    async def who(request: Request) -> Response:
        return Response(request.user.display_name)

    return asked(endpoint(who), "starlette")


@provokes("path-without-slash")
def path_without_slash() -> Iterable[Said]:
    return raised(lambda: Route("cart", home))


@provokes("view-returned-none")
def view_returned_none() -> Iterable[Said]:
    async def forget(request: Request) -> None:
        pass

    return asked(endpoint(forget), "starlette")


@provokes("body-has-no-encode")
def body_has_no_encode() -> Iterable[Said]:
    return raised(lambda: Response({"say": "hello"}))


@provokes("concurrency-exceeded", listens=True)
def concurrency_exceeded() -> Iterable[Said]:
    return server("limited").asked(hello)


@provokes("service-unavailable", listens=True)
def service_unavailable() -> Iterable[Said]:
    return server("limited").asked(hello)
