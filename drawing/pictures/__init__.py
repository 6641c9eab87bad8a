"""Pictures made by hand, one file each: a page shows one by a fence ``picture`` with its name.

A file has ``WORDS`` (``title`` and ``description`` among them, each one text for all languages or
one for each), ``WIDTH`` in px, and two functions that draw on a :class:`~drawing.sheet.Sheet`:
``wide``, that many px wide, and ``narrow``, 304 px wide, for telephones.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path
from typing import Final

from drawing.faults import faults
from drawing.picture import NARROW, Picture
from drawing.sheet import DrawingError, Sheet

HERE: Final = Path(__file__).parent


class PictureError(ValueError):
    """A mistake in a picture; the text begins with ``drawing/pictures/...py:LINE``."""

    def __init__(self, name: str, text: str, about: str) -> None:
        lines = (HERE / f"{name}.py").read_text("utf-8").split("\n")
        asked = about.split("\n")[0]
        line = next((number for number, each in enumerate(lines, 1) if asked in each), 1)
        super().__init__(f"drawing/pictures/{name}.py:{line}: {text}")


def names() -> list[str]:
    """Every picture that there is."""
    return sorted(module.name for module in pkgutil.iter_modules([str(HERE)]))


def draw_picture(name: str, language: str, narrow: bool) -> Picture:
    """A picture in one language and width. Raises :class:`PictureError` for a mistake in it."""
    module = importlib.import_module(f"drawing.pictures.{name}")
    module = importlib.reload(module)  # so that `make serve` shows what has just been saved
    sheet = Sheet(module.WORDS, language, NARROW if narrow else module.WIDTH)
    try:
        title, description = sheet.word("title"), sheet.word("description")
        (module.narrow if narrow else module.wide)(sheet)
    except DrawingError as error:
        raise PictureError(name, str(error), error.about) from None
    picture = Picture(
        "picture", narrow, title, description, sheet.width, sheet.height, tuple(sheet.groups)
    )
    for fault in faults(picture):
        words = re.search(r"'([^' ]+)", fault)
        way = f"{'narrow' if narrow else 'wide'}, {language}"
        about = words[1] if words else "WIDTH"
        raise PictureError(name, f"{fault} ({way}); move or shorten it", about)
    return picture
