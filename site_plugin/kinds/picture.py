"""Pictures made by hand: a fence ``picture`` names a file of drawing/pictures.

    ```picture
    onion
    ```

Its words are in that file, in all languages; the title is the figure's caption.
"""

from __future__ import annotations

from mkdocs.exceptions import PluginError

from drawing.pictures import PictureError, draw_picture, names
from drawing.svg import as_svg
from site_plugin.diagrams import as_figure
from site_plugin.fences import Place, RawFence
from site_plugin.registry import Context, Kind, register


def read(fence: RawFence, place: Place) -> str:
    """The name in a fence. Raises :class:`FenceError` if there is no such picture."""
    name = fence.text.strip()
    if name not in names():
        known = ", ".join(names())
        raise place.error(fence.start, f"there is no drawing/pictures/{name}.py; there are {known}")
    return name


def render(name: str, at: Context) -> str:
    """The figure. Raises PluginError, with the picture's file and line, for a mistake in it."""
    try:
        wide, narrow = (draw_picture(name, at.language, way) for way in (False, True))
    except PictureError as error:
        raise PluginError(str(error)) from None
    return as_figure(as_svg(wide, f"{name}-wide"), as_svg(narrow, f"{name}-narrow"), wide.title)


register(Kind("picture", read, render, html=True))
