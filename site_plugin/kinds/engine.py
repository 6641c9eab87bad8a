"""Writes the pages on the engine from the engine itself: a fence ``engine`` says which part.

    ```engine
    show: steps
    ```

``show`` is steps, request-keys, connect-keys or api; the last also has ``of``, names of the API.
What there is comes from the code: the tables of steps, the signatures, the docstrings. The words
that the code does not have are in data/engine.yml.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final, NamedTuple

import yaml

from asgiscope.client.step_values import READERS, keys_of
from common.languages import chosen
from common.words import words
from site_plugin.engine_api import api_entry
from site_plugin.facts import read_facts
from site_plugin.fences import Place, RawFence
from site_plugin.registry import Context, Kind, register

WORDS: Final = "data/engine.yml"


class MissingWords(Exception):
    """Something of the engine has no words; the text names it."""


class Part(NamedTuple):
    """``show`` is a key of PARTS; ``of`` the names, where it needs some."""

    show: str
    of: str = ""


def read(fence: RawFence, place: Place) -> Part:
    """What a fence asks for. Raises :class:`FenceError` for what it cannot mean."""
    try:
        wanted = yaml.safe_load(fence.text)
    except yaml.YAMLError:
        wanted = None
    if isinstance(wanted, dict):
        part = Part(str(wanted.get("show")), str(wanted.get("of") or ""))
        if part.show in PARTS and (part.of or part.show != "api"):
            return part
    raise place.error(fence.start, "show: steps, request-keys, connect-keys, or api with of: names")


def render(part: Part, at: Context) -> str:
    """The part as Markdown. Raises :class:`FenceError` for what has no words or is not there."""
    try:
        return PARTS[part.show](part.of, at.language)
    except (MissingWords, AttributeError) as error:
        raise at.error(str(error)) from None


def _words_of(kind: str, name: str) -> Any:
    found = read_facts(WORDS)[kind].get(name)
    if not found:
        raise MissingWords(f"{WORDS} has no words for {name!r} under {kind}")
    return found


def _steps(of: str, language: str) -> str:
    return "\n\n".join(_step(name, _words_of("steps", name), language) for name in READERS)


def _step(name: str, told: dict[str, str], language: str) -> str:
    example = f"```json\n{told['example']}\n```"
    heading = f"### `{name}` {{ #step-{name.replace('_', '-')} }}"
    return f"{heading}\n\n{chosen(told, language)}\n\n{example}"


def _keys(step: str, of: str, language: str) -> str:
    rows = [f"| `{key}` | {chosen(_words_of('keys', key), language)} |" for key in keys_of(step)]
    head = f"| {' | '.join(words(language).KEYS)} |"
    return "\n".join([head, "| --- | --- |", *rows])


def _api(of: str, language: str) -> str:
    told = read_facts(WORDS)["api"].get(language)
    missing = [name for name in of.split() if told and name not in told]
    if missing:
        raise MissingWords(f"{WORDS} has no words for {missing[0]!r} under api, {language}")
    return "\n\n".join(api_entry(name, told and told[name]) for name in of.split())


PARTS: Final[dict[str, Callable[[str, str], str]]] = {
    "steps": _steps,
    "request-keys": partial(_keys, "request"),
    "connect-keys": partial(_keys, "connect"),
    "api": _api,
}

register(Kind("engine", read, render))
