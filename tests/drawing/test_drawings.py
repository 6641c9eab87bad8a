"""Drawings as data: no words over words or lines, nothing outside, all to be read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drawing.draw import draw
from drawing.faults import faults
from drawing.letters import CODE, PROSE
from drawing.parsed import Message
from drawing.picture import NARROW, WIDTHS, Group, Picture, Stroke, Text
from drawing.svg import as_svg
from tests.drawing.diagrams import SEQUENCES, STATES, sequence

ALL = {**SEQUENCES, **STATES}
WORDS = Text(("await receive()",), CODE, 100, 20)


def picture(*parts: Text | Stroke, narrow: bool = False) -> Picture:
    return Picture("sequence", narrow, "", "", 200, 100, (Group("app", parts),))


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", ALL)
def test_a_drawing_has_no_fault(name: str, narrow: bool) -> None:
    assert faults(draw(ALL[name], narrow)) == []


@pytest.mark.parametrize("name", ALL)
def test_a_narrow_drawing_has_all_words_and_fits_a_telephone(name: str) -> None:
    wide, narrow = (draw(ALL[name], narrow) for narrow in (False, True))
    assert narrow.width <= NARROW <= 328
    assert wide.width <= WIDTHS[-1]

    def said(drawn: Picture) -> list[str]:
        return sorted("".join(text.lines).replace(" ", "") for text in drawn.texts)

    assert said(narrow) == said(wide)


@pytest.mark.parametrize("name", SEQUENCES)
def test_every_lane_is_there_in_both_widths(name: str) -> None:
    for narrow in (False, True):
        marks = draw(SEQUENCES[name], narrow).marks
        assert sum(mark.name == "lane" for mark in marks) == len(SEQUENCES[name].lanes)


def test_words_of_a_wide_drawing_stand_between_lanes_that_are_whole() -> None:
    for name in ("every arrow", "across a lane", "to oneself", "blocks"):
        lanes = [mark for mark in draw(SEQUENCES[name]).marks if mark.name == "lane"]
        assert all(isinstance(lane, Stroke) and len(lane.runs) == 1 for lane in lanes), name


def test_a_lane_that_runs_has_a_bar_also_if_its_end_is_not_said() -> None:
    bars = [mark for mark in draw(SEQUENCES["at work"]).marks if mark.name == "bar"]
    assert len(bars) == 2


def test_each_fault_is_named_with_the_words_and_what_they_meet() -> None:
    other = replace(WORDS, lines=("too near",), top=30)
    line = Stroke("lane", (((100, 0), (100, 100)),))
    assert faults(picture(WORDS)) == []
    assert faults(picture(WORDS, other)) == ["'await receive()' and 'too near' overlap"]
    assert faults(picture(WORDS, line)) == ["'await receive()' is crossed by a lane"]
    assert faults(picture(replace(WORDS, x=10))) == ["'await receive()' sticks out"]
    assert faults(picture(Stroke("frame", (((0, 0), (0, 101)),)))) == ["a frame sticks out"]
    small = replace(WORDS, face=replace(PROSE, size=12.0))
    assert faults(picture(small)) == ["'await receive()' has letters of 12.0 px"]
    wide = replace(picture(), width=305, narrow=True)
    assert faults(wide) == ["the drawing is 305 px wide, more than 304"]


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        (Message("client", "server", "GET /"), "client send"),
        (Message("server", "app", "app(scope, receive, send)"), "server call"),
        (Message("app", "server", "await receive()"), "app receive"),
        (Message("server", "app", "http.request", "dashed"), "server event"),
        (Message("app", "server", "return", "dashed"), "app return"),
        (Message("app", "server", "KeyError", "dashed", "cross"), "app raise"),
        (Message("app", "server", "", "dashed", "none"), "app dashed"),
    ],
)
def test_an_arrow_has_the_colour_of_who_sends_and_the_shape_that_demos_give_it(
    message: Message, kind: str
) -> None:
    assert draw(sequence(message)).groups[-1].name == kind


def test_a_lane_of_another_name_has_no_colour_of_its_own() -> None:
    drawn = draw(sequence(Message("proxy", "app", "GET /"), lanes=("proxy", "app")))
    assert {group.name for group in drawn.groups} == {"other", "app", "other send"}


def test_a_transition_has_the_colour_of_who_sends_the_message() -> None:
    names = {group.name for group in draw(STATES["a fan"]).groups}
    assert names == {"state", "step", "step server"}
    assert "step app" in {group.name for group in draw(STATES["several labels"]).groups}


def test_the_svg_has_no_colours_is_escaped_and_says_what_it_shows() -> None:
    diagram = replace(
        sequence(Message("app", "server", "a < b")), title="One <request>", description="It & all"
    )
    svg = as_svg(draw(diagram), "d1")
    assert '<title id="d1-title">One &lt;request&gt;</title>' in svg
    assert '<desc id="d1-desc">It &amp; all</desc>' in svg
    assert 'aria-labelledby="d1-title" aria-describedby="d1-desc"' in svg
    assert ">a &lt; b</text>" in svg
    for attribute in ("fill=", "stroke=", "font", "<style"):
        assert attribute not in svg
    assert 'class="drawn from-600"' in svg
    assert 'class="drawn narrow"' in as_svg(draw(diagram, narrow=True), "n1")
