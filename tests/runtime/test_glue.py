"""Pyodide's own script without what nobody asks for: smaller, and Python works as before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from runtime.build import OUTPUT, PYODIDE, build, glue, read_stamp, run_node

PYTHON = """
import asyncio, ctypes, hashlib, json, tempfile, time, zlib
import js
from pyodide.ffi import create_proxy, to_js

found = {}
found["to JavaScript"] = js.JSON.stringify(to_js([1, "two", True]))
found["called from JavaScript"] = list(to_js([1, 2]).map(create_proxy(lambda one, *_: one * 2)))
try:
    js.JSON.parse("{")
except Exception as error:
    found["error of JavaScript"] = type(error).__name__
with tempfile.TemporaryDirectory() as folder, open(folder + "/file", "w+") as file:
    file.write("text")
    file.seek(0)
    found["file"] = file.read()
found["called from C"] = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)(lambda one: one + 1)(41)
found["sums"] = zlib.crc32(b"asgi"), hashlib.sha256(b"").hexdigest()[:8]
found["year"] = time.localtime(0).tm_year
found["slept"] = await asyncio.sleep(0.01, "slept")
json.dumps(found)
"""
START = """
const [pyodide, script, source] = process.argv.slice(2);
const { loadPyodide } = await import(pyodide);
const { default: createPyodideModule } = await import(script);
const python = await loadPyodide({ createPyodideModule });
process.stdout.write(await python.runPythonAsync(source));
process.exit(0);
"""


def told_by(script: Path, folder: Path) -> dict[str, Any]:
    start = folder / "start.mjs"
    start.write_text(START, encoding="utf-8")
    addresses = [(PYODIDE / "pyodide.mjs").as_uri(), script.as_uri()]
    told: dict[str, Any] = json.loads(run_node([str(start), *addresses, PYTHON]))
    return told


def test_python_works_with_it_as_with_pyodides_own(tmp_path: Path) -> None:
    small = tmp_path / "pyodide.asm.mjs"
    small.write_bytes(glue())
    told = told_by(small, tmp_path)
    assert told == told_by(PYODIDE / "pyodide.asm.mjs", tmp_path)
    assert told["called from C"] == 42
    assert told["error of JavaScript"] == "JsException"


def test_it_is_less_than_a_third_of_it_and_what_browsers_get() -> None:
    build()
    small = glue()
    assert len(small) < (PYODIDE / "pyodide.asm.mjs").stat().st_size / 3
    manifest = json.loads((OUTPUT / read_stamp()["manifest"]).read_text(encoding="utf-8"))
    assert (OUTPUT / manifest["files"]["pyodide.asm.mjs"]["url"]).read_bytes() == small
