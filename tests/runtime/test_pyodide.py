"""Pyodide's script and module without what nobody asks for: smaller, and Python works as before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from runtime.build import (
    ENGINE,
    OUTPUT,
    PYODIDE,
    RUNTIME,
    archives,
    extract_libraries,
    pyodide,
    read_stamp,
    run_node,
)
from runtime.build import PYTHON as PYTHON_FILES

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
import { readFileSync } from "node:fs";

const [pyodide, script, file, source] = process.argv.slice(2);
const { loadPyodide } = await import(pyodide);
const { default: createPyodideModule } = await import(script);
const { instantiate } = WebAssembly;
WebAssembly.instantiate = (module, imports) =>
  instantiate(imports?.["GOT.mem"] ? readFileSync(file) : module, imports);
const python = await loadPyodide({ createPyodideModule });
process.stdout.write(await python.runPythonAsync(source));
process.exit(0);
"""
DESCRIBE = """
import { readFileSync } from "node:fs";

const module = new WebAssembly.Module(readFileSync(process.argv[2]));
const { imports, exports, customSections } = WebAssembly.Module;
const metadata = customSections(module, "dylink.0").map((part) => [...new Uint8Array(part)]);
const told = { imports: imports(module), exports: exports(module), metadata };
process.stdout.write(JSON.stringify(told));
"""
TRIM = """
const { withExports } = await import(process.argv[2]);
try {
  withExports(Buffer.from(process.argv[3], "hex"), () => true);
} catch (error) {
  process.stdout.write(error.message);
}
"""
SCRIPT, MACHINE = PYTHON_FILES


def node(source: str, folder: Path, *arguments: str) -> str:
    script = folder / "script.mjs"
    script.write_text(source, encoding="utf-8")
    return run_node([str(script), *arguments])


def told_by(files: Path, folder: Path) -> dict[str, Any]:
    script, machine = (files / SCRIPT).as_uri(), str(files / MACHINE)
    address = (PYODIDE / "pyodide.mjs").as_uri()
    told: dict[str, Any] = json.loads(node(START, folder, address, script, machine, PYTHON))
    return told


@pytest.fixture
def small(runtime: dict[str, str], tmp_path: Path) -> Path:
    """A folder with both files as browsers get them."""
    for name, data in pyodide(archives(ENGINE)).items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_python_works_with_them_as_with_pyodides_own(small: Path) -> None:
    told = told_by(small, small)
    assert told == told_by(PYODIDE, small)
    assert told["called from C"] == 42
    assert told["error of JavaScript"] == "JsException"


def test_the_script_is_less_than_a_third_and_what_browsers_get(small: Path) -> None:
    assert (small / SCRIPT).stat().st_size < (PYODIDE / SCRIPT).stat().st_size / 3
    manifest = json.loads((OUTPUT / read_stamp()["manifest"]).read_text(encoding="utf-8"))
    for name in PYTHON_FILES:
        served = OUTPUT / manifest["files"][name]["url"]
        assert served.read_bytes() == (small / name).read_bytes()


def described(module: Path, folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(node(DESCRIBE, folder, str(module)))
    return told


def test_the_module_differs_only_in_what_it_exports(small: Path) -> None:
    few, whole = (described(folder / MACHINE, small) for folder in (small, PYODIDE))
    assert [few["imports"], few["metadata"]] == [whole["imports"], whole["metadata"]]
    assert all(export in whole["exports"] for export in few["exports"])
    assert len(few["exports"]) < len(whole["exports"]) / 10


def test_the_module_exports_what_the_packages_ask_for(small: Path) -> None:
    few, whole = (
        {export["name"] for export in described(folder / MACHINE, small)["exports"]}
        for folder in (small, PYODIDE)
    )
    libraries = extract_libraries(archives(ENGINE), small)
    assert {Path(name).name.split(".")[0] for name in libraries} >= {"_pydantic_core", "_core"}
    for name in libraries:
        asked = {each["name"] for each in described(small / name, small)["imports"]}
        assert asked & whole <= few, name


@pytest.mark.parametrize(
    ("module", "words"),
    [
        (b"a page instead of it", "no WebAssembly module"),
        (b"\0asm\1\0\0\0\7\4", "ends too early"),
        (b"\0asm", "ends too early"),
    ],
)
def test_a_file_that_is_no_module_is_refused(tmp_path: Path, module: bytes, words: str) -> None:
    trim = (RUNTIME / "machine.ts").as_uri()
    assert words in node(TRIM, tmp_path, trim, module.hex())
