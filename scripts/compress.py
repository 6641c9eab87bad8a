"""Compresses the built site ahead: `.br` and `.gz` beside each file that shrinks by it.

`make build` calls it; COMPRESS=0 leaves it out, for hosts that compress by themselves. What was
compressed before is taken from build/compressed, by content: brotli at its best is slow.
`python -m scripts.compress FOLDER` only puts there what a folder has: large files take longest and
are there before the site is.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

from common.places import BUILD

KEPT = BUILD / "compressed"
# Pictures, zips and PDFs are compressed as they are, and a PDF is read in ranges of its own bytes.
EXTENSIONS = {
    *(".css", ".html", ".js", ".json", ".mjs", ".svg"),
    *(".txt", ".wasm", ".webmanifest", ".xml"),
}
SMALLEST = 256  # bytes: below that, it fits in the first packet anyway
WORTH = 0.95  # of the size
LARGE = 2**20  # bytes


def to_brotli(data: bytes) -> bytes:
    """Brotli at its best; for large files nearly: 1 to 3 percent more in half the time."""
    return bytes(brotli.compress(data, quality=11 if len(data) < LARGE else 10, lgwin=24))


def to_gzip(data: bytes) -> bytes:
    """Gzip at its best, the same bytes every time."""
    return gzip.compress(data, 9, mtime=0)


WAYS: dict[str, Callable[[bytes], bytes]] = {".br": to_brotli, ".gz": to_gzip}


def compress_site(site: Path) -> int:
    """Write the compressed files; tell how many files have them now."""
    return sum(write_beside(path, packed) for path, packed in keep_folder(site))


def keep_folder(folder: Path) -> list[tuple[Path, dict[str, Path]]]:
    """Each file that may shrink, and where it is compressed, by suffix: made now or before."""
    files = [path for path in sorted(folder.rglob("*")) if is_wanted(path)]
    largest_first = sorted(files, key=lambda path: -path.stat().st_size)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return list(zip(largest_first, threads.map(keep_file, largest_first), strict=True))


def is_wanted(path: Path) -> bool:
    """Whether the file may shrink."""
    return path.is_file() and path.suffix in EXTENSIONS and path.stat().st_size >= SMALLEST


def keep_file(path: Path) -> dict[str, Path]:
    data = path.read_bytes()
    return {suffix: kept(data, suffix) for suffix in WAYS}


def kept(data: bytes, suffix: str) -> Path:
    """Where these bytes are compressed: made now or before."""
    target = KEPT / f"{hashlib.sha256(data).hexdigest()[:32]}{suffix}"
    if not target.is_file():
        KEPT.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f"{target.name}.{os.getpid()}.partial")
        partial.write_bytes(WAYS[suffix](data))
        partial.replace(target)
    return target


def write_beside(path: Path, packed: dict[str, Path]) -> bool:
    """Write what is worth it beside the file; tell whether anything was."""
    most = path.stat().st_size * WORTH
    gains = {suffix: file for suffix, file in packed.items() if file.stat().st_size < most}
    for suffix, file in gains.items():
        shutil.copyfile(file, path.with_name(path.name + suffix))
    return bool(gains)


if __name__ == "__main__":
    keep_folder(Path(sys.argv[1]))
