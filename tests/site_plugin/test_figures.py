"""Figures, scrolling and diagrams of site_plugin/: what is done to a page's HTML."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from site_plugin import diagrams, figures, scrolling
from site_plugin.diagrams import check, fence_mermaid_custom, key_of
from site_plugin.fences import FenceError, Place

ENGLISH: Any = SimpleNamespace(extra={"language": "en"})
CHINESE: Any = SimpleNamespace(extra={"language": "zh"})
FILES: Any = None
DIAGRAM = (
    "sequenceDiagram\n    accTitle: One <request>\n    accDescr: It comes.\n    A->>B: GET /\n"
)


def page(chapter: int) -> Any:
    return SimpleNamespace(chapter=chapter)


def test_figures_are_numbered_within_their_chapter_in_the_pages_language() -> None:
    html = f"<p>{figures.EMPTY}</p><p>{figures.EMPTY}</p>"
    assert figures.on_page_content(html, page(3), CHINESE, FILES) == (
        '<p><span class="figure-number">图 3-1</span></p>'
        '<p><span class="figure-number">图 3-2</span></p>'
    )
    assert ">Figure 3-2<" in figures.on_page_content(html, page(3), ENGLISH, FILES)


def test_the_home_pages_figures_have_no_chapter() -> None:
    assert ">Figure 1<" in figures.on_page_content(figures.EMPTY, page(0), ENGLISH, FILES)


def test_a_page_without_figures_stays_as_it_is() -> None:
    assert (
        figures.on_page_content("<p>No figure</p>", page(3), ENGLISH, FILES) == "<p>No figure</p>"
    )


def test_tables_and_code_can_be_scrolled_by_keyboard_and_have_a_name() -> None:
    html = '<div class="highlight"><pre><span></span><code>x</code></pre></div><table>\n</table>'
    made = scrolling.on_page_content(html, page(1), CHINESE, FILES)
    assert '<code tabindex="0">x</code>' in made
    assert '<div class="table" role="group" aria-label="表格" tabindex="0"><table>' in made
    assert 'aria-label="Table"' in scrolling.on_page_content(html, page(1), ENGLISH, FILES)


def test_a_drawn_diagram_is_a_figure_with_its_title_as_caption(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diagrams, "DRAWN", tmp_path)
    svg = '<svg id="a" style="width: 300px;"></svg>'
    (tmp_path / f"{key_of(DIAGRAM)}.svg").write_text(svg, "utf-8")
    html = fence_mermaid_custom(DIAGRAM)
    assert '<svg id="a" style="--natural: 300px;">' in html
    assert "One &lt;request&gt;</figcaption>" in html
    assert figures.EMPTY in html


def test_a_page_has_both_widths_of_a_drawing_the_wide_one_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diagrams, "DRAWN", tmp_path)
    (tmp_path / "narrow").mkdir()
    for folder, width in (("", 720), ("narrow/", 304)):
        svg = f'<svg id="w{width}" style="width:{width}px"></svg>'
        (tmp_path / f"{folder}{key_of(DIAGRAM)}.svg").write_text(svg, "utf-8")
    html = fence_mermaid_custom(DIAGRAM)
    assert html.index('id="w720" style="--natural:720px"') < html.index("--natural:304px")
    assert 'class="figure figure-diagram figure-wide"' in html


def test_another_text_is_another_drawing_but_not_for_the_space_around_it() -> None:
    assert key_of(DIAGRAM) == key_of(f"\n{DIAGRAM}\n\n")
    assert key_of(DIAGRAM) != key_of(DIAGRAM.replace("GET", "PUT"))


@pytest.mark.parametrize("line", ["accTitle", "accDescr"])
def test_a_diagram_that_cannot_be_read_aloud_is_refused_with_its_line(line: str) -> None:
    place = Place("docs/en/x.md", 4)
    check(DIAGRAM, place.error, 2)
    with pytest.raises(FenceError, match=rf"^docs/en/x\.md:7: .*{line}"):
        check(DIAGRAM.replace(line, "note"), place.error, 2)
