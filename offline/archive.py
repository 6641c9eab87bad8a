"""A zip that is the same, byte for byte, whenever it is made of the same files."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from site_plugin.copy_sizes import FOLDER

EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say
READABLE: Final = 0o100644 << 16  # a plain file, for Unix


def write_zip(files: Mapping[str, bytes], target: Path) -> None:
    """Write the files in the order of their names; the old zip stays until the new one is whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.partial")
    with zipfile.ZipFile(partial, "w") as archive:
        for path in sorted(files):
            archive.writestr(_entry(f"{FOLDER}/{path}"), files[path], compresslevel=9)
    partial.replace(target)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = READABLE
    return entry
