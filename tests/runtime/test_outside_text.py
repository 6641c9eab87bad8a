"""Everything that reads text from outside: refuses what is not as agreed, and is quick about it.

Outside text comes from links, drafts, readers, and from the frame in which readers' code runs.
"""

from __future__ import annotations

import json
import subprocess
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from asgiscope import play
from asgiscope.spec import RULES
from runtime.meanings import spec_files
from scripts.node import tool_command

HERE = Path(__file__).resolve().parent
WRONG = """async def app(scope, receive, send):
    await send({"type": "http.response.body"})
    await send({"type": "http.response.start", "status": 200})
    print(1)
"""
CLIENT = [{"request": "GET /"}]
SLOW = 1_000  # milliseconds; what is quadratic takes several seconds


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spec")
    for name, data in spec_files().items():
        (folder / name).write_bytes(data)
    return folder


def in_node(spec: Path, script: str, data: Any = None) -> Any:
    """What a script of this folder prints as JSON."""
    command = [*tool_command("node"), str(HERE / script), str(spec)]
    done = subprocess.run(
        command, input=json.dumps(data), capture_output=True, encoding="utf-8", timeout=280
    )
    assert not done.returncode, done.stderr
    return json.loads(done.stdout)


def changed(path: str, value: Any) -> dict[str, Any]:
    """A true result with one value in it replaced; ``path`` is such as ``trace.events.0.from``."""
    played: Any = json.loads(play(WRONG, CLIENT, "app.py"))
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place = played
    for part in way:
        place = place[part]
    place[last] = value
    return dict(played)


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


REFUSED: dict[str, tuple[str, Any]] = {
    "a list for a sender": ("trace.events.0.from", ["client"]),
    "a list for a receiver": ("trace.events.0.to", ["app/2"]),
    "a list for a kind": ("trace.events.0.kind", ["send"]),
    "a kind that every object has": ("trace.events.0.kind", "constructor"),
    "a kind of prototypes": ("trace.events.0.kind", "__proto__"),
    "a list for a connection": ("trace.events.0.connection", ["client"]),
    "a connection that turns sentences": ("trace.events.0.connection", "a\u202eb"),
    "a time as text": ("trace.events.0.t", "0"),
    "a time before another": ("trace.events.0.t", 5),
    "an endless time": ("trace.time", 1e300),
    "a line that is a selector": ("trace.events.0.line", '1"], body *'),
    "a state that is a list": ("trace.events.0.state", ["idle"]),
    "a deep message": ("trace.events.0.message", nested(21)),
    "a deep message of dicts": ("trace.events.0.message", {"a": {"b": nested(19)}}),
    "a wide message": ("trace.events.0.message", [0] * 5001),
    "a wide message in another": ("trace.events.0.message", [[0] * 2600, [0] * 2600]),
    "a long text in a message": ("trace.events.0.message", {"text": "x" * 100_001}),
    "a long key in a message": ("trace.events.0.message", {"x" * 1001: 1}),
    "a finding's line that is a selector": ("trace.findings.0.line", '1"], body *'),
    "a finding's line in a list": ("trace.findings.0.line", [1]),
    "a finding's line below zero": ("trace.findings.0.line", -1),
    "a finding of no event": ("trace.findings.0.event", 999),
    "a finding's event as text": ("trace.findings.0.event", "1"),
    "a finding of a list's rule": ("trace.findings.0.rule", ["app-raised"]),
    "a level that is a list": ("trace.findings.0.level", ["error"]),
    "a finding of a wrong client": ("trace.findings.0.connection", 7),
    "texts that are none": ("texts.0.zh", "text"),
    "a title that is a list": ("texts.0.en.title", ["title"]),
    "no events": ("trace.events", 7),
    "no findings": ("trace.findings", {"length": 0}),
    "another schema": ("trace.schema", "1"),
}


def test_a_true_result_passes_and_its_addresses_are_the_pages(spec: Path) -> None:
    played = json.loads(play(WRONG, CLIENT, "app.py"))
    [read] = in_node(spec, "read_played.mjs", [json.dumps(played)])
    assert read["trace"]["events"] == played["trace"]["events"]
    assert read["texts"] == played["texts"]
    for finding, was in zip(read["trace"]["findings"], played["trace"]["findings"], strict=True):
        assert finding["spec"] == was["spec"] == RULES[finding["rule"]].url


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/?x",
        "//elsewhere.example",
        "javascript:alert(1)",
        ["https://elsewhere.example/"],
        7,
    ],
)
@pytest.mark.parametrize("rule", ["app-raised", "no-such-rule", "constructor", "__proto__"])
def test_an_address_in_a_trace_is_ignored(spec: Path, address: Any, rule: str) -> None:
    played = changed("trace.findings.0.spec", address)
    played["trace"]["findings"][0]["rule"] = rule
    [read] = in_node(spec, "read_played.mjs", [json.dumps(played)])
    known = RULES[rule].url if rule in RULES else None
    assert read["trace"]["findings"][0].get("spec") == known


def test_what_is_not_as_agreed_is_refused(spec: Path) -> None:
    results = [json.dumps(changed(*change)) for change in REFUSED.values()]
    read = in_node(spec, "read_played.mjs", results)
    assert dict(zip(REFUSED, read, strict=True)) == dict.fromkeys(REFUSED, "unreadable")


def many(count: int, lanes: int) -> str:
    """A trace of so many events in which so many tasks take part."""
    played = json.loads(play(WRONG, CLIENT, "app.py"))
    event = played["trace"]["events"][0]
    ends = [f"app/{2 + number % lanes}" for number in range(count)]
    events = [
        {**deepcopy(event), "n": number, "t": 0, "from": end, "to": end, "kind": "print"}
        for number, end in enumerate(ends, 1)
    ]
    return json.dumps({"trace": {**played["trace"], "events": events, "findings": []}, "texts": []})


def test_so_many_events_and_tasks_pass_and_no_more(spec: Path) -> None:
    sizes = [(10_000, 1000), (10_001, 10), (3000, 2600)]
    read = in_node(spec, "read_played.mjs", [many(*size) for size in sizes])
    assert len(read[0]["trace"]["events"]) == 10_000
    assert read[1:] == ["unreadable", "unreadable"]


@pytest.mark.timeout(300)
def test_no_text_from_outside_takes_long_to_read(spec: Path) -> None:
    took = in_node(spec, "hard_shapes.mjs")
    assert len(took) > 400
    assert {name: time for name, time in took.items() if time > SLOW} == {}


def test_what_the_engine_writes_of_a_huge_message_passes(spec: Path) -> None:
    source = WRONG.replace("    print(1)", "").replace(
        '"http.response.body"}', '"http.response.body", "x": [0] * 900_000, "y": deep, "z": wide}'
    )
    source = (
        "deep = []\nfor _ in range(100): deep = [deep]\n"
        "wide = {str(number): number for number in range(5000)}\n" + source
    )
    [read] = in_node(spec, "read_played.mjs", [play(source, CLIENT, "app.py")])
    sent = next(event for event in read["trace"]["events"] if event["kind"] == "send")["message"]
    assert sent["x"][-1] == {"$repr": "… 898976 more"}
    assert len(sent["x"]) == 1025
    assert sent["z"]["…"] == {"$repr": "… 3976 more"}
    assert '{"$repr": "[…]"}' in json.dumps(sent["y"], ensure_ascii=False)
