"""The two books, each made once by the command itself, and read by programs of other makers."""

from __future__ import annotations

import functools
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest

from common.places import ROOT
from scripts.pdf_readers import ensure_pdf_readers

DAY = "1790000000"  # a day in 2026, in seconds
HARMLESS = "ICC support is not available"  # says MuPDF where it is built without
BODY = ["-x", "0", "-y", "60", "-W", "596", "-H", "726"]  # points: without head and page number


def make_book(site: Path, folder: Path, language: str) -> Path:
    """Run the command that `make pdf` runs."""
    command = [sys.executable, "-m", "scripts.pdf", "--site", str(site), "--to", str(folder)]
    done = subprocess.run(
        [*command, "--language", language],
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": DAY},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        pytest.fail(f"scripts.pdf failed:\n{done.stdout}{done.stderr}", pytrace=False)
    return folder / f"asgi-{language}.pdf"


def read_with(*command: str | Path) -> str:
    """What a PDF reader says; its complaints are failures."""
    done = subprocess.run([str(part) for part in command], capture_output=True, check=True)
    complaints = [line for line in done.stderr.decode().splitlines() if HARMLESS not in line]
    assert not complaints, complaints[:5]
    return done.stdout.decode("utf-8")


@dataclass(frozen=True)
class Made:
    """A finished book."""

    language: str
    file: Path
    site: Path

    @functools.cached_property
    def text(self) -> str:
        """Its text, by Poppler, without running heads and page numbers."""
        return read_with("pdftotext", "-raw", *BODY, self.file, "-")

    @functools.cached_property
    def pdf(self) -> pikepdf.Pdf:
        return pikepdf.open(self.file)

    @functools.cached_property
    def home(self) -> str:
        return "" if self.language == "zh" else "en/"

    def pages_of_site(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The parts with their pages (title, address), as llms.txt tells them to machines."""
        parts: list[tuple[str, list[tuple[str, str]]]] = []
        for line in (self.site / self.home / "llms.txt").read_text("utf-8").splitlines():
            if line.startswith("## "):
                parts.append((line[3:], []))
            elif parts and (found := re.match(r"- \[(.+)\]\(https?://[^/]+/(.*?)\):", line)):
                parts[-1][1].append((found[1], found[2]))
        return [(part, [page for page in pages if self.has(page[1])]) for part, pages in parts]

    def has(self, address: str) -> bool:
        return "data-not-in-book" not in self.html(address)

    def html(self, address: str) -> str:
        return (self.site / address / "index.html").read_text("utf-8")


@pytest.fixture(scope="session")
def readers() -> None:
    ensure_pdf_readers()


BOOKS = [  # a book is printed in one process only; what English adds are other words
    pytest.param("zh", marks=pytest.mark.xdist_group("book zh")),
    pytest.param("en", marks=[pytest.mark.xdist_group("book en"), pytest.mark.long]),
]


@pytest.fixture(scope="session", params=BOOKS)
def book(
    request: pytest.FixtureRequest,
    readers: None,
    built_site: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Made]:
    file = make_book(built_site, tmp_path_factory.mktemp("book"), request.param)
    made = Made(request.param, file, built_site)
    yield made
    made.pdf.close()
