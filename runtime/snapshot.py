"""Snapshots of Python's memory, in which the engine and what demos import most is loaded already.

A browser that restores one starts in a fraction of the time: see decisions/0017. They are made by
Pyodide itself under Node, and kept by content in ``build/archives/``.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from asgiscope.texts import languages
from common.places import ROOT
from runtime.archives import CACHE

TOOLS: Final = tuple(
    ROOT / "runtime" / name
    for name in (
        "snapshot.ts", "steady.ts", "image.ts", "wasm.ts", "inside/restore.ts",
        "inside/play.py", "inside/settle.py",
    )
)  # fmt: skip
ENGINE: Final = "asgiscope.zip"
# What each start begins with, by its name in a job.
FIXED: Final = {
    "script": "pyodide.asm.mjs", "machine": "pyodide.asm.wasm", "stdlib": "python_stdlib.zip"
}  # fmt: skip

# With the words that the engine imports when it needs them: a snapshot comes without the archive.
WORDS: Final = ("client", "events", "findings")
ENGINE_MODULES: Final = (
    *("asgiscope", "difflib"),
    *(f"asgiscope.texts.{language}.{part}" for language in languages() for part in WORDS),
)
# What Starlette's demos import. The snapshot for raw demos has only what the engine imports: each
# module more makes it larger, and it has to stay below the bar of decisions/0017.
STARLETTE: Final = (
    "anyio._backends._asyncio", "anyio.abc", "datetime", "hashlib", "html", "http.cookies",
    "mimetypes", "secrets", "uuid", "starlette.applications", "starlette.background",
    "starlette.concurrency", "starlette.endpoints", "starlette.exceptions",
    "starlette.middleware.base", "starlette.middleware.cors", "starlette.middleware.gzip",
    "starlette.requests", "starlette.responses", "starlette.routing", "starlette.staticfiles",
    "starlette.websockets",
)  # fmt: skip
# One run before the snapshot is made fills what is filled once: tables, patterns, caches.
SOURCE: Final = """async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"Hello"})
"""
CLIENT: Final = '[{"request": "GET /"}]'

# What runs in the browser may wait for promises; whether it can is part of the memory.
JSPI: Final = "--experimental-wasm-jspi"

Run = Callable[[list[str]], str]  # runs Node with these arguments; gives what it prints


@dataclass(frozen=True)
class Snapshot:
    """What is in a snapshot: packages, by the names of their archives, and modules."""

    packages: tuple[str, ...]
    modules: tuple[str, ...]


class Made(NamedTuple):
    """A WebAssembly module that writes the memory, and what is in it.

    ``memory`` is its size in bytes; ``modules`` are Python's, ``absent`` those that they have
    looked for in vain: they import them where they can, and can do without.
    """

    image: bytes
    memory: int
    modules: tuple[str, ...]
    absent: tuple[str, ...]


SNAPSHOTS: Final = {
    "python": Snapshot((), ENGINE_MODULES),
    "starlette": Snapshot(("starlette",), ENGINE_MODULES + STARLETTE),
}


def snapshots(files: dict[str, bytes], about: dict[str, Any], run: Run) -> dict[str, Made]:
    """Each of ``SNAPSHOTS``, made from the files that browsers get: Python and compiled archives.

    ``about`` says which ``release`` of Pyodide that is, and the ``platform`` of its lock.
    """
    with ThreadPoolExecutor(len(SNAPSHOTS)) as threads:
        made = threads.map(lambda snapshot: _made(snapshot, files, about, run), SNAPSHOTS.values())
        return dict(zip(SNAPSHOTS, made, strict=True))


def _made(snapshot: Snapshot, all_files: dict[str, bytes], about: dict[str, Any], run: Run) -> Made:
    files = {name: all_files[name] for name in (*FIXED.values(), *_archives(snapshot))}
    job = {**about, "code": _code(snapshot)}
    key = _key(job, files)
    image, told = CACHE / f"{key}.wasm", CACHE / f"{key}.json"
    if not told.is_file():
        with tempfile.TemporaryDirectory(dir=CACHE) as folder:
            text = run([JSPI, str(TOOLS[0]), str(_write_job(Path(folder), job, files))])
            Path(folder, "image.wasm").replace(image)
            Path(folder, "told.json").write_text(text, encoding="utf-8")
            Path(folder, "told.json").replace(told)
    names = json.loads(told.read_text(encoding="utf-8"))
    return Made(
        image.read_bytes(), names["memory"], tuple(names["modules"]), tuple(names["absent"])
    )


def _archives(snapshot: Snapshot) -> tuple[str, ...]:
    return ENGINE, *(f"{name}.zip" for name in snapshot.packages)


def _code(snapshot: Snapshot) -> str:
    """The Python that fills the memory; its value is a list of modules as JSON."""
    play, settle = (tool.read_text(encoding="utf-8") for tool in TOOLS[-2:])
    paths = " ".join(f"/{name}.zip" for name in snapshot.packages)
    return "\n".join(
        (
            play,
            settle,
            f"mount({paths!r})",
            f"settle({list(snapshot.modules)!r}, {SOURCE!r}, {CLIENT!r})",
        )
    )


def _key(job: dict[str, Any], files: dict[str, bytes]) -> str:
    digest = hashlib.sha256(json.dumps(job, sort_keys=True).encode())
    for data in (*(tool.read_bytes() for tool in TOOLS), *files.values()):
        digest.update(hashlib.sha256(data).digest())
    return digest.hexdigest()[:32]


def _write_job(folder: Path, job: dict[str, Any], files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    written = {
        **job,
        **{key: str(folder / name) for key, name in FIXED.items()},
        "archives": {
            f"/{name}": str(folder / name) for name in files if name not in FIXED.values()
        },
        "output": str(folder / "image.wasm"),
    }
    target = folder / "job.json"
    target.write_text(json.dumps(written), encoding="utf-8")
    return target
