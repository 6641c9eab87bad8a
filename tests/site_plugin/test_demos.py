"""A demo fence that is wrong fails the build with the page, the line and the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_plugin.demo_fence import Fence
from site_plugin.demo_html import Addresses, render
from site_plugin.fences import FenceError, Place
from site_plugin.kinds.demo import record
from site_plugin.registry import read_fences

RIGHT = """\
# Title

```asgi
id: hello
title: One request
app: some/say_hi.py
client:
  - request: GET /
```
"""

SAY_HI = """\
async def app(scope, receive, send):
    # zh: 先发送状态码。
    # en: The status first.
    await send({"type": "http.response.start", "status": 200})
    await send({"type": "http.response.body", "body": b"Hi <b>"})
"""

START_TWICE = """\
async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200})
    await send({"type": "http.response.start", "status": 200})
"""


@pytest.fixture
def snippets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "some"
    folder.mkdir()
    (folder / "say_hi.py").write_text(SAY_HI, "utf-8")
    (folder / "start_twice_wrong.py").write_text(START_TWICE, "utf-8")
    monkeypatch.setattr("site_plugin.demo_fence.SNIPPETS", tmp_path)
    return tmp_path


def read(markdown: str, snippets: Path, offset: int = 0) -> list[Fence]:
    return [fence for _, _, fence in read_fences(markdown, Place("docs/en/page.md", offset))]


def test_a_right_fence_is_read(snippets: Path) -> None:
    (fence,) = read(RIGHT, snippets)
    assert (fence.name, fence.title, fence.app) == ("hello", "One request", "some/say_hi.py")
    assert fence.client == [{"request": "GET /"}]
    assert fence.client_text == "- request: GET /"
    assert fence.line == 3


def test_lines_count_from_the_top_of_the_file_above_its_front_matter(snippets: Path) -> None:
    assert read(RIGHT, snippets, offset=4)[0].line == 7


def test_a_fence_inside_another_fence_is_only_shown(snippets: Path) -> None:
    assert read(f"````markdown\n{RIGHT}````\n", snippets) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("title:", "titel:", 5, "no key 'titel'; did you mean 'title'"),
        ("title: One request\n", "", 3, "needs a value for 'title'"),
        ("id: hello", "id: Hello World", 4, "the id is a word"),
        ("say_hi.py", "say_hy.py", 6, "no snippets/some/say_hy.py; did you mean 'some/say_hi.py'"),
        ("- request", "- reqest", 8, "step 1: there is no step 'reqest'; did you mean 'request'"),
        ("GET /", "GET index", 8, "begins with '/'"),
        ("client:\n  - request: GET /", "client: []", 7, "needs a value for 'client'"),
        ("title: One", "title: [One", 6, "not valid YAML"),
        ("```\n", "", 3, "never closed"),
        ("```asgi", "  ```asgi", 3, "must begin at the margin"),
        ("title: One request", "expect: [htp-start-once]", 5, "did you mean 'http-start-once'"),
        ("title: One request", "expect: all", 5, "expect is a list"),
        ("app:", "view: tme\napp:", 6, "view is one of order, time"),
    ],
)
def test_a_wrong_fence_is_named_with_its_line(
    old: str, new: str, line: int, words: str, snippets: Path
) -> None:
    markdown = RIGHT.replace(old, new, 1)
    if "expect" in new:
        markdown = markdown.replace("id: hello", "id: hello\ntitle: Two", 1)
        line += 1
    with pytest.raises(FenceError) as caught:
        read(markdown, snippets)
    assert str(caught.value).startswith(f"docs/en/page.md:{line}: ")
    assert words in str(caught.value)


def test_a_fence_may_ask_to_be_drawn_to_the_scale_of_time(snippets: Path) -> None:
    (timed,) = read(RIGHT.replace("app:", "view: time\napp:"), snippets)
    assert ' data-view="time">' in render(record(timed, "en"), Addresses("manifest.json"))
    (plain,) = read(RIGHT, snippets)
    assert "data-view" not in render(record(plain, "en"), Addresses("manifest.json"))


def test_an_unexpected_finding_names_the_rule_and_the_line_to_add(snippets: Path) -> None:
    (fence,) = read(RIGHT.replace("say_hi", "start_twice_wrong"), snippets)
    with pytest.raises(FenceError, match=r"^docs/en/page.md:3: .* breaks http-start-once"):
        record(fence, "en")


def test_an_expected_finding_is_accepted_and_a_missing_one_is_not(snippets: Path) -> None:
    expecting = RIGHT.replace("client:", "expect: [http-start-once]\nclient:")
    (wrong,) = read(expecting.replace("say_hi", "start_twice_wrong"), snippets)
    assert record(wrong, "en").trace.broken_rules() == ["http-start-once"]
    (right,) = read(expecting, snippets)
    with pytest.raises(FenceError, match=r"does not break http-start-once"):
        record(right, "en")


def test_both_languages_see_their_comments_on_equal_lines(snippets: Path) -> None:
    (fence,) = read(RIGHT, snippets)
    chinese, english = record(fence, "zh"), record(fence, "en")
    assert "# 先发送状态码。" in chinese.source
    assert "# The status first." in english.source
    assert chinese.trace.to_json() == english.trace.to_json()


def test_a_demo_is_readable_without_javascript_and_safe_inside_html(snippets: Path) -> None:
    (fence,) = read(RIGHT, snippets)
    html = render(record(fence, "en"), Addresses("../runtime/manifest.json"))
    assert 'id="demo-hello"' in html
    assert "http.response.start 200</code>" in html
    assert "- request: GET /" in html
    assert "Hi <b>" not in html
    assert html.count("</script>") == 1


def test_two_demos_of_a_page_have_different_ids(snippets: Path) -> None:
    with pytest.raises(FenceError) as caught:
        read(RIGHT + "\n" + RIGHT.split("\n\n")[1], snippets)
    assert str(caught.value) == (
        "docs/en/page.md:11: the id 'hello' is taken by the demo in line 3"
    )
