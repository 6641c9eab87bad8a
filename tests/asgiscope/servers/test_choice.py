"""Which server runs an app: what is wrong with a choice is one message, before anything runs."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import pytest

from asgiscope import ClientError, run
from asgiscope.texts import languages
from tests.asgiscope.servers.wire import hi
from tests.asgiscope.servers.wrong_choices import GET, WRONG


@pytest.mark.parametrize(("server", "steps", "code", "text"), WRONG)
def test_a_wrong_choice_is_one_message(server: Any, steps: list[Any], code: str, text: str) -> None:
    with pytest.raises(ClientError) as caught:
        run(hi, steps, server=server)
    assert caught.value.code == code
    assert text in str(caught.value)
    for language in languages():
        assert "{and_" not in caught.value.told(language)


def test_the_mock_server_may_be_named() -> None:
    assert run(hi, GET, server={"name": "mock"}) == run(hi, GET)


def test_a_server_that_is_not_installed_is_named_with_the_extra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "uvicorn"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "path", [])
    forget(monkeypatch, "asgiscope.servers.uvicorn")
    with pytest.raises(ClientError, match=r'pip install "asgiscope\[servers\]"') as caught:
        run(hi, GET, server="uvicorn")
    assert caught.value.code == "server-missing"


@pytest.mark.parametrize(
    ("server", "module", "name"),
    [
        ("uvicorn", "uvicorn.server", "Server"),
        ("hypercorn", "hypercorn.asyncio.run", "worker_serve"),
        ("gunicorn", "gunicorn.workers.gasgi", "ASGIWorker"),
    ],
)
def test_a_version_that_is_another_inside_is_named(
    monkeypatch: pytest.MonkeyPatch, server: Any, module: str, name: str
) -> None:
    monkeypatch.delattr(importlib.import_module(module), name)
    forget(monkeypatch, f"asgiscope.servers.{server}")
    with pytest.raises(ClientError, match=rf"{server} \d+\.\d+.* is not as this engine") as caught:
        run(hi, GET, server=server)
    assert caught.value.code == "server-inside"


def forget(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    """Let a module be imported anew, and the one that there was come back afterwards."""
    if module in sys.modules:
        monkeypatch.delitem(sys.modules, module)
        package, _, name = module.rpartition(".")
        if hasattr(sys.modules[package], name):
            monkeypatch.delattr(sys.modules[package], name)


@pytest.mark.parametrize("server", ["uvicorn", "hypercorn", "gunicorn"])
def test_every_option_that_is_taken_is_one_of_the_server_s(server: str) -> None:
    module = importlib.import_module(f"asgiscope.servers.{server}")
    adapter = getattr(module, server.capitalize())
    for option in module.OPTIONS.split():
        with pytest.raises(ClientError) as caught:  # known: what follows it is not
            adapter({option: None, "nonsense": 1})
        assert caught.value.values["found"] == "nonsense"
