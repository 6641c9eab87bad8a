"""The chain of buffers between app and client, at three moments: where send() waits, and why."""

from __future__ import annotations

from drawing.sheet import Sheet

WIDTH = 720
WORDS = {
    "title": {
        "zh": "客户端不读，缓冲区从它那一头开始，一个接一个地满；最后只剩 send() 可以等",
        "en": "When the client does not read, buffers fill from its end on; send() is the last to "
        "wait",
    },
    "description": {
        "zh": "数据从应用出发，经过服务器的写缓冲区、服务器一端的套接字缓冲区、网络、"
        "客户端一端的套接字缓冲区，到达客户端。画了三个时刻。一：客户端不读了，"
        "它那一端的套接字缓冲区已满，服务器一端的正在变满，send() 仍然立即返回。"
        "二：两个都满了，写缓冲区超过高水位，send() 等待。"
        "三：客户端又读了，写缓冲区降到低水位，send() 继续。",
        "en": "Data goes from the app through the server's write buffer, the socket buffer at the "
        "server's end, the network and the socket buffer at the client's end to the client. There "
        "are three moments. First the client has stopped reading: the socket buffer at its end is "
        "full, the other one is filling, and send() still returns at once. Then both are full, the "
        "write buffer is above its high mark, and send() waits. At last the client reads again, "
        "the write buffer is down at its low mark, and send() goes on.",
    },
    "write_buffer": {"zh": "写缓冲区", "en": "write buffer"},
    "socket": {"zh": "套接字缓冲区", "en": "socket buffer"},
    "servers_buffer": {"zh": "服务器的写缓冲区", "en": "server's write buffer"},
    "network": {"zh": "网络", "en": "network"},
    "high": {"zh": "高水位", "en": "high mark"},
    "low": {"zh": "低水位", "en": "low mark"},
    "told_1": {
        "zh": "客户端不读了，套接字缓冲区先满。send() 立即返回。",
        "en": "The client stops reading. The socket buffers fill first; send() returns at once.",
    },
    "told_2": {
        "zh": "写缓冲区超过高水位，send() 等待。",
        "en": "The write buffer is above its high mark: send() waits.",
    },
    "told_3": {
        "zh": "客户端又读了。降到低水位，send() 继续。",
        "en": "The client reads again. Down at the low mark, send() goes on.",
    },
    "reads": {"zh": "在读", "en": "reads"},
    "idle": {"zh": "不读", "en": "idle"},
    "returns": {"zh": "返回", "en": "returns"},
    "waits": {"zh": "等待", "en": "waits"},
    "resumes": {"zh": "继续", "en": "goes on"},
}

HIGH, LOW = 0.7, 0.25  # of a buffer
# At each moment: how full the buffers are from the client on, what flows, and what both ends do.
MOMENTS = (
    ((0.84, 0.4, 0.12), (False, True, True, True), "idle", "returns"),
    ((1.0, 1.0, 0.84), (False, False, False, False), "idle", "waits"),
    ((0.6, 0.7, 0.25), (True, True, True, True), "reads", "resumes"),
)
OWNERS = ("client", "server", "server")  # of the buffers: two are in the kernels at both ends


def wide(sheet: Sheet) -> None:
    vessels = ((116, 200), (288, 372), (420, 516))
    gaps = ((76, 116), (200, 288), (372, 420), (516, 612))
    tall, pitch = 72, 136
    sheet.head("client", 0, 11, of="client")
    sheet.say("socket", 158, 11, "middle", room=108)
    sheet.note("network", 244, 11, "middle")
    sheet.say("socket", 330, 11, "middle", room=108)
    sheet.say("servers_buffer", 468, 11, "middle", room=160)
    sheet.head("app", 612, 11, of="app")
    for number, (levels, flows, client, app) in enumerate(MOMENTS, 1):
        top = 78 + (number - 1) * pitch
        bottom, y = top + tall, top + tall - 14
        sheet.number(number, 10, top - 30)
        sheet.say(f"told_{number}", 28, top - 30)
        for (left, right), level, owner in zip(vessels, levels, OWNERS, strict=True):
            vessel(sheet, (left, top, right, bottom), level, owner)
        for share, key in ((HIGH, "high"), (LOW, "low")):
            mark = bottom - share * tall
            sheet.line((420, mark), (590, mark), name="guide", of="server")
            sheet.note(key, 590, mark - 11, "end")
        for (left, right), is_open in zip(gaps, flows, strict=True):
            if is_open:
                sheet.arrow("send", (right, y), (left, y), of="app")
            else:
                shut(sheet, left + 8, y, upright=True)
                sheet.line((right, y), (left, y), name="guide", of="app")
        sheet.box(0, bottom - 28, 76, bottom, of="client")
        sheet.code("read()", 38, bottom - 14, "middle")
        sheet.note(client, 0, bottom - 42, room=108)
        sheet.box(612, bottom - 28, 719, bottom, of="app")
        sheet.code("await send()", 666, bottom - 14, "middle")
        sheet.note(app, 612, bottom - 42)


def narrow(sheet: Sheet) -> None:
    """The chain from top to bottom, the moments side by side."""
    columns, half, tall = (143, 209, 275), 28, 52
    tops = (84, 180, 262)  # of the buffers
    sheet.head("client", 0, 40, of="client")
    sheet.head("app", 0, 362, of="app")
    for middle, key in ((110, "socket"), (206, "socket"), (254, "write_buffer")):
        sheet.say(key, 0, middle, room=104)
    sheet.note("network", 0, 158)
    for share, key in ((HIGH, "high"), (LOW, "low")):
        mark = tops[2] + tall - share * tall
        sheet.line((108, mark), (303, mark), name="guide", of="server")
        sheet.note(key, 104, mark, "end")
    for number, (x, (levels, flows, client, app)) in enumerate(
        zip(columns, MOMENTS, strict=True), 1
    ):
        sheet.number(number, x, 10)
        sheet.box(x - half, 26, x + half, 54, of="client")
        sheet.note(client, x, 40, "middle", room=56, tone="")
        for top, level, owner in zip(tops, levels, OWNERS, strict=True):
            vessel(sheet, (x - half, top, x + half, top + tall), level, owner)
        ends = ((84, 54), (180, 136), (262, 232), (348, 314))
        for (start, end), is_open in zip(ends, flows, strict=True):
            if is_open:
                sheet.arrow("send", (x, start), (x, end), of="app")
            else:
                sheet.line((x, start), (x, end), name="guide", of="app")
                shut(sheet, x, end + 8, upright=False)
        sheet.box(x - half, 348, x + half, 376, of="app")
        sheet.note(app, x, 362, "middle", room=56, tone="")
    y = 400.0
    for number in (1, 2, 3):
        sheet.number(number, 10, y)
        words = sheet.say(f"told_{number}", 28, y, room=276, lines=2)
        y += words.height + 8


def vessel(sheet: Sheet, box: tuple[float, float, float, float], level: float, owner: str) -> None:
    """A buffer, open at its top, and as full as that."""
    left, top, right, bottom = box
    sheet.water(left, bottom - level * (bottom - top), right, bottom, "app")
    sheet.line((left, top - 4), (left, bottom), (right, bottom), (right, top - 4), of=owner, bend=3)


def shut(sheet: Sheet, x: float, y: float, upright: bool) -> None:
    """A bar across a way on which nothing moves."""
    far = (0, 8) if upright else (8, 0)
    sheet.line((x - far[0], y - far[1]), (x + far[0], y + far[1]), name="thick")
