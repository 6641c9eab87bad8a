"""The programs that read PDFs in the tests, from two independent hands: Poppler and MuPDF."""

from __future__ import annotations

import shutil

from common.browser import install_packages
from common.problem import Problem, run_main

PROGRAMS = ("pdftotext", "pdffonts", "pdfinfo", "pdfimages", "pdftoppm", "mutool")
PACKAGES = ("poppler-utils", "mupdf-tools")
MISSING = (
    "The tests read the PDFs with Poppler and MuPDF, and these programs were not found: {names}.\n"
    "  Debian, Ubuntu: apt-get install poppler-utils mupdf-tools\n"
    "  Fedora:         dnf install poppler-utils mupdf\n"
    "  macOS:          brew install poppler mupdf-tools"
)


def missing_readers() -> list[str]:
    return [name for name in PROGRAMS if not shutil.which(name)]


def ensure_pdf_readers() -> None:
    """Raises Problem if one is missing and cannot be installed."""
    if missing_readers():
        install_packages(PACKAGES)
    if names := missing_readers():
        raise Problem(MISSING.format(names=", ".join(names)))


if __name__ == "__main__":
    run_main(ensure_pdf_readers)
