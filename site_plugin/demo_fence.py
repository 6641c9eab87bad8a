"""Reads ``asgi`` fences: the demos as an author writes them in a page.

Every mistake is a :class:`FenceError` that names the file and the line of the page, what was found
there, and what to do.
"""

from __future__ import annotations

import difflib
import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

import yaml

from asgiscope import ClientError
from asgiscope.client.scripts import read_clients
from asgiscope.spec import RULES
from common.places import ROOT
from site_plugin.fences import FenceError, Place, RawFence

SNIPPETS: Final = ROOT / "snippets"
NAME: Final = re.compile(r"^[a-z][a-z0-9-]*$")
KEYS: Final = ("id", "title", "app", "client", "expect", "console", "view")
VIEWS: Final = ("order", "time")


@dataclass(frozen=True)
class Fence:
    """A demo of a page; ``page`` and ``line`` say where it stands, for messages.

    ``view`` is how the exchange is drawn at first: "order" or "" message by message, "time" to the
    scale of time.
    """

    page: str
    line: int
    name: str
    title: str
    app: str
    client: Any
    client_text: str
    expect: tuple[str, ...]
    console: bool = False
    view: str = ""

    def error(self, text: str) -> FenceError:
        return FenceError(self.page, self.line, text)


def read_fence(raw: RawFence, at: Place) -> Fence:
    """The demo that a fence describes. Raises :class:`FenceError` for a wrong one."""
    check_marks(raw, at)
    node, data = parse(raw, at)
    if not isinstance(node, yaml.MappingNode):
        raise at.error(raw.start, f"an asgi fence holds keys ({', '.join(KEYS)}), one a line")
    return read_demo(node, data, raw, raw.start, at)


def check_ids(fences: Iterable[Fence], what: str) -> None:
    """No two have the same id. ``what`` they are, for the message of :class:`FenceError`."""
    seen: dict[str, int] = {}
    for fence in fences:
        if fence.name in seen:
            line = seen[fence.name]
            raise fence.error(f"the id {fence.name!r} is taken by the {what} in line {line}")
        seen[fence.name] = fence.line


def check_marks(raw: RawFence, at: Place) -> None:
    """The fence's own marks are right. Raises :class:`FenceError`."""
    name = f"{'an' if raw.language[0] in 'aeiou' else 'a'} {raw.language} fence"
    if raw.indent:
        raise at.error(raw.start, f"{name} must begin at the margin; remove the indent")
    if not raw.closed:
        raise at.error(raw.start, f"{name} is never closed; add {raw.ticks} below it")


def read_demo(
    node: yaml.MappingNode, data: dict[str, Any], raw: RawFence, index: int, at: Place
) -> Fence:
    """A demo's keys, checked. ``index``: the Markdown's line to name when one is missing."""
    lines = {key.value: raw.start + 1 + key.start_mark.line for key, _ in node.value}
    _check_keys(data, lines, index, at)
    client_node = next(value for key, value in node.value if key.value == "client")
    _check_client(data["client"], client_node, raw.start, lines, at)
    _check_console(data, lines, at)
    return Fence(
        page=at.page,
        line=at.offset + index + 1,
        name=data["id"],
        title=data["title"],
        app=data["app"],
        client=data["client"],
        client_text=_text_of(client_node, raw.text),
        expect=tuple(data.get("expect") or ()),
        console=data.get("console", False),
        view=data.get("view", ""),
    )


def parse(raw: RawFence, at: Place) -> tuple[yaml.Node | None, Any]:
    """The fence's YAML, with the places of its parts and as data. Raises :class:`FenceError`."""
    loader = yaml.SafeLoader(raw.text)
    try:
        node = loader.get_single_node()
        return node, loader.construct_document(node) if node else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        raise at.error(raw.start + 1 + line, f"not valid YAML: {error.problem}") from None


def _check_keys(data: dict[str, Any], where: dict[str, int], start: int, at: Place) -> None:
    for key, index in where.items():
        if key not in KEYS:
            raise at.error(index, f"a demo has no key {key!r}{nearest(key, KEYS)}")
    for key in ("id", "title", "app", "client"):
        if not data.get(key):
            raise at.error(where.get(key, start), f"this demo needs a value for {key!r}")
    if not isinstance(data["id"], str) or not NAME.match(data["id"]):
        raise at.error(where["id"], "the id is a word of a-z, 0-9 and '-', such as stream-events")
    if not isinstance(data["title"], str):
        raise at.error(where["title"], "the title is a text; put it in quotes")
    _check_app(data["app"], where["app"], at)
    _check_expect(data.get("expect") or [], where.get("expect", start), at)
    if data.get("view", VIEWS[0]) not in VIEWS:
        raise at.error(where["view"], f"view is one of {', '.join(VIEWS)}")


def _check_app(app: Any, index: int, at: Place) -> None:
    path = PurePosixPath(str(app))
    if not (path.suffix == ".py" and ".." not in path.parts and (SNIPPETS / path).is_file()):
        raise at.error(index, f"there is no snippets/{app}{nearest(str(app), snippets())}")


def _check_expect(expect: Any, index: int, at: Place) -> None:
    if not isinstance(expect, list):
        raise at.error(index, "expect is a list of rule ids, such as [http-start-first]")
    for rule in expect:
        if rule not in RULES:
            raise at.error(index, f"there is no rule {rule!r}{nearest(str(rule), RULES)}")


def _check_client(
    client: Any, node: yaml.Node, start: int, where: dict[str, int], at: Place
) -> None:
    try:
        read_clients(client)
    except ClientError as error:
        index = where["client"]
        if error.step and isinstance(node, yaml.SequenceNode):
            index = start + 1 + node.value[error.step - 1].start_mark.line
        raise at.error(index, str(error)) from None


def talks(client: Any) -> bool:
    """Whether every client of a demo opens a WebSocket."""
    scripts = client.values() if isinstance(client, dict) else [client]
    return all(any("connect" in step for step in steps) for steps in scripts)


def _check_console(data: dict[str, Any], where: dict[str, int], at: Place) -> None:
    if not isinstance(data.get("console", False), bool):
        raise at.error(where["console"], "console is true or false")
    if data.get("console") and not talks(data["client"]):
        raise at.error(where["console"], "a console needs clients that connect; take the key out")


def snippets() -> list[str]:
    """The apps that a page can name, by their paths below snippets/."""
    return sorted(file.relative_to(SNIPPETS).as_posix() for file in SNIPPETS.rglob("*.py"))


def nearest(word: str, words: Iterable[str]) -> str:
    """The end of a message: which word was likely meant, if there is one."""
    near = difflib.get_close_matches(word, list(words), 1, 0.5)
    return f"; did you mean {near[0]!r}?" if near else ""


def _text_of(node: yaml.Node, text: str) -> str:
    """A part of the fence as its author wrote it, without the indent that it stands at."""
    part = text[node.start_mark.index : node.end_mark.index]
    return textwrap.dedent(" " * node.start_mark.column + part).strip("\n ")
