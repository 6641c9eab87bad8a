"""From the click on Run to the trace drawn, in real Chromium, ours beside others, in turns.

Each way starts in a profile of its own (cold), and again in the same profile (warm HTTP cache),
both times in a new process: bench/browser_start.py.
What is printed are medians over the rounds; ratios are to stock Pyodide's cold start of the same
round, so that a busy machine is busy for both. ``ROUNDS=5 .venv/bin/python -m bench browser``.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from bench.browser_peers import add_pyscript, add_stock
from bench.browser_server import Seen, Site, served
from bench.browser_start import CLICK, PATIENCE, RUNNER, Way, add_pressing, start
from common.browser import find_browser, launch_arguments
from runtime.build import OUTPUT, build
from tests.browser.directly import without_snapshots, write_runtime
from tests.browser.small_site import NUMBERS, STARLETTE, STYLES, write_page

RESULTS = Path(__file__).parent / "results" / "browser.json"
ROUNDS = int(os.environ.get("ROUNDS", "3"))
SETTLE = 0.3  # seconds before what is measured
NEEDED = ("asgiscope.", "manifest.", "pyodide.", "python_", "sandbox.", "starlette")
BASE = "stock Pyodide in a worker"

WRITE = """(line) => {
    const area = document.querySelector(".cm-content");
    area.focus();
    document.execCommand("insertText", false, line);
}"""
STOP = f"""async () => {{
    const runner = await ({RUNNER})();
    const turn = () => new Promise((go) => setTimeout(go));
    const frame = document.querySelector("iframe");
    const run = document.querySelector(".demo-tool-run");
    const begin = performance.now();
    document.querySelector(".demo-tool-stop").click();
    while (frame.isConnected || run.hidden) await turn();
    const stopped = performance.now() - begin;
    while (runner.state !== "ready") await turn();
    return [stopped, performance.now() - begin];
}}"""
ENDLESS = "\nexec('while True: pass')\n"  # the engine does not count its jumps


WAYS = (
    Way(BASE, "stock/page.html", "button"),
    Way("PyScript in a worker", "pyscript/page.html", "button"),
    Way("ours, without snapshot", "starlette-library.html"),
    Way("ours, with snapshot", "starlette.html"),
    Way("ours, prefetched", "starlette.html", source=STARLETTE.source),
    Way("ours, raw demo, without snapshot", "numbers-library.html"),
    Way("ours, raw demo, with snapshot", "numbers.html"),
    Way("ours, raw demo, prefetched", "numbers.html", source=NUMBERS.source),
)


def make_site() -> Site:
    site = Site()
    add_stock(site)
    add_pyscript(site)
    stamp = build()
    runner = next(OUTPUT.glob("runner.*.mjs")).name
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_runtime(folder, without_snapshots)
        plain = next(
            file.name for file in folder.glob("manifest.*") if file.name != stamp["manifest"]
        )
        site.add(f"/runtime/{plain}", (folder / plain).read_bytes())
    for file in OUTPUT.iterdir():
        if file.suffix == ".mjs" or file.name.startswith(NEEDED):
            site.add(f"/runtime/{file.name}", file.read_bytes())
    site.add_folder("/styles", STYLES)
    for title, demo in (("starlette", STARLETTE), ("numbers", NUMBERS)):
        page = write_page(title, [demo], "en", "default")
        page = page.replace("<html ", f'<html data-runner="{runner}" ')
        site.add(f"/{title}.html", page.encode())
        site.add(f"/{title}-library.html", page.replace(stamp["manifest"], plain).encode())
    for way in WAYS:
        add_pressing(site, way)
    return site


def one_round(site: Site, url: str) -> dict[str, dict[str, Seen]]:
    """Every way, cold and warm: in a new profile, and in the same one again."""
    found = {}
    for way in WAYS:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            found[way.name] = {
                cache: start(site, url, way, Path(profile)) for cache in ("cold", "warm")
            }
    return found


def edited(url: str) -> dict[str, list[float]]:
    """Edited code run again, and a loop without end stopped, in one page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(find_browser()), args=launch_arguments()
        )
        page = browser.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.goto(f"{url}/numbers.html")
        page.evaluate(CLICK, ".demo-tool-run")
        page.click(".demo-tool-edit")
        page.wait_for_selector(".cm-content")
        again = [edit_and_run(page) for _ in range(8)]
        stops = [stop(page) for _ in range(3)]
        browser.close()
    return {
        "edited code run again": again,
        "Stop": [stopped for stopped, _ in stops],
        "usable again after Stop": [usable for _, usable in stops],
    }


def edit_and_run(page: Page) -> float:
    page.evaluate(WRITE, "# edited\n")
    time.sleep(SETTLE)
    return float(page.evaluate(CLICK, ".demo-tool-run"))


def stop(page: Page) -> tuple[float, float]:
    page.click(".cm-content")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(ENDLESS)
    page.click(".demo-tool-run")
    page.wait_for_selector(".demo-tool-stop:visible")
    time.sleep(SETTLE)
    stopped, usable = page.evaluate(STOP)
    return stopped, usable


def ratios(rounds: list[dict[str, dict[str, Seen]]], name: str, cache: str) -> list[float]:
    """A way's time in each round, as a part of stock Pyodide's cold one."""
    return [each[name][cache].milliseconds / each[BASE]["cold"].milliseconds for each in rounds]


def summary(rounds: list[dict[str, dict[str, Seen]]]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for name in rounds[0]:
        for cache in ("cold", "warm"):
            seen = [each[name][cache] for each in rounds]
            ratio = statistics.median(ratios(rounds, name, cache))
            table[f"{name}, {cache}"] = {
                "milliseconds": round(statistics.median(one.milliseconds for one in seen)),
                "part of stock": round(ratio, 3),
                "stock is times as long": round(1 / ratio, 1),
                "megabytes": round(seen[0].bytes / 1e6, 2),
                "requests": seen[0].requests,
            }
    return table


def show(table: dict[str, Any], extra: dict[str, float]) -> str:
    lines = [f"{'':44}{'median':>10}{'1/ratio':>10}{'MB':>8}{'requests':>10}"]
    for name, row in table.items():
        lines.append(
            f"{name:44}{row['milliseconds']:>7} ms{row['stock is times as long']:>10}"
            f"{row['megabytes']:>8}{row['requests']:>10}"
        )
    lines += [f"{name:44}{milliseconds:>7.0f} ms" for name, milliseconds in extra.items()]
    return "\n".join(lines)


def main() -> None:
    site = make_site()
    with served(site) as url:
        rounds = [one_round(site, url) for _ in range(ROUNDS)]
        extra = {name: statistics.median(each) for name, each in edited(url).items()}
    command = [str(find_browser()), "--version"]
    version = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[1]
    table = summary(rounds)
    print(
        f"Chromium {version}, {ROUNDS} rounds; 1/ratio: how many times as long {BASE} takes, cold"
    )
    print(show(table, extra))
    every = [
        {
            name: {cache: asdict(seen) for cache, seen in caches.items()}
            for name, caches in one.items()
        }
        for one in rounds
    ]
    RESULTS.parent.mkdir(exist_ok=True)
    data = {"chromium": version, "ways": table, "one page": extra, "rounds": every}
    RESULTS.write_text(json.dumps(data, indent=2) + "\n", "utf-8")
