"""scripts/compress.py: what shrinks has both copies, what does not has none."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import brotli
import pytest

from scripts import compress

pytestmark = pytest.mark.xdist_group("serving")  # they share the small site and its servers


@pytest.fixture(autouse=True)
def _kept_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compress, "KEPT", tmp_path / "kept")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "page.html").write_bytes(b"<p>again and again" * 100)
    return tmp_path / "site"


def test_the_copies_hold_the_file(site: Path) -> None:
    assert compress.compress_site(site) == 1
    data = (site / "page.html").read_bytes()
    assert brotli.decompress((site / "page.html.br").read_bytes()) == data
    assert gzip.decompress((site / "page.html.gz").read_bytes()) == data


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("small.html", b"<p>" * 10),
        ("noise.wasm", random.Random(1).randbytes(2000)),
        ("book.pdf", b"%PDF" * 1000),
        ("card.png", b"png " * 1000),
    ],
)
def test_what_would_not_gain_has_no_copies(site: Path, name: str, data: bytes) -> None:
    (site / name).write_bytes(data)
    compress.compress_site(site)
    assert not list(site.glob(f"{name}.*"))


def test_what_was_compressed_before_is_not_compressed_again(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compress.compress_site(site)
    first = (site / "page.html.br").read_bytes()
    monkeypatch.setattr(compress, "WAYS", dict.fromkeys(compress.WAYS, lambda _: 1 / 0))
    compress.compress_site(site)
    assert (site / "page.html.br").read_bytes() == first


def test_the_same_file_gives_the_same_bytes(site: Path) -> None:
    data = (site / "page.html").read_bytes()
    assert {compress.to_gzip(data) for _ in range(3)} == {compress.to_gzip(data)}
    assert compress.to_gzip(data)[4:8] == bytes(4)  # no time of day in it
