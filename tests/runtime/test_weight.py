"""How much a reader downloads to run a raw demo, by either way to start Python."""

from __future__ import annotations

import json

import pytest

from runtime.build import OUTPUT
from scripts.compress import kept

MOST = 5_500_000  # bytes, compressed by brotli as `make build` does it
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "worker.mjs", "sandbox.html")
WAYS = {
    "library": (*CORE, "python_stdlib.zip", "asgiscope.zip"),
    "snapshot": (*CORE, "python_snapshot.wasm"),
}


@pytest.mark.long
@pytest.mark.parametrize("way", WAYS)
def test_a_raw_demo_weighs_less_than_its_bar(runtime: dict[str, str], way: str) -> None:
    manifest = (OUTPUT / runtime["manifest"]).read_bytes()
    files = json.loads(manifest)["files"]
    texts = [manifest, *((OUTPUT / files[name]["url"]).read_bytes() for name in WAYS[way])]
    texts += [file.read_bytes() for file in OUTPUT.glob("runner.*.mjs")]
    assert sum(kept(text, ".br").stat().st_size for text in texts) <= MOST
