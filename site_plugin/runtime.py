"""Puts what runs in the reader's browser into the site, once, under ``runtime/``.

It is built by ``python -m runtime.build`` into ``build/runtime/``; here it is built again when its
sources are newer. English pages use the files of the site's root too.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, InclusionLevel

from common.places import ROOT
from runtime.build import OUTPUT, STAMP, fingerprint, read_stamp

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files


def on_config(config: MkDocsConfig) -> None:
    """See that the runtime is built, before any page asks for its address."""
    if read_stamp().get("fingerprint") == fingerprint():
        return
    command = [sys.executable, "-m", "runtime.build"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise PluginError(f"python -m runtime.build failed:\n{done.stderr.strip()}")


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add the built files to the build whose root is the site's."""
    if config.extra["to_root"]:
        return
    for file in sorted(OUTPUT.iterdir()):
        if file.name != STAMP and not file.name.startswith("."):
            files.append(_generated(file, config))


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> None:
    """Build again when the runtime or the engine inside it is edited."""
    for folder in ("runtime", "asgiscope"):
        server.watch(str(ROOT / folder))


def manifest_url(config: MkDocsConfig) -> str:
    """The address of the runtime's manifest, from the site's root."""
    return f"runtime/{_built('manifest')}"


def script_url(config: MkDocsConfig) -> str:
    """The address of the script that a page with demos loads as a module, from the site's root."""
    return f"runtime/{_built('demo_' + config.extra['language'])}"


def _built(key: str) -> str:
    try:
        return read_stamp()[key]
    except KeyError:
        raise PluginError("build/runtime is not built: run `python -m runtime.build`") from None


def _generated(file: Path, config: MkDocsConfig) -> File:
    return File.generated(
        config,
        f"runtime/{file.name}",
        abs_src_path=str(file),
        inclusion=InclusionLevel.INCLUDED,
    )
