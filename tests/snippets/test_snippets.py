"""Every snippet is used, tested, and answers the same from the engine and from a real Uvicorn."""

from __future__ import annotations

import http.client
import importlib.util
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from asgiscope import run
from hooks.one_language import keep_language
from tests.snippets.conftest import (
    CASES,
    SNIPPETS,
    all_snippets,
    fences_of,
    included_in,
    snippets_with,
)

LONGEST_LINE = 80
MOST_LINES = 40


def load(name: str) -> Any:
    """The app of a snippet, imported as a reader would."""
    path = SNIPPETS / name
    spec = importlib.util.spec_from_file_location(f"snippet_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # some frameworks look there for the names in annotations
    spec.loader.exec_module(module)
    return module.app


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


@pytest.mark.parametrize("name", [*snippets_with("request"), *snippets_with("talk")])
def test_the_engine_gives_the_expected_answer(name: str) -> None:
    if CASES[name].get("wsgi"):
        return
    check(in_process(name), CASES[name]["answer"])


@pytest.mark.parametrize("name", snippets_with("request"))
def test_a_real_server_gives_the_same_answer(name: str, serve: Callable[[Any], str]) -> None:
    case = CASES[name]
    expected = case.get("uvicorn", case["answer"])
    if case.get("wsgi"):
        with wsgi_server(load(name)) as url:
            check(ask(url, case["request"]), expected)
    else:
        check(ask(serve(load(name)), case["request"]), expected)


@pytest.mark.parametrize("name", snippets_with("talk"))
def test_a_real_server_talks_the_same(name: str, serve: Callable[[Any], str]) -> None:
    case = CASES[name]
    expected = case.get("uvicorn", case["answer"])
    check(talk(serve(load(name)), case["talk"], len(expected.get("received", []))), expected)


@contextmanager
def wsgi_server(app: Any) -> Iterator[str]:
    with make_server("127.0.0.1", 0, app, handler_class=Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Nothing on the terminal."""


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


@pytest.mark.parametrize("name", snippets_with("passes"))
def test_a_test_file_passes(name: str) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", "/dev/null"]
    done = subprocess.run(
        [*command, str(SNIPPETS / name)],
        cwd=(SNIPPETS / name).parent,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr


PYTHON = [name for name in all_snippets() if name.endswith(".py")]


@pytest.mark.parametrize("name", PYTHON)
def test_a_snippet_is_short_and_has_its_comments_in_pairs(name: str) -> None:
    text = (SNIPPETS / name).read_text("utf-8")
    chinese, english = (keep_language(text, language).split("\n") for language in ("zh", "en"))
    assert len(chinese) == len(english) <= MOST_LINES
    assert all(len(line) <= LONGEST_LINE for line in (*chinese, *english))


@pytest.mark.parametrize("name", PYTHON)
def test_a_wrong_snippet_says_so_in_its_name_and_names_its_rule(name: str) -> None:
    expected = {
        rule
        for fence in fences_of("en")
        if fence["app"] == name
        for rule in fence.get("expect", [])
    }
    if name.startswith("frameworks/"):
        return  # a rule that the framework breaks is not the snippet's mistake
    assert name.endswith("_wrong.py") == bool(expected)
    text = (SNIPPETS / name).read_text("utf-8")
    assert all(rule in text for rule in expected)
