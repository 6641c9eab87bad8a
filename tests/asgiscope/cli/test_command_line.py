"""``python -m asgiscope run``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from asgiscope.cli.command import main

RIGHT = """
async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200})
    await send({"type": "http.response.body", "body": b"Hi"})

async def wrong(scope, receive, send):
    await send({"type": "http.response.body"})
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "some_app.py"
    path.write_text(RIGHT)
    return str(path)


def test_the_trace_is_printed_as_lanes(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", file, "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "GET /" in out
    assert "client: 200 b'Hi'" in out
    assert "\033" not in out


def test_a_broken_rule_is_told_in_the_language_asked_for_and_gives_status_1(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", f"{file}:wrong", "--lang", "zh"]) == 1
    out = capsys.readouterr().out
    assert "响应还没有开始 [http-start-first]" in out
    assert "第 7 行" in out


def test_the_client_comes_inline_or_from_a_file(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = '[{"request": "GET /seen"}]'
    (tmp_path / "steps.json").write_text(steps)
    for client in (steps, str(tmp_path / "steps.json")):
        assert main(["run", file, "--client", client]) == 0
        assert "GET /seen" in capsys.readouterr().out


TALKS = """
async def app(scope, receive, send):
    await receive()
    if scope["path"] == "/no":
        return await send({"type": "websocket.close"})
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.send", "text": "hello"})
    await send({"type": "websocket.close", "code": 1001})
"""


def test_the_outcome_of_a_websocket_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "talks.py"
    path.write_text(TALKS)
    main(["run", str(path), "--client", '[{"connect": "/"}]'])
    assert "client: accepted, received ['hello'], closed with 1001" in capsys.readouterr().out
    main(["run", str(path), "--client", '[{"connect": "/no"}]'])
    assert "client: denied, 403 b''" in capsys.readouterr().out


def test_json_and_mermaid(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", file, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["schema"] == 1
    assert main(["run", file, "--format", "mermaid"]) == 0
    assert capsys.readouterr().out.startswith("sequenceDiagram\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["{file}x"], "there is no file"),
        (["{file}:ap"], "did you mean 'app'"),
        (["{file}", "--client", "nowhere.json"], "there is no file nowhere.json"),
        (["{file}", "--client", "[{]"], "not valid JSON"),
        (["{file}", "--client", '[{"reqest": 1}]'], "did you mean 'request'"),
    ],
)
def test_a_wrong_command_says_what_to_do(
    arguments: list[str], words: str, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", *(argument.replace("{file}", file) for argument in arguments)]) == 2
    assert words in capsys.readouterr().err


def test_a_syntax_error_names_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "broken.py"
    path.write_text("x = 1\ndef f(:\n")
    assert main(["run", str(path)]) == 3
    assert f"{path}:2: " in capsys.readouterr().err


@pytest.mark.parametrize("server", ["uvicorn", '{"name": "hypercorn", "root_path": "/api"}'])
def test_a_real_server_may_run_the_app(
    server: str, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", f"{file}:app", "--server", server, "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert r'b"GET / HTTP/1.1\r\n' in out
    assert "is sent SIGTERM" in out
    assert "client: 200 b'Hi'" in out


@pytest.mark.parametrize(
    ("server", "told"),
    [
        ("uvicron", "there is no server 'uvicron'; did you mean 'uvicorn'?"),
        ('{"name"', "--server: not valid JSON"),
    ],
)
def test_a_wrong_server_is_wrong_usage(
    server: str, told: str, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", file, "--server", server]) == 2
    assert told in capsys.readouterr().err
