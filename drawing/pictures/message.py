"""The life of messages between bytes and dict: what a server parses, and what it writes."""

from __future__ import annotations

from drawing.letters import CODE
from drawing.sheet import Sheet

WIDTH = 600
WORDS = {
    "title": {
        "zh": "左边是线路上的字节，右边是应用看到的字典，服务器在中间翻译",
        "en": "Bytes on the wire to the left, the app's dicts to the right, and the server "
        "translates",
    },
    "description": {
        "zh": "服务器把请求行和头部解析成 scope，用它调用应用；把消息体解析成 http.request，由 "
        "receive() 交出。应用用 send() 交出 http.response.start，服务器写成状态行和头部；"
        "http.response.body 写成响应体的字节。",
        "en": "The server parses the request line and the headers into the scope, with which it "
        "calls the app, and the body into http.request, which receive() returns. The app gives "
        "http.response.start to send(), and the server writes the status line and the headers; "
        "http.response.body becomes the bytes of the response's body.",
    },
    "bytes": {"zh": "字节", "en": "bytes"},
    "dicts": {"zh": "字典", "en": "dicts"},
    "parses": {"zh": "解析", "en": "parses"},
    "writes": {"zh": "写出", "en": "writes"},
}

# Stretches of bytes, the dict that each becomes or is made of, and the call that carries it.
REQUEST = (
    (
        ("POST /upper HTTP/1.1", "host: example", "content-length: 5", "↵"),
        ('{"type": "http",', ' "method": "POST",', ' "path": "/upper",', ' "headers": […], …}'),
        "app(scope, …)",
    ),
    (
        ("hello",),
        ('{"type": "http.request",', ' "body": b"hello",', ' "more_body": False}'),
        "await receive()",
    ),
)
RESPONSE = (
    (
        ("HTTP/1.1 200 OK", "content-length: 5", "↵"),
        ('{"type": "http.response.start",', ' "status": 200,', ' "headers": […]}'),
        "await send(…)",
    ),
    (
        ("HELLO",),
        ('{"type": "http.response.body",', ' "body": b"HELLO"}'),
        "await send(…)",
    ),
)
PAD, GAP = 10, 18  # px around the lines of a box, and between boxes


def wide(sheet: Sheet) -> None:
    left, right = 196, 336  # where the bytes end, and the dicts begin
    near, far = 226, 306  # the server
    sheet.head("client", 0, 11, of="client")
    sheet.note("bytes", 60, 11)
    sheet.head("server", (near + far) / 2, 11, "middle", of="server")
    sheet.head("app", right, 11, of="app")
    sheet.note("dicts", right + 40, 11)
    top = 34.0
    parts = [(each, True) for each in REQUEST] + [(each, False) for each in RESPONSE]
    tall = [max(len(each[0]), len(each[1]) + 1) * CODE.leading + 2 * PAD for each, _ in parts]
    sheet.box(near, top, far, top + sum(tall) + GAP * 3, of="server")
    for ((wire, message, call), inwards), height in zip(parts, tall, strict=True):
        y = top + height / 2 + 10
        block(sheet, wire, 1, left, y, "client")
        sheet.code(call, right, top + 10, tone="quiet")
        block(sheet, message, right, 599, y, "app")
        sheet.say("parses" if inwards else "writes", (near + far) / 2, y, "middle", room=70)
        if inwards:
            sheet.arrow("send", (left, y), (near, y), of="client")
            sheet.arrow("event", (far, y), (right, y), of="server")
        else:
            sheet.arrow("send", (right, y), (far, y), of="app")
            sheet.arrow("send", (near, y), (left, y), of="server")
        top += height + GAP


def narrow(sheet: Sheet) -> None:
    top = 0.0
    parts = [(each, True) for each in REQUEST] + [(each, False) for each in RESPONSE]
    for (wire, message, call), inwards in parts:
        blocks = [(wire, "client"), (message, "app")]
        for place, (lines, of) in enumerate(blocks if inwards else blocks[::-1]):
            sheet.head(of, 0, top + 11, of=of)
            if of == "app":
                sheet.code(call, 303, top + 11, "end", tone="quiet")
            else:
                sheet.note("bytes", 303, top + 11, "end")
            height = len(lines) * CODE.leading + 2 * PAD - 4
            block(sheet, lines, 1, 303, top + 26 + height / 2, of)
            top += 26 + height
            if place == 0:
                kind = "event" if inwards else "send"
                sheet.arrow(kind, (152, top), (152, top + 40), of="server")
                sheet.head("server", 140, top + 20, "end", of="server")
                sheet.say("parses" if inwards else "writes", 164, top + 20)
                top += 42
        top += GAP + 6


def block(
    sheet: Sheet, lines: tuple[str, ...], left: float, right: float, y: float, of: str
) -> None:
    """Lines of code in a box around ``y``; a blank at the beginning of one is kept."""
    half = len(lines) * CODE.leading / 2
    sheet.box(left, y - half - PAD + 2, right, y + half + PAD - 2, of=of)
    for number, line in enumerate(lines):
        inset = CODE.width(" ") if line.startswith(" ") else 0
        tone = "quiet" if line == "↵" else ""
        middle = y - half + CODE.leading * (number + 0.5)
        sheet.code(line.strip(), left + PAD + inset, middle, tone=tone)
