"""The error decoder's page: every entry with its anchor, searchable; wrong data named by line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from site_plugin.error_data import DataError, Entry, groups, load, versions
from site_plugin.fences import FenceError, Place, scan
from site_plugin.kinds.errors import group_of, message_html, name_of
from tests.site.conftest import LANGUAGES
from tests.site.test_built_pages import article
from tests.site.test_terms import CODE, TERMS

PAGE = "look-up/errors/"
ENTRIES: list[Entry] = [entry for group in groups() for entry in load(group)]
RIGHT = """\
- id: no-response
  message: "RuntimeError: No response returned."
  who: starlette
  where: exception
  zh:
    why: 没有响应。
    fix: 答复。
  en:
    why: There is no response.
    fix: Answer.
  see: [learn/response.md]
- id: not-found
  message: Not Found
  who: starlette
  where: response 404
  zh: { why: 没有路由。, fix: 加上。 }
  en: { why: There is no route., fix: Add one. }
  see: [learn/scope.md#path]
"""


def read(folder: Path, text: str) -> list[Entry]:
    (folder / "some.yml").write_text(text, "utf-8")
    return load("some", folder)


def test_entries_are_read_in_order(tmp_path: Path) -> None:
    first, second = read(tmp_path, RIGHT)
    assert (first.name, first.at) == ("no-response", "data/errors/some.yml:1")
    assert (second.name, second.where, second.see) == (
        *("not-found", "response 404"),
        ("learn/scope.md#path",),
    )
    assert second.texts["en"] == {"why": "There is no route.", "fix": "Add one."}


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("message: Not", "messages: Not", 12, "no key 'messages'; did you mean 'message'?"),
        ("  who: starlette\n  where: exc", "  where: exc", 1, "an entry needs 'who'"),
        ("who: starlette", "who: starlet", 1, "requirements.txt has no package 'starlet'"),
        ("where: exception", "where: log", 1, "where is 'log'; write exception"),
        ("id: no-response", "id: No_response", 1, "may have a to z, 0 to 9 and hyphens only"),
        ("id: not-found", "id: no-response", 12, "is taken at data/errors/some.yml:1"),
        (", fix: Add one.", "", 12, "en needs 'fix'"),
        ("fix: 答复。", "fixx: 答复。", 1, "zh has no key 'fixx'; did you mean 'fix'?"),
        ("why: 没有响应。", "why: [没有响应]", 1, "'why' is a text; put it in quotes"),
        ("see: [learn/response.md]", "see: learn/response.md", 1, "see is a list of pages"),
        ('message: "RuntimeError', "message: RuntimeError", 2, "not valid YAML"),
    ],
)
def test_wrong_data_is_named_with_its_line_and_the_remedy(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    assert old in RIGHT
    with pytest.raises(DataError) as caught:
        read(tmp_path, RIGHT.replace(old, new, 1))
    assert str(caught.value).startswith(f"data/errors/some.yml:{line}: ")
    assert words in str(caught.value)


def test_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"some\.yml:1: write a list of entries"):
        read(tmp_path, "id: a\n")


@pytest.mark.parametrize("text", ["group: nowhere", "starting", "group: starting\nmore: 1"])
def test_a_fence_that_names_no_group_is_refused_with_its_place(text: str) -> None:
    (fence,) = scan(f"# Title\n\n```errors\n{text}\n```\n")
    with pytest.raises(FenceError) as caught:
        group_of(fence, Place("docs/zh/look-up/errors.md", 4))
    assert str(caught.value).startswith("docs/zh/look-up/errors.md:7: write one line 'group: ...'")


def test_what_differs_is_a_variable_and_the_rest_is_text() -> None:
    assert message_html('<a> "‹x<y›"\nb') == '&lt;a&gt; "<var>x&lt;y</var>"<br>b'


def test_versions_are_those_of_the_lock() -> None:
    assert name_of("uvicorn") == f"Uvicorn {versions()['uvicorn']}"
    assert re.fullmatch(r"HTTPX \d+\.\d+", name_of("httpx"))
    assert name_of("python") == "Python"


@pytest.mark.parametrize("root", LANGUAGES.values())
def test_every_entry_stands_on_the_page_under_its_id(built_site: Path, root: str) -> None:
    headings = article(built_site, root + PAGE).select("h3.said")
    assert sorted(str(heading["id"]) for heading in headings) == sorted(
        entry.name for entry in ENTRIES
    )
    for heading in headings:
        answers = heading.find_next_sibling("dl")
        assert answers is not None
        assert len(answers.find_all("dt")) == len(answers.find_all("dd")) == 4, heading["id"]


@pytest.mark.parametrize("root", LANGUAGES.values())
def test_search_finds_every_entry_by_itself(built_site: Path, root: str) -> None:
    index = built_site / root.strip("/") / "search" / "search_index.json"
    found = {entry["location"] for entry in json.loads(index.read_text("utf-8"))["docs"]}
    assert {f"{PAGE}#{entry.name}" for entry in ENTRIES} <= found


@pytest.mark.parametrize("language", LANGUAGES)
def test_entries_keep_to_the_terms(language: str) -> None:
    for entry in ENTRIES:
        text = CODE.sub("", " ".join(entry.texts[language].values()))
        for term in TERMS.values():
            for word in term.get(f"not_{language}", []):
                pattern = re.escape(word) if language == "zh" else rf"\b{re.escape(word)}\b"
                assert not re.search(pattern, text, re.I), f"{entry.at}: {word!r}"
