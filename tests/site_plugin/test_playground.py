"""A wrong playground fence fails the build with its line; a right one is data and listings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from site_plugin.fences import FenceError, Place
from site_plugin.playground_fence import Playground
from site_plugin.playground_html import code_lines
from site_plugin.registry import read_fences

RIGHT = """\
# Title

```asgi-playground
- group: HTTP
  presets:
    - id: hello
      title: Hello
      about: "A sentence: with a colon."
      app: basics/say_hello.py
      client:
        - request: GET /
- group: WebSocket
  presets:
    - id: echo
      title: Echo
      app: websocket/echo_messages.py
      client:
        - connect: /
```
"""


def read(markdown: str) -> Playground | None:
    found = read_fences(markdown, Place("docs/en/playground.md", 0))
    return next((playground for _, _, playground in found), None)


def test_groups_and_presets_are_read_in_order() -> None:
    found = read(RIGHT)
    assert found is not None
    assert [group.title for group in found.groups] == ["HTTP", "WebSocket"]
    hello, echo = found.presets
    assert (hello.fence.name, hello.fence.line, hello.about) == (
        *("hello", 6),
        "A sentence: with a colon.",
    )
    assert hello.fence.client_text == "- request: GET /"
    assert (hello.fence.console, echo.fence.console) == (False, True)


def test_a_page_without_the_fence_has_no_playground() -> None:
    assert read("# Title\n") is None


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("title: Echo", "titel: Echo", 15, "no key 'titel'; did you mean 'title'"),
        ("say_hello.py", "say_hallo.py", 9, "did you mean 'basics/say_hello.py'"),
        ("      title: Echo\n", "", 14, "needs a value for 'title'"),
        ("id: echo", "id: hello", 14, "taken by the preset in line 6"),
        ("connect: /", "conn: /", 18, "step 1: there is no step 'conn'"),
        ("presets:\n    - id: hello", "items:\n    - id: hello", 4, "a list of groups"),
        ("```asgi-playground", " ```asgi-playground", 3, "must begin at the margin"),
        ("title: Hello", "title: [Hello", 8, "not valid YAML"),
    ],
)
def test_a_wrong_playground_is_named_with_its_line(
    old: str, new: str, line: int, words: str
) -> None:
    with pytest.raises(FenceError) as caught:
        read(RIGHT.replace(old, new, 1))
    assert str(caught.value).startswith(f"docs/en/playground.md:{line}: ")
    assert words in str(caught.value)


def test_a_page_has_one_playground() -> None:
    with pytest.raises(FenceError, match=r"docs/en/playground.md:21: line 3 has a playground"):
        read(RIGHT + "\n" + RIGHT.split("\n\n")[1])


def test_code_is_cut_into_lines_that_give_the_source_again() -> None:
    source = 'text = """a\n\nb"""\n# end\n'
    lines = code_lines(source)
    assert ["".join(text for _, text in line) for line in lines] == source.rstrip("\n").split("\n")


def test_each_language_has_a_file_for_every_preset_with_its_own_words(built_site: Path) -> None:
    chinese, english = (
        {
            data["name"]: data
            for file in (built_site / folder).glob("*.json")
            for data in [json.loads(file.read_text("utf-8"))]
        }
        for folder in ("playground", "en/playground")
    )
    assert chinese.keys() == english.keys()
    assert len(chinese) > 20
    for name, preset in chinese.items():
        assert preset["trace"] == english[name]["trace"]
        assert preset["client"] == english[name]["client"]
        assert preset["about"]
        assert preset["about"] != english[name]["about"]
