"""Every must, should and may of the specification, and what becomes of it here.

What they say, in our own words, is in ``texts/*/statements.py``. A statement is checked by rules,
or it is one of these (``REASONS`` there says why it is not checked):

* ``kept``: it binds the server, and the mock server keeps it;
* ``wire``: it is about bytes on a socket, which the boundary of server and app does not show;
* ``advice``: it is about how an app is built, which one run cannot show;
* ``freedom``: it allows something; the mock server or its checks allow it too;
* ``absent``: it is about something that the mock server does not offer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from .model import SPECIFICATION

Verb = Literal["must", "should", "may"]
Who = Literal["app", "server"]
Reason = Literal["kept", "wire", "advice", "freedom", "absent"]


@dataclass(frozen=True)
class Statement:
    """One sentence of the specification that binds or frees somebody.

    The texts say what is done, and the verb, which stands before them, how far that binds.
    """

    verb: Verb
    who: Who
    section: str
    rules: tuple[str, ...] = ()
    reason: Reason | None = None

    @property
    def url(self) -> str:
        return SPECIFICATION + self.section


_MAIN = "specs/main.html#"
_WWW = "specs/www.html#"
_LIFE = "specs/lifespan.html#"
_TLS = "specs/tls.html#"
_EXT = "extensions.html#"
_HEADER_RULES = ("http-header-lowercase", "http-header-pseudo")

STATEMENTS: Final[tuple[Statement, ...]] = (
    # asgi.rst
    Statement(
        "must",
        "app",
        _MAIN + "overview",
        ("app-not-awaitable",),
    ),
    Statement(
        "may",
        "app",
        _MAIN + "overview",
        reason="freedom",
    ),
    Statement(
        "must",
        "app",
        _MAIN + "connection-scope",
        ("websocket-connect-first", "lifespan-startup-first"),
    ),
    Statement(
        "must",
        "app",
        _MAIN + "events",
        ("message-key-type", "message-bytes-like"),
    ),
    Statement(
        "should",
        "app",
        _MAIN + "applications",
        ("app-not-callable", "app-signature", "app-two-callables"),
    ),
    Statement(
        "should",
        "server",
        _MAIN + "applications",
        reason="kept",
    ),
    Statement(
        "must",
        "server",
        _MAIN + "applications",
        reason="kept",
    ),
    Statement(
        "must",
        "app",
        _MAIN + "protocol-specifications",
        ("message-type-missing", "message-of-other-protocol"),
    ),
    Statement(
        "should",
        "app",
        _MAIN + "protocol-specifications",
        ("lifespan-startup-no-reply", "http-no-response", "websocket-no-reply"),
    ),
    Statement(
        "should",
        "app",
        _MAIN + "middleware",
        reason="advice",
    ),
    Statement(
        "should",
        "app",
        _MAIN + "middleware",
        reason="advice",
    ),
    Statement(
        "should",
        "server",
        _MAIN + "error-handling",
        (
            "message-not-dict",
            "message-type-unknown",
            "message-key-missing",
            "message-key-type",
            "message-of-server",
        ),
    ),
    Statement(
        "should",
        "app",
        _MAIN + "error-handling",
        reason="absent",
    ),
    Statement(
        "should",
        "server",
        _MAIN + "error-handling",
        ("message-key-unknown",),
    ),
    Statement(
        "must",
        "server",
        _MAIN + "error-handling",
        ("app-raised",),
    ),
    Statement(
        "should",
        "server",
        _MAIN + "error-handling",
        ("http-after-complete", "websocket-after-close"),
    ),
    Statement(
        "should",
        "server",
        _MAIN + "error-handling",
        reason="kept",
    ),
    Statement(
        "should",
        "server",
        _MAIN + "extensions",
        reason="kept",
    ),
    Statement(
        "may",
        "app",
        _MAIN + "extensions",
        ("extension-not-offered",),
    ),
    # www.rst: HTTP
    Statement(
        "must",
        "app",
        _WWW + "spec-versions",
        ("message-key-newer",),
    ),
    Statement(
        "should",
        "server",
        _WWW + "http",
        reason="kept",
    ),
    Statement(
        "should",
        "app",
        _WWW + "http",
        reason="advice",
    ),
    Statement(
        "must",
        "server",
        _WWW + "http-connection-scope",
        reason="kept",
    ),
    Statement(
        "must",
        "server",
        _WWW + "http-connection-scope",
        reason="kept",
    ),
    Statement(
        "should",
        "server",
        _WWW + "http-connection-scope",
        reason="kept",
    ),
    Statement(
        "must",
        "server",
        _WWW + "http-connection-scope",
        reason="wire",
    ),
    Statement(
        "should",
        "server",
        _WWW + "http-connection-scope",
        reason="kept",
    ),
    Statement(
        "may",
        "server",
        _WWW + "http-connection-scope",
        reason="wire",
    ),
    Statement(
        "should",
        "app",
        _WWW + "request-receive-event",
        ("http-no-response",),
    ),
    Statement(
        "must",
        "app",
        _WWW + "response-start-send-event",
        ("http-start-first", "http-start-once", "http-response-unfinished"),
    ),
    Statement(
        "may",
        "server",
        _WWW + "response-start-send-event",
        reason="freedom",
    ),
    Statement(
        "must",
        "server",
        _WWW + "response-start-send-event",
        ("http-transfer-encoding",),
    ),
    Statement(
        "must",
        "server",
        _WWW + "response-start-send-event",
        reason="kept",
    ),
    Statement(
        "must",
        "app",
        _WWW + "response-start-send-event",
        _HEADER_RULES,
    ),
    Statement(
        "must",
        "server",
        _WWW + "response-start-send-event",
        ("http-trailers-missing",),
    ),
    Statement(
        "must",
        "server",
        _WWW + "response-body-send-event",
        reason="kept",
    ),
    Statement(
        "must",
        "server",
        _WWW + "response-body-send-event",
        ("http-after-complete",),
    ),
    Statement(
        "should",
        "server",
        _WWW + "disconnected-client-send-exception",
        ("http-after-disconnect", "websocket-after-disconnect"),
    ),
    Statement(
        "may",
        "app",
        _WWW + "disconnected-client-send-exception",
        reason="freedom",
    ),
    Statement(
        "must",
        "server",
        _WWW + "disconnected-client-send-exception",
        reason="kept",
    ),
    Statement(
        "should",
        "app",
        _WWW + "disconnect-receive-event",
        ("http-after-disconnect",),
    ),
    # www.rst: WebSocket
    Statement(
        "should",
        "server",
        _WWW + "websocket",
        reason="wire",
    ),
    Statement(
        "should",
        "server",
        _WWW + "websocket-connection-scope",
        ("websocket-not-closed",),
    ),
    Statement(
        "must",
        "app",
        _WWW + "connect-receive-event",
        ("websocket-accept-first", "websocket-accept-once", "websocket-no-reply"),
    ),
    Statement(
        "must",
        "server",
        _WWW + "connect-receive-event",
        reason="kept",
    ),
    Statement(
        "must",
        "app",
        _WWW + "accept-send-event",
        ("websocket-subprotocol-header",),
    ),
    Statement(
        "must",
        "app",
        _WWW + "accept-send-event",
        _HEADER_RULES,
    ),
    Statement(
        "must",
        "server",
        _WWW + "receive-receive-event",
        reason="kept",
    ),
    Statement(
        "must",
        "app",
        _WWW + "send-send-event",
        ("websocket-send-both", "websocket-send-empty"),
    ),
    Statement(
        "should",
        "server",
        _WWW + "disconnect-receive-event-ws",
        reason="kept",
    ),
    Statement(
        "must",
        "server",
        _WWW + "close-send-event",
        reason="kept",
    ),
    Statement(
        "must",
        "server",
        _WWW + "close-send-event",
        ("websocket-close-code",),
    ),
    # www.rst: WSGI
    Statement(
        "must",
        "server",
        _WWW + "wsgi-compatibility",
        reason="absent",
    ),
    # lifespan.rst
    Statement(
        "should",
        "server",
        _LIFE + "the-lifespan-protocol",
        reason="kept",
    ),
    Statement(
        "must",
        "server",
        _LIFE + "scope",
        ("lifespan-unsupported", "lifespan-startup-raised"),
    ),
    Statement(
        "should",
        "app",
        _LIFE + "lifespan-state",
        reason="advice",
    ),
    Statement(
        "must",
        "server",
        _LIFE + "lifespan-state",
        reason="kept",
    ),
    Statement(
        "must",
        "server",
        _LIFE + "startup-complete-send-event",
        ("lifespan-startup-no-reply", "lifespan-startup-once"),
    ),
    Statement(
        "should",
        "server",
        _LIFE + "startup-failed-send-event",
        reason="kept",
    ),
    Statement(
        "must",
        "server",
        _LIFE + "shutdown-complete-send-event",
        (
            "lifespan-shutdown-no-reply",
            "lifespan-shutdown-first",
            "lifespan-ended-early",
            "lifespan-after-end",
        ),
    ),
    Statement(
        "should",
        "server",
        _LIFE + "shutdown-failed-send-event",
        reason="kept",
    ),
    # tls.rst
    Statement(
        "must",
        "server",
        _TLS + "when-to-use-this-extension",
        reason="absent",
    ),
    Statement(
        "must",
        "server",
        _TLS + "tls-connection-scope",
        reason="absent",
    ),
    # extensions.rst
    Statement(
        "must",
        "app",
        _EXT + "websocket-denial-response",
        (
            "websocket-denial-start-first",
            "websocket-denial-start-once",
            "websocket-denial-only",
            "websocket-denial-late",
            "websocket-denial-unfinished",
        ),
    ),
    Statement(
        "must",
        "app",
        _EXT + "http-2-server-push",
        ("http-push-early", "http-after-complete", *_HEADER_RULES),
    ),
    Statement(
        "should",
        "server",
        _EXT + "http-2-server-push",
        reason="absent",
    ),
    Statement(
        "should",
        "app",
        _EXT + "zero-copy-send",
        reason="advice",
    ),
    Statement(
        "must",
        "app",
        _EXT + "path-send",
        ("http-pathsend-mixed",),
    ),
    Statement(
        "must",
        "app",
        _EXT + "early-hints",
        ("http-early-hint-late",),
    ),
    Statement(
        "may",
        "server",
        _EXT + "early-hints",
        reason="freedom",
    ),
    Statement(
        "must",
        "app",
        _EXT + "http-trailers",
        (
            "http-trailers-not-announced",
            "http-trailers-early",
            "http-body-before-trailers",
            "http-trailers-missing",
            *_HEADER_RULES,
        ),
    ),
    Statement(
        "must",
        "app",
        _EXT + "debug",
        ("http-debug-late", "http-debug-once"),
    ),
    Statement(
        "should",
        "server",
        _EXT + "debug",
        reason="freedom",
    ),
)
