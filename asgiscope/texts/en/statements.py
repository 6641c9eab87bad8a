"""What each statement of the specification says, in English and in our own words.

The key is its section; the sentences stand in the order of ``spec/statements.py``.
"""

from __future__ import annotations

from typing import Final

# Why a statement is not checked.
REASONS: Final[dict[str, str]] = {
    "kept": "the mock server keeps it",
    "wire": "not visible at the boundary",
    "advice": "not visible in one run",
    "freedom": "allowed here too",
    "absent": "not offered by the mock server",
}

STATEMENTS: Final[dict[str, tuple[str, ...]]] = {
    "specs/main.html#overview": (
        "An app runs as a coroutine on asyncio.",
        "An app uses threads or processes for synchronous code.",
    ),
    "specs/main.html#connection-scope": (
        "Where the protocol opens with a message, an app waits for it before it communicates.",
    ),
    "specs/main.html#events": (
        "Messages hold only bytes, str, 64-bit int, finite float, list, dict with str keys, bool and None.",
    ),
    "specs/main.html#applications": (
        "An app is one async callable of scope, receive and send.",
        "Servers try to support the two callables of ASGI 2.",
        "The scope is a dict with a type, and with the versions under asgi.",
    ),
    "specs/main.html#protocol-specifications": (
        "A message has a type, named after the protocol of its scope.",
        "An app rejects a protocol it does not understand with an exception.",
    ),
    "specs/main.html#middleware": (
        "Middleware copies the scope before it changes it.",
        "Middleware does not keep a scope that it has passed on.",
    ),
    "specs/main.html#error-handling": (
        "A server raises out of send for an invalid message.",
        "An app raises when it receives an invalid message.",
        "Further keys in a message do not raise.",
        "When an app raises, its connection is ended.",
        "Messages after the end of a connection are not errors, unless a protocol says so.",
        "What send raises does not count as an error of the server when it comes out of the app.",
    ),
    "specs/main.html#extensions": (
        "A supported extension has an entry, a dict, under extensions.",
        "An app sends an extension's messages where the extension is offered.",
    ),
    "specs/www.html#spec-versions": (
        "A key that is newer than the version that the server claims is not sent.",
    ),
    "specs/www.html#http": (
        "Requests on one HTTP/2 or HTTP/3 connection have scopes of their own.",
        "Under HTTP/2 and HTTP/3 an app expects several cookie headers.",
    ),
    "specs/www.html#http-connection-scope": (
        "A scheme is never empty.",
        "Header values keep their order, and repeated headers stay repeated.",
        "Names of request headers are in lower case.",
        "Pseudo-headers are removed; the authority becomes host.",
        "Chunked request bodies reach the app without their framing.",
        "A response without content-length is chunked.",
    ),
    "specs/www.html#request-receive-event": (
        "An app waits for the piece that says that no more follows.",
    ),
    "specs/www.html#response-start-send-event": (
        "The start is followed by at least one body message.",
        "The start leaves no earlier than the first body message.",
        "A transfer-encoding header of the app is ignored.",
        "Response headers keep their order.",
        "Names of response headers are in lower case, and none is a pseudo-header.",
        "Where trailers are announced, the server waits for them.",
    ),
    "specs/www.html#response-body-send-event": (
        "What a body message holds is in the send buffer before send returns.",
        "After the end of the response, messages are ignored.",
    ),
    "specs/www.html#disconnected-client-send-exception": (
        "send raises an OSError of the server's own once the client has gone.",
        "An app catches that exception to clean up.",
        "A server is prepared for its own exception coming back out of the app.",
    ),
    "specs/www.html#disconnect-receive-event": (
        "After http.disconnect an app expects send to raise.",
    ),
    "specs/www.html#websocket": ("Ping, pong and fragments are the server's business.",),
    "specs/www.html#websocket-connection-scope": ("When the app ends, its socket is closed.",),
    "specs/www.html#connect-receive-event": (
        "websocket.connect is answered by accept or close.",
        "The handshake is not completed before the answer; a denial is status 403.",
    ),
    "specs/www.html#accept-send-event": (
        "The subprotocol goes into its key, not into a header.",
        "Names of headers are in lower case, and none is a pseudo-header.",
    ),
    "specs/www.html#receive-receive-event": ("Exactly one of bytes and text is not None.",),
    "specs/www.html#send-send-event": ("Exactly one of bytes and text is not None.",),
    "specs/www.html#disconnect-receive-event-ws": (
        "A close frame without a code is told as 1005.",
    ),
    "specs/www.html#close-send-event": (
        "Close before accept denies the handshake with 403.",
        "Close after accept uses the app's code, or 1000.",
    ),
    "specs/www.html#wsgi-compatibility": ("WSGI apps run in threads.",),
    "specs/lifespan.html#the-lifespan-protocol": ("There is one lifespan for each event loop.",),
    "specs/lifespan.html#scope": (
        "If the app raises for lifespan, the server goes on without it.",
    ),
    "specs/lifespan.html#lifespan-state": (
        "Keys of the state are named so that they do not collide.",
        "Each request gets a shallow copy of the state.",
    ),
    "specs/lifespan.html#startup-complete-send-event": (
        "No connection is served before startup.complete.",
    ),
    "specs/lifespan.html#startup-failed-send-event": (
        "After startup.failed the server says why and exits.",
    ),
    "specs/lifespan.html#shutdown-complete-send-event": (
        "The server waits for shutdown.complete before it exits.",
    ),
    "specs/lifespan.html#shutdown-failed-send-event": (
        "After shutdown.failed the server says why and exits.",
    ),
    "specs/tls.html#when-to-use-this-extension": (
        "The TLS extension is there only on TLS connections.",
    ),
    "specs/tls.html#tls-connection-scope": (
        "A certificate chain comes with the name of its subject.",
    ),
    "extensions.html#websocket-denial-response": (
        "A denial is a whole response, and nothing follows it.",
    ),
    "extensions.html#http-2-server-push": (
        "A push comes after the start and before the last body message.",
        "The server makes a new request of the push.",
    ),
    "extensions.html#zero-copy-send": ("The app closes the file that it sent.",),
    "extensions.html#path-send": ("A path is sent once, and not mixed with body messages.",),
    "extensions.html#early-hints": (
        "Hints come before the start, as many as there are.",
        "A server ignores hints.",
    ),
    "extensions.html#http-trailers": (
        "Trailers are announced in the start and come after the body.",
    ),
    "extensions.html#debug": (
        "Debug information is sent once, before the start.",
        "Servers in production do not offer it.",
    ),
}
