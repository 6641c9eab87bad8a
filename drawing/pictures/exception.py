"""Where an exception goes: before the response has started, in the middle of it, after its end."""

from __future__ import annotations

from drawing.sheet import Sheet

WIDTH = 720
WORDS = {
    "title": {
        "zh": "同一个异常，三个时刻：往外走的路一样，客户端看到的不一样",
        "en": "One exception, three moments: the way out is the same, what the client sees is not",
    },
    "description": {
        "zh": "从里到外是应用、你的中间件、ServerErrorMiddleware、服务器、客户端。响应开始之前："
        "异常穿过中间件，到 ServerErrorMiddleware；它答复 500，再把异常抛给服务器，服务器写日志。"
        "响应中途：200 已经发出，异常穿过所有的层到服务器，服务器写日志，断开连接，"
        "客户端得到残缺的响应。结束之后：客户端已经有了完整的响应，异常照样到服务器，"
        "服务器写日志。",
        "en": "From the inside out: app, your middleware, ServerErrorMiddleware, server, client. "
        "Before the response starts, the exception passes your middleware and is caught in "
        "ServerErrorMiddleware, which answers 500 and raises it again; the server logs it. In the "
        "middle of a response the 200 has left already: the exception passes all layers, the "
        "server logs it and cuts the connection, and the client has part of a response. After the "
        "end the client has all of the response; the exception reaches the server all the same, "
        "which logs it.",
    },
    "middleware": {"zh": "你的中间件", "en": "your middleware"},
    "before": {"zh": "响应开始之前", "en": "before the start"},
    "during": {"zh": "响应中途", "en": "in the middle"},
    "after": {"zh": "响应结束之后", "en": "after the end"},
    "sees_before": {"zh": "看到 500", "en": "sees a 500"},
    "sees_during": {"zh": "看到残缺的响应", "en": "sees part of it"},
    "sees_after": {"zh": "看到完整的响应", "en": "sees all of it"},
    "again": {"zh": "再抛一次", "en": "raised again"},
    "late": {"zh": "来不及答复 500", "en": "too late for a 500"},
    "cut": {"zh": "断开", "en": "cuts off"},
    "logs": {"zh": "写日志", "en": "logs it"},
    "whole": {"zh": "200，全部", "en": "200, all of it"},
    "part": {"zh": "200，一部分", "en": "200, part of it"},
}

MOMENTS = ("before", "during", "after")
RAISED = "KeyError"


CLIENT, SERVER, OUTER, INNER, APP = 160, 292, 448, 594, 700  # px, the lanes of the wide one
LANES = ((CLIENT, "client"), (SERVER, "server"), (OUTER, "app"), (INNER, "app"), (APP, "app"))
ROW = 38  # px


def wide(sheet: Sheet) -> None:
    sheet.lane("client", CLIENT, "client")
    sheet.lane("server", SERVER, "server")
    sheet.code("ServerErrorMiddleware", OUTER - 8, 11, "middle")
    sheet.say("middleware", INNER + 4, 11, "middle")
    sheet.lane("app", APP, "app")
    tops = (34, 176, 318)
    for top, rows, moment in zip(tops, (3, 3, 2), MOMENTS, strict=True):
        for lane, of in LANES:
            sheet.line((lane, top), (lane, top + rows * ROW + 14), name="lane", of=of)
        sheet.say(moment, 0, top + 20)
        sheet.note(f"sees_{moment}", 0, top + 42)
    before, during, after = (top + 32 for top in tops)

    raised(sheet, before, OUTER)
    sent(sheet, before + ROW, OUTER)
    for x in ((SERVER + OUTER) / 2, (CLIENT + SERVER) / 2):
        sheet.code("500", x, before + ROW - 11, "middle")
    sheet.arrow("raise", (OUTER, before + 2 * ROW), (SERVER + 9, before + 2 * ROW), of="app")
    sheet.note("again", (SERVER + OUTER) / 2, before + 2 * ROW - 11, "middle")
    logged(sheet, before + 2 * ROW)

    for y, words in ((during, "part"), (after, "whole")):
        sent(sheet, y, APP)
        sheet.note(words, (CLIENT + SERVER) / 2, y - 11, "middle", tone="")
        raised(sheet, y + ROW, SERVER + 9)
        logged(sheet, y + ROW)
    sheet.note("late", (SERVER + OUTER) / 2, during + ROW - 11, "middle")
    sheet.arrow("raise", (SERVER, during + 2 * ROW), (CLIENT, during + 2 * ROW), of="server")
    sheet.note("cut", (CLIENT + SERVER) / 2, during + 2 * ROW - 11, "middle", tone="")


def sent(sheet: Sheet, y: float, start: float) -> None:
    """A message of the response, on its way to the client."""
    sheet.arrow("send", (start, y), (SERVER, y), of="app")
    sheet.arrow("send", (SERVER, y), (CLIENT, y), of="server")


def raised(sheet: Sheet, y: float, end: float) -> None:
    """The exception, on its way out."""
    sheet.arrow("raise", (APP, y), (end, y), of="app")
    sheet.code(RAISED, (APP + INNER) / 2, y - 11, "middle")


def logged(sheet: Sheet, y: float) -> None:
    """The server writes its log."""
    sheet.mark(SERVER, y, of="server")
    sheet.note("logs", SERVER - 14, y, "end")


def narrow(sheet: Sheet) -> None:
    client, server, outer, inner, app = 56, 116, 176, 236, 296
    for y, of in ((client, "client"), (server, "server"), (app, "app")):
        sheet.head(of, 0, y - 14, of=of)
        sheet.line((0, y), (304, y), name="lane", of=of)
    sheet.code("ServerErrorMiddleware", 0, outer - 14)
    sheet.say("middleware", 0, inner - 14)
    for y in (outer, inner):
        sheet.line((0, y), (304, y), name="lane", of="app")
    for number, (x, moment) in enumerate(zip((192, 236, 280), MOMENTS, strict=True), 1):
        sheet.number(number, x, 14)
        response, raised = x - 9, x + 9
        start = outer if moment == "before" else app
        sheet.arrow("send", (response, start), (response, server), of="app")
        sheet.arrow("send", (response, server), (response, client), of="server")
        if moment == "before":
            sheet.arrow("raise", (raised, app), (raised, outer), of="app")
            sheet.arrow("raise", (raised, outer), (raised, server + 9), of="app")
        else:
            sheet.arrow("raise", (raised, app), (raised, server + 9), of="app")
        if moment == "during":
            sheet.arrow("raise", (raised, server - 7), (raised, client), of="server")
        sheet.mark(raised, server, of="server")
        y = 296 + 28 * number
        sheet.number(number, 10, y)
        words = sheet.say(moment, 30, y)
        sheet.note(f"sees_{moment}", words.box.right + 10, y)
    sheet.mark(10, 408, of="server")
    sheet.note("logs", 30, 408)
