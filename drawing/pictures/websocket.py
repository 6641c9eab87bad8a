"""The life of a WebSocket as a railway: every order of messages is a way along the tracks."""

from __future__ import annotations

from drawing.letters import CODE
from drawing.picture import Point
from drawing.sheet import Sheet

WIDTH = 853
WORDS = {
    "title": {
        "zh": "一个 WebSocket 的一生：沿着轨道走，每一条走法都是合法的顺序",
        "en": "The life of a WebSocket: every way along the tracks is a valid order of messages",
    },
    "description": {
        "zh": "从左边出发。第一站总是 websocket.connect。然后有三条路：websocket.close，"
        "客户端得到 403；扩展 websocket.http.response，应用自己给一个响应；或者 websocket.accept，"
        "连接打开。打开以后，websocket.receive 和 websocket.send 可以按任意顺序出现任意多次。"
        "出口有两条：客户端离开时是 websocket.disconnect，应用自己关闭时是 websocket.close。",
        "en": "The first stop is always websocket.connect. From there three tracks lead on: "
        "websocket.close, and the client gets a 403; the extension websocket.http.response, a "
        "response of the app's own; or websocket.accept, which opens the connection. While it is "
        "open, websocket.receive and websocket.send come any number of times, in any order. Two "
        "tracks lead out: websocket.disconnect when the client leaves, websocket.close when the "
        "app closes.",
    },
    "open": {"zh": "任意顺序，任意多次", "en": "any order, any number"},
    "own": {"zh": "自己的响应", "en": "its own response"},
    "received": {"zh": "receive() 收到", "en": "from receive()"},
    "sent": {"zh": "交给 send()", "en": "given to send()"},
}

HALF = 14  # px, of a stop
BESIDE = 10  # px beside the words of one


def wide(sheet: Sheet) -> None:
    y_receive, main, y_send, y_close, y_own = 16, 72, 128, 172, 216
    sheet.dot(6, main, 5)
    sheet.line((11, main), (26, main))
    connect = stop(sheet, "websocket.connect", 26, main, "server")
    accept = stop(sheet, "websocket.accept", 230, main, "app")
    sheet.arrow("event", (connect, main), (230, main))
    for y, text in ((y_close, "websocket.close"), (y_own, "websocket.http.response.*")):
        sheet.arrow("event", (connect, main), (202, main), (202, y), (230, y))
        right = stop(sheet, text, 230, y, "app")
        end(sheet, (right, y), (right + 30, y))
        if y == y_own:
            sheet.note("own", right + 46, y)
    sheet.code("403", 414, y_close)

    fork, join = accept + 18, accept + 18 + 200
    middle, exit_ = (fork + join) / 2, join + 40
    sheet.arrow("event", (accept, main), (exit_, main))
    sheet.note("open", middle, main + (y_receive - y_send) / 4 + 14, "middle", room=170)
    for y, text, of in (
        (y_receive, "websocket.receive", "server"),
        (y_send, "websocket.send", "app"),
    ):
        left = middle - CODE.width(text) / 2 - BESIDE
        right = stop(sheet, text, left, y, of)
        sheet.arrow("event", (join - 14, main), (join, main), (join, y), (right, y))
        sheet.line((left, y), (fork, y), (fork, main), (fork + 14, main))
    disconnect = stop(sheet, "websocket.disconnect", exit_, main, "server")
    close = stop(sheet, "websocket.close", exit_ + 20, y_send, "app")
    branch = join + 12
    sheet.arrow(
        "event", (branch - 10, main), (branch, main), (branch, y_send), (exit_ + 20, y_send)
    )
    last = disconnect + 14
    sheet.line((close, y_send), (last, y_send), (last, main), (last + 10, main))
    end(sheet, (disconnect, main), (last + 20, main))
    key(sheet, exit_ + 20, y_own - 24, "server", "received")
    key(sheet, exit_ + 20, y_own, "app", "sent")


def narrow(sheet: Sheet) -> None:
    main, side = 79, 231
    sheet.dot(main, 6, 5)
    sheet.line((main, 11), (main, 24))
    below = upright(sheet, ("websocket.connect",), main, 24, "server")
    for y, words in ((66, ("websocket.close",)), (158, ("websocket.http", ".response.*"))):
        sheet.arrow("event", (main, y - 14), (main, y), (side, y), (side, y + 16))
        low = upright(sheet, words, side, y + 16, "app")
        end(sheet, (side, low), (side, low + 20))
    sheet.code("403", side + 16, 130)
    sheet.note("own", side - 16, 242, "end", room=124)
    sheet.arrow("event", (main, below), (main, 270))
    below = upright(sheet, ("websocket.accept",), main, 270, "app")

    # From here the track runs between two columns, and a loop in each comes back to it.
    gap, top, middle, bottom = 160, 332, 380, 428
    sheet.line((main, below), (main, top - 18), (gap, top - 18), (gap, bottom + 50))
    for x, text, of in ((76, "websocket.receive", "server"), (238, "websocket.send", "app")):
        low = upright(sheet, (text,), x, middle - HALF, of)
        sheet.arrow("event", (gap, bottom - 14), (gap, bottom), (x, bottom), (x, low))
        sheet.line((x, middle - HALF), (x, top), (gap, top), (gap, top + 14))
    sheet.note("open", gap + 10, bottom + 17, room=132, lines=2)

    fork, join = bottom + 62, bottom + 172
    for x, text, of, y in (
        (236, "websocket.close", "app", fork + 18),
        (88, "websocket.disconnect", "server", fork + 56),
    ):
        sheet.arrow("event", (gap, fork - 14), (gap, fork), (x, fork), (x, y))
        low = upright(sheet, (text,), x, y, of)
        sheet.line((x, low), (x, join), (gap, join), (gap, join + 14))
    end(sheet, (gap, join + 10), (gap, join + 24))
    key(sheet, 1, join + 56, "server", "received")
    key(sheet, gap, join + 56, "app", "sent")


def upright(sheet: Sheet, lines: tuple[str, ...], x: float, top: float, of: str) -> float:
    """A message on a track that leads down; gives where it ends."""
    half, bottom = CODE.widest(lines) / 2 + 8, top + len(lines) * CODE.leading + 8
    sheet.box(x - half, top, x + half, bottom, of=of, corner=HALF)
    for number, line in enumerate(lines):
        sheet.code(line, x, top + 14 + number * CODE.leading, "middle")
    return bottom


def stop(sheet: Sheet, text: str, left: float, y: float, of: str) -> float:
    """A message on the tracks, from ``left`` on; gives where it ends."""
    right = left + CODE.width(text) + 2 * BESIDE
    sheet.box(left, y - HALF, right, y + HALF, of=of, corner=HALF)
    sheet.code(text, left + BESIDE, y)
    return right


def end(sheet: Sheet, start: Point, point: Point) -> None:
    """A track that leads to an end."""
    sheet.line(start, point)
    sheet.dot(*point, 7, "hollow")
    sheet.dot(*point, 4)


def key(sheet: Sheet, left: float, y: float, of: str, words: str) -> None:
    """What a colour means."""
    sheet.box(left, y - 6, left + 22, y + 6, of=of, corner=6)
    sheet.note(words, left + 30, y)
