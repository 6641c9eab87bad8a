"""`make build`: the site in site/, every warning being an error.

CARDS=0 leaves out the preview cards, COMPRESS=0 the files compressed ahead.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from common.commands import meanwhile
from common.places import BUILD, ROOT
from common.problem import Problem, run_main
from runtime.build import OUTPUT
from scripts.cards import draw_cards
from scripts.compress import compress_site
from scripts.deploy import headers_file

SITE = ROOT / "site"
UNFINISHED = BUILD / "site-unfinished"


def site_environment() -> dict[str, str]:
    """MkDocs' environment, without the theme's notice of its end of life (decisions/0001)."""
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1", **commit_date()}


def commit_date() -> dict[str, str]:
    """The date in the site map: of the last commit, so that a commit is always built alike."""
    if "SOURCE_DATE_EPOCH" in os.environ or not shutil.which("git"):
        return {}
    command = ["git", "log", "-1", "--format=%ct"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout.strip()
    return {"SOURCE_DATE_EPOCH": told} if told.isdigit() else {}


def write_pages(folder: Path) -> None:
    """Build into a folder, all but the preview cards; raises Problem if anything is wrong."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    command += ["--clean", "--site-dir", str(folder)]
    if subprocess.run(command, cwd=ROOT, env=site_environment()).returncode:
        raise Problem("The site was not built: see the messages above.")


def compressing_runtime() -> AbstractContextManager[None]:
    """Compress meanwhile what takes longest and is here before any page."""
    return meanwhile(sys.executable, "-m", "scripts.compress", OUTPUT)


def build_site() -> None:
    """Build site/; raises Problem, and leaves the old site/ as it was, if anything is wrong."""
    compressed = os.environ.get("COMPRESS") != "0"
    with compressing_runtime() if compressed else nullcontext():
        write_pages(UNFINISHED)
        if os.environ.get("CARDS") != "0":
            draw_cards(UNFINISHED)
        (UNFINISHED / "_headers").write_text(headers_file(), "utf-8")
    if compressed:
        compress_site(UNFINISHED)
    shutil.rmtree(SITE, ignore_errors=True)
    UNFINISHED.rename(SITE)


def main() -> None:
    """Build the site and say where it is."""
    build_site()
    print(f"The site is in {SITE}")


if __name__ == "__main__":
    run_main(main)
