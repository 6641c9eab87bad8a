"""What each rule says, in English: title, what was found, what to do about it."""

from __future__ import annotations

from typing import Final

DID_YOU_MEAN: Final = " Did you mean {nearest!r}?"

TEXTS: Final[dict[str, tuple[str, str, str]]] = {
    "app-import": (
        "The app could not be loaded",
        "Loading the code raised {exception}.",
        "Fix the code at this line; the app was never called.",
    ),
    "app-not-callable": (
        "The app cannot be called",
        "The app is a {found}; a server has to call it with scope, receive and send.",
        "Define it with `async def app(scope, receive, send)`, or give an object with such a"
        " `__call__`. A middleware factory must be a plain `def`, not `async def`.",
    ),
    "app-signature": (
        "The app takes the wrong arguments",
        "A server calls the app with three arguments; its signature is {found}.",
        "Write `async def app(scope, receive, send)`.",
    ),
    "app-not-awaitable": (
        "The app does not return an awaitable",
        "Calling the app returned {found}, which cannot be awaited.",
        "Write `async def`; where it wraps another app, `await` that app's call.",
    ),
    "app-two-callables": (
        "The app has the form of ASGI 2",
        "The app takes the scope alone and returns a second callable, as ASGI 2.0 had it.",
        "Write one callable with three arguments; the old form is obsolete, and servers are dropping it.",
    ),
    "app-raised": (
        "The app raised an exception",
        "The app ended with {exception}.",
        "Handle it in the app. The server can only answer 500, or cut off a response that has begun.",
    ),
    "app-stuck": (
        "The app waits for something that never comes",
        "Nothing is left that could wake it: no timer is running and no message is due.",
        "Look at what this line awaits, and at what should have completed it.",
    ),
    "app-over-budget": (
        "The run was stopped",
        "It was still going on after {seconds} virtual seconds (limit reached: {limit}).",
        "End the loop: for a stream, stop when `receive()` gives http.disconnect or `send()` raises.",
    ),
    "app-tasks-left": (
        "Tasks were left behind",
        "{count} task(s) of the app were still running when the run ended.",
        "Await or cancel the tasks that the app creates before it returns.",
    ),
    "send-not-awaited": (
        "send() was not awaited",
        "`send(...)` only makes a coroutine; without `await` nothing is sent.",
        "Write `await send(...)`.",
    ),
    "receive-not-awaited": (
        "receive() was not awaited",
        "`receive()` only makes a coroutine; without `await` nothing is received.",
        "Write `await receive()`.",
    ),
    "loop-blocked": (
        "The event loop was blocked",
        "{call} held the event loop for {seconds} s; no other connection was served meanwhile.",
        "Use `await asyncio.sleep(...)`, or move blocking work to a thread with `asyncio.to_thread`.",
    ),
    "loop-busy": (
        "The event loop was busy for long",
        "{call} kept the event loop for about {seconds} s of real time; in a server, no other"
        " connection is served meanwhile.",
        "Move the work to a thread with `asyncio.to_thread`, or use a library that awaits.",
    ),
    "loop-held": (
        "The event loop was held and did not come back",
        "{call} kept the event loop for {seconds} s of real time, so the run was stopped here.",
        "Move the call to a thread with `asyncio.to_thread`, give it a time limit, or use a library"
        " that awaits.",
    ),
    "loop-waits-for-ever": (
        "The event loop waits for something that never comes",
        "{call} stops the event loop, and nothing is left that could end the wait: no other thread"
        " is running, and coroutines cannot run while the loop stands. A server would stop"
        " answering for good.",
        "Await instead: use the classes of asyncio, or `await asyncio.wrap_future(...)` for a"
        " future of another thread.",
    ),
    "thread-waits-for-ever": (
        "A thread waits for something that never comes",
        "{call} at this line stops the thread; no timer, task or other thread is left that could"
        " end the wait, and the app waits for the thread.",
        "Look at what should have set, put or released what this line waits for.",
    ),
    "thread-pool-full": (
        "All threads of the pool were busy",
        "All {size} threads had work, so this work had to wait until one was free.",
        "Keep what runs in threads short, or give long work a pool or limiter of its own.",
    ),
    "engine-cannot-follow": (
        "The engine cannot follow this",
        "{what} waits for another thread. There are no threads where this ran, as in the browser,"
        " so the wait was cut off; that says nothing against the app.",
        "Run it with `python -m asgiscope` in a terminal, where threads are real.",
    ),
    "engine-real-time": (
        "Part of this run took real time",
        "The app used {what}, which no virtual clock can speed up. The clock stood while the app"
        " waited, so the order of events may differ from run to run.",
        "Nothing has to be changed. For a run that is the same each time, put a stand-in in place"
        " of what is outside the app.",
    ),
    "engine-gave-up": (
        "The engine stopped waiting for something real",
        "The app waited for {what}; nothing came within {seconds} s of real time, so the run went"
        " on without it. Whether it would have come, the engine cannot know.",
        "See that what the app waits for is reachable, or put a stand-in in its place.",
    ),
    "message-not-dict": (
        "A message must be a dict",
        "send() was given a {found}.",
        'Send a dict with a "type" key.',
    ),
    "message-type-missing": (
        "The message has no type",
        'The "type" key is missing, or is not a str.',
        'Give the message a "type", such as "http.response.start".',
    ),
    "message-type-unknown": (
        "There is no such message",
        "The specification has no message {type!r} that an app can send.{hint}",
        "Check the spelling of the type.",
    ),
    "message-of-server": (
        "This message comes from the server",
        "{type} is what receive() returns; an app cannot send it.",
        "Send one of the messages that belong to the app.",
    ),
    "message-of-other-protocol": (
        "The message belongs to another protocol",
        "{type} was sent on a connection of type {protocol!r}.",
        'Look at scope["type"] before answering.',
    ),
    "message-key-missing": (
        "A required key is missing",
        "{type} needs the key {key!r}.",
        "Add the key {key!r}.",
    ),
    "message-key-type": (
        "A value has the wrong type",
        "{key!r} of {type} must be {expected}, found {found}.",
        "Give {key!r} a value of that type. Bodies and headers take bytes, not str: write b'...' or use .encode().",
    ),
    "message-key-unknown": (
        "The specification does not know this key",
        "{type} has no key {key!r}.{hint} Servers ignore keys that they do not know.",
        "Check the spelling, or remove the key.",
    ),
    "message-bytes-like": (
        "Not quite bytes",
        "{key!r} of {type} is a {found}; the specification allows bytes only, and some servers refuse it.",
        "Convert it with bytes(...).",
    ),
    "extension-not-offered": (
        "The server did not offer this extension",
        '{type} may be sent only when scope["extensions"] holds {extension!r}.',
        'Look for {extension!r} in scope.get("extensions", {{}}) first, and provide a fallback for when it is missing.',
    ),
    "http-start-first": (
        "The response has not been started",
        "{type} was sent before http.response.start.",
        "Send http.response.start with the status first.",
    ),
    "http-start-once": (
        "The response was started twice",
        "{type} was sent again; status and headers cannot change once they are sent.",
        "Send it once. An error handler must know whether the response has begun.",
    ),
    "http-after-complete": (
        "The response had already ended",
        "{type} came after the last body message (its more_body is False or missing); it is ignored.",
        "Set more_body to True on every body message but the last, or stop sending.",
    ),
    "http-after-disconnect": (
        "The client has left",
        "{type} was sent after the client had disconnected; send() raises an OSError.",
        "Let the exception end the app, after cleaning up what it holds.",
    ),
    "http-no-response": (
        "There is no response",
        "The app ended, or waits for ever, without sending http.response.start.",
        "Send a response on every path; look for a forgotten await or an early return.",
    ),
    "http-response-unfinished": (
        "The response was not finished",
        "The response was started, but its last body message never came.",
        "End with an http.response.body whose more_body is False or missing.",
    ),
    "http-header-lowercase": (
        "Header names must be lower case",
        "The response header {name!r} has capital letters.",
        "Write the name in lower case; HTTP itself ignores case.",
    ),
    "http-header-pseudo": (
        "Pseudo-headers do not belong here",
        "{name!r} is a pseudo-header of HTTP/2; a server adds these itself.",
        "Leave it out; the status goes into the status key.",
    ),
    "http-header-characters": (
        "A header holds forbidden characters",
        "The header {name!r} is empty or has CR, LF or NUL in its name or value.",
        "Remove them. Never put unchecked input into a header: a line break would smuggle in another one.",
    ),
    "http-transfer-encoding": (
        "transfer-encoding is ignored",
        "The server frames the response itself and ignores this header.",
        "Leave it out.",
    ),
    "http-status-range": (
        "That is not the status of a response",
        "The status is {status}; a final response has one from 200 to 599.",
        "Use a status from 200 to 599.",
    ),
    "http-content-length-invalid": (
        "content-length is not a length",
        "The content-length headers say {found}.",
        "Send one content-length of digits only, or none.",
    ),
    "http-content-length-long": (
        "The body is longer than content-length",
        "content-length says {declared} bytes; with this message it would be {sent}.",
        "Compute the length from the bytes (not the characters), or leave the header out.",
    ),
    "http-content-length-short": (
        "The body is shorter than content-length",
        "content-length says {declared} bytes, but the body ended after {sent}: the client would wait for the rest.",
        "Compute the length from the bytes that are sent, or leave the header out.",
    ),
    "http-body-not-allowed": (
        "This response has no body",
        "A {status} response has no body; what was sent is dropped.",
        "Send an empty last body message.",
    ),
    "http-trailers-not-announced": (
        "Trailers were not announced",
        "{type} was sent, but http.response.start did not say trailers: True.",
        "Announce them in http.response.start.",
    ),
    "http-trailers-early": (
        "Trailers came before the end of the body",
        "{type} was sent before the last http.response.body.",
        "End the body first (more_body False).",
    ),
    "http-trailers-missing": (
        "The announced trailers never came",
        "http.response.start announced trailers; the server is still waiting for them.",
        "Send http.response.trailers after the last body message.",
    ),
    "http-body-before-trailers": (
        "The body had already ended",
        "{type} was sent after the last body message, where the trailers are due.",
        "Send it before the body's last message.",
    ),
    "http-push-early": (
        "A push came before the start of the response",
        "{type} may be sent after http.response.start only.",
        "Send http.response.start first.",
    ),
    "http-early-hint-early": (
        "An early hint came before the start of the response",
        "{type} may, by the letter of the extension, be sent after http.response.start only.",
        "To follow the extension to the letter, send http.response.start first; servers differ on this.",
    ),
    "http-debug-late": (
        "Debug information came too late",
        "{type} was sent after http.response.start.",
        "Send it before http.response.start.",
    ),
    "http-debug-once": (
        "Debug information is sent once",
        "{type} was sent a second time.",
        "Collect the information into one message.",
    ),
    "http-pathsend-mixed": (
        "A file path cannot be mixed with a body",
        "http.response.pathsend and http.response.body were both used in one response.",
        "Use one of them.",
    ),
    "websocket-accept-first": (
        "The handshake has not been answered",
        "{type} was sent before websocket.accept.",
        "Send websocket.accept first.",
    ),
    "websocket-accept-once": (
        "The handshake was answered twice",
        "{type} was sent again on an open connection.",
        "Accept once.",
    ),
    "websocket-connect-first": (
        "websocket.connect was not received",
        "{type} answers websocket.connect, which the app has not taken yet.",
        "Await receive() first; some servers insist on it.",
    ),
    "websocket-no-reply": (
        "The handshake was never answered",
        "The app ended, or waits for ever, without websocket.accept or websocket.close.",
        "Answer websocket.connect on every path.",
    ),
    "websocket-not-closed": (
        "The app left an open connection",
        "The app returned without websocket.close; the server closes it, and servers differ in the code.",
        "Send websocket.close before returning, so that the client sees the code you mean.",
    ),
    "websocket-after-close": (
        "The connection was already closed",
        "{type} was sent after the app had closed or denied the connection.",
        "Stop sending after websocket.close; forget connections that are closed.",
    ),
    "websocket-after-disconnect": (
        "The client has left",
        "{type} was sent after the client had left; send() raises an OSError.",
        "Treat the exception as the end of the connection, and clean up.",
    ),
    "websocket-send-empty": (
        "The message has no content",
        "websocket.send has neither text nor bytes (or both are None).",
        "Give it exactly one of them; an empty string is a message too.",
    ),
    "websocket-send-both": (
        "The message has two contents",
        "websocket.send has both text and bytes.",
        "Give it exactly one of them.",
    ),
    "websocket-subprotocol-not-offered": (
        "The client did not offer this subprotocol",
        "The app chose {chosen!r}; the client offered: {offered}.",
        'Choose one of scope["subprotocols"], or none.',
    ),
    "websocket-subprotocol-header": (
        "The subprotocol is not a header here",
        "websocket.accept holds a header sec-websocket-protocol.",
        "Use the key subprotocol instead.",
    ),
    "websocket-close-code": (
        "This close code cannot be sent",
        "{code} may not stand in a close frame.",
        "Use 1000 for a normal end, 1011 for an error, or one of your own from 4000 to 4999.",
    ),
    "websocket-close-reason-long": (
        "The reason is too long",
        "The reason takes {size} bytes; a close frame has room for 123.",
        "Shorten it.",
    ),
    "websocket-denial-start-first": (
        "The denial has not been started",
        "{type} was sent before websocket.http.response.start.",
        "Send the start with the status first.",
    ),
    "websocket-denial-start-once": (
        "The denial was started twice",
        "{type} was sent again.",
        "Send it once.",
    ),
    "websocket-denial-only": (
        "The handshake is being denied",
        "{type} was sent after the denial response had begun.",
        "Finish the response; nothing else may follow.",
    ),
    "websocket-denial-late": (
        "The connection is open already",
        "{type} can only be sent instead of websocket.accept.",
        "Close the connection with websocket.close.",
    ),
    "websocket-denial-unfinished": (
        "The denial was not finished",
        "The response was started, but its last body message never came.",
        "End with a websocket.http.response.body whose more_body is False or missing.",
    ),
    "lifespan-unsupported": (
        "The app takes no part in lifespan",
        "It raised {exception} for the lifespan scope; a server goes on without it.",
        "That is allowed. To take part, handle lifespan.startup and lifespan.shutdown.",
    ),
    "lifespan-startup-raised": (
        "Startup raised an exception",
        "It raised {exception}. A server takes that to mean that the app does not support lifespan, and serves anyway.",
        "To keep the server from starting, send lifespan.startup.failed.",
    ),
    "lifespan-startup-first": (
        "Startup has not been received",
        "{type} answers lifespan.startup, which the app has not taken yet.",
        "Await receive() first.",
    ),
    "lifespan-startup-once": (
        "Startup was answered twice",
        "{type} was sent again after the startup was over.",
        "Answer lifespan.startup once.",
    ),
    "lifespan-startup-no-reply": (
        "Startup was never answered",
        "The app ended without lifespan.startup.complete or lifespan.startup.failed, so the server cannot tell whether startup succeeded.",
        "Send one of them, or raise an exception for the lifespan scope.",
    ),
    "lifespan-shutdown-first": (
        "Shutdown has not been received",
        "{type} answers lifespan.shutdown, which the server has not sent.",
        "Await receive() until it gives lifespan.shutdown.",
    ),
    "lifespan-shutdown-no-reply": (
        "Shutdown was never answered",
        "The app ended without lifespan.shutdown.complete or lifespan.shutdown.failed.",
        "Send lifespan.shutdown.complete after cleaning up.",
    ),
    "lifespan-after-end": (
        "The lifespan was over",
        "{type} was sent after the last answer.",
        "Return from the app after answering the shutdown.",
    ),
    "lifespan-ended-early": (
        "The app left its lifespan early",
        "The app returned after the startup, so it will not hear of the shutdown.",
        "Loop over receive() until lifespan.shutdown comes.",
    ),
}
