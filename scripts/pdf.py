"""`make pdf`: dist/asgi-zh.pdf and dist/asgi-en.pdf, printed from a built site.

The site is built for this unless one is named (--site). The next `make build` puts the files on the
site's download page.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from common.languages import paths
from common.places import BUILD, ROOT
from common.problem import Problem, run_main
from scripts.build_site import site_environment

DIST = ROOT / "dist"
SITE = BUILD / "site-for-book"


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.pdf", description=__doc__)
    parser.add_argument("--site", type=Path, help="a built site; left out, one is built")
    parser.add_argument("--to", type=Path, default=DIST, help="the folder to write to")
    parser.add_argument("--language", choices=paths(), action="append", dest="languages")
    return parser.parse_args()


def today() -> date:
    """The day that stands in the book: today, or $SOURCE_DATE_EPOCH's."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    if seconds and not seconds.isdigit():
        raise Problem(f"SOURCE_DATE_EPOCH={seconds} is not a number of seconds.")
    return (datetime.fromtimestamp(int(seconds), UTC) if seconds else datetime.now(UTC)).date()


def build_for_book() -> Path:
    """A site to print from, built strictly."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "--site-dir", str(SITE)]
    if subprocess.run(command, cwd=ROOT, env=site_environment()).returncode:
        raise Problem("The site was not built: see the messages above.")
    return SITE


def make_pdf(site: Path, language: str, folder: Path) -> Path:
    """Print a language of a built site; gives the file."""
    from book.document import join_book
    from book.finish import finish_book
    from book.fonts import make_fonts
    from book.press import print_book

    book = join_book(site, language, today())
    printed = print_book(book, site, make_fonts(book.html))
    made = folder / f"asgi-{language}.pdf"
    finish_book(printed, book, made)
    return made


def main() -> None:
    arguments = read_arguments()
    site = arguments.site or build_for_book()
    for language in arguments.languages or paths():
        made = make_pdf(site, language, arguments.to)
        print(f"{made} ({made.stat().st_size / 1e6:.1f} MB)", flush=True)


if __name__ == "__main__":
    run_main(main)
