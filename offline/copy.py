"""The whole copy, file by file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from offline.held import held
from offline.layout import SEARCH_INDEX, Layout, layout_of, online_address
from offline.pages import canonical, for_disk
from offline.python_files import python_files
from offline.scripts import scripts
from offline.search import index_script

HERE: Final = Path(__file__).resolve().parent
README: Final = HERE / "readme.txt"
STYLE: Final = HERE / "browser" / "copy.css"


def make_copy(site: Path, made_on: str) -> dict[str, bytes]:
    """Every file by its path. ``made_on`` is the date that the copy says it is from."""
    manifest, python = python_files(site)
    home = (site / "index.html").read_text("utf-8")
    layout = layout_of(site, manifest, online_address(lambda: canonical(home)))
    copied = dict(_copied(site, layout))
    made = " ".join(part for part in (made_on, layout.online) if part)
    readme = README.read_text("utf-8").format(made=made).encode()
    return {**copied, **scripts(site), **python, "README.txt": readme}


def _copied(site: Path, layout: Layout) -> Iterator[tuple[str, bytes]]:
    """What is in the copy as it is in the site, or nearly so."""
    for path in sorted(layout.has):
        place = layout.place(path)
        if place is not None and (path not in layout.moved or place.endswith(".js")):
            yield place, _written(path, (site / path).read_bytes(), layout)


def _written(path: str, data: bytes, layout: Layout) -> bytes:
    if path.endswith(".html"):
        return for_disk(data.decode(), path, layout).encode()
    if path.endswith(SEARCH_INDEX):
        return index_script(data, path.removesuffix(SEARCH_INDEX), layout)
    if path in layout.moved:
        return held(data.decode())
    return data + STYLE.read_bytes() if path.endswith(".css") else data
