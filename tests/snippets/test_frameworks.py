"""What each client of the frameworks' snippets gets, from the engine and a real Uvicorn."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.asgiscope.frameworks import BROKEN
from tests.snippets.framework_clients import (
    FOLDER,
    FRAMEWORKS,
    LIVES,
    ORDER,
    TALKS,
    plays,
    recorded,
)


def trace_of(framework: str, name: str) -> dict[str, Any]:
    """The trace of a play, which broke no rule but those that the framework is known to break.

    The mistake of the play "error" either comes out of the framework or is answered inside it.
    """
    trace: dict[str, Any] = json.loads(recorded(framework)[name])["trace"]
    broken = {found["rule"] for found in trace["findings"] if found["level"] != "note"}
    mistake = {"app-raised", "app-exception-answered"} if name == "error" else {"app-raised"}
    assert broken <= BROKEN.get(framework, set()) | mistake
    assert name != "error" or len(broken & mistake) == (framework != "litestar")
    if framework in LIVES:
        life = trace["outcomes"]["lifespan"]
        assert (life["started"], life["stopped"]) == (True, True)
    return trace


def outcome_of(framework: str, name: str, client: str = "client") -> dict[str, Any]:
    outcome: dict[str, Any] = trace_of(framework, name)["outcomes"][client]
    return outcome


def body_of(outcome: dict[str, Any]) -> str:
    return str(outcome["body"]["$bytes"])


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_parameter_of_the_path_and_one_of_the_query_reach_the_app(framework: str) -> None:
    outcome = outcome_of(framework, "get")
    assert (outcome["status"], json.loads(body_of(outcome))) == (200, {"price": 6})


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_json_body_in_pieces_is_put_together(framework: str) -> None:
    outcome = outcome_of(framework, "post")
    assert (outcome["status"], json.loads(body_of(outcome))) == (201, json.loads(ORDER))


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_blocking_work_in_a_thread_lets_another_client_through(framework: str) -> None:
    trace = trace_of(framework, "thread")
    ended = {e["connection"]: e["t"] for e in trace["events"] if e["kind"] == "complete"}
    assert ended == {"slow": 2, "fast": 0}
    assert json.loads(body_of(trace["outcomes"]["slow"])) == {"ready": True}


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_mistake_of_the_app_is_a_500_and_an_unknown_path_a_404(framework: str) -> None:
    assert outcome_of(framework, "error")["status"] == 500
    assert outcome_of(framework, "missing")["status"] == 404


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_stream_comes_piece_by_piece_and_ends_for_a_client_that_leaves(framework: str) -> None:
    trace = trace_of(framework, "stream")
    data = [(e["t"], e["message"]) for e in trace["events"] if e["kind"] == "data"]
    assert [t for t, message in data if message["body"]["$bytes"]] == [0, 1, 2]
    assert body_of(trace["outcomes"]["client"]) == "tick 0\ntick 1\ntick 2\n"
    left = trace_of(framework, "leave")
    assert body_of(left["outcomes"]["client"]) == "tick 0\ntick 1\n"
    assert left["time"] <= 2


@pytest.mark.parametrize("framework", sorted(TALKS))
def test_a_websocket_is_answered_until_it_closes(framework: str) -> None:
    outcome = outcome_of(framework, "talk")
    assert (outcome["received"], outcome["code"]) == (["HI", "Ä"], 1000)


@contextmanager
def uvicorn(app: str, port: int) -> Iterator[str]:
    """An app of the folder on a real Uvicorn, in a process of its own."""
    command = [sys.executable, "-m", "uvicorn", app, "--port", str(port), "--log-level", "critical"]
    with subprocess.Popen(command, cwd=FOLDER) as process:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def fetch(url: str, body: str | None = None) -> tuple[int, str]:
    """Ask until the server listens; at most twenty seconds."""
    data, headers = body.encode() if body else None, {"content-type": "application/json"}
    request = urllib.request.Request(url, data, headers)
    for _ in range(200):
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except urllib.error.URLError:
            time.sleep(0.1)
    raise TimeoutError(url)


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_real_uvicorn_gives_what_the_engine_gives(framework: str, free_port: int) -> None:
    with uvicorn(f"answer_with_{framework}:app", free_port) as url:
        answers = {
            "get": fetch(f"{url}/price/tea?count=2"),
            "post": fetch(f"{url}/orders", ORDER),
            "missing": fetch(f"{url}/nowhere"),
            "error": fetch(f"{url}/price/milk"),
        }
    for name, answer in answers.items():
        outcome = outcome_of(framework, name)
        assert answer == (outcome["status"], body_of(outcome)), name
    with uvicorn(f"stream_with_{framework}:app", free_port) as url:
        assert fetch(f"{url}/ticks") == (200, body_of(outcome_of(framework, "stream")))


def test_every_play_of_a_framework_has_its_recording() -> None:
    for framework in FRAMEWORKS:
        assert list(recorded(framework)) == [play.name for play in plays(framework)]
