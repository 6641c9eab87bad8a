"""Every snippet is used, tested, and answers the same from the engine and from a real Uvicorn."""

from __future__ import annotations

import http.client
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from asgiscope import run
from site_plugin.one_language import keep_language
from tests.asgiscope.frameworks import BROKEN
from tests.snippets.conftest import (
    CASES,
    SNIPPETS,
    all_snippets,
    fences_of,
    included_in,
    snippets_with,
)
from tests.snippets.framework_clients import FRAMEWORKS
from tests.snippets.loading import load
from tests.snippets.server_thread import uvicorn_with
from tests.snippets.wsgi_server import wsgi_server

SERVED = [*snippets_with("request"), *snippets_with("talk")]
LONGEST_LINE = 80
MOST_LINES = 40


def in_process(name: str) -> dict[str, Any]:
    """What the engine's client gets from a snippet."""
    case = CASES[name]
    steps = request_steps(case["request"]) if "request" in case else talk_steps(case["talk"])
    if case.get("lifespan"):
        steps = [{"startup": True}, *steps, {"shutdown": True}]
    outcome = run(load(name), steps).outcome
    if "talk" in case:
        return {
            "received": outcome.received,
            "code": outcome.code,
            "reason": outcome.reason,
            "subprotocol": outcome.subprotocol,
            "status": outcome.status,
        }
    headers = {key.decode(): value.decode() for key, value in outcome.headers}
    body, cut = outcome.body.decode(), not outcome.complete
    return {"status": outcome.status, "body": body, "cut": cut, "headers": headers}


def request_steps(request: dict[str, Any]) -> list[dict[str, Any]]:
    first = {"method": request.get("method", "GET"), "path": request["path"]}
    if "headers" in request:
        first["headers"] = request["headers"]
    pieces = [{"body": piece} for piece in request.get("body", [])]
    return [{"request": first}, *pieces, *([{"end": True}] if pieces else [])]


def talk_steps(talk: dict[str, Any]) -> list[dict[str, Any]]:
    subprotocols = talk.get("subprotocols", [])
    said = [{"text": text} for text in talk.get("say", [])]
    return [{"connect": {"path": talk["path"], "subprotocols": subprotocols}}, *said]


def ask(url: str, request: dict[str, Any]) -> dict[str, Any]:
    """The request over a real socket; "cut" when the response does not end as it should."""
    address = urlsplit(url)
    assert address.hostname is not None
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
    body = (piece.encode() for piece in request["body"]) if "body" in request else None
    chunked = body is not None
    headers = {**request.get("headers", {})}
    if chunked:
        headers["transfer-encoding"] = "chunked"
    connection.request(
        request.get("method", "GET"), request["path"], body, headers, encode_chunked=chunked
    )
    response = connection.getresponse()
    try:
        content, cut = response.read(), False
    except http.client.IncompleteRead as error:
        content, cut = error.partial, True
    connection.close()
    return {
        "status": response.status,
        "body": content.decode(),
        "cut": cut,
        "headers": {name.lower(): value for name, value in response.getheaders()},
    }


def talk(url: str, case: dict[str, Any], answers: int) -> dict[str, Any]:
    """The conversation over a real WebSocket, until as many messages have come as expected."""
    address = url.replace("http", "ws") + case["path"]
    subprotocols = case.get("subprotocols") or None
    try:
        with connect(address, subprotocols=subprotocols, compression=None) as client:
            for text in case.get("say", []):
                client.send(text)
            received = [client.recv(timeout=20) for _ in range(answers)]
            client.close()
            code, reason = client.close_code, client.close_reason
            chosen = client.subprotocol
    except InvalidStatus as refused:
        return {"status": refused.response.status_code, "received": []}
    return {"received": received, "code": code, "reason": reason, "subprotocol": chosen}


def check(answer: dict[str, Any], expected: dict[str, Any]) -> None:
    """The answer has all that is expected; a response without a word of it was not cut."""
    expected = {"cut": False, **expected} if "cut" in answer else dict(expected)
    length, headers = expected.pop("length", None), expected.pop("headers", {})
    if length is not None:
        assert len(answer["body"]) == length
    elif "cut" in answer:
        expected.setdefault("body", "")
    assert {key: answer.get(key) for key in expected} == expected
    for name, value in headers.items():
        assert answer["headers"].get(name) == value


def test_every_snippet_has_a_case_and_every_case_a_snippet() -> None:
    assert sorted(CASES) == all_snippets()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_snippet_is_shown_on_a_page(language: str) -> None:
    shown = {fence["app"] for fence in fences_of(language)} | included_in(language)
    assert shown >= set(all_snippets())


@pytest.mark.parametrize("name", [name for name in SERVED if not CASES[name].get("wsgi")])
def test_the_engine_gives_the_expected_answer(name: str) -> None:
    check(in_process(name), CASES[name]["answer"])


def asking_for(fixture: str, session: pytest.Session) -> list[Any]:
    """The tests of this session that ask for a fixture."""
    return [test for test in session.items if fixture in getattr(test, "fixturenames", ())]


@pytest.fixture(scope="module")
def on_server(request: pytest.FixtureRequest, loopback: None) -> dict[str, Future[Any]]:
    """What a real server answers for each snippet whose test is to run.

    The servers run together, since most of their time is the sleep of an app.
    """
    chosen = {test.callspec.params["name"] for test in asking_for("on_server", request.session)}
    apps = {name: load(name) for name in SERVED if name in chosen}
    with ThreadPoolExecutor(32) as pool:
        return {name: pool.submit(from_server, name, app) for name, app in apps.items()}


def from_server(name: str, app: Any) -> dict[str, Any]:
    case = CASES[name]
    expected = expected_of(case)
    with (wsgi_server if case.get("wsgi") else uvicorn_with)(app) as url:
        if "talk" in case:
            return talk(url, case["talk"], len(expected.get("received", [])))
        return ask(url, case["request"])


def expected_of(case: dict[str, Any]) -> dict[str, Any]:
    """The answer of a real server, which may be another one than the engine's."""
    expected: dict[str, Any] = case.get("uvicorn", case["answer"])
    return expected


@pytest.mark.xdist_group("snippets-on-server")
@pytest.mark.parametrize("name", SERVED)
def test_a_real_server_gives_the_same_answer(
    name: str, on_server: dict[str, Future[dict[str, Any]]]
) -> None:
    check(on_server[name].result(), expected_of(CASES[name]))


@pytest.mark.parametrize("name", snippets_with("prints"))
def test_a_script_prints_what_its_case_says(name: str) -> None:
    done = subprocess.run(
        [sys.executable, str(SNIPPETS / name)],
        cwd=(SNIPPETS / name).parent,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == CASES[name]["prints"]


PYTHON = [name for name in all_snippets() if name.endswith(".py")]


@pytest.mark.parametrize("name", PYTHON)
def test_a_snippet_is_short_and_has_its_comments_in_pairs(name: str) -> None:
    text = (SNIPPETS / name).read_text("utf-8")
    chinese, english = (keep_language(text, language).split("\n") for language in ("zh", "en"))
    assert len(chinese) == len(english) <= MOST_LINES
    assert all(len(line) <= LONGEST_LINE for line in (*chinese, *english))


# A rule that the framework breaks, or that an exception asked for breaks, is not the snippet's.
NOT_THE_SNIPPETS = {
    f"frameworks/{how}_with_{framework}.py": {"app-raised", *BROKEN.get(framework, ())}
    for framework in FRAMEWORKS
    for how in ("answer", "stream")
}


@pytest.mark.parametrize("name", PYTHON)
def test_a_wrong_snippet_says_so_in_its_name_and_names_its_rule(name: str) -> None:
    fences = [fence for fence in fences_of("en") if fence["app"] == name]
    expected = {rule for fence in fences for rule in fence.get("expect", [])}
    expected -= NOT_THE_SNIPPETS.get(name, set())
    assert name.endswith("_wrong.py") == bool(expected)
    text = (SNIPPETS / name).read_text("utf-8")
    assert all(rule in text for rule in expected)


@pytest.mark.parametrize("name", snippets_with("checked"))
def test_the_test_that_checks_a_snippet_exists(name: str) -> None:
    file, _, test = CASES[name]["checked"].partition("::")
    text = (SNIPPETS.parent / "tests" / "snippets" / file).read_text("utf-8")
    assert f"def {test or 'test_'}" in text
