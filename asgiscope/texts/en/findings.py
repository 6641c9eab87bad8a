"""What each rule says, in English: title, what was found, what to do about it."""

from __future__ import annotations

from typing import Final

from .cases import CASES as CASES

BETWEEN: Final = "; "  # exceptions, or tasks
AT_LINE: Final = " (line {})"
# What a text adds where there is such a value; it says ``{and_nearest}`` and so on.
SENTENCES: Final[dict[str, str]] = {
    "nearest": " Did you mean {!r}?",
    "causes": " What is behind it: {}.",
    "waits": " The wait is inside `{}`.",
}

# What a text adds where a real server ran the app, and was given something wrong.
BY_SERVER: Final = {
    "took": " In {server}, `send()` returned all the same.",
    "raised": " In {server}, `send()` raised {raised}.",
}

TEXTS: Final[dict[str, tuple[str, str, str]]] = {
    "app-import": (
        "The app could not be loaded",
        "Loading the code raised {exception}.{and_causes}",
        "Put this line right; the app has not been called yet.",
    ),
    "app-not-callable": (
        "The app cannot be called",
        "What the server was given as the app is a {found}; it has to be something that can be called with scope, receive and send.",
        "Define it with `async def app(scope, receive, send)`, or give an object with such a `__call__`. A middleware factory must be a plain `def`, not `async def`.",
    ),
    "app-signature": (
        "The app takes the wrong arguments",
        "A server calls the app with three arguments; its signature is {found}.",
        "Write `async def app(scope, receive, send)`.",
    ),
    "app-not-awaitable": (
        "The app does not return an awaitable",
        "Calling the app gave a {found} instead of something to await, so nothing of it has run.",
        "Define the app with `async def`. If it wraps another app, write `await inner(scope, receive, send)`.",
    ),
    "app-two-callables": (
        "The app has the form of ASGI 2",
        "The app takes the scope alone and returns a second callable, as ASGI 2.0 had it.",
        "Write one callable with three arguments; the old form is obsolete, and servers are dropping it.",
    ),
    "app-raised": (
        "The app raised an exception",
        "The app ended with {exception}.{and_causes}",
        "Handle the exception in the app, or put right what raises it. The server can only answer 500, or cut off a response that has begun.",
    ),
    "app-cancelled": (
        "The app ended with a CancelledError",
        "A CancelledError came out of the app, but the server has not cancelled it: at this line the app awaits a task that was cancelled, or it has cancelled itself. For a server that is an exception like any other: the client gets a 500, or a response that breaks off.",
        "Where you await a task that you have cancelled, catch it: `with contextlib.suppress(asyncio.CancelledError): await task`.",
    ),
    "app-exception-answered": (
        "An exception was turned into a 500",
        "{exception} was raised inside the app.{and_causes} It was caught there (by the framework, mostly) and logged, and the client got a 500.",
        "Put right the line that raised it. The server never saw the exception, so look for it in the app's own log.",
    ),
    "app-exception-unseen": (
        "An exception that nobody saw",
        "{exception} was raised in the background, in {tasks}.{and_causes}",
        "Await what can fail, or catch its exceptions there; asyncio only logs them, much later.",
    ),
    "app-error-logged": (
        "The app logged an error",
        "{logger} logged: {text}.",
        "The server takes no notice of it. Look whether something has to be put right.",
    ),
    "app-stuck": (
        "The app waits for something that never comes",
        "It waits at this line for something that can no longer happen: no timer is running, no task can move, and no message is due.{and_waits}",
        "Find what should end the wait: an event that nobody sets, a queue that nobody fills, a future without a result, a lock that is never released.",
    ),
    "app-over-budget": (
        "The run was stopped",
        "It was still going on after {seconds} virtual seconds (limit reached: {limit}).",
        "Give the loop an end. A stream stops when `receive()` gives http.disconnect or when `send()` raises.",
    ),
    "app-tasks-left": (
        "Tasks were left behind",
        "When the run ended, {count} task(s) of the app were still running though the app had returned: {tasks}.",
        "Await or cancel them before the app returns, or start them in the lifespan, where they belong to the server's whole life.",
    ),
    "send-not-awaited": (
        "send() was not awaited",
        "`send(...)` alone only makes a coroutine; this message was never sent.",
        "Write `await send(...)`.",
    ),
    "receive-not-awaited": (
        "receive() was not awaited",
        "`receive()` alone only makes a coroutine; no event was taken.",
        "Write `message = await receive()`.",
    ),
    "app-coroutine-not-awaited": (
        "A coroutine was never awaited",
        "`{call}` was called without `await`: that makes a coroutine, and runs nothing of it.",
        "Write `await` before the call, or `asyncio.create_task(...)` to have it run beside.",
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
        "send() was given a {found} instead of a dict.",
        'Send a dict with a "type" key, such as {{"type": "http.response.body", "body": b"Hi"}}.',
    ),
    "message-type-missing": (
        "The message has no type",
        'The message has no "type" key, or its value is not a str.',
        'Give the message a "type", such as "http.response.start".',
    ),
    "message-type-unknown": (
        "There is no such message",
        "The specification has no message {type!r} that an app can send.{and_nearest}",
        "Put the type right; types are written in full, such as http.response.start.",
    ),
    "message-of-server": (
        "This message comes from the server",
        "{type} is what receive() returns; an app cannot send it.",
        "Send one of the app's own messages, such as http.response.start; to hear from the server, `await receive()`.",
    ),
    "message-of-other-protocol": (
        "The message belongs to another protocol",
        "{type} was sent on a connection of type {protocol!r}.",
        'Look at scope["type"] first, and send only messages that begin with it. Middleware and error handlers written for HTTP are a frequent cause.',
    ),
    "message-key-missing": (
        "A required key is missing",
        "{type} must have the key {key!r}, and has not.",
        "Add the key {key!r}.",
    ),
    "message-key-type": (
        "A value has the wrong type",
        "{key!r} of {type} must be {expected}, but it is {found}.",
        "Give {key!r} a value of that type.",
    ),
    "message-key-unknown": (
        "The specification does not know this key",
        "{type} has no key {key!r}.{and_nearest} Servers ignore keys that they do not know.",
        "Check the spelling, or remove the key.",
    ),
    "message-key-newer": (
        "The server does not know this key yet",
        "{key!r} of {type} came with version {since} of the HTTP and WebSocket specification, but this server claims {version}.",
        'Compare scope["asgi"]["spec_version"] before using it; an older server ignores the key.',
    ),
    "message-bytes-like": (
        "Not quite bytes",
        "{key!r} of {type} is a {found}; the specification allows bytes only, and some servers refuse it.",
        "Convert it with `bytes(...)` before sending.",
    ),
    "extension-not-offered": (
        "The server did not offer this extension",
        '{type} may be sent only where scope["extensions"] holds {extension!r}, and here it does not.',
        'Look for {extension!r} in scope.get("extensions", {{}}) first, and provide a fallback for when it is missing.',
    ),
    "http-start-first": (
        "The response has not been started",
        "{type} was sent before http.response.start, so the server has no status to send.",
        "Send http.response.start with the status first.",
    ),
    "http-start-once": (
        "The response was started twice",
        "http.response.start was sent again, though the first had gone out: its status and headers cannot be changed any more.",
        "Look for two places that answer this request, such as an error handler that starts a response over one that has begun. Let it check first whether one has.",
    ),
    "http-after-complete": (
        "The response had already ended",
        "{type} came after the response had ended, with a body message whose more_body is False or missing. It was ignored.",
        "If more of the body follows, set more_body to True on every body message but the last; if not, send nothing more.",
    ),
    "http-after-disconnect": (
        "The client has left",
        "{type} was sent after the client had disconnected, and send() raised an OSError.",
        "That happens in every app. Let the exception end the call, and clean up in `finally`.",
    ),
    "http-no-response": (
        "There is no response",
        "The app returned without sending http.response.start; a server then answers 500.",
        "Send a response on every path through the app. Look for an early return, a forgotten await, or a branch that answers nothing.",
    ),
    "http-error-unexplained": (
        "The app answered 500 itself",
        "The response has status 500, but no exception reached the server, and none was logged: a framework may have caught one and kept it to itself.",
        "Switch on the framework's debug mode or its logging to see what happened. If the 500 is meant, all is well.",
    ),
    "http-response-unfinished": (
        "The response was not finished",
        "The app returned before the last body message; the client is left with half a response and a connection that is cut.",
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
        "Remove them. Never put unchecked input into a header: with a line break, it smuggles in a header of its own.",
    ),
    "http-header-name": (
        "That is not a name of a header",
        "{name!r} holds a blank, a colon or another character that no header name may hold.",
        "Use letters, digits and hyphens. Most servers refuse the whole response.",
    ),
    "http-header-control": (
        "A control character in a header",
        "The value of {name!r} holds the control character {byte}.",
        "Remove it, or encode the value. Some servers refuse the whole response.",
    ),
    "http-header-blanks": (
        "Blanks around a header's value",
        "The value of {name!r} begins or ends with a blank: {value!r}.",
        "Strip it. HTTP does not count such blanks to the value, and some servers refuse the whole response.",
    ),
    "http-header-repeated": (
        "A header was repeated",
        "The response has {name!r} twice, with the same value. Some servers drop one, others send both.",
        "Send it once. Look for middleware that appends where it should replace.",
    ),
    "http-header-twice": (
        "A header that may come once came twice",
        "The response has {name!r} twice, with different values, and clients differ in which they believe.",
        "Send it once. Look for middleware that appends where it should replace.",
    ),
    "http-transfer-encoding": (
        "transfer-encoding is the server's affair",
        "The app set transfer-encoding: chunked. A server must ignore that, and chunks the body itself where it has no content-length.",
        "Leave it out.",
    ),
    "http-transfer-encoding-not-ignored": (
        "A transfer-encoding that servers do not ignore",
        "The app set transfer-encoding: {value}. By the specification a server ignores it, but real ones refuse it, or send it beside their own, which breaks the response.",
        "Leave it out. For compression, set content-encoding instead.",
    ),
    "http-status-range": (
        "That is not the status of a response",
        "The status is {status}; the response to a request has one from 200 to 599.",
        "Use a status from 200 to 599.",
    ),
    "http-content-length-invalid": (
        "content-length is not a length",
        "The content-length of the response is {found}, which is not one number of bytes.",
        "Send one content-length that holds digits only, or none.",
    ),
    "http-content-length-not-allowed": (
        "No content-length on this status",
        "A {status} response has no body, and must not have a content-length, not even 0.",
        "Leave content-length out. Some servers wait for a body of that length.",
    ),
    "http-content-length-long": (
        "The body is longer than content-length",
        "content-length says {declared} bytes, but with this message it would be {sent}. Servers refuse to send it.",
        "Compute the length from the bytes (not the characters), after everything that changes the body, such as compression; or leave the header out.",
    ),
    "http-content-length-short": (
        "The body is shorter than content-length",
        "content-length says {declared} bytes, but the body ended after {sent}: the client waits for the rest until it gives up.",
        "Compute the length from the bytes that are sent, after everything that changes the body; or leave the header out.",
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
        "http.response.start announced trailers, and the app ended without them; the server cannot end the response.",
        "Send http.response.trailers after the last body message, or do not announce them.",
    ),
    "http-body-before-trailers": (
        "The body had already ended",
        "{type} was sent after the last body message; now only the trailers may follow.",
        "Send it before the last body message.",
    ),
    "http-push-early": (
        "A push came before the start of the response",
        "{type} may be sent after http.response.start only.",
        "Send http.response.start first.",
    ),
    "http-early-hint-late": (
        "An early hint came too late",
        "{type} was sent after http.response.start; a 103 goes ahead of the response.",
        "Send early hints before http.response.start.",
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
        "{type} was sent before websocket.accept, so there is no connection yet.",
        "Send websocket.accept first.",
    ),
    "websocket-accept-once": (
        "The handshake was answered twice",
        "{type} was sent on a connection that is open already.",
        "Accept once; look for two places that do.",
    ),
    "websocket-connect-first": (
        "websocket.connect was not received",
        "{type} answers websocket.connect, which the app has not taken with receive() yet.",
        "`await receive()` first; some servers insist on it.",
    ),
    "websocket-no-reply": (
        "The handshake was never answered",
        "The app returned without websocket.accept or websocket.close; the client's handshake fails.",
        "Answer websocket.connect on every path: accept it, or close.",
    ),
    "websocket-not-closed": (
        "The app left an open connection",
        "The app returned without websocket.close. The server closes the connection for it, and servers differ in the code that the client sees.",
        "Send websocket.close before returning, with the code that you mean.",
    ),
    "websocket-after-close": (
        "The connection was already closed",
        "{type} was sent after the app itself had closed or denied the connection.",
        "Send nothing after websocket.close. Where connections are kept in a list, take one out in `finally`.",
    ),
    "websocket-after-disconnect": (
        "The client has left",
        "{type} was sent after the client had left, and send() raised an OSError.",
        "That happens in every app. Treat the exception as the end of the connection, and clean up.",
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
        "The app chose {chosen!r}, but the client offered: {offered}. A browser drops such a connection.",
        'Choose one of scope["subprotocols"], or none.',
    ),
    "websocket-subprotocol-header": (
        "The subprotocol is not a header here",
        "websocket.accept holds a header sec-websocket-protocol.",
        "Use the key subprotocol instead.",
    ),
    "websocket-close-code": (
        "This close code cannot be sent",
        "{code} is not a code that a close frame may hold.",
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
        "For the lifespan scope it raised {exception}.{and_causes} The server goes on without lifespan: no startup and no shutdown of this app will run.",
        "That is allowed. If the app has something to set up, handle lifespan.startup and lifespan.shutdown.",
    ),
    "lifespan-startup-raised": (
        "Startup raised an exception",
        "During startup it raised {exception}.{and_causes} A server takes that to mean that the app knows no lifespan, and serves requests anyway, though the startup did not finish.",
        "Put right what raises. To keep the server from starting, catch the exception and send lifespan.startup.failed.",
    ),
    "lifespan-startup-first": (
        "Startup has not been received",
        "{type} answers lifespan.startup, which the app has not taken yet.",
        "`await receive()` first, and answer what it gives.",
    ),
    "lifespan-startup-once": (
        "Startup was answered twice",
        "{type} was sent again after the startup was over.",
        "Answer lifespan.startup once.",
    ),
    "lifespan-startup-no-reply": (
        "Startup was never answered",
        "The app left the lifespan scope without lifespan.startup.complete or lifespan.startup.failed; the server cannot tell whether it has started.",
        "Send one of them; an app that wants no lifespan raises an exception for that scope.",
    ),
    "lifespan-shutdown-first": (
        "Shutdown has not been received",
        "{type} answers lifespan.shutdown, which the server has not sent.",
        "Await receive() until it gives lifespan.shutdown.",
    ),
    "lifespan-shutdown-no-reply": (
        "Shutdown was never answered",
        "The app left the lifespan scope without lifespan.shutdown.complete or lifespan.shutdown.failed.",
        "Send lifespan.shutdown.complete once everything is cleaned up.",
    ),
    "lifespan-after-end": (
        "The lifespan was over",
        "{type} was sent after the last answer.",
        "Return from the app after answering the shutdown.",
    ),
    "lifespan-ended-early": (
        "The app left its lifespan early",
        "The app returned after the startup, so it will not hear of the shutdown, and cannot clean up.",
        "Stay in the scope: `await receive()` until lifespan.shutdown comes.",
    ),
}
