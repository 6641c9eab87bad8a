"""scripts/mermaid.py: what Mermaid is given, and what is made of its drawings."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from scripts.mermaid import clean, draw_chart, in_lines, width_of, with_mermaid

CHART = """flowchart TD
    accTitle: A "title" that is not broken, however long it is
    start["the first of all the boxes"] -->|"by a long way"| end1[("a cylinder")]
    start -->|no| other{"is it,<br>after all?"}
"""


def test_texts_are_broken_at_blanks_but_not_in_titles_and_cylinders() -> None:
    lines = in_lines(CHART, 80).splitlines()
    assert lines[1] == CHART.splitlines()[1]
    assert '["the first<br>of all the<br>boxes"]' in lines[2]
    assert '[("a cylinder")]' in lines[2]
    assert '{"is it,<br>after all?"}' in lines[3]


def test_labels_of_arrows_have_room_on_both_sides() -> None:
    lines = in_lines(CHART, 300).splitlines()
    blank = "\N{BRAILLE PATTERN BLANK}"
    assert f'|"{blank}by a long way{blank}"|' in lines[2]
    assert f'|"{blank}no{blank}"|' in lines[3]


@pytest.mark.parametrize(
    ("long", "short"),
    [("178.6328125", "178.6"), ("-0.04999", "0"), ("7.999", "8"), ("1.5", "1.5"), ("12", "12")],
)
def test_numbers_are_told_to_a_tenth(long: str, short: str) -> None:
    assert clean(f'<svg><path d="M{long}"/></svg>') == f'<svg><path d="M{short}"/></svg>\n'


def test_lines_of_a_label_are_set_apart_around_the_same_middle() -> None:
    row = '<tspan class="text-outer-tspan row" x="0" y="{}em" dy="1.1em">{}</tspan>'
    svg = clean(f"<svg><text>{row.format(-0.1, 'one')}{row.format(1, 'two')}</text></svg>")
    one, two = '<tspan x="0" y="0.95em">one</tspan>', '<tspan x="0" y="2.15em">two</tspan>'
    assert svg == f"<svg><text>{one}{two}</text></svg>\n"


def test_a_chart_is_drawn_in_two_widths_without_what_gave_it_room(browser: Browser) -> None:
    page = with_mermaid(browser.new_page())
    wide, narrow = (draw_chart(page, CHART, "d1", narrow) for narrow in (False, True))
    page.close()
    assert width_of(narrow) < width_of(wide)
    assert 'class="flowchart from-' in wide
    assert 'class="flowchart narrow"' in narrow
    assert "\N{BRAILLE PATTERN BLANK}" not in wide + narrow
