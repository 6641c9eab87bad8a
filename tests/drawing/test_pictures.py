"""drawing/pictures: each in every language and width, and plain words about every mistake."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from common.languages import paths
from drawing import pictures
from drawing.picture import NARROW, WIDTHS, Stroke
from drawing.pictures import PictureError, draw_picture, names
from drawing.sheet import DrawingError, Sheet, turned
from drawing.svg import part_of

WORDS = {"title": {"zh": "题", "en": "Title"}, "high": {"en": "high mark"}, "same": "same"}
GOOD = """
WIDTH = 400
WORDS = {
    "title": {"zh": "题", "en": "Title"},
    "description": {"zh": "说明", "en": "Description"},
    "high": {"zh": "高", "en": "high"},
}


def wide(sheet):
    sheet.say("high", 0, 20)


narrow = wide
"""


@pytest.fixture
def sheet() -> Sheet:
    return Sheet(WORDS, "en", 400)


@pytest.fixture
def drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a picture that is there for this test only."""
    monkeypatch.setattr(pictures, "HERE", tmp_path)
    monkeypatch.setattr(pictures, "__path__", [str(tmp_path)])
    file = tmp_path / "made_up.py"
    file.write_text(GOOD, "utf-8")
    return file


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("language", paths())
@pytest.mark.parametrize("name", names())
def test_a_picture_is_drawn_without_a_fault(name: str, language: str, narrow: bool) -> None:
    picture = draw_picture(name, language, narrow)
    assert picture.title
    assert picture.description
    assert picture.width <= (NARROW if narrow else WIDTHS[-1])


@pytest.mark.parametrize("name", names())
def test_every_word_of_a_picture_is_there_in_every_language_and_used(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    words = import_module(f"drawing.pictures.{name}").WORDS
    assert all(isinstance(text, str) or text.keys() == paths().keys() for text in words.values())
    used = set()
    word = Sheet.word

    def noted(sheet: Sheet, key: str) -> str:
        used.add(key)
        return word(sheet, key)

    monkeypatch.setattr(Sheet, "word", noted)
    for narrow in (False, True):
        draw_picture(name, "en", narrow)
    assert words.keys() - used == set()


def test_every_picture_is_on_a_page_in_every_language(project: Path) -> None:
    for language in paths():
        pages = (page.read_text("utf-8") for page in (project / "docs" / language).rglob("*.md"))
        shown = [
            name for page in pages for name in re.findall(r"^```picture\n(.+)\n```$", page, re.M)
        ]
        assert sorted(shown) == names()


def test_words_are_in_the_language_of_the_sheet_or_the_same_in_all(sheet: Sheet) -> None:
    assert sheet.say("high", 0, 20).lines == ("high mark",)
    assert sheet.say("same", 0, 50).lines == ("same",)
    assert Sheet(WORDS, "zh", 400).head("app", 0, 20).lines == ("应用",)
    with pytest.raises(DrawingError, match=r"no word 'high' in 'zh'; write it into WORDS"):
        Sheet(WORDS, "zh", 400).say("high", 0, 20)


def test_words_that_do_not_fit_their_place_are_named_with_their_size_and_its(sheet: Sheet) -> None:
    assert sheet.say("high", 0, 20, room=40, lines=2).lines == ("high", "mark")
    with pytest.raises(
        DrawingError, match=r"^'high mark' takes 2 lines .* has 1 of 40 px; shorten"
    ):
        sheet.say("high", 0, 20, room=40)
    with pytest.raises(DrawingError, match=r"'high mark' takes .* has 2 of 20 px"):
        sheet.say("high", 0, 20, room=20, lines=2)


def test_an_arrow_ends_exactly_where_it_is_told_to_whatever_its_way(sheet: Sheet) -> None:
    for end in ((60, 0), (-60, 0), (0, 60), (0, -60)):
        sheet.groups.clear()
        sheet.arrow("send", (0, 0), end, of="app")
        (group,) = sheet.groups
        shaft, head = group.parts
        assert isinstance(shaft, Stroke)
        assert isinstance(head, Stroke)
        assert group.name == "app send"
        assert shaft.runs[0][0] == (0, 0)
        assert [round(value) for value in head.runs[0][1]] == [*end]


def test_a_stroke_is_turned_about_a_point() -> None:
    stroke = turned(Stroke("tip", (((0, 0), (4, 0)),)), (4, 0), (0, 1))
    assert stroke.runs == (((4, -4), (4, 0)),)


def test_corners_are_rounded_as_far_as_the_pieces_beside_them_allow() -> None:
    points = (((0, 0), (40, 0), (40, 10)),)
    assert part_of(Stroke("line", points)) == '<path class="line" d="M0 0H40V10"/>'
    rounded = '<path class="line" d="M0 0H30Q40 0 40 5V10"/>'
    assert part_of(Stroke("line", points, radius=10)) == rounded
    box = Stroke("box", (((0, 0), (40, 0), (40, 20), (0, 20)),), closed=True, radius=3)
    assert part_of(box).count("Q") == 4


def test_marks_of_the_same_owner_share_a_group(sheet: Sheet) -> None:
    sheet.box(0, 0, 10, 10, of="app")
    sheet.line((0, 20), (10, 20), of="app")
    sheet.number(1, 50, 50, of="server")
    assert [group.name for group in sheet.groups] == ["app", "server"]
    assert sheet.height == 61


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('"zh": "高", ', "", r"6: there is no word 'high' in 'zh'; write it into WORDS"),
        ('"zh": "题", ', "", r"4: there is no word 'title' in 'zh'"),
        ("0, 20", "0, 20, room=10", r"6: '高' takes 1 lines of 15 px, its place has 1 of 10 px"),
        ("0, 20", "-9, 20", r"6: '高' sticks out \(wide, zh\); move or shorten it"),
        ("WIDTH = 400", "WIDTH = 900", r"2: the drawing is 900 px wide, more than 860"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_line(
    drawn: Path, before: str, after: str, told: str
) -> None:
    assert draw_picture("made_up", "zh", narrow=False).title == "题"
    drawn.write_text(GOOD.replace(before, after, 1) + "\n", "utf-8")
    with pytest.raises(PictureError, match=rf"^drawing/pictures/made_up\.py:{told}"):
        draw_picture("made_up", "zh", narrow=False)
