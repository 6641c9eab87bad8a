"""The site's search against what people ask: how often the right place is first, or of three.

It is asked as a reader asks it: each query of ``tests/site/queries/`` is put into the field of the
built site, and the links that are shown are taken in their order. ``python -m bench search -v``
names the queries whose place is not first. MRR is the mean of 1/rank, 0 where it is not found.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import yaml
from playwright.sync_api import Page, sync_playwright

from common.browser import find_shell, launch_arguments
from common.languages import paths
from common.places import ROOT

QUERIES = ROOT / "tests" / "site" / "queries"
SITE = Path(os.environ.get("SITE_DIRECTORY", ROOT / "site"))
VERBOSE = "-v"
# The theme's script writes a count beside the results when it has them: until then ours is there.
ASK = """async ([query, home]) => {
    const field = document.querySelector(".md-search__input");
    const meta = document.querySelector(".md-search-result__meta");
    meta.textContent = "…";
    field.value = query;
    field.dispatchEvent(new KeyboardEvent("keyup", {key: "a", bubbles: true}));
    const later = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
    for (let waited = 0; meta.textContent === "…" && waited < 3000; waited += 20) await later(20);
    await later(60);
    const links = [...document.querySelectorAll(".md-search-result__list a")];
    const shown = links.filter((link) => !link.closest("details:not([open])"));
    return shown.map((link) => {
        const {pathname, hash} = new URL(link.href);
        const parts = link.closest(".md-search-result__item").querySelectorAll("a");
        const heads = link === parts[0] && parts.length > 1;
        return [pathname.slice(home.length) + hash, heads];
    });
}"""


@dataclass(frozen=True)
class Query:
    """What is asked, the kind of thing that it is, and the places that answer it."""

    kind: str
    ask: str
    at: tuple[str, ...]


def queries(language: str) -> list[Query]:
    """Those of a language, in the order of the file."""
    kinds = yaml.safe_load((QUERIES / f"{language}.yml").read_text("utf-8"))
    return [Query(kind, each["ask"], tuple(each["at"])) for kind in kinds for each in kinds[kind]]


def rank_of(query: Query, shown: Iterable[tuple[str, bool]]) -> int:
    """1 for the first place that is shown; 0 if none of those that answer is.

    A page that only heads its sections in the list does not count, unless it is the answer.
    """
    places = [place for place, heads in shown if not heads or place in query.at]
    return next((rank for rank, place in enumerate(places, 1) if place in query.at), 0)


def table(ranks: dict[Query, int]) -> str:
    """A line for each kind and one for all: how many, first, of three, MRR."""
    kinds = [*dict.fromkeys(query.kind for query in ranks), "all"]
    lines = [f"{'':<12}{'queries':>8}{'first':>8}{'of three':>10}{'MRR':>7}"]
    for kind in kinds:
        found = [rank for query, rank in ranks.items() if kind in (query.kind, "all")]
        first, three = (sum(0 < rank <= most for rank in found) / len(found) for most in (1, 3))
        mean = sum(1 / rank for rank in found if rank) / len(found)
        lines.append(f"{kind:<12}{len(found):>8}{first:>8.0%}{three:>10.0%}{mean:>7.2f}")
    return "\n".join(lines)


@contextmanager
def served(site: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Nothing: thousands of requests come."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def asked(page: Page, address: str, home: str, language: str) -> dict[Query, int]:
    """The rank of each query's place, in the search of a language's home page."""
    page.goto(address + home)
    page.locator(".md-search__input").click()
    page.wait_for_function("() => document.querySelector('.md-search-result__meta')?.textContent")
    return {
        query: rank_of(query, page.evaluate(ASK, [query.ask, home])) for query in queries(language)
    }


def main() -> None:
    if not (SITE / "index.html").is_file():
        print("bench: there is no built site: run `make build`, or set SITE_DIRECTORY")
        return
    with served(SITE) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(find_shell()), args=list(launch_arguments())
        )
        for language, path in paths().items():
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            ranks = asked(page, address, f"/{path}".rstrip("/") + "/", language)
            print(f"{language}\n{table(ranks)}\n")
            if VERBOSE in sys.argv:
                wrong = (
                    f"  {rank or '-':>3}  {query.ask}" for query, rank in ranks.items() if rank != 1
                )
                print("\n".join(wrong) + "\n")
        browser.close()
