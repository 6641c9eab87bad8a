"""What can be wrong in a page's own text: each mistake has its file, its line, and what to do.

Most mistakes end a build at once. What depends on the other language's page is a warning, which
ends a strict build only: under ``make serve`` one of the two pages is always edited first.
"""

from __future__ import annotations

import difflib
import logging
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import yaml
from mkdocs.plugins import get_plugin_logger

from common import languages
from common.places import ROOT
from site_plugin.demo_fence import SNIPPETS, nearest, snippets
from site_plugin.facts import read_text
from site_plugin.fences import FenceError, Place, place_of, scan
from site_plugin.languages import is_untranslated

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

STYLES: Final = ROOT / "docs" / "assets" / "styles"
SHORTEST, LONGEST = 15, 170  # characters of a description: search engines cut what is longer
FRONT: Final = "---"
HEADING: Final = re.compile(r"^(?P<level>#{1,6})[ \t]+(?P<text>.*?)[ \t]*(?:\{(?P<rest>[^}]*)\})?$")
ID: Final = re.compile(r"(?:^|\s)#(?P<id>\S+)")
GOOD_ID: Final = re.compile(r"[a-z][a-z0-9-]*")
ATTRIBUTES: Final = re.compile(r"\{:? *((?:[#.][\w-]+ *)+)\}")
CLASS: Final = re.compile(r"\.(-?[A-Za-z][\w-]*)")
INCLUDED: Final = re.compile(r'^\s*--8<--\s+"(?P<file>[^":]+)(?::(?P<part>[\w-]+))?"')
OPEN: Final = re.compile(r"<(?P<tag>[a-z]+)\b[^>]*\bmarkdown\b[^>]*>")
DEMO_ID: Final = re.compile(r"^id: *(\S+)", re.M)
LINKED: Final = re.compile(r"^Doc file '(?P<page>[^']+)' contains .*? '(?P<link>[^']+)'")

log = get_plugin_logger("asgi-illustrated")


class Heading(NamedTuple):
    """``line`` is that of the Markdown, from 0."""

    line: int
    level: int
    id: str


class LinkPlaces(logging.Filter):
    """Puts the language and the line before what MkDocs says of a link."""

    docs: Path | None = None

    def filter(self, record: logging.LogRecord) -> bool:
        found = LINKED.match(record.getMessage())
        if found and self.docs:
            place = f"docs/{self.docs.name}/{found['page']}"
            lines = read_text(self.docs / found["page"]).split("\n")
            at = [number for number, line in enumerate(lines, 1) if found["link"] in line]
            record.msg = f"{place}:{at[0] if at else 1}: {record.getMessage()}"
            record.args = ()
        return True


_places: Final = LinkPlaces()


def on_config(config: MkDocsConfig) -> None:
    _places.docs = Path(config.docs_dir)
    logging.getLogger("mkdocs.structure.pages").addFilter(_places)  # once: it is the same


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Every page can be read: MkDocs would end with a traceback."""
    for file in files.documentation_pages():
        if file.abs_src_path:
            read_text(Path(file.abs_src_path))


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    place = place_of(page, markdown)
    check_front_matter(page.file.content_string, place)
    check_text(markdown, place)
    first = languages.first()
    original = Path(config.docs_dir).parent / first / page.file.src_uri
    if config.extra["language"] != first and original.is_file() and not is_untranslated(page):
        name = f"docs/{first}/{page.file.src_uri}"
        for difference in differences(markdown, place, read_text(original), name):
            log.warning(difference)


def check_front_matter(text: str, place: Place) -> None:
    """There is one that says what the page is for. Raises :class:`FenceError`."""
    lines = text.split("\n")
    end = lines.index(FRONT, 1) if FRONT in lines[1:] else 0
    if lines[0] == FRONT and not end:
        raise FenceError(place.page, 1, f"the front matter is never closed; add a line {FRONT}")
    keys = _front_matter("\n".join(lines[1:end]), place) if lines[0] == FRONT else {}
    said = keys.get("description")
    line = next((n for n, one in enumerate(lines, 1) if one.startswith("description:")), 1)
    if not said:
        raise FenceError(
            place.page,
            line,
            "this page does not say what it is for: put 'description: one sentence' between two"
            f" lines {FRONT} at its beginning",
        )
    if not isinstance(said, str) or not SHORTEST <= len(said) <= LONGEST:
        raise FenceError(
            place.page,
            line,
            f"the description has {len(str(said))} characters; write one sentence of {SHORTEST} to"
            f" {LONGEST}",
        )


def _front_matter(text: str, place: Place) -> dict[str, Any]:
    try:
        data = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        # Of a quotation that is never closed, its beginning, not the end of all.
        mark = error.context_mark if "quoted" in (error.context or "") else error.problem_mark
        line = mark.line if mark else 0
        problem = f"the front matter is not valid YAML: {error.problem}"
        raise FenceError(place.page, line + 2, f"{problem}; put texts with ':' in quotes") from None
    if not isinstance(data, dict):
        raise FenceError(place.page, 2, "the front matter holds keys, such as description: ...")
    return data


def check_text(markdown: str, place: Place) -> None:
    """All that a page's text can say about itself. Raises :class:`FenceError`."""
    lines = prose(markdown)
    _check_headings(lines, place)
    _check_classes(lines, place)
    _check_blocks(lines, place)
    _check_includes(markdown, place)


def prose(markdown: str) -> list[str]:
    """The lines of a page, those of fences empty."""
    lines = markdown.split("\n")
    for fence in scan(markdown):
        lines[fence.start : fence.end] = [""] * (fence.end - fence.start)
    return lines


def headings(lines: list[str]) -> Iterator[Heading]:
    for number, line in enumerate(lines):
        if found := HEADING.match(line):
            named = ID.search(found["rest"] or "")
            yield Heading(number, len(found["level"]), named["id"] if named else "")


def _check_headings(lines: list[str], place: Place) -> None:
    seen: dict[str, int] = {}
    title = None
    for line, level, name in headings(lines):
        if level == 1 and title is not None:
            at = place.offset + title + 1
            raise place.error(line, f"a page has one title, in line {at}; write '##' here")
        title = line if level == 1 else title
        if not name:
            raise place.error(
                line,
                "this heading has no id; write '{ #word }' at its end, the same word in each"
                " language",
            )
        if not GOOD_ID.fullmatch(name):
            raise place.error(line, f"the id {name!r} has other characters than a-z, 0-9 and '-'")
        if name in seen:
            at = place.offset + seen[name] + 1
            raise place.error(line, f"the id {name!r} is taken by the heading in line {at}")
        seen[name] = line
    if title is None and any(line.strip() for line in lines):
        raise place.error(0, "this page has no title; begin it with '# Title { #word }'")
    if title is None:
        raise place.error(0, "this page is empty; begin it with '# Title { #word }'")


@cache
def known_classes() -> frozenset[str]:
    """Those that a style sheet of the site has, and those that only mark something."""
    sheets = (path.read_text("utf-8") for path in STYLES.glob("*.css"))
    return frozenset(name for sheet in sheets for name in CLASS.findall(sheet)) | {"python"}


def _check_classes(lines: list[str], place: Place) -> None:
    for number, line in enumerate(lines):
        for attributes in ATTRIBUTES.findall(re.sub(r"`[^`]*`", "", line)):
            for name in CLASS.findall(attributes):
                if name not in known_classes():
                    near = difflib.get_close_matches(name, sorted(known_classes()), 1, 0.6)
                    hint = f"; did you mean {'.' + near[0]!r}?" if near else ""
                    raise place.error(number, f"no style sheet has a class {'.' + name!r}{hint}")


def _check_blocks(lines: list[str], place: Place) -> None:
    """HTML around Markdown is closed: what follows would be inside it."""
    open_ones: list[tuple[str, int]] = []
    for number, line in enumerate(lines):
        text = re.sub(r"`[^`]*`", "", line)
        for found in re.finditer(r"</(?P<closed>[a-z]+)>|" + OPEN.pattern, text):
            if found["tag"]:
                open_ones.append((found["tag"], number))
            elif open_ones and open_ones[-1][0] == found["closed"]:
                open_ones.pop()
    if open_ones:
        tag, number = open_ones[-1]
        raise place.error(number, f"this <{tag} markdown> is never closed; add a line </{tag}>")


def _check_includes(markdown: str, place: Place) -> None:
    """Files and parts that fences include are there: the extension would end with a traceback."""
    for number, line in enumerate(markdown.split("\n")):
        found = INCLUDED.match(line)
        if found is None:
            continue
        file = SNIPPETS / found["file"]
        if not file.is_file():
            hint = nearest(found["file"], snippets())
            raise place.error(number, f"there is no snippets/{found['file']}{hint}")
        if found["part"] and f"--8<-- [start:{found['part']}]" not in read_text(file):
            part = f"'# --8<-- [start:{found['part']}]'"
            raise place.error(number, f"snippets/{found['file']} has no line {part}")


def differences(markdown: str, place: Place, original: str, name: str) -> Iterator[str]:
    """Where headings or demos are others than in the page of the first language, ``name``."""
    here, there = (
        [(each.line, f"{'#' * each.level} #{each.id}") for each in headings(prose(text))]
        for text in (markdown, original)
    )
    yield from _first_difference(here, there, place, name, "heading")
    demos, others = (list(_demos(text)) for text in (markdown, original))
    yield from _first_difference(demos, others, place, name, "demo")


def _demos(markdown: str) -> Iterator[tuple[int, str]]:
    for fence in scan(markdown):
        if fence.language == "asgi" and (found := DEMO_ID.search(fence.text)):
            yield fence.start, found[1]


def _first_difference(
    here: list[tuple[int, str]], there: list[tuple[int, str]], place: Place, name: str, what: str
) -> Iterator[str]:
    for (line, one), (other_line, other) in zip(here, there, strict=False):
        if one != other:
            yield (
                f"{place.page}:{place.offset + line + 1}: the {what} {one!r} stands here, but"
                f" {other!r} in {name}:{other_line + 1}; both pages have the same, in one order"
            )
            return
    shorter = min(len(here), len(there))
    for line, one in here[shorter : shorter + 1]:
        yield f"{place.page}:{place.offset + line + 1}: {name} lacks this {what}, {one!r}"
    for line, one in there[shorter : shorter + 1]:
        yield f"{name}:{line + 1}: {place.page} lacks this {what}, {one!r}"
