"""The pages on the client's steps and on the API say what the engine has, all of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

import asgiscope
from asgiscope.cli.command import Status, _parser
from asgiscope.client.scripts import read_clients
from asgiscope.client.step_values import OF_REAL_SERVERS, READERS, keys_of
from site_plugin.fences import FenceError, Place, RawFence, replaced
from site_plugin.kinds import engine
from site_plugin.registry import Context

PLACE = Place("docs/en/look-up/x.md", 10)
WORDS = Path("data/engine.yml")


def expand(markdown: str, language: str, place: Place) -> str:
    """The page with each fence written out."""

    def write(fence: RawFence) -> str | None:
        if fence.language != "engine":
            return None
        return engine.render(engine.read(fence, place), Context(fence, place, language))

    return replaced(markdown, write)


def page(project: Path, language: str, name: str) -> str:
    path = project / "docs" / language / "look-up" / f"{name}.md"
    return expand(path.read_text("utf-8"), language, PLACE)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_step_and_every_key_is_told(language: str, project: Path) -> None:
    text = page(project, language, "client-steps")
    for step in READERS:
        assert f"### `{step}` {{ #step-{step.replace('_', '-')} }}" in text
    for key in {*keys_of("request"), *keys_of("connect")}:
        assert f"| `{key}` |" in text


def test_every_example_is_one_that_the_engine_takes_and_shows_its_step(project: Path) -> None:
    steps = yaml.safe_load((project / WORDS).read_text("utf-8"))["steps"]
    for name, words in steps.items():
        example = json.loads(words["example"])
        read_clients(example, {**READERS, **OF_REAL_SERVERS})
        assert any(name in step for step in example)
        assert set(words) == {"example", "zh", "en"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_public_name_is_told(language: str, project: Path) -> None:
    text = page(project, language, "api")
    for name in asgiscope.__all__:
        assert re.search(rf"^### `{name}` ", text, re.M), name
    assert "<property" not in text
    assert not re.search(r": *$\n    \w+: *$", text, re.M)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_option_and_every_status_of_the_command_is_told(language: str, project: Path) -> None:
    for text in (page(project, language, "api"), (project / "asgiscope/README.md").read_text()):
        [commands] = [a for a in _parser()._actions if isinstance(a.choices, dict)]
        options = [s for action in commands.choices["run"]._actions for s in action.option_strings]
        for option in set(options) - {"-h", "--help"}:
            assert f"`{option}" in text, option
        for status in Status:
            assert f"| {int(status)} |" in text


@pytest.mark.parametrize(
    ("fence", "words"),
    [
        ("show: nothing", "show: steps, request-keys, connect-keys, or api"),
        ("show: api", "show: steps, request-keys, connect-keys, or api"),
        ("show: api\nof: rub", "'rub'"),
    ],
)
def test_a_fence_that_means_nothing_is_named_by_its_line(fence: str, words: str) -> None:
    with pytest.raises(FenceError) as caught:
        expand(f"one\n```engine\n{fence}\n```\n", "en", PLACE)
    assert str(caught.value).startswith("docs/en/look-up/x.md:12: ")
    assert words in str(caught.value)


def test_a_name_without_words_stops_the_build() -> None:
    with pytest.raises(FenceError, match=r"no words for 'Trace\.nothing' under api"):
        expand("```engine\nshow: api\nof: Trace.nothing\n```\n", "zh", PLACE)
