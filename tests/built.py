"""The site as the tests see it: built once for its inputs, whoever asks first."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from common.places import BUILD, ROOT
from scripts.stamps import hash_inputs

SITES = BUILD / "test-site"
SECONDS = 300
KEPT = 3  # sites, the newest: another run may be looking at an older one
INPUTS = (
    *("mkdocs.yml", "terms.yml", "requirements.txt", "package-lock.json"),
    *("docs/**/*", "data/**/*", "snippets/**/*", "overrides/**/*", "diagrams/**/*", "dist/*"),
    *("site_plugin/**/*", "common/**/*", "asgiscope/**/*", "runtime/**/*", "drawing/**/*"),
)
ELSEWHERE = ("SITE_URL", "REPO_URL", "EDIT_URI")  # what a host sets, mkdocs.yml reads


def site_of(run: str) -> Path:
    """The folder of the site built from the present inputs; fails the test if it cannot be built.

    ``run`` names this run of the tests: what has failed once is not tried again by its other
    processes, and told in one line.
    """
    home = SITES / hash_inputs(ROOT, INPUTS)[:16]
    site, failed = home / "site", home / "failed"
    SITES.mkdir(parents=True, exist_ok=True)
    with FileLock(SITES / "lock"):
        if failed.exists() and failed.read_text("utf-8") == run:
            pytest.fail("the site cannot be built: the first test that asked tells why", False)
        if not site.exists():
            build_into(home, run)
        home.touch()
        for old in sorted(SITES.glob("*/"), key=lambda path: -path.stat().st_mtime)[KEPT:]:
            shutil.rmtree(old)
    return site


def build_into(home: Path, run: str) -> None:
    """Build beside the place and move there, so that there is never half a site."""
    home.mkdir(exist_ok=True)
    part = home / "part"
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "--site-dir", str(part)],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name not in ELSEWHERE}
        | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    if done.returncode:
        (home / "failed").write_text(run, "utf-8")
        pytest.fail(f"mkdocs build --strict failed:\n{done.stdout}{done.stderr}", pytrace=False)
    part.rename(home / "site")
