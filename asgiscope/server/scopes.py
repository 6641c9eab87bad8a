"""The scopes that the server calls an app with.

``port`` is the client's; ``state`` is a copy of the lifespan's, or None where there is none.
"""

from __future__ import annotations

from typing import Any, Final

from ..client.steps import Connect, Request
from ..spec import SCOPES

_KEY: Final = b"dGhlIHNhbXBsZSBub25jZQ=="  # the sample of RFC 6455; the mock server needs no secret


def http_scope(request: Request, port: int, state: dict[str, Any] | None) -> dict[str, Any]:
    """The scope of a request."""
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": request.spec_version},
        "http_version": request.http_version,
        "method": request.method,
        "scheme": request.scheme,
        "path": request.path,
        "raw_path": request.raw_path,
        "query_string": request.query,
        "root_path": request.root_path,
        "headers": [(name.lower(), value) for name, value in request.headers],
        "client": ("127.0.0.1", port),
        "server": ("127.0.0.1", 8000),
    }
    if state is not None:
        scope["state"] = state
    if request.extensions:
        scope["extensions"] = dict(request.extensions)
    return scope


def websocket_scope(connect: Connect, port: int, state: dict[str, Any] | None) -> dict[str, Any]:
    """The scope of a handshake."""
    request = connect.request
    headers = [(name.lower(), value) for name, value in request.headers]
    headers += [(b"upgrade", b"websocket"), (b"connection", b"Upgrade")]
    headers += [(b"sec-websocket-key", _KEY), (b"sec-websocket-version", b"13")]
    if connect.subprotocols:
        offered = ", ".join(connect.subprotocols).encode()
        headers.append((b"sec-websocket-protocol", offered))
    scope: dict[str, Any] = {
        "type": "websocket",
        "asgi": {"version": "3.0", "spec_version": request.spec_version},
        "http_version": request.http_version,
        "scheme": {"http": "ws", "https": "wss"}[request.scheme],
        "path": request.path,
        "raw_path": request.raw_path,
        "query_string": request.query,
        "root_path": request.root_path,
        "headers": headers,
        "client": ("127.0.0.1", port),
        "server": ("127.0.0.1", 8000),
        "subprotocols": list(connect.subprotocols),
    }
    if state is not None:
        scope["state"] = state
    if request.extensions:
        scope["extensions"] = dict(request.extensions)
    return scope


def lifespan_scope(state: dict[str, Any] | None) -> dict[str, Any]:
    """The scope of the lifespan, with the very dict that later scopes get copies of."""
    scope: dict[str, Any] = {
        "type": "lifespan",
        "asgi": {"version": "3.0", "spec_version": SCOPES["lifespan"].version},
    }
    if state is not None:
        scope["state"] = state
    return scope
