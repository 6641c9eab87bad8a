"""How others start Python in a browser: Pyodide as it comes in a worker, and PyScript's worker.

Both get the same files as ours from the same server, run the same demo by the same engine, and draw
less: a list of the trace's events.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import tempfile
import zipfile
from pathlib import Path

from bench.browser_server import Site
from common.commands import run_quietly
from common.places import ROOT
from runtime.build import ENGINE, LOCK, PYODIDE, WHEELS, sources
from runtime.packages import PACKAGES
from runtime.wheels import ensure
from scripts.node import tool_command
from tests.browser.small_site import STARLETTE

# Fetched for the bench alone: with what it depends on it would be 20 times as large in node_modules
# as what is read of it. Its release 0.7.31 works with Pyodide 314.
PYSCRIPT = ("@pyscript/core", "0.7.31")
PYSCRIPT_SHA512 = (
    "1aa3356a89dcd4de114e4359d7327c8c993cfa2d9ca9eced66c94fb00890b67f"
    "b01c79145fd675160220e078c2be1072941ebc50a99b4d54f33a86e980f20c55"
)
KEPT = ROOT / "build" / "bench" / "pyscript"

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<link rel="icon" href="data:,"><button>Run</button><ol></ol><script type="module">
{script}
  const draw = (json) => {{
    for (const {{ from, to, kind }} of JSON.parse(json).trace.events) {{
      const row = document.createElement("li");
      row.textContent = `${{from}} ${{to}} ${{kind}}`;
      document.querySelector("ol").append(row);
    }}
    dispatchEvent(new CustomEvent("trace", {{ detail: json }}));
  }};
  document.querySelector("button").addEventListener("click", () => start(draw));
  window.able = true;
</script></html>"""

STOCK = """  const start = (draw) => {
    const worker = new Worker("worker.mjs", { type: "module" });
    worker.onmessage = ({ data }) => draw(data);
  };"""
STOCK_WORKER = """import { loadPyodide } from "/stock/pyodide.mjs";
const engine = fetch("/stock/asgiscope.zip").then((response) => response.arrayBuffer());
const python = await loadPyodide();
await python.loadPackage(WHEELS);
python.unpackArchive(await engine, "zip");
postMessage(python.runPython(CODE));
"""
# PyScript's core is loaded with the page, before the click.
PYSCRIPT_PAGE = """  import { PyWorker } from "/pyscript/core/dist/core.js";
  const start = async (draw) => {
    const version = new URL("/stock/pyodide.mjs", location).href;
    const worker = await PyWorker("/pyscript/run.py", { config: CONFIG, version });
    worker.onmessage = ({ data }) => draw(data);
    worker.postMessage("run"); // it is ready, and has imported the engine
  };"""
PLAY = "import asgiscope\nasgiscope.play({source!r}, {client}, {app!r})"


def demo_code() -> str:
    return PLAY.format(source=STARLETTE.source, client=STARLETTE.client, app=STARLETTE.app)


def wheels() -> list[Path]:
    ensured = ensure(LOCK, WHEELS)
    return [ensured[name] for name in PACKAGES["starlette"].distributions]


def engine_source() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sources(ENGINE):
            archive.write(file, f"asgiscope/{file.relative_to(ENGINE).as_posix()}")
    return buffer.getvalue()


def add_stock(site: Site) -> None:
    """Pyodide's own files, unchanged, and a worker that does as its documentation says."""
    for name in (
        *("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"),
        *("python_stdlib.zip", "pyodide-lock.json"),
    ):
        site.add(f"/stock/{name}", (PYODIDE / name).read_bytes())
    for wheel in wheels():
        site.add(f"/stock/{wheel.name}", wheel.read_bytes())
    site.add("/stock/asgiscope.zip", engine_source())
    urls = json.dumps([f"/stock/{wheel.name}" for wheel in wheels()])
    worker = STOCK_WORKER.replace("WHEELS", urls).replace("CODE", json.dumps(demo_code()))
    site.add("/stock/worker.mjs", worker.encode())
    site.add("/stock/page.html", PAGE.format(title="Pyodide", script=STOCK).encode())


def add_pyscript(site: Site) -> None:
    """PyScript from npm, told to use the same local files; after :func:`add_stock`."""
    site.add_folder("/pyscript/core", fetch_pyscript())
    names = [*(wheel.name for wheel in wheels()), "asgiscope.zip"]
    config = {
        "files": {f"/stock/{name}": f"./{name}" for name in names},
    }
    paths = f"import sys\nsys.path[:0] = {names!r}\n"
    code, call = demo_code().rsplit("\n", 1)
    listen = f"xworker.onmessage = lambda event: xworker.postMessage({call})"
    run = f"{paths}{code}\nfrom polyscript import xworker\n{listen}\n"
    site.add("/pyscript/run.py", run.encode())
    script = PYSCRIPT_PAGE.replace("CONFIG", json.dumps(config))
    site.add("/pyscript/page.html", PAGE.format(title="PyScript", script=script).encode())


def fetch_pyscript() -> Path:
    """The folder of the package, downloaded once; its sum is checked."""
    if not KEPT.is_dir():
        name, version = PYSCRIPT
        with tempfile.TemporaryDirectory() as folder:
            command = [*tool_command("npm"), "pack", f"{name}@{version}"]
            run_quietly(
                command,
                doing=f"Fetching {name} {version} for the bench",
                remedy="Is npm's registry within reach?",
                folder=Path(folder),
            )
            archive = next(Path(folder).glob("*.tgz")).read_bytes()
        if hashlib.sha512(archive).hexdigest() != PYSCRIPT_SHA512:
            raise RuntimeError(f"{name} {version} is not what bench/browser_peers.py expects")
        with tarfile.open(fileobj=io.BytesIO(archive)) as unpacked:
            unpacked.extractall(KEPT, filter="data")
    return KEPT / "package"
