"""Who calls whom in a stack of middleware: the way in, and the ways out."""

from __future__ import annotations

from drawing.picture import Point
from drawing.sheet import Sheet

WIDTH = 600
WORDS = {
    "title": {
        "zh": "三层中间件：调用和请求体往里走，响应的消息和 return 往外走，每层都要过两道",
        "en": "Three layers of middleware: calls go in, messages and returns come out, through "
        "each",
    },
    "description": {
        "zh": "服务器在左，应用在最里面，外面包着三层：日志、登录、压缩。服务器的调用 app(scope, "
        "receive, send) 依次穿过三层；登录那一层可以自己答复 401，这时里面不会被调用。应用的 "
        "receive() 由里往外问，http.request 由外往里回。应用的 send() 由里往外，先过压缩，"
        "再过登录，最后过日志。return 也由里往外。",
        "en": "The server is on the left, the app is inside three layers: log, sign-in and gzip. "
        "The server's call app(scope, receive, send) goes through all three; the sign-in may "
        "answer 401 itself, and then nothing inside is called. The app's receive() asks from the "
        "inside out, and http.request comes back in. What the app sends goes outwards, through "
        "gzip first, then sign-in, and the log last. So does its return.",
    },
    "log": {"zh": "日志", "en": "log"},
    "sign_in": {"zh": "登录", "en": "sign-in"},
    "gzip": {"zh": "压缩", "en": "gzip"},
    "refused": {"zh": "没有登录：到此为止", "en": "not signed in: no further"},
    "gate": {
        "zh": "层可以插手的地方：换掉 scope、receive、send，改一条消息",
        "en": "here the layer may step in: change scope, receive, send, or a message",
    },
}

LAYERS = ("log", "sign_in", "gzip")  # from the outside in
# What passes through the layers: the kind of its arrow, whether it goes inwards, what it is.
PASSING = (
    ("call", True, "app(scope, receive, send)"),
    ("receive", False, "receive()"),
    ("event", True, "http.request"),
    ("send", False, "send(http.response…)"),
    ("return", False, "return"),
)


def wide(sheet: Sheet) -> None:
    lane, core, first, pitch = 212, 442, 120, 36
    walls = (280, 334, 388)
    low = first + pitch * (len(PASSING) - 1)
    frames = (  # of each layer: its top, right and bottom
        (32, 599, low + 126),
        (58, 587, low + 114),
        (84, 575, low + 32),
    )
    for layer, wall, (top, right, bottom) in zip(LAYERS, walls, frames, strict=True):
        sheet.box(wall, top, right, bottom, "plate", "app")
        sheet.say(layer, wall + 12, top + 14)
    sheet.box(core, first - 20, 563, low + 20, "solid", "app")
    sheet.head("app", (core + 563) / 2, (first + low) / 2, "middle", tone="inverse")
    sheet.lane("server", lane, "server")
    sheet.line((lane, 34), (lane, low + 126), of="server", name="lane")
    for place, (kind, inwards, words) in enumerate(PASSING):
        y, of = first + pitch * place, "server" if inwards else "app"
        start, end = (lane, core) if inwards else (core, lane)
        sheet.arrow(kind, (start, y), (end, y), of=of)
        sheet.code(words, lane - 12, y, "end")
        for wall in walls:
            sheet.dot(wall, y, 4, "hollow", of=of)
    y = low + 62
    refuse(sheet, (lane, y), (walls[1], y), (walls[1], y + 24), (lane, y + 24))
    sheet.dot(walls[0], y, 4, "hollow", of="server")
    sheet.dot(walls[0], y + 24, 4, "hollow", of="app")
    sheet.code("401", lane - 12, y + 12, "end")
    sheet.say("refused", walls[1] + 14, y + 12)
    sheet.dot(walls[0], low + 152, 4, "hollow", of="app")
    sheet.note("gate", walls[0] + 12, low + 152, room=300, lines=2)


def narrow(sheet: Sheet) -> None:
    lane, core = 56, 184
    walls = (88, 120, 152)
    frames = ((0, 303, 320), (10, 293, 308), (20, 252, 296))  # left, right, bottom
    for layer, wall, (left, right, bottom) in zip(LAYERS, walls, frames, strict=True):
        sheet.box(left, wall, right, bottom, "plate", "app")
        sheet.say(layer, left + 8, wall + 15)
    sheet.box(74, core, 242, 284, "solid", "app")
    sheet.head("app", 158, (core + 284) / 2, "middle", tone="inverse")
    sheet.head("server", 0, lane - 14, of="server")
    sheet.line((0, lane), (304, lane), of="server", name="lane")
    for place, (kind, inwards, _) in enumerate(PASSING):
        x, of = 90 + 34 * place, "server" if inwards else "app"
        start, end = (lane, core) if inwards else (core, lane)
        sheet.arrow(kind, (x, start), (x, end), of=of)
        sheet.number(place + 1, x, 12)
        for wall in walls:
            sheet.dot(x, wall, 4, "hollow", of=of)
    refuse(sheet, (262, lane), (262, walls[1]), (284, walls[1]), (284, lane))
    sheet.dot(262, walls[0], 4, "hollow", of="server")
    sheet.dot(284, walls[0], 4, "hollow", of="app")
    sheet.number(6, 273, 12)
    for number, (_, _, words) in enumerate(PASSING, 1):
        y = 316 + 26 * number
        sheet.number(number, 10, y)
        sheet.code(words, 30, y)
    sheet.number(6, 10, 472)
    sheet.code("401", 30, 472)
    sheet.say("refused", 64, 472)
    sheet.dot(10, 500, 4, "hollow", of="app")
    sheet.note("gate", 30, 500, room=274, lines=2)


def refuse(sheet: Sheet, start: Point, one: Point, other: Point, end: Point) -> None:
    """A call that a layer answers itself."""
    sheet.line(start, one, of="server")
    sheet.arrow("send", one, other, end, of="app", bend=0)
