"""Every snippet is used, tested, and answers the same from the engine and from a real Uvicorn."""

from __future__ import annotations

import http.client
import importlib.util
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from asgiscope import run
from hooks.one_language import keep_language
from tests.snippets.conftest import CASES, SNIPPETS, all_snippets, fences_of

LONGEST_LINE = 80
MOST_LINES = 40


def load(name: str) -> Any:
    """The app of a snippet, imported as a reader would."""
    path = SNIPPETS / name
    spec = importlib.util.spec_from_file_location(f"snippet_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.app


def steps(request: dict[str, Any]) -> list[dict[str, Any]]:
    """The request as the steps of the engine's client."""
    first = {"method": request.get("method", "GET"), "path": request["path"]}
    pieces = [{"body": piece} for piece in request.get("body", [])]
    return [{"request": first}, *pieces, *([{"end": True}] if pieces else [])]


def ask(url: str, request: dict[str, Any]) -> dict[str, Any]:
    """The request over a real socket; "cut" when the response does not end as it should."""
    address = urlsplit(url)
    assert address.hostname is not None
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
    body = (piece.encode() for piece in request["body"]) if "body" in request else None
    chunked = body is not None
    headers = {"transfer-encoding": "chunked"} if chunked else {}
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


def check(answer: dict[str, Any], expected: dict[str, Any]) -> None:
    assert answer["status"] == expected["status"]
    assert answer["cut"] == expected.get("cut", False)
    if "length" in expected:
        assert len(answer["body"]) == expected["length"]
    else:
        assert answer["body"] == expected.get("body", "")
    for name, value in expected.get("headers", {}).items():
        assert answer["headers"][name] == value


def test_every_snippet_has_a_case_and_every_case_a_snippet() -> None:
    assert sorted(CASES) == all_snippets()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_snippet_is_shown_on_a_page(language: str) -> None:
    shown = {fence["app"] for fence in fences_of(language)}
    assert shown == set(all_snippets())


@pytest.mark.parametrize("name", all_snippets())
def test_the_engine_gives_the_expected_answer(name: str) -> None:
    trace = run(load(name), steps(CASES[name]["request"]))
    outcome = trace.outcome
    answer = {
        "status": outcome.status,
        "body": outcome.body.decode(),
        "cut": not outcome.complete,
        "headers": {key.decode(): value.decode() for key, value in outcome.headers},
    }
    check(answer, CASES[name]["answer"])


@pytest.mark.parametrize("name", all_snippets())
def test_a_real_uvicorn_gives_the_same_answer(name: str, serve: Callable[[Any], str]) -> None:
    check(ask(serve(load(name)), CASES[name]["request"]), CASES[name]["answer"])


@pytest.mark.parametrize("name", all_snippets())
def test_a_snippet_is_short_and_has_its_comments_in_pairs(name: str) -> None:
    text = (SNIPPETS / name).read_text("utf-8")
    chinese, english = (keep_language(text, language).split("\n") for language in ("zh", "en"))
    assert len(chinese) == len(english) <= MOST_LINES
    assert all(len(line) <= LONGEST_LINE for line in (*chinese, *english))


@pytest.mark.parametrize("name", all_snippets())
def test_a_wrong_snippet_says_so_in_its_name_and_names_its_rule(name: str) -> None:
    expected = {
        rule
        for fence in fences_of("en")
        if fence["app"] == name
        for rule in fence.get("expect", [])
    }
    assert name.endswith("_wrong.py") == bool(expected)
    text = (SNIPPETS / name).read_text("utf-8")
    assert all(rule in text for rule in expected)
