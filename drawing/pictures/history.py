"""CGI, WSGI and ASGI serving the same three requests: what starts, what runs, what waits."""

from __future__ import annotations

from drawing.sheet import Sheet

WIDTH = 600
WORDS = {
    "title": {
        "zh": "同样三个请求：CGI 各起一个进程，WSGI 各占一个线程，ASGI 一起等",
        "en": "The same three requests: a process each with CGI, a thread each with WSGI, one "
        "wait with ASGI",
    },
    "description": {
        "zh": "时间从左到右，三个请求几乎同时到达，每个都要等一次数据库。CGI："
        "每个请求启动一个进程，先启动解释器，答复以后进程就没了。WSGI：进程一直在，有两个线程，"
        "请求 a 和 b 各占一个，等待的时候也占着，所以请求 c 要等到 a 结束才能开始。ASGI："
        "一个进程，一个线程，三个任务一起等；一个 WebSocket 也在其中，它一直开着，"
        "两个方向都有消息。",
        "en": "Time runs from left to right; three requests arrive at about the same time, and "
        "each waits for a database once. CGI starts a process for each, begins by starting the "
        "interpreter, and throws it away after the answer. With WSGI the process lives on. It has "
        "two threads; a and b hold one each, also while they wait, and so c cannot begin before a "
        "has ended. With ASGI there is one process and one thread, the three tasks wait together, "
        "and a WebSocket is there too: it stays open, with messages both ways.",
    },
    "cgi": "CGI",
    "wsgi": "WSGI",
    "asgi": "ASGI",
    "told_cgi": {"zh": "每个请求一个进程", "en": "a process for each request"},
    "told_wsgi": {"zh": "一个进程，每个请求一个线程", "en": "one process, a thread each"},
    "told_asgi": {
        "zh": "一个进程，一个线程，每个连接一个任务",
        "en": "one process, one thread, a task each",
    },
    "starts": {"zh": "启动解释器", "en": "interpreter starts"},
    "runs": {"zh": "运行", "en": "runs"},
    "waits": {"zh": "等待", "en": "waits"},
    "queues": {"zh": "两个线程，c 要排队", "en": "two threads: c queues"},
    "socket": "WebSocket",
}

MOMENTS = 22
HALF, PITCH = 6, 28  # px: half of a block, and from row to row
SPOKEN = (5, 10, 12.5, 15, 17.5, 20)  # when a message goes over the WebSocket, out and in by turns


def wide(sheet: Sheet) -> None:
    tops = (1, 129, 247)
    for name, top in zip(("cgi", "wsgi", "asgi"), tops, strict=True):
        sheet.head(name, 0, top + 14, of="server")
        sheet.note(f"told_{name}", 0, top + 36, room=144, lines=2)
    draw(sheet, 156, 599, *tops)
    key(sheet, 408, 156, 316, 396)


def narrow(sheet: Sheet) -> None:
    tops = (28, 186, 334)
    for name, top in zip(("cgi", "wsgi", "asgi"), tops, strict=True):
        head = sheet.head(name, 0, top - 16, of="server")
        sheet.note(f"told_{name}", head.box.right + 6, top - 16)
    draw(sheet, 1, 303, *tops)
    key(sheet, 492, 0, 156, 228)


def draw(sheet: Sheet, left: float, right: float, cgi: float, wsgi: float, asgi: float) -> None:
    """The three panels in time, below each other at these tops."""

    def x(moment: float) -> float:
        return left + 26 + moment * (right - left - 32) / MOMENTS

    def request(name: str, y: float, start: float, waits: float, gone: float = 0) -> None:
        """A request that comes at ``start``, is taken up later, and waits for its database."""
        sheet.code(name, x(start) - 16, y)
        begin = start + gone
        pieces = (begin, begin + 1), (begin + 1 + waits, begin + 2 + waits)
        sheet.activity(y, HALF, *((x(a), x(b)) for a, b in pieces), of="app")

    for number, name in enumerate("abc"):
        y = cgi + 14 + 34 * number
        sheet.box(x(number) - 24, y - 14, x(number + 11) + 6, y + 14, of="server")
        sheet.hatch(x(number), y - HALF, x(number + 4), y + HALF, of="server")
        request(name, y, number, 5, gone=4)

    sheet.box(left, wsgi, right, wsgi + 90, of="server")
    for number, name in enumerate("abc"):
        request(name, wsgi + 17 + PITCH * number, number, 5, gone=5.5 if name == "c" else 0)
    y = wsgi + 17 + PITCH * 2
    sheet.line((x(2), y), (x(7.5), y), name="guide", of="server")
    sheet.note("queues", right - 12, wsgi + 17, "end")

    sheet.box(left, asgi, right, asgi + 136, of="server")
    for number, name in enumerate("abc"):
        request(name, asgi + 17 + PITCH * number, number, 5)
    y = asgi + 118
    sheet.activity(y, HALF, *((x(each), x(each) + 10) for each in SPOKEN), of="app")
    for number, each in enumerate(SPOKEN):
        if number % 2:
            sheet.arrow("send", (x(each) + 5, y - HALF), (x(each) + 5, y - 26), of="app")
        else:
            sheet.arrow("send", (x(each) + 5, y - 26), (x(each) + 5, y - HALF), of="client")
    sheet.note("socket", x(5) - 6, y, "end")


def key(sheet: Sheet, y: float, starts: float, runs: float, waits: float) -> None:
    """What the marks mean, each at its place."""
    sheet.hatch(starts, y - HALF, starts + 26, y + HALF, of="server")
    sheet.note("starts", starts + 34, y)
    sheet.activity(y, HALF, (runs, runs + 14), of="app")
    sheet.note("runs", runs + 22, y)
    sheet.line((waits, y), (waits + 24, y), of="app")
    sheet.note("waits", waits + 32, y)
