"""Steps as text and as fields, links, the comparison of texts: the logic alone, in Node."""

from __future__ import annotations

import json
import random
import subprocess
from difflib import SequenceMatcher
from typing import Any

import pytest
import yaml

from asgiscope import play
from asgiscope.client.scripts import read_clients
from common.places import ROOT
from scripts.node import tool_command

WORK = (ROOT / "runtime" / "work").as_uri()
STEPS: list[Any] = [
    {"request": "GET /?name=Ada"},
    {"request": "/only/a/path"},
    {
        "request": {
            "method": "POST",
            "path": "/",
            "headers": {"x-a": "1", "x-b": 2},
            "body": "a, b: c\n",
        }
    },
    {"request": {"path": "/", "headers": [["x-a", "1"], ["x-a", "2"]]}},
    {"request": {"path": "/", "extensions": ["http.response.push"]}},
    {"request": {"path": "/", "body": {"repeat": "x", "times": 9}}},
    {"body": "he said: # no"},
    {"body": {"hex": "00ff"}},
    {"end": True},
    {"read": {"rate": 1024}},
    {"read": {"rate": None}},
    {"wait": 2.5},
    {"disconnect": True},
    {"connect": "/chat"},
    {"connect": {"path": "/chat", "subprotocols": ["v1", "v2"]}},
    {"text": "- not a list"},
    {"text": ""},
    {"text": "true"},
    {"text": "2026-01-01"},
    {"text": "中文，好\u202e\u200b"},
    {"text": "'quoted' \"twice\""},
    {"bytes": "00ff"},
    {"close": True},
    {"close": {"code": 1000, "reason": "bye: now"}},
    {"startup": True},
    {"shutdown": True},
    {"zap": [1, [2, {"three": None}]]},
    {},
    {"two": 1, "keys": 2},
    7,
    "word",
]


def in_node(module: str, body: str, data: Any) -> Any:
    """What ``body``, a JavaScript expression of ``it`` (the module) and ``data``, comes to."""
    script = (
        f'const WORK = "{WORK}"; import * as it from "{WORK}/{module}";'
        'import { readFileSync } from "node:fs";'
        'const data = JSON.parse(readFileSync(0, "utf8"));'
        f"process.stdout.write(JSON.stringify(await ({body})));"
    )
    command = [*tool_command("node"), "--input-type=module", "--eval", script]
    done = subprocess.run(
        command, input=json.dumps(data), capture_output=True, encoding="utf-8", timeout=60
    )
    assert not done.returncode, done.stderr
    return json.loads(done.stdout)


def test_characters_that_cannot_be_seen_are_written_by_number() -> None:
    steps = [{"text": "left\u202eright\u200b\x00"}]
    [text] = in_node("steps_text.ts", "data.map(it.writeSteps)", [steps])
    assert text == '- text: "left\\u202eright\\u200b\\u0000"\n'


HIDDEN = [
    *("\x00", "\x1b", "\x7f", "\x85", "\u00a0", "\u00ad", "\u034f", "\u061c", "\u115f", "\u1160"),
    *("\u17b4", "\u180b", "\u180e", "\u200b", "\u200d", "\u200e", "\u2028", "\u2029", "\u202e"),
    *("\u2060", "\u2064", "\u2066", "\u2069", "\u2800", "\u3164", "\ufe00", "\ufe0f", "\ufeff"),
    *("\uffa0", "\ufff9", "\U0001d173", "\U000e0001", "\U000e0041", "\U000e007f", "\U000e0100"),
]


@pytest.mark.parametrize("hidden", HIDDEN, ids=lambda hidden: f"U+{ord(hidden):04X}")
def test_a_character_that_hides_is_shown_in_every_text(hidden: str) -> None:
    units = [f"\\u{int(unit):04x}" for unit in memoryview(hidden.encode("utf-16-le")).cast("H")]
    data = [hidden, [{"text": hidden}]]
    flow, plain, kept = in_node(
        "steps_text.ts",
        "(async (seen) => [it.writeSteps(data[1]), seen(data[0]),"
        " it.parseSteps(it.writeSteps(data[1])).value])((await import(`${WORK}/unseen.ts`)).seen)",
        data,
    )
    assert flow == f'- text: "{"".join(units)}"\n'
    assert plain == "".join(units)
    assert kept == [{"text": hidden}]


def test_what_can_be_seen_is_left_as_it_is() -> None:
    texts = ["x = 'Zoë' # 中文，好\n\t1", "\U0001f600 é ß Ж \u3000 한국 اب"]
    assert in_node("unseen.ts", "data.map(it.seen)", texts) == texts


def parse(texts: list[str]) -> list[Any]:
    return list(in_node("steps_text.ts", "data.map((text) => it.parseSteps(text))", texts))


def test_steps_come_back_from_their_text_and_yaml_reads_it_alike() -> None:
    scripts = [
        *([step] for step in STEPS),
        STEPS,
        {"slow": STEPS, "a b": [], "1": STEPS[:1]},
        [],
        {},
    ]
    texts = in_node("steps_text.ts", "data.map(it.writeSteps)", scripts)
    for script, text, parsed in zip(scripts, texts, parse(texts), strict=True):
        assert parsed.get("value") == script, text
        assert (yaml.safe_load(text) or script) == script, text


@pytest.mark.parametrize(
    "text",
    [
        "- request:\n    method: POST\n    headers:\n      x: 1\n- body: hi\n",
        "slow:\n- request: GET /\nfast:\n  - request: GET /a # said\n\n# done\n",
        '[{"request": "GET /"},\n {"wait": 2}]',
        "- request: {method: POST,\n    path: /}\n- wait: 1\n",
        "- {request: GET /, }\n- text: 'it''s'\n- end:   true\n",
        '- text: "a\\tb \\u00e9"\n-\n  wait: 1.5\n- wait: -2\n',
        '- connect: {path: /, subprotocols: [v1, "v2"]}\n- close: true\n',
        "- request: GET /?q=a:b#c\r\n- wait: 0.5\r\n",
        "- text: 'a\n    b'\n- {__proto__: {x: [1]}, constructor: y}\n",
    ],
)
def test_text_means_what_it_means_in_yaml(text: str) -> None:
    assert parse([text])[0]["value"] == yaml.safe_load(text)


@pytest.mark.parametrize(
    ("text", "mistake", "line"),
    [
        ("- a: 1\n- b: [1\n", "bracket", 2),
        ('- a: "x\n', "quote", 1),
        ("- a: 1\n b: 2\n", "indent", 2),
        ("- a: {b c}\n", "colon", 1),
        ("- a: {b: 1} c\n", "rest", 1),
        ("# said\n- {a: 1, a: 2}\n", "twice", 2),
        ("x:\n  - a: 1\nx:\n  - a: 2\n", "twice", 3),
        ("- a: |\n  b\n", "plain", 1),
        ("\t- a: 1\n", "tab", 1),
        ("- a: [1 2, [3 [4\n", "comma", 1),
        ("- " + "[" * 40, "deep", 1),
        ("- a: " + "x" * 70_000, "long", 1),
        ("- a: 1\n   b: 2\n", "indent", 2),
        ("- a: {b: 1\n- c: 2\n", "bracket", 1),
        ("- a: {b: 1\n    c: 2}\n", "comma", 1),
        ("- a: 1\n- b: c: d\n", "rest", 2),
        ("- a: &x [1]\n- b: *x\n", "plain", 1),
        ("- a: 1\n- b: !!python/name:os.system\n", "plain", 2),
        ("--- 1\n--- 2\n", "rest", 2),
    ],
)
def test_a_mistake_in_the_text_has_its_line(text: str, mistake: str, line: int) -> None:
    assert parse([text])[0]["error"] == {"mistake": mistake, "line": line}


def test_any_text_is_read_or_has_a_mistake_and_quickly() -> None:
    chance = random.Random(7)
    pieces = [
        "- ",
        "a: ",
        "{",
        "}",
        "[",
        "]",
        ",",
        "'",
        '"',
        "\n",
        "  ",
        "# x",
        "1",
        ":",
        "\\",
        "\t",
    ]
    texts = ["".join(chance.choices(pieces, k=chance.randrange(1, 30))) for _ in range(3000)]
    texts += [piece * (60_000 // len(piece)) for piece in pieces]
    for text, parsed in zip(texts, parse(texts), strict=True):
        assert ("value" in parsed) != ("error" in parsed), text


def test_fields_hold_every_step_without_a_loss() -> None:
    body = "data.map((step) => it.writeForm(it.readForm([step]))[0])"
    for step, again in zip(STEPS, in_node("step_rows.ts", body, STEPS), strict=True):
        assert again == step or meaning(again) == meaning(step)


def meaning(step: Any) -> Any:
    return read_clients([{"connect": "/"}, step] if "text" in step else [step])


def test_two_clients_of_one_name_are_a_mistake_and_not_one_client() -> None:
    body = """(() => { try {
        return it.writeForm({ named: true, scripts: data.map((name) => ({ name, rows: [] })) });
    } catch (error) { return error.mistake; } })()"""
    assert in_node("step_rows.ts", body, ["a", "a"]) == "sameName"
    assert in_node("step_rows.ts", body, ["a", "b"]) == {"a": [], "b": []}


def test_a_link_gives_back_what_was_put_in() -> None:
    shared = {"code": "print('中文 🐍')\r\n", "steps": {"a": STEPS}, "demo": "say-hello"}
    again = in_node("share.ts", "it.encodeLink(data).then(it.decodeLink)", shared)
    assert again == {**shared, "code": "print('中文 🐍')\n"}


def test_the_difference_is_the_shortest() -> None:
    chance = random.Random(3)
    pairs = [
        [["".join(chance.choices("ab", k=1)) for _ in range(chance.randrange(12))] for _ in "12"]
        for _ in range(200)
    ]
    texts = [["\n".join(lines) for lines in pair] for pair in pairs]
    found = in_node("diff.ts", "data.map(([before, after]) => it.diffLines(before, after))", texts)
    for (before, after), lines in zip(texts, found, strict=True):
        old = [line["text"] for line in lines if line["kind"] != "more"]
        new = [line["text"] for line in lines if line["kind"] != "less"]
        assert ("\n".join(old), "\n".join(new)) == (before, after)
        same = sum(line["kind"] == "same" for line in lines)
        blocks = SequenceMatcher(None, before.split("\n"), after.split("\n"), False)
        assert same >= sum(block.size for block in blocks.get_matching_blocks())


def test_wrong_steps_are_an_answer_of_the_engine_and_not_a_failure() -> None:
    assert json.loads(play("", [{"wait": "soon"}], "app.py")) == {
        "client_error": {
            "client": "",
            "step": 1,
            "code": "wait",
            "values": {"found": "str 'soon'"},
        }
    }
    named = {"a": [{"request": "GET /"}], "it's": [{"request": "GET /"}, {"text": "x"}]}
    answer = json.loads(play("", named, "app.py"))["client_error"]
    assert (answer["client"], answer["step"]) == ("it's", 2)
