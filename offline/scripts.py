"""The copy's own scripts, bundled by Rollup: bundle.ts says of what."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from offline.layout import DEMO_SCRIPT, SEARCH_SCRIPT, one_file
from runtime.build import run_node
from runtime.meanings import spec_files

BUNDLE: Final = Path(__file__).resolve().parent / "bundle.ts"


def scripts(site: Path) -> dict[str, bytes]:
    """The scripts by their path in the copy."""
    worker = site / one_file(site, "assets/javascripts/workers", "search.*.min.js")
    theme = site / one_file(site, "assets/javascripts", "bundle.*.min.js")
    with tempfile.TemporaryDirectory() as output, tempfile.TemporaryDirectory() as spec:
        for name, data in spec_files().items():
            Path(spec, name).write_bytes(data)
        run_node([str(BUNDLE), output, spec, str(worker)])
        made = {file.stem: file.read_bytes() for file in Path(output).iterdir()}
    search = made.pop("search") + theme.read_bytes()
    return {SEARCH_SCRIPT: search, **{DEMO_SCRIPT.format(name): made[name] for name in made}}
