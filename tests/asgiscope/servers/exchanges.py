"""Exchanges that each server is to do in the same way in memory and over a socket.

A list of steps, in which ``{id}`` is the number of the exchange.
"""

from __future__ import annotations

import json
from typing import Any

Steps = list[dict[str, Any]]


def post(path: str, **parts: Any) -> dict[str, Any]:
    return {"request": {"method": "POST", "path": path, **parts}}


PIECES: Steps = [{"body": "he"}, {"body": "llo"}, {"end": True}]
ON_CHUNKS = "Host: a\r\nTransfer-Encoding: chunked\r\n\r\n"
KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
VERSION = "Sec-WebSocket-Version: 13\r\n"
UPGRADE = "Host: a\r\nConnection: upgrade\r\nUpgrade: "

HTTP: dict[str, Steps] = {
    "a plain GET": [{"request": "GET /hi/{id}?a=1&b=%20"}],
    "HEAD": [{"request": "HEAD /hi/{id}"}],
    "an escaped path": [{"request": "GET /hi/caf%C3%A9%2F/{id}"}],
    "headers in their case, twice": [
        {"request": {"path": "/hi/{id}", "headers": [["X-A", "1"], ["x-a", "2"], ["Te", "x"]]}}
    ],
    "HTTP/1.0": [{"request": {"path": "/hi/{id}", "http_version": "1.0"}}],
    "Connection: close": [{"request": {"path": "/hi/{id}", "headers": {"connection": "close"}}}],
    "a body with its length": [post("/echo/{id}", body="hello")],
    "a body in pieces": [post("/echo/{id}"), *PIECES],
    "a body of known length in pieces": [
        post("/echo/{id}", headers={"content-length": 5}), *PIECES
    ],
    "Expect: 100-continue": [
        post("/echo/{id}", headers={"content-length": 5, "expect": "100-continue"}), *PIECES
    ],
    "keep-alive": [
        {"request": "GET /hi/{id}"}, {"request": "GET /sized/{id}"}, {"request": "GET /pieces/{id}"}
    ],
    "a length that the app gives": [{"request": "GET /sized/{id}"}],
    "a response in pieces": [{"request": "GET /pieces/{id}"}],
    "no content": [{"request": "GET /empty/{id}"}],
    "no response": [{"request": "GET /nothing/{id}"}],
    "an exception": [{"request": "GET /raises/{id}"}],
    "an exception after the start": [{"request": "GET /raises_late/{id}"}],
    "half a response": [{"request": "GET /returns_late/{id}"}],
    "a body shorter than its length": [{"request": "GET /short/{id}"}],
    "a body longer than its length": [{"request": "GET /long/{id}"}],
    "body before start": [{"request": "GET /body_first/{id}"}],
    "start twice": [{"request": "GET /starts_twice/{id}"}],
    "a message after the end": [{"request": "GET /goes_on/{id}"}],
    "an unknown message": [{"request": "GET /unknown/{id}"}],
    "a line break in a header": [{"request": "GET /bad_header/{id}"}],
    "an answer before the body": [post("/early/{id}", body="unread")],
    "the client leaves": [{"request": "GET /listens/{id}"}, {"disconnect": True}],
    "the client ends its half": [{"request": "GET /sleeps/{id}"}, {"half_close": True}],
}  # fmt: skip

WEBSOCKET: dict[str, Steps] = {
    "text and bytes": [
        {"connect": "/chat/{id}?a=1"}, {"text": "hi"}, {"bytes": "00ff"},
        {"close": {"code": 3001, "reason": "ok"}},
    ],
    "closed without a code": [{"connect": "/chat/{id}"}, {"close": True}],
    "subprotocols": [
        {"connect": {"path": "/chosen/{id}", "subprotocols": ["v0", "v1"]}},
        {"close": {"code": 1000}},
    ],
    "closed by the app": [{"connect": "/chat/{id}"}, {"text": "bye"}],
    "the app returns": [{"connect": "/chat/{id}"}, {"text": "late"}],
    "the app raises": [{"connect": "/chat/{id}"}, {"text": "boom"}],
    "refused": [{"connect": "/refuses/{id}"}],
    "denied": [{"connect": "/denies/{id}"}],
    "a message before accept": [{"connect": "/speaks_first/{id}"}],
    "no answer": [{"connect": "/silent/{id}"}],
    "a subprotocol that is no ASCII": [
        {"connect": {"path": "/chat/{id}", "headers": {"sec-websocket-protocol": "\u00ff"}}}
    ],
    "the client is lost": [{"connect": "/chat/{id}"}, {"text": "hi"}, {"disconnect": True}],
}  # fmt: skip

RAW: dict[str, Steps] = {
    "no Host": [{"raw": "GET /hi/{id} HTTP/1.1\r\n\r\n"}],
    "two Hosts": [{"raw": "GET /hi/{id} HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"}],
    "bare line feeds": [{"raw": "GET /hi/{id} HTTP/1.1\nHost: a\n\n"}],
    "a space in a header's name": [{"raw": "GET /hi/{id} HTTP/1.1\r\nHost : a\r\n\r\n"}],
    "nonsense": [{"raw": "\u0001\u0002\r\n\r\n"}],
    "length and chunks": [
        {"raw": f"POST /echo/{{id}} HTTP/1.1\r\nContent-Length: 5\r\n{ON_CHUNKS}0\r\n\r\n"}
    ],
    "a chunk of a wrong size": [{"raw": f"POST /echo/{{id}} HTTP/1.1\r\n{ON_CHUNKS}zz\r\nhi\r\n"}],
    "a whole address": [{"raw": "GET http://a/hi/{id} HTTP/1.1\r\nHost: a\r\n\r\n"}],
    "a request in pieces": [
        {"raw": "GET /hi/{id} HT"}, {"raw": "TP/1.1\r\nHost: a\r\n"}, {"raw": "\r\n"}
    ],
    "an unknown upgrade": [{"raw": f"GET /hi/{{id}} HTTP/1.1\r\n{UPGRADE}other\r\n\r\n"}],
    "a handshake without a key": [
        {"raw": f"GET /chat/{{id}} HTTP/1.1\r\n{UPGRADE}websocket\r\n{VERSION}\r\n"}
    ],
    "two requests at once": [{"raw": "GET /hi/{id} HTTP/1.1\r\nHost: a\r\n\r\n" * 2}],
    "a handshake by hand": [
        {"raw": f"GET /chat/{{id}} HTTP/1.1\r\n{UPGRADE}websocket\r\n{VERSION}{KEY}\r\n\r\n"},
        {"raw": {"hex": "8182000000006869"}}, {"disconnect": True},
    ],
    "a frame without a mask": [{"connect": "/chat/{id}"}, {"raw": {"hex": "81026869"}}],
}  # fmt: skip

ALL = {**HTTP, **{f"WebSocket: {name}": of for name, of in WEBSOCKET.items()},
       **{f"raw: {name}": of for name, of in RAW.items()}}  # fmt: skip


def steps_of(name: str, number: int) -> Steps:
    steps: Steps = json.loads(json.dumps(ALL[name]).replace("{id}", str(number)))
    return steps
