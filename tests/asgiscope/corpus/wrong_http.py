"""HTTP: messages of the wrong shape, at the wrong time, with the wrong content."""

from __future__ import annotations

from typing import Any

from .cases import BODY, END, GET, MORE, START, WAYS, Case, offering, sends, swallowing

HEAD = {"type": "http.response.start"}
TRAILERS = {"type": "http.response.trailers", "headers": [(b"x-sum", b"1")]}
PUSH = {"type": "http.response.push", "path": "/style.css", "headers": []}
HINT = {"type": "http.response.early_hint", "links": [b"</a.css>; rel=preload"]}
DEBUG = {"type": "http.response.debug", "info": {}}
ALL = ("trailers", "push", "early_hint", "debug", "pathsend", "zerocopysend")
EVERY = offering(*(f"http.response.{name}" for name in ALL))


def headers(*pairs: Any) -> dict[str, Any]:
    return {**START, "headers": list(pairs)}


def length(value: bytes) -> dict[str, Any]:
    return headers((b"content-length", value))


MESSAGES: dict[str, list[tuple[str, list[Any]]]] = {
    "message-not-dict": [
        ("a string", ["http.response.start"]),
        ("a list of pairs", [[("type", "http.response.start"), ("status", 200)]]),
        ("None", [None]),
        ("bytes after the start", [START, b"Hi"]),
    ],
    "message-type-missing": [
        ("no type", [{"status": 200}]),
        ("an empty dict", [{}]),
        ("a type in bytes", [{"type": b"http.response.start", "status": 200}]),
        ("a type of None", [{**START, "type": None}]),
    ],
    "message-type-unknown": [
        ("a spelling mistake", [{**START, "type": "http.response.strat"}]),
        ("the old name", [{"type": "http.response", "status": 200}]),
        ("a type of the app's own", [{"type": "chat.message", "text": "hi"}]),
        ("capitals", [{**START, "type": "HTTP.Response.Start"}]),
        ("unknown after the start", [START, {"type": "http.response.boby", "body": b"Hi"}]),
        ("an empty type", [{"type": ""}]),
    ],
    "message-of-server": [
        ("http.request", [{"type": "http.request", "body": b""}]),
        ("http.disconnect", [{"type": "http.disconnect"}]),
        ("http.disconnect at the end", [START, MORE, {"type": "http.disconnect"}]),
    ],
    "message-of-other-protocol": [
        ("websocket.accept", [{"type": "websocket.accept"}]),
        ("websocket.close", [{"type": "websocket.close", "code": 1000}]),
        ("lifespan.startup.complete", [{"type": "lifespan.startup.complete"}]),
        ("websocket.send after the start", [START, {"type": "websocket.send", "text": "hi"}]),
    ],
    "message-key-missing": [
        ("a start without status", [HEAD]),
        ("a start with headers alone", [{**HEAD, "headers": []}]),
    ],
    "message-key-type": [
        ("a status in a string", [{**START, "status": "200"}]),
        ("a status of None", [{**START, "status": None}]),
        ("a status of True", [{**START, "status": True}]),
        ("a status with its phrase", [{**START, "status": "200 OK"}]),
        ("a status in a float", [{**START, "status": 200.0}]),
        ("headers in a dict", [{**START, "headers": {"content-type": "text/plain"}}]),
        ("headers in strings", [headers(("content-type", "text/plain"))]),
        ("a header name in a string", [headers(("x-a", b"1"))]),
        ("a header value in a string", [headers((b"x-a", "1"))]),
        ("a header value in a number", [headers((b"content-length", 2))]),
        ("a header of three", [headers((b"x-a", b"1", b"2"))]),
        ("a header of one", [headers((b"x-a",))]),
        ("a header in bytes", [headers(b"x-a: 1")]),
        ("headers of None", [{**START, "headers": None}]),
        ("headers in one string", [{**START, "headers": "x-a: 1"}]),
        ("a body in a string", [START, {**BODY, "body": "Hi"}]),
        ("a body of None", [START, {**BODY, "body": None}]),
        ("a body in a list", [START, {**BODY, "body": [b"Hi"]}]),
        ("a body in a dict", [START, {**BODY, "body": {"text": "Hi"}}]),
        ("a body in numbers", [START, {**BODY, "body": 42}]),
        ("more_body in a string", [START, {**BODY, "more_body": "no"}]),
        ("more_body in a number", [START, {**BODY, "more_body": 1}]),
        ("more_body of None", [START, {**BODY, "more_body": None}]),
        ("trailers in a number", [{**START, "trailers": 1}]),
    ],
    "message-key-unknown": [
        ("header for headers", [{**START, "header": []}, END]),
        ("code for status", [{**START, "code": 200}, END]),
        ("data for body", [START, {"type": "http.response.body", "data": b"Hi"}]),
        ("more for more_body", [START, {**BODY, "more": True}]),
        ("text for body", [START, {"type": "http.response.body", "text": "Hi"}]),
    ],
    "http-start-first": [
        ("a body alone", [BODY]),
        ("an empty body alone", [END]),
        ("a piece of a body alone", [MORE]),
        ("the order turned round", [BODY, START]),
    ],
    "http-start-once": [
        ("twice at once", [START, START]),
        ("again after a piece", [START, MORE, START]),
        ("an error page after a start", [START, {**START, "status": 500}, BODY]),
        ("again for each piece", [START, MORE, START, MORE, START, END]),
    ],
    "http-after-complete": [
        ("another body", [START, BODY, BODY]),
        ("another end", [START, END, END]),
        ("another start", [START, BODY, START]),
        ("more_body forgotten on the first", [START, BODY, MORE, END]),
        ("a whole second response", [START, BODY, {**START, "status": 500}, BODY]),
    ],
    "http-no-response": [
        ("nothing", []),
    ],
    "http-response-unfinished": [
        ("a start alone", [START]),
        ("more to come for ever", [START, MORE]),
        ("many pieces and no end", [START, MORE, MORE, MORE]),
    ],
    "http-header-lowercase": [
        ("Content-Type", [headers((b"Content-Type", b"text/plain")), END]),
        ("one capital among others", [headers((b"x-a", b"1"), (b"x-B", b"2")), END]),
        ("a whole name in capitals", [headers((b"ETAG", b'"1"')), END]),
    ],
    "http-header-pseudo": [
        (":status", [headers((b":status", b"200")), END]),
        (":path", [headers((b"x-a", b"1"), (b":path", b"/")), END]),
    ],
    "http-header-characters": [
        ("a line break in a value", [headers((b"x-a", b"1\r\nset-cookie: a=b")), END]),
        ("a line feed in a value", [headers((b"x-a", b"1\n2")), END]),
        ("a NUL in a value", [headers((b"x-a", b"1\x00")), END]),
        ("a line break in a name", [headers((b"x-a\r\nx-b", b"1")), END]),
        ("an empty name", [headers((b"", b"1")), END]),
    ],
    "http-header-name": [
        ("a blank in a name", [headers((b"x a", b"1")), END]),
        ("a blank at the end of a name", [headers((b"x-a ", b"1")), END]),
        ("a colon in a name", [headers((b"x:a", b"1")), END]),
        ("a slash in a name", [headers((b"x/a", b"1")), END]),
        ("a letter that is not ASCII in a name", [headers((b"x-\xe9", b"1")), END]),
        ("a tab in a name", [headers((b"x\ta", b"1")), END]),
    ],
    "http-header-control": [
        ("a control character in a value", [headers((b"x-a", b"1\x012")), END]),
        ("an escape in a value", [headers((b"x-a", b"\x1b[0m")), END]),
        ("a DEL in a value", [headers((b"x-a", b"1\x7f")), END]),
    ],
    "http-header-blanks": [
        ("a blank before a value", [headers((b"x-a", b" 1")), END]),
        ("a blank after a value", [headers((b"x-a", b"1 ")), END]),
        ("a tab after a value", [headers((b"x-a", b"1\t")), END]),
        ("nothing but a blank", [headers((b"x-a", b" ")), END]),
    ],
    "http-header-twice": [
        ("two content-types", [headers((b"content-type", b"a/b"), (b"content-type", b"c/d")), END]),
        ("two etags", [headers((b"etag", b'"1"'), (b"etag", b'"2"')), END]),
        ("two locations", [headers((b"location", b"/a"), (b"location", b"/b")), END]),
    ],
    "http-transfer-encoding-not-ignored": [
        ("gzip", [headers((b"transfer-encoding", b"gzip")), END]),
        ("gzip and chunked", [headers((b"transfer-encoding", b"gzip, chunked")), END]),
        (
            "chunked in two headers",
            [headers((b"transfer-encoding", b"chunked"), (b"transfer-encoding", b"chunked")), END],
        ),
        (
            "beside a length",
            [headers((b"transfer-encoding", b"chunked"), (b"content-length", b"2")), BODY],
        ),
    ],
    "http-content-length-not-allowed": [
        ("0 on 204", [{**length(b"0"), "status": 204}, END]),
        ("2 on 204", [{**length(b"2"), "status": 204}, END]),
    ],
    "http-status-range": [
        ("0", [{**START, "status": 0}]),
        ("99", [{**START, "status": 99}]),
        ("100 as an answer", [{**START, "status": 100}]),
        ("600", [{**START, "status": 600}]),
        ("-1", [{**START, "status": -1}]),
    ],
    "http-content-length-invalid": [
        ("a word", [length(b"two")]),
        ("a sign", [length(b"-2")]),
        ("a fraction", [length(b"2.0")]),
        ("two that differ", [headers((b"content-length", b"2"), (b"content-length", b"3"))]),
    ],
    "http-content-length-long": [
        ("too much at once", [length(b"1"), BODY]),
        ("too much in the second piece", [length(b"3"), MORE, BODY]),
        ("characters for bytes", [length(b"2"), {**BODY, "body": "你好".encode()}]),
    ],
    "http-content-length-short": [
        ("too little at once", [length(b"9"), BODY]),
        ("too little in pieces", [length(b"9"), MORE, BODY]),
        ("nothing at all", [length(b"2"), END]),
    ],
    "http-body-not-allowed": [
        ("204 with a body", [{**START, "status": 204}, BODY]),
        ("304 with a body", [{**START, "status": 304}, BODY]),
        ("204 with a body in pieces", [{**START, "status": 204}, MORE, END]),
    ],
    "extension-not-offered": [
        ("trailers", [{**START, "trailers": True}, END, TRAILERS]),
        ("a push", [START, PUSH]),
        ("an early hint", [HINT, START]),
        ("debug", [DEBUG]),
        ("a path", [START, {"type": "http.response.pathsend", "path": "/tmp/x"}]),
    ],
}

EXTENSIONS: dict[str, list[tuple[str, list[Any]]]] = {
    "http-trailers-not-announced": [("trailers after the end", [START, MORE, TRAILERS])],
    "http-trailers-early": [("before the end", [{**START, "trailers": True}, MORE, TRAILERS])],
    "http-trailers-missing": [
        ("announced and forgotten", [{**START, "trailers": True}, BODY]),
        (
            "more to come for ever",
            [{**START, "trailers": True}, END, {**TRAILERS, "more_trailers": True}],
        ),
    ],
    "http-body-before-trailers": [
        ("another body", [{**START, "trailers": True}, END, BODY]),
        ("a push", [{**START, "trailers": True}, END, PUSH]),
    ],
    "http-push-early": [("before the start", [PUSH, START, END])],
    "http-early-hint-late": [
        ("after the start", [START, HINT, END]),
        ("among the body", [START, MORE, HINT, END]),
        ("after trailers were announced", [{**START, "trailers": True}, HINT]),
        ("where the trailers are due", [{**START, "trailers": True}, END, HINT]),
        ("after debug information and the start", [DEBUG, START, HINT]),
    ],
    "http-debug-late": [
        ("after the start", [START, DEBUG]),
        ("among trailers", [{**START, "trailers": True}, END, DEBUG]),
    ],
    "http-debug-once": [("twice", [DEBUG, DEBUG])],
    "http-pathsend-mixed": [
        ("after a piece", [START, MORE, {"type": "http.response.pathsend", "path": __file__}]),
    ],
    "message-key-missing": [
        ("a push without path", [START, {"type": "http.response.push", "headers": []}]),
        ("trailers without headers", [START, {"type": "http.response.trailers"}]),
        ("a hint without links", [{"type": "http.response.early_hint"}]),
    ],
    "message-key-type": [
        ("a push path in bytes", [START, {**PUSH, "path": b"/"}]),
        ("links in strings", [{**HINT, "links": ["</a.css>"]}]),
        ("links in one string", [{**HINT, "links": "</a.css>"}]),
        ("a file that is none", [START, {"type": "http.response.zerocopysend", "file": "x"}]),
        ("debug information in a list", [{**DEBUG, "info": []}]),
    ],
}

# Rules that are tried in other ways too: the finding must not depend on who sends.
WIDELY = ("message-key-type", "http-start-first", "http-start-once", "http-response-unfinished")


def _plain() -> list[Case]:
    tables = ((MESSAGES, GET), (EXTENSIONS, EVERY))
    return [
        Case(f"http: {rule}: {name}", rule, sends(*messages), client)
        for table, client in tables
        for rule, cases in table.items()
        for name, messages in cases
    ]


def _otherwise() -> list[Case]:
    return [
        Case(f"http: {rule}: {name}, {way}", rule, wrap(sends(*messages)), GET)
        for rule in WIDELY
        for name, messages in MESSAGES[rule][:2]
        for way, wrap in WAYS.items()
    ]


def _swallowed() -> list[Case]:
    return [
        Case(f"http: {rule}: swallowed", rule, swallowing(*MESSAGES[rule][0][1], START, END), GET)
        for rule in ("message-not-dict", "message-type-unknown", "http-start-first")
    ]


WRONG_HTTP = [*_plain(), *_otherwise(), *_swallowed()]
