"""Archives as browsers get them: for a host a WebAssembly module, for Python a zip."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest

from runtime.archives import as_module, leb128, zip_files
from runtime.build import run_node

VALIDATE = """
import { readFileSync } from "node:fs";
process.stdout.write(String(WebAssembly.validate(readFileSync(process.argv[2]))));
"""


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, b"\x00"), (127, b"\x7f"), (128, b"\x80\x01"), (624485, b"\xe5\x8e\x26")],
)
def test_a_number_is_written_as_in_webassembly(value: int, written: bytes) -> None:
    assert leb128(value) == written


def test_an_archive_is_both_a_module_and_a_zip_to_import_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = b"x = 42  # " + b"-" * 200
    archive = as_module(zip_files({"an_archived_module.py": text}))
    validate, file = tmp_path / "validate.mjs", tmp_path / "archive.wasm"
    validate.write_text(VALIDATE, encoding="utf-8")
    file.write_bytes(archive)
    assert run_node([str(validate), str(file)]) == "true"
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert opened.read("an_archived_module.py") == text
    monkeypatch.syspath_prepend(str(file))
    import an_archived_module

    assert an_archived_module.x == 42
    del sys.modules["an_archived_module"]
