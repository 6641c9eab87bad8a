"""What each client of the frameworks' snippets gets, from the engine and a real Uvicorn."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.asgiscope.frameworks import BROKEN
from tests.snippets.framework_clients import EACH, LIVES, ORDER, TALKS, plays, recorded
from tests.snippets.framework_servers import OnUvicorn


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


@pytest.mark.parametrize("framework", EACH)
def test_a_parameter_of_the_path_and_one_of_the_query_reach_the_app(framework: str) -> None:
    outcome = outcome_of(framework, "get")
    assert (outcome["status"], json.loads(body_of(outcome))) == (200, {"price": 6})


@pytest.mark.parametrize("framework", EACH)
def test_a_json_body_in_pieces_is_put_together(framework: str) -> None:
    outcome = outcome_of(framework, "post")
    assert (outcome["status"], json.loads(body_of(outcome))) == (201, json.loads(ORDER))


@pytest.mark.parametrize("framework", EACH)
def test_blocking_work_in_a_thread_lets_another_client_through(framework: str) -> None:
    trace = trace_of(framework, "thread")
    ended = {e["connection"]: e["t"] for e in trace["events"] if e["kind"] == "complete"}
    assert ended == {"slow": 2, "fast": 0}
    assert json.loads(body_of(trace["outcomes"]["slow"])) == {"ready": True}


@pytest.mark.parametrize("framework", EACH)
def test_a_mistake_of_the_app_is_a_500_and_an_unknown_path_a_404(framework: str) -> None:
    assert outcome_of(framework, "error")["status"] == 500
    assert outcome_of(framework, "missing")["status"] == 404


@pytest.mark.parametrize("framework", EACH)
def test_a_stream_comes_piece_by_piece_and_ends_for_a_client_that_leaves(framework: str) -> None:
    trace = trace_of(framework, "stream")
    data = [(e["t"], e["message"]) for e in trace["events"] if e["kind"] == "data"]
    assert [t for t, message in data if message["body"]["$bytes"]] == [0, 1, 2]
    assert body_of(trace["outcomes"]["client"]) == "tick 0\ntick 1\ntick 2\n"
    left = trace_of(framework, "leave")
    assert body_of(left["outcomes"]["client"]) == "tick 0\ntick 1\n"
    assert left["time"] <= 2


@pytest.mark.parametrize("framework", [each for each in EACH if each.values[0] in TALKS])
def test_a_websocket_is_answered_until_it_closes(framework: str) -> None:
    outcome = outcome_of(framework, "talk")
    assert (outcome["received"], outcome["code"]) == (["HI", "Ä"], 1000)


@pytest.mark.parametrize("framework", EACH)
def test_a_real_uvicorn_gives_what_the_engine_gives(framework: str, on_uvicorn: OnUvicorn) -> None:
    answers = on_uvicorn(framework).answers
    for name in ("get", "post", "missing", "error", "stream"):
        outcome = outcome_of(framework, name)
        assert answers[name] == (outcome["status"], body_of(outcome)), name


@pytest.mark.parametrize("framework", EACH)
def test_who_logs_a_mistake_the_server_the_framework_or_nobody(
    framework: str, on_uvicorn: OnUvicorn
) -> None:
    log = on_uvicorn(framework).log
    assert '"GET /price/milk HTTP/1.1" 500 Internal Server Error' in log
    by_server = framework in ("starlette", "fastapi")
    by_framework = framework in ("quart", "falcon", "blacksheep")
    assert ("Exception in ASGI application" in log) == by_server
    assert ("KeyError: 'milk'" in log) == ("Traceback" in log) == (by_server or by_framework)


@pytest.mark.parametrize("framework", EACH)
def test_every_play_of_a_framework_has_its_recording(framework: str) -> None:
    assert list(recorded(framework)) == [play.name for play in plays(framework)]
