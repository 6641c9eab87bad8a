"""The trace's JSON is canonical and holds what a page can show."""

from __future__ import annotations

import asyncio
import http
import json
from typing import Any

import pytest

from asgiscope import explain, run, run_source
from asgiscope.trace.mermaid import as_mermaid
from asgiscope.trace.values import DEEPEST, LONGEST, MOST_ITEMS, freeze, to_json_value
from tests.asgiscope.apps import GET, START, echo_body, say_hi, sending

BODY = "http.response.body"


def test_the_same_run_gives_the_same_bytes() -> None:
    client = [{"request": "POST /"}, {"body": "a"}, {"wait": 0.1}, {"end": True}]
    assert run(echo_body, client).to_json() == run(echo_body, client).to_json()


def test_the_json_has_the_schema_and_its_keys_in_order() -> None:
    data = json.loads(run(say_hi, GET).to_json())
    assert list(data) == ["schema", "time", "events", "findings", "outcomes"]
    assert list(data["events"][0]) == [
        "n", "t", "connection", "from", "to", "kind", "message", "state",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"text", {"$bytes": "text"}),
        ("é\n".encode(), {"$bytes": "é\n"}),
        (b"\x00\xff", {"$base64": "AP8="}),
        (b"\x1b[0m", {"$base64": "G1swbQ=="}),
        (b"x" * 2000, {"$bytes": "x" * LONGEST, "$length": 2000}),
        (("é" * 600).encode(), {"$bytes": "é" * 512, "$length": 1200}),
        (("x" + "é" * 600).encode(), {"$bytes": "x" + "é" * 511, "$length": 1201}),
        ("y" * 2000, {"$text": "y" * LONGEST, "$length": 2000}),
        ((1, b"a"), [1, {"$bytes": "a"}]),
        (2.0, 2),
        (float("nan"), {"$repr": "nan"}),
        (object(), {"$repr": "<object>"}),
        (http.HTTPStatus.OK, 200),
        (True, True),
        (memoryview(b"m"), {"$bytes": "m"}),
        ({1: 2}, {"<int>": 2}),
    ],
)
def test_values_are_told_in_json(value: object, expected: object) -> None:
    told = to_json_value(freeze(value))
    assert told == expected
    assert type(told) is type(expected)


def test_a_lone_surrogate_survives_as_an_escape() -> None:
    app = sending(START, {"type": BODY, "\ud800": b"x"})
    text = run(app, GET).to_json()
    text.encode("utf-8")
    assert "\ud800" in json.dumps(json.loads(text), ensure_ascii=False)


def test_later_changes_to_a_message_do_not_reach_the_trace() -> None:
    message = dict(START, headers=[[b"x-a", b"1"]])

    async def app(scope, receive, send):
        await send(message)
        message["headers"][0][1] = b"2"
        await send({"type": BODY})

    sent = next(event for event in run(app, GET).events if event.kind == "send")
    assert sent.message["headers"] == [[b"x-a", b"1"]]


def test_source_text_that_does_not_load_is_a_finding_with_its_line() -> None:
    for text, line in (("x = 1\ndef f(:", 2), ("\n1/0", 2), ("import nowhere_to_be_found", 1)):
        trace = run_source(text, GET, "broken.py")
        assert [(f.rule, f.line) for f in trace.findings] == [("app-import", line)]


def test_source_text_without_an_app_says_so() -> None:
    trace = run_source("pass", GET, "empty.py")
    assert trace.findings[0].values["exception"] == "AttributeError: the code defines no 'app'"


def test_source_text_runs_like_a_module() -> None:
    text = (
        "from __future__ import annotations\n"
        "import dataclasses, sys\n"
        "@dataclasses.dataclass\n"
        "class Page:\n    body: bytes\n"
        "page = Page(b'ok')\n"
        "async def app(scope, receive, send):\n"
        "    assert sys.modules[__name__].page is page\n"
        "    await send({'type': 'http.response.start', 'status': 200})\n"
        "    await send({'type': 'http.response.body', 'body': page.body})\n"
    )
    trace = run_source(text, GET, "page.py")
    assert trace.outcome.body == b"ok"
    assert [event.line for event in trace.events if event.kind == "send"] == [9, 10]


def test_several_responses_of_one_client_are_all_in_the_json() -> None:
    data = json.loads(run(say_hi, [{"request": "GET /a"}, {"request": "GET /b"}]).to_json())
    outcome = data["outcomes"]["client"]
    assert [response["status"] for response in outcome["responses"]] == [200, 200]


def test_a_huge_or_deep_message_is_cut_with_a_word_on_what_is_left_out() -> None:
    assert to_json_value([0] * 3000) == [*[0] * MOST_ITEMS, {"$repr": "… 1976 more"}]
    wide = to_json_value({str(number): 0 for number in range(3000)})
    assert len(wide) == MOST_ITEMS + 1
    assert wide["…"] == {"$repr": "… 1976 more"}
    deep: Any = {"end": 1}
    for _ in range(DEEPEST):
        deep = [deep]
    assert str(to_json_value(deep)).count("[") == DEEPEST
    assert "'$repr': '{…}'" in str(to_json_value(deep))


def test_values_in_sentences_cannot_hide_or_turn_them_round() -> None:
    hidden = "a\u202eb\u200bc\x1b[31m\U000e0041"
    source = f"def app(): raise OSError\nraise ValueError({hidden!r})"
    (finding,) = run_source(source, [{"request": "GET /"}], "app.py").findings
    for language in ("zh", "en"):
        said = " ".join(explain(finding, language))
        assert said.isprintable()
        assert r"a\u202eb\u200bc\x1b[31m\U000e0041" in said


async def crowd(scope: Any, receive: Any, send: Any) -> None:
    async def work() -> None:
        print("here")

    await asyncio.gather(*(work() for _ in range(60)))


def test_a_diagram_has_thirty_lanes_at_most() -> None:
    lines = as_mermaid(run(crowd, [{"request": "GET /"}])).splitlines()
    lanes = [line.split(" as ")[1] for line in lines if " as " in line]
    assert len(lanes) == 30
    assert lanes[:3] == ["client", "server", "app"]
    assert lanes[-1] == "app/others"
    assert sum("appothers->>appothers: prints here" in line for line in lines) == 60 - 26
