"""kinds/picture.py: a picture's name gives a figure, and a mistake is named with its file."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from mkdocs.exceptions import PluginError

from drawing.pictures import PictureError
from site_plugin.fences import FenceError, Place, scan
from site_plugin.kinds import picture
from site_plugin.registry import Context

PLACE = Place("docs/en/learn/middleware.md", 4)


def rendered(name: str, language: str) -> str:
    (fence,) = scan(f"```picture\n{name}\n```\n")
    return picture.render(picture.read(fence, PLACE), Context(fence, PLACE, language))


@pytest.mark.parametrize(("language", "title"), [("zh", "三层中间件"), ("en", "Three layers")])
def test_a_picture_is_a_figure_in_the_pages_language_with_a_name_and_a_description(
    language: str, title: str
) -> None:
    html = BeautifulSoup(rendered("onion", language), "html.parser")
    caption = html.select_one("figure.figure-diagram > figcaption")
    assert caption
    assert title in caption.text
    wide, narrow = html.select(".diagram > svg")
    assert "from-600" in wide["class"]
    assert "narrow" in narrow["class"]
    for drawing in (wide, narrow):
        for attribute, tag in (("aria-labelledby", "title"), ("aria-describedby", "desc")):
            named = html.find(id=str(drawing[attribute]))
            assert named
            assert named.name == tag
            assert named.text


def test_a_name_that_is_not_there_is_told_with_the_page_and_the_names_that_are() -> None:
    told = r"^docs/en/learn/middleware\.md:5: there is no drawing/pictures/onoin\.py; .* onion"
    with pytest.raises(FenceError, match=told):
        rendered("onoin", "en")


def test_a_mistake_in_a_picture_ends_the_build_with_its_file_and_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def wrong(name: str, language: str, narrow: bool) -> None:
        raise PictureError(name, "too long; shorten it", "WIDTH")

    monkeypatch.setattr(picture, "draw_picture", wrong)
    with pytest.raises(PluginError, match=r"^drawing/pictures/onion\.py:\d+: too long; shorten it"):
        rendered("onion", "en")
