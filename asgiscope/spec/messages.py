"""Every message type of the HTTP, WebSocket and lifespan specifications and of the extensions."""

from __future__ import annotations

from typing import Final

from .model import Key, Message

_WWW = "specs/www.html#"
_LIFESPAN = "specs/lifespan.html#"
_EXTENSIONS = "extensions.html#"

_HEADERS_OPTIONAL = Key("headers", "headers", [])
_HEADERS = Key("headers", "headers")
_BODY = (Key("body", "bytes", b""), Key("more_body", "bool", False))
_CODE_AND_REASON = (Key("code", "int", 1000), Key("reason", "str or None", None, since="2.3"))

_HTTP = (
    Message("http.request", "http", "receive", _WWW + "request-receive-event", _BODY),
    Message("http.disconnect", "http", "receive", _WWW + "disconnect-receive-event"),
    Message(
        "http.response.start",
        "http",
        "send",
        _WWW + "response-start-send-event",
        (Key("status", "int"), _HEADERS_OPTIONAL, Key("trailers", "bool", False)),
    ),
    Message("http.response.body", "http", "send", _WWW + "response-body-send-event", _BODY),
    Message(
        "http.response.trailers",
        "http",
        "send",
        _EXTENSIONS + "http-trailers",
        (_HEADERS, Key("more_trailers", "bool", False)),
        extension="http.response.trailers",
    ),
    Message(
        "http.response.push",
        "http",
        "send",
        _EXTENSIONS + "http-2-server-push",
        (Key("path", "str"), _HEADERS),
        extension="http.response.push",
    ),
    Message(
        "http.response.zerocopysend",
        "http",
        "send",
        _EXTENSIONS + "zero-copy-send",
        (
            Key("file", "file"),
            Key("offset", "int", None),
            Key("count", "int", None),
            Key("more_body", "bool", False),
        ),
        extension="http.response.zerocopysend",
    ),
    Message(
        "http.response.pathsend",
        "http",
        "send",
        _EXTENSIONS + "path-send",
        (Key("path", "str"),),
        extension="http.response.pathsend",
    ),
    Message(
        "http.response.early_hint",
        "http",
        "send",
        _EXTENSIONS + "early-hints",
        (Key("links", "iterable of bytes"),),
        extension="http.response.early_hint",
    ),
    Message(
        "http.response.debug",
        "http",
        "send",
        _EXTENSIONS + "debug",
        (Key("info", "dict"),),
        extension="http.response.debug",
    ),
)

_WEBSOCKET = (
    Message("websocket.connect", "websocket", "receive", _WWW + "connect-receive-event"),
    Message(
        "websocket.receive",
        "websocket",
        "receive",
        _WWW + "receive-receive-event",
        (Key("bytes", "bytes or None", None), Key("text", "str or None", None)),
    ),
    Message(
        "websocket.disconnect",
        "websocket",
        "receive",
        _WWW + "disconnect-receive-event-ws",
        (Key("code", "int"), Key("reason", "str or None", "", since="2.5")),
    ),
    Message(
        "websocket.accept",
        "websocket",
        "send",
        _WWW + "accept-send-event",
        (
            Key("subprotocol", "str or None", None),
            Key("headers", "headers", [], since="2.1"),
        ),
    ),
    Message(
        "websocket.send",
        "websocket",
        "send",
        _WWW + "send-send-event",
        (Key("bytes", "bytes or None", None), Key("text", "str or None", None)),
    ),
    Message("websocket.close", "websocket", "send", _WWW + "close-send-event", _CODE_AND_REASON),
    Message(
        "websocket.http.response.start",
        "websocket",
        "send",
        _EXTENSIONS + "websocket-denial-response",
        (Key("status", "int"), _HEADERS_OPTIONAL),
        extension="websocket.http.response",
    ),
    Message(
        "websocket.http.response.body",
        "websocket",
        "send",
        _EXTENSIONS + "websocket-denial-response",
        _BODY,
        extension="websocket.http.response",
    ),
)

_MESSAGE = (Key("message", "str", ""),)

_LIFESPAN_MESSAGES = (
    Message("lifespan.startup", "lifespan", "receive", _LIFESPAN + "startup-receive-event"),
    Message("lifespan.shutdown", "lifespan", "receive", _LIFESPAN + "shutdown-receive-event"),
    Message(
        "lifespan.startup.complete",
        "lifespan",
        "send",
        _LIFESPAN + "startup-complete-send-event",
    ),
    Message(
        "lifespan.startup.failed",
        "lifespan",
        "send",
        _LIFESPAN + "startup-failed-send-event",
        _MESSAGE,
    ),
    Message(
        "lifespan.shutdown.complete",
        "lifespan",
        "send",
        _LIFESPAN + "shutdown-complete-send-event",
    ),
    Message(
        "lifespan.shutdown.failed",
        "lifespan",
        "send",
        _LIFESPAN + "shutdown-failed-send-event",
        _MESSAGE,
    ),
)

MESSAGES: Final[dict[str, Message]] = {
    message.type: message for message in (*_HTTP, *_WEBSOCKET, *_LIFESPAN_MESSAGES)
}
