"""How large the copy is, as a whole and in its parts, for the page that offers it."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final, NamedTuple

# The folders of the zip: the one that all is in, and in it the one without which all but running
# works. What makes the copy (offline/) takes them from here.
FOLDER: Final = "asgi-illustrated"
PYTHON: Final = "python"


class Sizes(NamedTuple):
    """In bytes; the first two inside the zip."""

    reading: int
    python: int
    unpacked: int

    def told(self, sentence: str) -> str:
        """A sentence with the sizes, in MB of 10⁶ bytes, in place of their names."""
        return sentence.format(**{name: size / 1e6 for name, size in self._asdict().items()})


def sizes_of(file: Path) -> Sizes:
    """The sizes of the parts of a zip that was made by ``make offline``."""
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
    is_python = f"{FOLDER}/{PYTHON}/"
    python = sum(each.compress_size for each in entries if each.filename.startswith(is_python))
    whole = sum(each.compress_size for each in entries)
    return Sizes(whole - python, python, sum(each.file_size for each in entries))
