"""One connection and its tasks in time: which of them runs, and which wait."""

from __future__ import annotations

from drawing.letters import NOTE
from drawing.sheet import Sheet

WIDTH = 600
WORDS = {
    "title": {
        "zh": "一个连接，两个请求，三个任务：它们同时存在，但任何时刻只有一个在运行",
        "en": "One connection, two requests, three tasks: all are there at once, and one runs at "
        "a time",
    },
    "description": {
        "zh": "时间从左到右。客户端的连接上先后来了两个请求。每个请求是应用的一次调用、一个任务。"
        "第一个任务等数据库、答复，然后还做了一点事；这时第二个任务已经在运行，"
        "并且用 create_task 又开了一个任务。每个任务大部分时间在等。"
        "最下面一行是事件循环：三个任务运行的片段排在一起，互不重叠。",
        "en": "Time runs from left to right. Two requests come over one connection. "
        "Each is a call of the app, in a task of its own. The first task waits for the database, "
        "answers, and then goes on a little; by then the second task has begun, and has started "
        "one more by create_task. Most of the time every task waits. The last row is the event "
        "loop: the pieces in which the three tasks run, side by side, never one over another.",
    },
    "loop": {"zh": "事件循环", "en": "event loop"},
    "connection": {"zh": "一个 TCP 连接", "en": "one TCP connection"},
    "request_1": {"zh": "请求 1", "en": "request 1"},
    "request_2": {"zh": "请求 2", "en": "request 2"},
    "response_1": {"zh": "响应 1", "en": "response 1"},
    "response_2": {"zh": "响应 2", "en": "response 2"},
    "task_1": {"zh": "任务 1", "en": "task 1"},
    "task_2": {"zh": "任务 2", "en": "task 2"},
    "task_3": {"zh": "任务 3", "en": "task 3"},
    "runs": {"zh": "运行", "en": "runs"},
    "waits": {"zh": "等待", "en": "waits"},
}

# In moments, of which there are 24: when each task runs; in between it waits.
MOMENTS = 24
TASKS = {
    "task_1": ((2, 3), (7, 9), (15, 17)),
    "task_2": ((12, 14), (18, 19), (20, 21)),
    "task_3": ((14, 15), (17, 18)),
}
REQUESTS = {"request_1": 2, "request_2": 12}
RESPONSES = {"response_1": 9, "response_2": 21}
HALF, LOOP = 8, 10  # px, half of a task's bar, and of one in the loop's row


def wide(sheet: Sheet) -> None:
    client, rows, loop = draw(sheet, 96, 600, 36)
    sheet.head("client", 0, client, of="client")
    sheet.note("connection", 600, client - 22, "end")
    for task, y in rows.items():
        sheet.head(task, 0, y, of="app")
    sheet.head("loop", 0, loop, of="server")


def narrow(sheet: Sheet) -> None:
    client, rows, loop = draw(sheet, 0, 304, 60)
    sheet.head("client", 0, client - 49, of="client")
    sheet.note("connection", 304, client - 49, "end")
    sheet.say("task_1", 221, rows["task_1"], of="app", tone="lane-tone")
    sheet.say("task_2", 142, rows["task_2"], "end", of="app", tone="lane-tone")
    sheet.say("task_3", 238, rows["task_3"], of="app", tone="lane-tone")
    sheet.head("loop", 0, loop - 28, of="server")


def draw(
    sheet: Sheet, left: float, right: float, client: float
) -> tuple[float, dict[str, float], float]:
    """The rows of time, without their names; gives where the rows are."""

    def x(at: float) -> float:
        return left + at * (right - left) / MOMENTS

    rows = {task: client + 78 + place * 54 for place, task in enumerate(TASKS)}
    loop = rows["task_3"] + 62
    sheet.box(left + 1, client - HALF, right - 1, client + HALF, of="client")
    for key, at in REQUESTS.items():
        sheet.note(key, x(at) - 5, client - 22)
        row = rows[f"task_{key[-1]}"]
        sheet.arrow("send", (x(at), client + HALF), (x(at), row - HALF), of="client")
    for key, at in RESPONSES.items():
        sheet.note(key, x(at) - 8, client + 24, "end")
        row = rows[f"task_{key[-1]}"]
        sheet.arrow("send", (x(at), row - HALF), (x(at), client + HALF), of="app")
    for task, pieces in TASKS.items():
        sheet.activity(rows[task], HALF, *((x(start), x(end)) for start, end in pieces), of="app")
        for start, end in pieces:
            sheet.box(x(start), loop - LOOP, x(end) - 1, loop + LOOP, "solid", "app", 0)
            middle = (x(start) + x(end)) / 2
            sheet.put(task[-1], NOTE, middle, loop, "middle", of="app", tone="inverse")
    sheet.note("waits", x(5), rows["task_1"] + 20, "middle")
    sheet.note("runs", x(16), rows["task_1"] + 20, "middle")
    sheet.arrow("send", (x(14), rows["task_2"] + HALF), (x(14), rows["task_3"] - HALF), of="app")
    sheet.code("create_task", x(14) - 8, rows["task_3"] - 26, "end")
    sheet.line((left, loop + LOOP + 2), (right, loop + LOOP + 2), of="server")
    return client, rows, loop
