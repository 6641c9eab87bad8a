"""Two workers from start to end, each with a lifespan of its own, and what the database sees."""

from __future__ import annotations

from drawing.picture import Point
from drawing.sheet import Sheet

WIDTH = 600
WORDS = {
    "title": {
        "zh": "两个 worker，两次 lifespan，两个连接池：数据库看到的连接数是它们的和",
        "en": "Two workers, two lifespans, two pools: the database sees the sum of their "
        "connections",
    },
    "description": {
        "zh": "时间从左到右。每个 worker 先启动，打开一个 10 个连接的池，答复 startup.complete "
        "以后才处理请求。收到 SIGTERM，两个 worker 都不再接受新连接，等手上的请求结束，再收到 "
        "lifespan.shutdown，关闭池。数据库看到的连接数从 0 到 10，到 20，再降到 10 和 0。",
        "en": "Time runs from left to right. Each worker starts up, opens a pool of 10 "
        "connections, and serves requests only after it has answered startup.complete. On SIGTERM "
        "both accept no more, wait for the requests at hand, get lifespan.shutdown and close "
        "their pools. The database sees 0, then 10, then 20 connections, and at the end 10 and 0 "
        "again.",
    },
    "worker_1": "worker 1",
    "worker_2": "worker 2",
    "database": {"zh": "数据库的连接", "en": "database connections"},
    "startup": {"zh": "启动", "en": "startup"},
    "serves": {"zh": "处理请求", "en": "serves requests"},
    "shutdown": {"zh": "关闭", "en": "shutdown"},
}

MOMENTS = 24
STOP = 17  # when SIGTERM comes
# Of each worker: when it begins, has started up, is told to shut down, and ends; and its requests.
WORKERS = {
    "worker_1": ((0, 4, 20, 23), ((5, 8), (7, 13), (14, 20))),
    "worker_2": ((1, 7, 18.5, 21), ((8, 12), (10, 15), (16, 18.5))),
}
HALF = 9  # px, of a lifespan


def wide(sheet: Sheet) -> None:
    for worker, y in zip(WORKERS, (48, 144), strict=True):
        sheet.head(worker, 0, y, of="server")
    sheet.say("database", 0, 248, room=96, lines=2)
    draw(sheet, 100, 580, (48, 144), 276)


def narrow(sheet: Sheet) -> None:
    for worker, y in zip(WORKERS, (30, 140), strict=True):
        sheet.head(worker, 0, y, of="server")
    sheet.say("database", 0, 220)
    draw(sheet, 1, 282, (72, 166), 288)


def draw(sheet: Sheet, left: float, right: float, rows: tuple[float, float], floor: float) -> None:
    """Both workers in time, and below them how many connections there are."""

    def x(moment: float) -> float:
        return left + moment * (right - left) / MOMENTS

    stop = x(STOP)
    sheet.code("SIGTERM", stop, 11, "middle")
    sheet.line((stop, 24), (stop, floor), name="guide")
    for y, (moments, requests) in zip(rows, WORKERS.values(), strict=True):
        begins, serves, shuts, ends = map(x, moments)
        sheet.hatch(begins, y - HALF, serves, y + HALF, of="app")
        sheet.box(serves, y - HALF, stop, y + HALF, of="app", corner=0)
        sheet.box(stop, y - HALF, shuts, y + HALF, "paper", of="app", corner=0)
        sheet.hatch(shuts, y - HALF, ends, y + HALF, of="app")
        for place, (start, end) in enumerate(requests):
            line = y + HALF + 12 + 14 * (place % 2)
            sheet.box(x(start), line - 4, x(end), line + 4, "solid", "app", 0)
    y = rows[0]
    begins, serves, shuts, ends = map(x, WORKERS["worker_1"][0])
    sheet.note("startup", begins, y - 20)
    sheet.note("serves", serves + 8, y - 20)
    sheet.note("shutdown", ends, y - 20, "end")

    step = 24
    (_, one, _, end_1), (_, two, _, end_2) = (moments for moments, _ in WORKERS.values())
    points: list[Point] = [(x(0), floor)]
    for moment, before, after in ((one, 0, 1), (two, 1, 2), (end_2, 2, 1), (end_1, 1, 0)):
        points += [(x(moment), floor - step * before), (x(moment), floor - step * after)]
    points.append((x(MOMENTS), floor))
    sheet.line(*points, bend=0)
    for count in (0, 1, 2):
        sheet.code(str(count * 10), right + 4, floor - step * count)
