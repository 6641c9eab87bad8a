"""What a rule says in a case of its own, in English; see ``TEXTS`` for all others.

A key is a rule and the value that makes the case: its "case", "limit" or "type".
"""

from __future__ import annotations

from typing import Final

Words = tuple[str, str, str]


def _raised(place: str, so: str, fix: str) -> Words:
    text = "The app raised {exception}" + place + ".{and_causes} " + so
    return ("The app raised an exception", text, fix)


_START: Final = _raised(
    " before it had started a response",
    "The client got a 500 from the server.",
    "Put right what raises it, or handle it in the app and send a response of your own.",
)
_BODY: Final = _raised(
    " in the middle of a response",
    "The status had gone out already, so the server could only cut the connection: the client has part of the body.",
    "Do what can fail before http.response.start, or handle it and end the body properly.",
)
_OVER: Final = _raised(
    " after the response was complete",
    "The client has its response and knows nothing of it; the server logs the exception.",
    "Put right what raises it, such as a background task or the clean-up after the response.",
)
_ANSWERED: Final = _raised(
    ", and the client got a 500",
    "The app, or its framework, answered with that status and passed the exception on to the server, which logs it.",
    "Put right what raises it.",
)
_GONE: Final = _raised(
    " after the client had left",
    "Nobody waits for a response any more; the server logs the exception.",
    "Look whether the clean-up raises it. If it is about the lost connection, let it end the app quietly.",
)
_HANDSHAKE: Final = _raised(
    " before it had answered the handshake",
    "The server denies the handshake with a 500.",
    "Put right what raises it, or send websocket.close to deny the connection yourself.",
)
_OPEN: Final = _raised(
    " on an open connection",
    "The server closes the connection with the code 1011.",
    "Put right what raises it, or handle it and send websocket.close with a code of your own.",
)
_SERVING: Final = _raised(
    " in its lifespan, after the startup",
    "The server goes on serving requests, but it has nobody to tell of the shutdown: what should be cleaned up then will not be.",
    "Put right what raises it; a task that runs for the whole time should handle its own exceptions.",
)
_STOPPING: Final = _raised(
    " during the shutdown",
    "The rest of the clean-up did not run; the server logs the exception and stops.",
    "Clean up each thing in a `finally` of its own, or send lifespan.shutdown.failed.",
)

_ENDED: Final = _raised(
    " in its lifespan, after its last answer",
    "The server has the answer and stops; it logs the exception.",
    "Return after the last answer, or put right what raises it.",
)
_CANCELLED_LIFE: Final = (
    "The app ended with a CancelledError",
    "A CancelledError came out of the app's lifespan, but the server has not cancelled it: at this line the app awaits a task that was cancelled, or it has cancelled itself. The lifespan is over; what should run at startup or shutdown and has not, will not.",
    "Where you await a task that you have cancelled, catch it: `with contextlib.suppress(asyncio.CancelledError): await task`.",
)

_TYPES_FIX: Final = "Bodies and headers are bytes, not str: write b'...', or use .encode()."

CASES: Final[dict[str, Words]] = {
    "app-raised/start": _START,
    "app-raised/start-debugged": _START,
    "app-raised/body": _BODY,
    "app-raised/body-trailers": _BODY,
    "app-raised/trailers": _BODY,
    "app-raised/complete": _OVER,
    "app-raised/answered": _ANSWERED,
    "app-raised/gone": _GONE,
    "app-raised/handshake": _HANDSHAKE,
    "app-raised/open": _OPEN,
    "app-raised/started": _SERVING,
    "app-raised/stopping": _STOPPING,
    "app-raised/stopped": _ENDED,
    "app-raised/failed": _ENDED,
    **{
        f"app-cancelled/{state}": _CANCELLED_LIFE
        for state in ("idle", "starting", "started", "stopping", "stopped", "failed")
    },
    "app-stuck/client-left": (
        "The app waits for something that never comes",
        "The client has left, and the app still waits at this line for something that can no longer happen.{and_waits}",
        "Let the app hear of the client's leaving: `await receive()` gives http.disconnect or websocket.disconnect; or put a limit on the wait with `asyncio.timeout`.",
    ),
    "app-over-budget/turns": (
        "The run was stopped",
        "The app went on and on without letting time pass: at {seconds} virtual seconds the event loop had taken more turns than a run may.",
        "Look for a loop that never waits, such as `await asyncio.sleep(0)` or an await of something that is always ready.",
    ),
    "app-over-budget/loop": (
        "The run was stopped",
        "A loop at this line ran on without end and never gave control back; on a server, every other connection would stand still.",
        "Give the loop an end, or an `await` that really waits.",
    ),
    "app-over-budget/seconds": (
        "The run was stopped",
        "It had taken {seconds} virtual seconds and was still going on.",
        "Give the loop an end: a stream stops when `receive()` gives http.disconnect or when `send()` raises. Or let the client leave, with a step `disconnect`.",
    ),
    "app-over-budget/events": (
        "The run was stopped",
        "More happened than a run records, at {seconds} virtual seconds, and it was still going on.",
        "Give the loop an end: a stream stops when `receive()` gives http.disconnect or when `send()` raises.",
    ),
    "app-exception-unseen/task": (
        "A task failed and nobody saw it",
        "The task {tasks} ended with {exception}.{and_causes} Nobody awaited it, so the app went on as if nothing had happened.",
        "Keep the task and await it, use `asyncio.TaskGroup`, or catch the exception inside it; asyncio only logs it, much later.",
    ),
    "app-error-logged/exception": (
        "The app logged an exception",
        "{logger} logged {exception}, with the words: {text}.{and_causes}",
        "The app has caught it, and the server takes no notice. Look whether the line that raised it has to be put right.",
    ),
    "message-key-type/bytes-expected": (
        "A value has the wrong type",
        "{key!r} of {type} must be {expected}, but it is {found}.",
        _TYPES_FIX,
    ),
    "http-after-complete/http.response.start": (
        "Two places answer one request",
        "http.response.start was sent when the response to this request was already complete. The second response is ignored; the client has the first.",
        "Find the two that answer: often a handler that has sent its response and code after it that answers again, or an app called twice by middleware. `return` after the first.",
    ),
    "http-after-disconnect/server": (
        "The client has left",
        "{type} was sent after the client had disconnected. Since version 2.4 of the specification a server should raise an OSError then; before, send() had no effect.",
        "Be ready for both: let an OSError end the call, and beside a long response wait for http.disconnect.",
    ),
    "http-after-disconnect/silent": (
        "The client has left",
        "{type} was sent after the client had disconnected. This server claims a version before 2.4 of the specification, so send() did nothing.",
        "On such a server only receive() tells of it: wait for http.disconnect beside a long response, and stop.",
    ),
    "http-no-response/body-taken": (
        "There is no response",
        "The app waits in receive() for more of the request's body, which it had been given to its end at event {taken}. Nothing more comes, so it will wait until the client leaves.",
        "Read the body in one place, up to more_body False. Middleware that reads it has to keep it and hand it on through a `receive` of its own.",
    ),
    "http-no-response/waits": (
        "There is no response",
        "The app waits in receive() for ever, and has not sent http.response.start.",
        "Send the response; after the request's body, receive() returns only when the client leaves.",
    ),
    "http-response-unfinished/body-taken": (
        "The response was not finished",
        "The response was started, but the app waits in receive() for more of the request's body, which it had been given to its end at event {taken}.",
        "Send the last body message, with more_body False or missing, before waiting for the client to leave.",
    ),
    "http-response-unfinished/waits": (
        "The response was not finished",
        "The response was started, but the app waits in receive() for ever instead of sending its last body message.",
        "Send the last body message, with more_body False or missing, before waiting for the client to leave.",
    ),
    "http-transfer-encoding-not-ignored/with-length": (
        "Two headers say how long the body is",
        "The app set both content-length and transfer-encoding: {value}. A response must not have both, and some servers pass them on: proxies may take two responses for one.",
        "Leave transfer-encoding out; the server frames the body.",
    ),
    "websocket-after-disconnect/server": (
        "The client has left",
        "{type} was sent after the client had left. Since version 2.4 of the specification a server should raise an OSError then; before, send() had no effect.",
        "Be ready for both: take an OSError as the end of the connection, and stop when receive() gives websocket.disconnect.",
    ),
    "websocket-after-disconnect/silent": (
        "The client has left",
        "{type} was sent after the client had left. This server claims a version before 2.4 of the specification, so send() did nothing.",
        "Stop when receive() gives websocket.disconnect.",
    ),
    "websocket-after-close/silent": (
        "The connection was already closed",
        "{type} was sent after the app itself had closed or denied the connection; send() did nothing.",
        "Send nothing after websocket.close. Where connections are kept in a list, take one out in `finally`.",
    ),
    "websocket-no-reply/waits": (
        "The handshake was never answered",
        "The app has taken websocket.connect and waits in receive() for the next event; but the client sends nothing before the handshake is answered.",
        "Send websocket.accept, or websocket.close, before receiving messages.",
    ),
    "lifespan-unsupported/accident": (
        "The app takes the lifespan scope for a request",
        "For the lifespan scope it raised {exception}, by accident, as it seems.{and_causes} A server takes that to mean that the app knows no lifespan, and goes on: nothing that should run at startup or shutdown has run, or will.",
        'Look at scope["type"] first. If the app has no lifespan, raise an exception on purpose; if it has, handle lifespan.startup and lifespan.shutdown.',
    ),
    "lifespan-startup-no-reply/waits": (
        "Startup was never answered",
        "The app has taken lifespan.startup and waits in receive() for the next event; the server waits for the answer, and will not serve a single request.",
        "Send lifespan.startup.complete, or lifespan.startup.failed, before receiving again.",
    ),
    "lifespan-shutdown-no-reply/waits": (
        "Shutdown was never answered",
        "The app has taken lifespan.shutdown and waits in receive() again; nothing more comes, and the server waits for the answer.",
        "Send lifespan.shutdown.complete once everything is cleaned up, and return.",
    ),
}
