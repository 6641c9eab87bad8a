"""site_plugin/page_checks.py: what is wrong in a page is told with its line and the remedy."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

from common.places import ROOT
from site_plugin.facts import read_facts, read_text
from site_plugin.fences import FenceError, Place
from site_plugin.page_checks import LinkPlaces, check_front_matter, check_text, differences

PLACE = Place("docs/en/learn/x.md", 4)
RIGHT = """\
# Title { #title }

Text with `{ .code }` and `<div markdown>`.
{ .lead }

<aside class="side-note" markdown>
Beside.
</aside>

## Part { #part .next }

```python
# not a heading
{ .not-a-class }
```

```python
--8<-- "basics/say_hello.py"
```
"""


def test_what_is_right_passes() -> None:
    check_text(RIGHT, PLACE)
    check_front_matter("---\ndescription: What this page is for.\n---\n", PLACE)


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("## Part { #part .next }", "## Part", ":14: this heading has no id; write '{ #word }'"),
        ("{ #part .next }", "{ #Part }", ":14: the id 'Part' has other characters than a-z"),
        ("{ #part .next }", "{ #title }", ":14: the id 'title' is taken by the heading in line 5"),
        ("## Part", "# Part", ":14: a page has one title, in line 5; write '##' here"),
        ("# Title { #title }", "", ":5: this page has no title; begin it with '# Title"),
        ("{ .lead }", "{ .laed }", ":8: no style sheet has a class '.laed'; did you mean '.lead'?"),
        ("</aside>", "", ":10: this <aside markdown> is never closed; add a line </aside>"),
        (
            "say_hello",
            "say_hallo",
            ":22: there is no snippets/basics/say_hallo.py; did you mean 'basics/say_hello.py'?",
        ),
        (
            'say_hello.py"',
            'say_hello.py:part"',
            ":22: snippets/basics/say_hello.py has no line '# --8<-- [start:part]'",
        ),
    ],
)
def test_a_mistake_in_the_text_has_its_line(right: str, wrong: str, told: str) -> None:
    assert RIGHT.count(right) == 1
    with pytest.raises(FenceError) as caught:
        check_text(RIGHT.replace(right, wrong), PLACE)
    assert str(caught.value).startswith(PLACE.page + told)


def test_an_empty_page_is_told() -> None:
    with pytest.raises(FenceError, match=r"x\.md:5: this page is empty; begin it with '# Title"):
        check_text("\n", PLACE)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# Title\n", ":1: this page does not say what it is for: put 'description: one sentence'"),
        ("---\nsource: 1\n---\n", ":1: this page does not say what it is for"),
        ("---\ndescription: A\n---\n", ":2: the description has 1 characters; write one sentence"),
        ("---\nsource: 1\ndescription: " + "a" * 171 + "\n---\n", ":3: the description has 171"),
        ("---\ndescription: A page.\n# Title\n", ":1: the front matter is never closed; add a"),
        (
            "---\nsource: 1\ndescription: one: two\n---\n",
            ":3: the front matter is not valid YAML: mapping values are not allowed here; put",
        ),
        ('---\ndescription: "One.\n---\n', ":2: the front matter is not valid YAML: "),
        ("---\n- a\n---\n", ":2: the front matter holds keys, such as description"),
    ],
)
def test_a_mistake_in_the_front_matter_has_its_line(text: str, told: str) -> None:
    with pytest.raises(FenceError) as caught:
        check_front_matter(text, PLACE)
    assert str(caught.value).startswith(PLACE.page + told)


DEMO = "```asgi\nid: one\ntitle: One\n```\n"


@pytest.mark.parametrize(
    ("here", "there", "told"),
    [
        (RIGHT, RIGHT, []),
        (
            RIGHT,
            RIGHT.replace("#part", "#teil"),
            [
                "docs/en/learn/x.md:14: the heading '## #part' stands here, but '## #teil' in"
                " docs/zh/x.md:10; both pages have the same, in one order"
            ],
        ),
        (
            RIGHT + "## More { #more }\n",
            RIGHT,
            ["docs/en/learn/x.md:24: docs/zh/x.md lacks this heading, '## #more'"],
        ),
        (RIGHT, RIGHT + DEMO, ["docs/zh/x.md:20: docs/en/learn/x.md lacks this demo, 'one'"]),
        (
            DEMO,
            DEMO.replace("one", "two"),
            [
                "docs/en/learn/x.md:5: the demo 'one' stands here, but 'two' in docs/zh/x.md:1;"
                " both pages have the same, in one order"
            ],
        ),
    ],
)
def test_what_differs_between_the_languages_is_told(here: str, there: str, told: list[str]) -> None:
    assert list(differences(here, PLACE, there, "docs/zh/x.md")) == told


def test_a_file_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    file.write_bytes("# Title\n\ncaf\xe9\n".encode("latin-1"))
    with pytest.raises(PluginError, match=r"page\.md:3: this is not UTF-8 \(byte 0xe9\); save the"):
        read_text(file)


def test_facts_that_are_not_yaml_are_told_with_their_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "terms.yml").write_text("one: 1\ntwo: [\n", "utf-8")
    monkeypatch.setattr("site_plugin.facts.ROOT", tmp_path)
    with pytest.raises(PluginError, match=r"^terms\.yml:3: this is not valid YAML: "):
        read_facts("terms.yml")


def test_a_link_that_leads_nowhere_has_its_language_and_line(tmp_path: Path) -> None:
    docs = tmp_path / "en"
    docs.mkdir()
    (docs / "index.md").write_text("# Title\n\n[away](nowhere.md)\n", "utf-8")
    places = LinkPlaces()
    places.docs = docs
    told = "Doc file 'index.md' contains a link 'nowhere.md', but the target is not found."
    record = logging.LogRecord("x", logging.WARNING, "", 1, told, (), None)
    assert places.filter(record)
    assert record.getMessage() == f"docs/en/index.md:3: {told}"


def test_every_page_of_the_site_is_right() -> None:
    pages = sorted(ROOT.glob("docs/*/**/*.md"))
    assert len(pages) > 50
    for path in pages:
        text = path.read_text("utf-8")
        check_front_matter(text, PLACE)
        check_text(text[text.index("\n---\n", 3) + 5 :], Place(path.as_posix(), 0))
