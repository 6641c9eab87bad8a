"""A type checker finds a misspelt outcome and a wrong client before anything runs."""

from __future__ import annotations

from pathlib import Path

from mypy import api

RIGHT = """
from typing import Any
from asgiscope import run
from asgiscope.client_types import HttpStep

async def app(scope: Any, receive: Any, send: Any) -> None: ...

a: int | None = run(app, [{"request": "GET /"}]).outcome.status
b: bool = run(app, [{"connect": {"path": "/", "subprotocols": ["v1"]}}, {"text": "hi"},
                    {"bytes": "00ff"}, {"close": {"code": 1000}}]).outcome.accepted
c: bool = run(app, [{"startup": True}, {"shutdown": True}]).outcome.started
d: bytes = run(app, [{"startup": True}, {"request": {"method": "POST", "path": "/",
                     "headers": {"x-a": "1"}}}, {"body": {"repeat": "x", "times": 9}},
                     {"end": True}, {"wait": 2.5}, {"disconnect": True}]).outcome.body
steps: list[HttpStep] = [{"request": "GET /"}]
e: bytes = run(app, steps).outcome.body
f: int | None = run(app, [{"startup": {"state": False}}, {"request": {
                    "path": "/", "spec_version": "2.3", "state": False}}]).outcome.status
run(app, {"slow": [{"request": "GET /"}, {"read": {"rate": 1024}}], "fast": [{"connect": "/"}]})
"""
WRONG = """
from typing import Any
from asgiscope import run

async def app(scope: Any, receive: Any, send: Any) -> None: ...

run(app, [{"request": "GET /"}]).outcome.statsu
run(app, [{"connect": "/"}]).outcome.status_code
run(app, "GET /")
run(app, [{"reqest": "GET /"}])
run(app, [{"request": {"meth": "GET"}}])
run(app, [{"wait": "long"}])
run(app, [{"request": {"spec_version": "2.9"}}])
"""


def checked(text: str, folder: Path, project: Path) -> list[str]:
    file = folder / "client.py"
    file.write_text(text, "utf-8")
    cache = f"--cache-dir={project / '.mypy_cache'}"
    config = f"--config-file={folder / 'none.ini'}"
    (folder / "none.ini").write_text("[mypy]\n")
    told, complaints, _ = api.run(["--strict", cache, config, "--no-error-summary", str(file)])
    assert not complaints
    return [line for line in told.splitlines() if ": error: " in line]


def test_right_calls_pass_the_strict_type_checker(tmp_path: Path, project: Path) -> None:
    assert checked(RIGHT, tmp_path, project) == []


def test_wrong_calls_are_refused_each_on_its_line(tmp_path: Path, project: Path) -> None:
    errors = checked(WRONG, tmp_path, project)
    assert sorted({int(line.split(":")[1]) for line in errors}) == [7, 8, 9, 10, 11, 12, 13]
    assert '"HttpOutcome" has no attribute "statsu"' in errors[0]
