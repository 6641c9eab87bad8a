"""scripts/decoder_data.py: the engine's package holds what data/errors says."""

from __future__ import annotations

import json

from asgiscope.decoder.entries import entries
from asgiscope.texts import languages
from scripts import decoder_data


def test_the_package_holds_what_data_errors_says() -> None:
    assert decoder_data.FILE.read_text("utf-8") == decoder_data.entries(), (
        "data/errors/ has changed: run .venv/bin/python -m scripts.decoder_data"
    )
    assert all(language in entry for entry in entries().values() for language in languages())


def test_the_file_is_one_line_an_entry() -> None:
    lines = decoder_data.FILE.read_text("utf-8").splitlines()
    assert [json.loads(line.removesuffix(","))["id"] for line in lines[1:-1]] == list(entries())
