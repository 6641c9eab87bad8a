"""Processes, event loops and threads of a server with two workers."""

from __future__ import annotations

from math import cos, sin, tau

from drawing.sheet import Sheet

WIDTH = 600
WORDS = {
    "title": {
        "zh": "uvicorn --workers 2：两个进程，各有一个事件循环、一个线程池和自己的内存",
        "en": "uvicorn --workers 2: two processes, each with an event loop, a pool of threads, "
        "its own memory",
    },
    "description": {
        "zh": "父进程启动两个 worker 进程，操作系统把每个新连接交给其中一个。每个 worker 里，"
        "主线程运行一个事件循环，循环上的每个任务是应用的一次调用，任何时刻只有一个任务在运行，"
        "其余的在等待。阻塞的函数放进线程池，最多 40 个线程。内存、lifespan 和 state 每个 worker "
        "各有一份。",
        "en": "A parent process starts two workers, and the system gives each new connection to "
        "one of them. In each worker the main thread runs an event loop. Each task on it is a "
        "call of the app; one of them runs at a time, and the others wait. Functions that block "
        "go into a pool of up to 40 threads. Each worker has its own memory, lifespan and state.",
    },
    "parent": {"zh": "父进程", "en": "parent"},
    "hands": {
        "zh": "每来一个新连接，系统交给一个 worker",
        "en": "the system gives each new connection to one worker",
    },
    "worker_1": "worker 1",
    "worker_2": "worker 2",
    "process": {"zh": "进程", "en": "a process"},
    "main": {"zh": "主线程", "en": "main thread"},
    "loop": {"zh": "事件\n循环", "en": "event\nloop"},
    "runs": {"zh": "运行", "en": "runs"},
    "waits": {"zh": "等待", "en": "waits"},
    "pool": {"zh": "线程池，40 个", "en": "40 threads"},
    "busy": {"zh": "忙", "en": "busy"},
    "memory": {"zh": "自己的内存、lifespan、state", "en": "its own memory, lifespan, state"},
}

TASKS = {"worker_1": 8, "worker_2": 5}
BUSY = {"worker_1": 7, "worker_2": 3}


def wide(sheet: Sheet) -> None:
    sheet.box(240, 1, 360, 33, of="server")
    sheet.say("parent", 300, 17, "middle", room=110)
    sheet.note("hands", 300, 52, "middle", room=300, lines=2)
    for x, left, worker in ((143, 0, "worker_1"), (457, 313, "worker_2")):
        sheet.arrow("call", (240 if x < 300 else 360, 17), (x, 17), (x, 88), of="server")
        inside(sheet, left + 1, 88, left + 286, worker)


def narrow(sheet: Sheet) -> None:
    sheet.box(1, 1, 90, 33, of="server")
    sheet.say("parent", 45.5, 17, "middle", room=80)
    sheet.note("hands", 106, 10, room=198, lines=2)
    for top, worker in ((62, "worker_1"), (340, "worker_2")):
        inside(sheet, 17, top, 303, worker)
        sheet.arrow("call", (8, 33), (8, top + 20), (17, top + 20), of="server", bend=6)


def inside(sheet: Sheet, left: float, top: float, right: float, worker: str) -> None:
    """A worker process."""
    bottom = top + 262
    middle = (left + right) / 2
    sheet.box(left, top, right, bottom, "plate", "server")
    sheet.head(worker, left + 12, top + 20, of="server")
    sheet.note("process", right - 12, top + 20, "end")

    sheet.box(left + 12, top + 42, middle + 14, bottom - 38, "paper", "server")
    sheet.note("main", (left + 26 + middle) / 2, top + 58, "middle", room=middle - left)
    x, y, radius = (left + 26 + middle) / 2, top + 128, 42
    sheet.dot(x, y, radius, "ring", "server")
    sheet.say("loop", x, y - 10, "middle")
    for number in range(1, TASKS[worker]):
        sheet.dot(*around(x, y, radius, number / TASKS[worker]), 5, "hollow", "app")
    sheet.dot(*around(x, y, radius, 0), 8, "spot", "app")
    key = top + 202
    sheet.dot(x - 52, key, 5, "spot", "app")
    sheet.note("runs", x - 42, key)
    sheet.dot(x + 10, key, 5, "hollow", "app")
    sheet.note("waits", x + 20, key)

    x = (middle + right + 14) / 2
    sheet.box(middle + 26, top + 42, right - 12, bottom - 38, "paper", "server")
    sheet.note("pool", x, top + 58, "middle")
    for number in range(40):
        column, row = number % 5, number // 5
        name = "spot" if number < BUSY[worker] else "hollow"
        cell(sheet, x - 40 + column * 17, top + 76 + row * 14, name)
    cell(sheet, x - 26, key - 4, "spot")
    sheet.note("busy", x - 8, key)
    sheet.note("memory", left + 12, bottom - 19)


def cell(sheet: Sheet, left: float, top: float, name: str) -> None:
    """A thread of the pool."""
    sheet.box(left, top, left + 12, top + 9, name, "app", 0)


def around(x: float, y: float, radius: float, share: float) -> tuple[float, float]:
    """A point of a circle, so far clockwise from its top."""
    return x + radius * sin(tau * share), y - radius * cos(tau * share)
