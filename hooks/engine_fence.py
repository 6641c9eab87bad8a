"""Writes the pages on the engine from the engine itself: a fence ``engine`` says which part.

    ```engine
    show: steps
    ```

``show`` is steps, request-keys, connect-keys or api; the last also has ``of``, names of the API.
What there is comes from the code: the tables of steps, the signatures, the docstrings. The words
that the code does not have are in data/engine.yml.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

PROJECT: Final = Path(__file__).resolve().parent.parent
if str(PROJECT) not in sys.path:  # mkdocs loads hooks by path, from anywhere
    sys.path.insert(0, str(PROJECT))

import yaml  # noqa: E402
from mkdocs.exceptions import PluginError  # noqa: E402

from asgiscope.client.step_values import READERS, keys_of  # noqa: E402
from hooks.engine_api import api_entry  # noqa: E402
from hooks.fences import FenceError, Place, RawFence, place_of, replaced  # noqa: E402

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

NAME: Final = "engine"
WORDS: Final = PROJECT / "data" / "engine.yml"


class MissingWords(Exception):
    """Something of the engine has no words; the text names it."""


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    try:
        return expand(markdown, config.extra["language"], place_of(page, markdown))
    except FenceError as error:
        raise PluginError(str(error)) from None


def expand(markdown: str, language: str, place: Place) -> str:
    """The page with each fence written out. Raises :class:`FenceError` for what it cannot mean."""
    return replaced(markdown, NAME, lambda fence: _section(fence, language, place).split("\n"))


def _section(fence: RawFence, language: str, place: Place) -> str:
    try:
        wanted = yaml.safe_load(fence.text)
    except yaml.YAMLError:
        wanted = None
    show = wanted.get("show") if isinstance(wanted, dict) else None
    try:
        if show == "steps":
            return _steps(language)
        if show in ("request-keys", "connect-keys"):
            return _keys(show.removesuffix("-keys"), language)
        if show == "api" and wanted.get("of"):
            return "\n\n".join(_api(name, language) for name in str(wanted["of"]).split())
    except (MissingWords, AttributeError) as error:
        raise place.error(fence.start, str(error)) from None
    raise place.error(fence.start, "show: steps, request-keys, connect-keys, or api with of: names")


@cache
def _words() -> dict[str, dict[str, Any]]:
    data: dict[str, dict[str, Any]] = yaml.safe_load(WORDS.read_text("utf-8"))
    return data


def _words_of(kind: str, name: str) -> Any:
    found = _words()[kind].get(name)
    if not found:
        raise MissingWords(f"data/engine.yml has no words for {name!r} under {kind}")
    return found


def _steps(language: str) -> str:
    return "\n\n".join(_step(name, _words_of("steps", name), language) for name in READERS)


def _step(name: str, words: dict[str, str], language: str) -> str:
    example = f"```json\n{words['example']}\n```"
    return f"### `{name}` {{ #step-{name} }}\n\n{words[language]}\n\n{example}"


def _keys(step: str, language: str) -> str:
    rows = [f"| `{key}` | {_words_of('keys', key)[language]} |" for key in keys_of(step)]
    head = {"zh": "| 键 | 含义 |", "en": "| Key | Meaning |"}[language]
    return "\n".join([head, "| --- | --- |", *rows])


def _api(name: str, language: str) -> str:
    return api_entry(name, None if language == "en" else _words_of("api", name))
