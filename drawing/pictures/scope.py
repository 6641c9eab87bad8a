"""Which piece of a raw request becomes which key of the scope."""

from __future__ import annotations

from drawing.letters import CODE
from drawing.sheet import Sheet

WIDTH = 600
WORDS = {
    "title": {
        "zh": "请求的字节剪成 scope 的键；消息体不在其中",
        "en": "A request's bytes, cut into the keys of the scope; the body is in none of them",
    },
    "description": {
        "zh": "请求行里，POST 成为 method，问号之前的目标成为 raw_path，解码以后成为 path，"
        "问号之后成为 query_string，HTTP 版本成为 http_version。各行头部成为 headers。消息体不在 "
        "scope 里，由 receive() 交来。client、server 和 scheme 来自套接字，root_path "
        "来自挂载的位置。",
        "en": "Of the request line, POST becomes method. The target before the question mark "
        "becomes raw_path and, decoded, path; what follows it becomes query_string; the HTTP "
        "version becomes http_version. The header lines become headers. The body is not in the "
        "scope: it comes through receive(). The socket gives client, server and scheme, and the "
        "place at which the app is mounted gives root_path.",
    },
    "body": {"zh": "不在 scope 里", "en": "not in the scope"},
    "socket": {"zh": "套接字", "en": "the socket"},
    "mount": {"zh": "挂载的位置", "en": "the mount point"},
}

FIRST = (("POST", 0), ("/caf%C3%A9", 5), ("?", 15), ("tag=a%26b", 16), ("HTTP/", 26), ("1.1", 31))
HEADERS = ("host: shop.example", "content-length: 5")
PITCH = 24  # px from line to line
LEFT = 14  # px, where the lines begin
ADVANCE = CODE.width("x") + 0.01


def wide(sheet: Sheet) -> None:
    top = 150
    sheet.box(1, top - 20, 300, top + PITCH * 4 + 18, of="client")
    request(sheet, top)
    cut(sheet, top, "POST", 11, ('"method": "POST"',))
    cut(sheet, top, "/caf%C3%A9", 35, ('"path": "/café"', '"raw_path": b"/caf%C3%A9"'))
    cut(sheet, top, "tag=a%26b", 79, ('"query_string": b"tag=a%26b"',))
    cut(sheet, top, "1.1", 103, ('"http_version": "1.1"',))
    headers = bracket(sheet, 168, top + PITCH, 2, 324)
    sheet.code('"headers": [', 332, headers - 20)
    sheet.code('(b"host", b"shop.example"),', 348, headers)
    sheet.code('(b"content-length", b"5")]', 348, headers + 20)
    body = bracket(sheet, 168, top + PITCH * 4, 1, 324)
    sheet.code("await receive()", 332, body)
    sheet.note("body", 464, body)
    for key, text, y in (
        ("socket", '"client", "server", "scheme"', body + 50),
        ("mount", '"root_path"', body + 74),
    ):
        words = sheet.say(key, LEFT, y)
        sheet.arrow("event", (words.box.right + 8, y), (324, y), of="server")
        sheet.code(text, 332, y)


def narrow(sheet: Sheet) -> None:
    top = 166
    first, low = top + 14, top + PITCH * 4 + 18
    sheet.shape(
        *((1, top - 20), (303, top - 20), (303, first), (178, first), (178, low), (1, low)),
        of="client",
    )
    request(sheet, top)
    cut(sheet, top, "POST", 11, ('"method": "POST"',))
    cut(sheet, top, "/caf%C3%A9", 35, ('"path": "/café"', '"raw_path": b"/caf%C3%A9"'))
    cut(sheet, top, "tag=a%26b", 79, ('"query_string": b"tag=a%26b"',), before=79)
    cut(sheet, top, "1.1", 103, ('"http_version":', '"1.1"'), before=84)
    headers = bracket(sheet, 166, top + PITCH, 2, 182)
    sheet.code('"headers": […]', 187, headers)
    body = bracket(sheet, 166, top + PITCH * 4, 1, 182)
    sheet.code("receive()", 187, body)
    sheet.note("body", 187, body - 20)
    for key, text, y in (
        ("socket", '"client",\n"server",\n"scheme"', body + 46),
        ("mount", '"root_path"', body + 110),
    ):
        words = sheet.say(key, LEFT, y)
        sheet.arrow("event", (words.box.right + 8, y), (182, y), of="server")
        sheet.code(text, 187, y)


def request(sheet: Sheet, top: float) -> None:
    """The request as it came, the middle of its first line at ``top``."""
    for piece, place in FIRST:  # each by itself: letters are narrower in some readers' fonts
        sheet.code(piece, LEFT + place * ADVANCE, top)
    for number, text in enumerate(HEADERS, 1):
        sheet.code(text, LEFT, top + number * PITCH)
    sheet.code("hello", LEFT, top + 4 * PITCH)


def cut(
    sheet: Sheet, top: float, piece: str, y: float, keys: tuple[str, ...], before: float = 0
) -> None:
    """A piece of the first line, and the keys that it becomes, from ``y`` down.

    They begin beside the line that leads to them, or ``before`` px before it and above its end.
    """
    start = LEFT + dict(FIRST)[piece] * ADVANCE
    end = start + CODE.width(piece)
    sheet.line((start, top - 11), (end, top - 11), name="thick", of="app")
    above = y - 6 if not before else y - 8 + 20 * len(keys)
    sheet.line((start + 1, top - 11), (start + 1, above), of="app")
    for number, key in enumerate(keys):
        sheet.code(key, start + 9 - before, y + 20 * number)


def bracket(sheet: Sheet, x: float, y: float, lines: int, end: float) -> float:
    """What holds lines together from the right, and leads on to what they become, at its middle."""
    low, high = y - 9, y + PITCH * (lines - 1) + 9
    middle = (low + high) / 2
    sheet.line((x - 6, low), (x, low), (x, high), (x - 6, high), of="app", bend=3)
    sheet.line((x, middle), (end, middle), of="app")
    return middle
