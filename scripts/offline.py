"""`make offline`: dist/asgi-illustrated-offline.zip, the site to open without a server."""

from __future__ import annotations

import argparse
import datetime
import os
from pathlib import Path

from common.places import BUILD, ROOT
from common.problem import Problem, run_main
from common.words import words
from offline.archive import write_zip
from offline.copy import make_copy
from runtime.build import BuildError
from scripts.build_site import commit_date, write_pages
from site_plugin.copy_sizes import sizes_of

TARGET = ROOT / "dist" / "asgi-illustrated-offline.zip"


def made_on() -> str:
    """The date of the commit that the copy is made of, as in the site map; nothing if unknown."""
    second = os.environ.get("SOURCE_DATE_EPOCH") or commit_date().get("SOURCE_DATE_EPOCH")
    if not second:
        return ""
    return datetime.datetime.fromtimestamp(int(second), datetime.UTC).date().isoformat()


def built() -> Path:
    """The site, built for this alone: without preview cards, which nobody sees here."""
    site = BUILD / "site-to-copy"
    write_pages(site)
    return site


def main() -> None:
    """Make the zip of a site that is built first, or of one that was built before."""
    parser = argparse.ArgumentParser(prog="python -m scripts.offline", description=__doc__)
    parser.add_argument("--site", type=Path, help="a built site to make the copy of")
    parser.add_argument("--output", type=Path, default=TARGET)
    arguments = parser.parse_args()
    site = arguments.site or built()
    try:
        write_zip(make_copy(site, made_on()), arguments.output)
    except BuildError as error:
        raise Problem(str(error)) from None
    size = arguments.output.stat().st_size / 1e6
    told = sizes_of(arguments.output).told(words("en").DOWNLOADS["copy"])
    print(f"{arguments.output}: {size:.1f} MB, {told}")


if __name__ == "__main__":
    run_main(main)
