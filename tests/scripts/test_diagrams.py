"""scripts/diagrams.py: every diagram of the pages is drawn, and nothing else is."""

from __future__ import annotations

from scripts.diagrams import clean, diagrams
from site_plugin.diagrams import DRAWN, drawing

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
