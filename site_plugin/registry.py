"""The kinds of fences that are ours: how each is called, how it is read, and what it becomes.

A kind is one file of ``site_plugin/kinds``, which registers itself::

    register(Kind("table", read, render))

While a page is built, each of its fences is read, then all are rendered; whatever is wrong is a
:class:`~site_plugin.fences.FenceError` with the file and the line of the page.
"""

from __future__ import annotations

import difflib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from pygments.lexers import find_lexer_class_by_name
from pygments.util import ClassNotFound

from site_plugin import kinds
from site_plugin.fences import FenceError, Place, RawFence, place_of, replaced, scan

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

MARK: Final = '<div data-fence="{}"></div>'
DRAWN: Final = "mermaid"  # a fence of the Markdown extension: diagrams.py
NEAR: Final = 0.75  # of 1: "agsi" is near "asgi", "env" is not near "engine"

T = TypeVar("T")


@dataclass(frozen=True)
class Context:
    """A fence, the file that it stands in, and the code of the language that is built."""

    fence: RawFence
    place: Place
    language: str

    def error(self, text: str) -> FenceError:
        """A mistake, at the fence's first line."""
        return self.place.error(self.fence.start, text)


@dataclass(frozen=True)
class OnPage(Context):
    """The same with what MkDocs knows of the page."""

    page: Page
    config: MkDocsConfig
    files: Files


def _nothing_more(all_of_a_page: Sequence[Any], place: Place) -> None:
    """Most kinds have nothing to check beyond each fence."""


@dataclass(frozen=True)
class Kind(Generic[T]):
    """A kind of fence.

    ``read`` gives what a fence means, ``render`` what stands in its place: Markdown, or with
    ``html`` what the finished page has there. ``check`` sees all of a page's before any is
    rendered.
    """

    name: str
    read: Callable[[RawFence, Place], T]
    render: Callable[[T, OnPage], str]
    html: bool = False
    check: Callable[[Sequence[T], Place], None] = _nothing_more


_KINDS: Final[dict[str, Kind[Any]]] = {}


def register(kind: Kind[Any]) -> None:
    """Make a kind known. Raises ValueError if its name is taken."""
    if kind.name in _KINDS:
        raise ValueError(f"there are two kinds of fences {kind.name!r}")
    _KINDS[kind.name] = kind


@cache
def all_kinds() -> Mapping[str, Kind[Any]]:
    """Every kind by its name: those of all files in ``site_plugin/kinds``."""
    for module in pkgutil.iter_modules(kinds.__path__):
        import_module(f"{kinds.__name__}.{module.name}")
    return _KINDS


def read_fences(markdown: str, place: Place) -> list[tuple[RawFence, Kind[Any], Any]]:
    """The fences of a page that are ours, with what they mean. Raises :class:`FenceError`."""
    found: list[tuple[RawFence, Kind[Any], Any]] = []
    for fence in scan(markdown):
        kind = all_kinds().get(fence.language)
        if kind is None:
            _check_name(fence, place)
        else:
            found.append((fence, kind, kind.read(fence, place)))
    for kind in {kind.name: kind for _, kind, _ in found}.values():
        kind.check([meant for _, other, meant in found if other is kind], place)
    return found


def _check_name(fence: RawFence, place: Place) -> None:
    """A name that nothing knows may stand for code, unless one of ours is likely meant."""
    if meant := _likely(fence.language):
        raise place.error(
            fence.start, f"there is no fence {fence.language!r}; did you mean {meant!r}?"
        )


@cache
def _likely(name: str) -> str:
    """The name of ours that this one is near, if it is no language of code either."""
    near = difflib.get_close_matches(name, [*all_kinds(), DRAWN], 1, NEAR)
    if not near or name == DRAWN:
        return ""
    try:
        find_lexer_class_by_name(name)
    except ClassNotFound:
        return near[0]
    return ""


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put what each fence means in its place; HTML comes later, where Markdown cannot touch it."""
    place, language = place_of(page, markdown), config.extra["language"]
    texts: dict[int, str] = {}
    page.meta["fences"] = later = dict[str, str]()
    for fence, kind, meant in read_fences(markdown, place):
        text = kind.render(meant, OnPage(fence, place, language, page, config, files))
        if kind.html:
            mark = MARK.format(len(later))
            later[mark], text = text, mark
        texts[fence.start] = text
    return replaced(markdown, lambda fence: texts.get(fence.start))


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put the HTML where its marks stand."""
    for mark, text in page.meta.get("fences", {}).items():
        html = html.replace(mark, text)
    return html
