"""The folder ``python`` of the copy: all that running needs, each file as a script with it inside.

It is described by a manifest like the site's. The snapshots are left out: they would make the copy
40% larger, to spare a page's first run a second (decisions/0022).
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from offline.held import held_bytes
from offline.layout import one_file
from runtime.build import HASH_LENGTH, canonical
from site_plugin.copy_sizes import PYTHON

FRAME = "sandbox.html"


def python_files(site: Path) -> tuple[str, dict[str, bytes]]:
    """The manifest's name, and the folder's files by their path in the copy."""
    runtime = site / "runtime"
    manifest = _without_snapshots(site)
    files = {}
    for file in manifest["files"].values():
        data = (runtime / file["url"]).read_bytes()
        files[f"{PYTHON}/{file['url']}.js"] = held_bytes(data)
    frame = manifest["files"][FRAME]["url"]
    files[f"{PYTHON}/{frame}"] = (runtime / frame).read_bytes()
    text = canonical(manifest)
    name = f"manifest.{hashlib.sha256(text).hexdigest()[:HASH_LENGTH]}.json"
    files[f"{PYTHON}/{name}.js"] = held_bytes(text)
    return name, files


def _without_snapshots(site: Path) -> dict[str, Any]:
    path = site / one_file(site, "runtime", "manifest.*.json")
    manifest: dict[str, Any] = json.loads(path.read_bytes())
    unwanted = {snapshot["file"] for snapshot in manifest["snapshots"].values()}
    kept = {name: file for name, file in manifest["files"].items() if name not in unwanted}
    return {**manifest, "files": kept, "snapshots": {}}
