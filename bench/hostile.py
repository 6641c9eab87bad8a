"""How long the page stands still while hostile programs run: the longest gap between two frames.

Every program of ``tests/browser/hostile/`` runs once, as a reader would run it, and is stopped if
it does not end; all that must stay unharmed is checked after each. A figure is of one run.
"""

from __future__ import annotations

import json
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from common.browser import find_browser, launch_arguments
from tests.browser.hostile.target import GROUPS, target_in
from tests.browser.small_site import write_site

RESULTS = Path(__file__).parent / "results" / "hostile.json"


def main() -> None:
    gaps: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        write_site(Path(folder))
        browser = playwright.chromium.launch(
            executable_path=str(find_browser()), args=launch_arguments()
        )
        with target_in(browser, Path(folder)) as target:
            target.open()
            for group, programs in GROUPS.items():
                gaps[group] = {}
                for name, program in programs.items():
                    target.canary.noted.clear()
                    target.attack(program)
                    gaps[group][name] = round(target.longest_gap(), 1)
                    target.check()
        browser.close()
    print(f"{'milliseconds without a frame':34}{'programs':>10}{'median':>10}{'longest':>10}")
    for group, found in gaps.items():
        median, longest = statistics.median(found.values()), max(found.values())
        print(f"{group:34}{len(found):>10}{median:>10.0f}{longest:>10.0f}")
    RESULTS.write_text(json.dumps(gaps, indent=2) + "\n", "utf-8")
