"""Which server is to run an app, and which steps of a client it takes."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final

from ..client.step_values import OF_REAL_SERVERS, READERS, Reader, found, unknown
from ..client.steps import ClientError, Connect, Request, Step, Where
from .adapter import Adapter, inside

MOCK: Final = "mock"
# The module of each is only imported when it is asked for: none of them has to be installed.
REAL: Final = {"uvicorn": "Uvicorn", "hypercorn": "Hypercorn", "gunicorn": "Gunicorn"}
# What the mock server is told, and a real one decides by itself or by its options.
OF_MOCK: Final = ("root_path", "extensions", "spec_version", "state")


def read_server(given: Any) -> Adapter | None:
    """The server from what was given to ``run``; None for the mock server.

    Raises :class:`ClientError` for one that there is not, and for a wrong option.
    """
    if isinstance(given, str):
        given = {"name": given}
    if not isinstance(given, Mapping) or not isinstance(given.get("name"), str):
        raise ClientError(None, "server-form", found(given))
    name = given["name"]
    options = {str(key): value for key, value in given.items() if key != "name"}
    if name == MOCK and not options:
        return None
    if name == MOCK:
        about = {"server": MOCK, "found": next(iter(options)), "known": "–"}
        raise ClientError(None, "server-option", about)
    if name not in REAL:
        raise ClientError(None, "server-unknown", unknown(name, (MOCK, *REAL)))
    module = import_module(f".{name}", __package__)
    adapter: type[Adapter] = getattr(module, REAL[name])
    for package in ("h11", "wsproto"):
        with inside(package):
            import_module(package)
    return adapter(options)


def readers_for(server: Adapter) -> Mapping[str, Reader]:
    """The steps that a real server takes."""

    def read_request(value: Any, where: Where) -> Step:
        step = READERS["request"](value, where)
        assert isinstance(step, Request)
        _check_keys(server, value, where)
        _check_request(server, step, where)
        return step

    def read_connect(value: Any, where: Where) -> Step:
        step = READERS["connect"](value, where)
        assert isinstance(step, Connect)
        _check_keys(server, value, where)
        if step.request.http_version not in ("1.1",):
            _refuse(server, f"connect, http_version {step.request.http_version}", where)
        _check_request(server, step.request, where)
        return step

    return {**READERS, **OF_REAL_SERVERS, "request": read_request, "connect": read_connect}


def _check_keys(server: Adapter, value: Any, where: Where) -> None:
    for key in OF_MOCK:
        if isinstance(value, Mapping) and key in value:
            raise ClientError(where, "server-decides", {"server": server.name, "name": key})


def _check_request(server: Adapter, request: Request, where: Where) -> None:
    from .http1 import check_request

    if request.scheme != "http":
        _refuse(server, f"scheme {request.scheme}", where)
    if request.http_version not in server.http_versions:
        _refuse(server, f"http_version {request.http_version}", where)
    check_request(request, where)


def _refuse(server: Adapter, name: str, where: Where) -> None:
    raise ClientError(where, "server-step", {"server": server.told, "name": name})
