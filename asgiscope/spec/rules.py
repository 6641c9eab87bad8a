"""Everything the mock server can say of an app. The words for it are in ``texts``."""

from __future__ import annotations

from typing import Final

from .model import Rule

_ERRORS = "specs/main.html#error-handling"
_EVENTS = "specs/main.html#events"
_APPLICATIONS = "specs/main.html#applications"
_EXTENSIONS = "specs/main.html#extensions"
_START = "specs/www.html#response-start-send-event"
_BODY = "specs/www.html#response-body-send-event"
_GONE = "specs/www.html#disconnected-client-send-exception"
_TRAILERS = "extensions.html#http-trailers"
_LIFESPAN = "specs/lifespan.html#scope"
_RFC9110 = "https://www.rfc-editor.org/rfc/rfc9110.html#"
_RFC9112 = "https://www.rfc-editor.org/rfc/rfc9112.html#"
_RFC6455 = "https://www.rfc-editor.org/rfc/rfc6455.html#"
_DENIAL = "extensions.html#websocket-denial-response"
_PYTHON = "https://docs.python.org/3/"
_ASYNCIO_DEV = _PYTHON + "library/asyncio-dev.html#"
_BLOCKING = _ASYNCIO_DEV + "running-blocking-code"
_THREADING = _ASYNCIO_DEV + "concurrency-and-multithreading"
_FILES = _PYTHON + "library/asyncio-eventloop.html#watching-file-descriptors"

RULES: Final[dict[str, Rule]] = {
    rule.id: rule
    for rule in (
        # the app as a callable
        Rule("app-import", "error", _APPLICATIONS),
        Rule("app-not-callable", "error", _APPLICATIONS),
        Rule("app-signature", "error", _APPLICATIONS),
        Rule("app-not-awaitable", "error", _APPLICATIONS),
        Rule("app-two-callables", "warning", "specs/main.html#legacy-applications"),
        Rule("app-raised", "error", _ERRORS),
        Rule("app-cancelled", "error", _PYTHON + "library/asyncio-task.html#task-cancellation"),
        Rule("app-exception-answered", "warning", _ERRORS),
        Rule("app-exception-unseen", "warning", _ASYNCIO_DEV + "detect-never-retrieved-exceptions"),
        Rule("app-error-logged", "note", _ERRORS),
        Rule("app-stuck", "error", _APPLICATIONS),
        Rule("app-over-budget", "error", _APPLICATIONS),
        Rule("app-tasks-left", "note", _APPLICATIONS),
        Rule("send-not-awaited", "error", _APPLICATIONS),
        Rule("receive-not-awaited", "error", _APPLICATIONS),
        Rule(
            "app-coroutine-not-awaited",
            "warning",
            _ASYNCIO_DEV + "detect-never-awaited-coroutines",
        ),
        Rule("loop-blocked", "warning", _BLOCKING),
        Rule("loop-busy", "note", _BLOCKING),
        Rule("loop-held", "error", _BLOCKING),
        Rule("loop-waits-for-ever", "error", _THREADING),
        Rule("thread-waits-for-ever", "error", _THREADING),
        Rule("thread-pool-full", "note", _PYTHON + "library/asyncio-task.html#running-in-threads"),
        # what the engine itself cannot do, or does in real time
        Rule("engine-cannot-follow", "note", _PYTHON + "library/threading.html#thread-objects"),
        Rule("engine-real-time", "note", _FILES),
        Rule("engine-gave-up", "note", _FILES),
        # any message
        Rule("message-not-dict", "error", _EVENTS),
        Rule("message-type-missing", "error", _EVENTS),
        Rule("message-type-unknown", "error", _ERRORS),
        Rule("message-of-server", "error", _ERRORS),
        Rule("message-of-other-protocol", "error", "specs/main.html#protocol-specifications"),
        Rule("message-key-missing", "error", _ERRORS),
        Rule("message-key-type", "error", _ERRORS),
        Rule("message-key-unknown", "warning", _ERRORS),
        Rule("message-key-newer", "error", "specs/www.html#spec-versions", tolerated=True),
        Rule("message-bytes-like", "note", _EVENTS),
        Rule("extension-not-offered", "error", _EXTENSIONS),
        # HTTP
        Rule("http-start-first", "error", _START),
        Rule("http-start-once", "error", _START),
        Rule("http-after-complete", "warning", _BODY),
        Rule("http-after-disconnect", "note", _GONE),
        Rule("http-no-response", "error", _START),
        Rule("http-error-unexplained", "note", _ERRORS),
        Rule("http-response-unfinished", "error", _BODY),
        Rule("http-header-lowercase", "error", _START, tolerated=True),
        Rule("http-header-pseudo", "error", _START),
        Rule("http-header-characters", "error", _RFC9110 + "section-5.5"),
        Rule("http-header-name", "error", _RFC9110 + "section-5.1"),
        Rule("http-header-control", "error", _RFC9110 + "section-5.5"),
        Rule("http-header-blanks", "warning", _RFC9110 + "section-5.5"),
        Rule("http-header-repeated", "note", _RFC9110 + "section-5.3"),
        Rule("http-header-twice", "error", _RFC9110 + "section-5.3", tolerated=True),
        Rule("http-transfer-encoding", "note", _START),
        Rule("http-transfer-encoding-not-ignored", "warning", _RFC9112 + "section-6.1"),
        Rule("http-status-range", "error", _RFC9110 + "section-15"),
        Rule("http-content-length-invalid", "error", _RFC9110 + "section-8.6"),
        Rule("http-content-length-not-allowed", "error", _RFC9110 + "section-8.6", tolerated=True),
        Rule("http-content-length-long", "error", _RFC9110 + "section-8.6"),
        Rule("http-content-length-short", "error", _RFC9110 + "section-8.6"),
        Rule("http-body-not-allowed", "warning", _RFC9110 + "section-6.4.1"),
        Rule("http-trailers-not-announced", "error", _TRAILERS),
        Rule("http-trailers-early", "error", _TRAILERS),
        Rule("http-trailers-missing", "error", _TRAILERS),
        Rule("http-body-before-trailers", "error", _TRAILERS),
        Rule("http-push-early", "error", "extensions.html#http-2-server-push"),
        Rule("http-early-hint-late", "error", "extensions.html#early-hints"),
        Rule("http-debug-late", "error", "extensions.html#debug"),
        Rule("http-debug-once", "error", "extensions.html#debug"),
        Rule("http-pathsend-mixed", "error", "extensions.html#path-send"),
        # WebSocket
        Rule("websocket-accept-first", "error", "specs/www.html#connect-receive-event"),
        Rule("websocket-accept-once", "error", "specs/www.html#accept-send-event"),
        Rule("websocket-connect-first", "note", "specs/www.html#connect-receive-event"),
        Rule("websocket-no-reply", "error", "specs/www.html#connect-receive-event"),
        Rule("websocket-not-closed", "note", "specs/www.html#websocket-connection-scope"),
        Rule("websocket-after-close", "warning", "specs/www.html#close-send-event"),
        Rule("websocket-after-disconnect", "note", "specs/www.html#disconnect-receive-event-ws"),
        Rule("websocket-send-empty", "error", "specs/www.html#send-send-event"),
        Rule("websocket-send-both", "error", "specs/www.html#send-send-event"),
        Rule("websocket-subprotocol-not-offered", "error", _RFC6455 + "section-4.2.2"),
        Rule("websocket-subprotocol-header", "error", "specs/www.html#accept-send-event"),
        Rule("websocket-close-code", "error", _RFC6455 + "section-7.4"),
        Rule("websocket-close-reason-long", "error", _RFC6455 + "section-5.5"),
        Rule("websocket-denial-start-first", "error", _DENIAL),
        Rule("websocket-denial-start-once", "error", _DENIAL),
        Rule("websocket-denial-only", "error", _DENIAL),
        Rule("websocket-denial-late", "error", _DENIAL),
        Rule("websocket-denial-unfinished", "error", _DENIAL),
        # lifespan
        Rule("lifespan-unsupported", "note", _LIFESPAN),
        Rule("lifespan-startup-raised", "warning", _LIFESPAN),
        Rule("lifespan-startup-first", "error", "specs/lifespan.html#startup-receive-event"),
        Rule("lifespan-startup-once", "error", "specs/lifespan.html#startup-complete-send-event"),
        Rule(
            "lifespan-startup-no-reply", "error", "specs/lifespan.html#startup-complete-send-event"
        ),
        Rule("lifespan-shutdown-first", "error", "specs/lifespan.html#shutdown-receive-event"),
        Rule(
            "lifespan-shutdown-no-reply",
            "error",
            "specs/lifespan.html#shutdown-complete-send-event",
        ),
        Rule("lifespan-after-end", "warning", "specs/lifespan.html#shutdown-complete-send-event"),
        Rule("lifespan-ended-early", "warning", _LIFESPAN),
    )
}
