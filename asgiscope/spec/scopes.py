"""The three scope types and their keys."""

from __future__ import annotations

from typing import Final

from .model import Key, Scope

_WWW = "specs/www.html#"

# Of the HTTP and WebSocket specification, oldest first.
SPEC_VERSIONS: Final = ("2.0", "2.1", "2.2", "2.3", "2.4", "2.5")
NEWEST: Final = SPEC_VERSIONS[-1]

_ASGI = Key("asgi", "dict")
_STATE = Key("state", "dict", None)
_EXTENSIONS = Key("extensions", "dict or None", None)
_ADDRESSES = (
    Key("client", "host and port or None", None),
    Key("server", "host and port or None", None),
)

SCOPES: Final[dict[str, Scope]] = {
    scope.type: scope
    for scope in (
        Scope(
            "http",
            NEWEST,
            _WWW + "http-connection-scope",
            (
                Key("type", "str"),
                _ASGI,
                Key("http_version", "str"),
                Key("method", "str"),
                Key("scheme", "str", "http"),
                Key("path", "str"),
                Key("raw_path", "bytes or None", None),
                Key("query_string", "bytes"),
                Key("root_path", "str", ""),
                Key("headers", "headers"),
                *_ADDRESSES,
                _STATE,
                _EXTENSIONS,
            ),
        ),
        Scope(
            "websocket",
            NEWEST,
            _WWW + "websocket-connection-scope",
            (
                Key("type", "str"),
                _ASGI,
                Key("http_version", "str", "1.1"),
                Key("scheme", "str", "ws"),
                Key("path", "str"),
                Key("raw_path", "bytes or None", None),
                Key("query_string", "bytes or None", b""),
                Key("root_path", "str", ""),
                Key("headers", "headers"),
                *_ADDRESSES,
                Key("subprotocols", "iterable of str", []),
                _STATE,
                _EXTENSIONS,
            ),
        ),
        Scope(
            "lifespan",
            "2.0",
            "specs/lifespan.html#scope",
            (Key("type", "str"), _ASGI, _STATE),
        ),
    )
}
