"""Two builds of one commit are the same, byte for byte."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from scripts import build_site


def digests(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


@pytest.mark.long
@pytest.mark.usefixtures("own_browser")  # for the preview cards
def test_two_builds_are_byte_identical(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = []
    for name in ("first", "second"):
        monkeypatch.setattr(build_site, "SITE", tmp_path / name)
        monkeypatch.setattr(build_site, "UNFINISHED", tmp_path / f"{name}-unfinished")
        build_site.build_site()
        built.append(digests(tmp_path / name))
    assert built[0] == built[1]
    assert len(built[0]) > 100


def test_the_date_of_a_build_is_that_of_its_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert build_site.commit_date()["SOURCE_DATE_EPOCH"].isdigit()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "7")
    assert build_site.commit_date() == {}
