"""scripts/diagrams.py: every diagram of the pages is drawn, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from scripts.diagrams import diagrams, drawings
from scripts.mermaid import clean, with_mermaid
from site_plugin.diagrams import DRAWN, drawing, narrow_drawing

DRAWING = (
    '<svg id="d1" width="100%" style="max-width: 3.4px;">'
    "<style>#d1{fill:red}</style><g></g><defs></defs>"
    '<defs><marker id="m"><path fill="#000" d="M0"/></marker></defs>'
    '<defs><marker id="used"><path d="M1"/></marker></defs>'
    '<rect class="actor" fill="#fff" stroke="#000" x="1"/><path marker-end="url(#used)"/></svg>'
)


def test_the_drawings_are_those_of_the_diagrams_on_the_pages() -> None:
    wanted = {drawing(source).name: where for source, where in diagrams()}
    drawn = {path.name for path in DRAWN.glob("*.svg")}
    assert wanted
    assert {where for name, where in wanted.items() if name not in drawn} == set()
    assert drawn - wanted.keys() == set()


def test_a_drawing_keeps_its_shapes_and_what_they_use_and_loses_its_colours() -> None:
    svg = clean(DRAWING)
    assert '<rect class="actor" x="1"/>' in svg
    assert 'id="used"' in svg
    assert 'id="m"' not in svg
    assert ' style="width:3px"' in svg
    assert "<style>" not in svg
    assert "<g></g>" not in svg
    assert 'fill="#fff"' not in svg


@pytest.fixture(scope="module")
def mermaid(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield with_mermaid(page)
    page.close()


def test_what_is_drawn_here_comes_out_the_same_on_this_machine_too(mermaid: Page) -> None:
    """So no drawing is older than drawing/ is; those by Mermaid depend on fonts, and are kept."""
    narrow = 0
    for source, where in diagrams():
        files = drawings(mermaid, source, where)
        narrow += len(files) == 2
        assert {path.read_text("utf-8") for path in files} == set(files.values()), where
    assert len([*(DRAWN / "narrow").glob("*.svg")]) == narrow


EVERYTHING = """sequenceDiagram
    accTitle: Everything
    accDescr: All that is drawn here.
    autonumber
    participant client as the #quot;client#quot;
    participant server
    client->>+server: GET /<br>#lt;one#gt;
    server->>server: looks it up
    Note left of server: left
    loop twice
        par at once
            server-->>client: 200
        and then
            server--xclient: cut
        end
    end
    opt perhaps
        server-)client: more
    end
    deactivate server
"""


def test_what_mermaid_has_read_is_drawn_in_two_widths(mermaid: Page) -> None:
    files = drawings(mermaid, EVERYTHING, "docs/en/x.md:1")
    assert [*files] == [drawing(EVERYTHING), narrow_drawing(EVERYTHING)]
    for svg in files.values():
        for words in (
            *('the "client"', "1. GET /", "&lt;one&gt;", "2. looks it up", ">left<"),
            *("loop [twice]", "par [at once]", "and [then]", "4. cut", "opt [perhaps]"),
            *('class="bar"', 'class="client send"', 'class="server raise"'),
        ):
            assert words in svg


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("rect rgb(0, 0, 0)\nclient->>server: GET /\nend", "rect"),
        ("critical it\nclient->>server: GET /\nend", "critical"),
        ("client<<->>server: both", "bidirectional_solid"),
        ("box Two\nparticipant app\nend", "box"),
        ("create participant app\nclient->>app: begin", "create"),
    ],
)
def test_what_is_not_known_here_mermaid_draws_and_it_is_said(
    mermaid: Page, capsys: pytest.CaptureFixture[str], line: str, what: str
) -> None:
    source = f"sequenceDiagram\naccTitle: x\naccDescr: y\nparticipant client\n{line}\n"
    files = drawings(mermaid, source, "docs/en/x.md:1")
    assert [*files] == [drawing(source)]
    assert 'class="drawn' not in files[drawing(source)]
    said = capsys.readouterr().out
    assert said == (
        f"docs/en/x.md:1: Mermaid draws this itself, since drawing/ does not know: {what}\n"
    )
