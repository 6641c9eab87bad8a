"""`make new-page`: both files of a new page, its place in the navigation, a first demo.

Asks for what is not given; or: ``make new-page PAGE=learn/cookies ZH="读 cookie" EN="Cookies"``.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from common.languages import languages, whole
from common.places import ROOT
from common.problem import Problem, run_main
from common.words import words
from scripts import translated

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*")
ENTRY = re.compile(r"^(?P<indent> +- )(?P<folder>[a-z0-9-]+)/[a-z0-9-]+\.md$")


def new_page(path: str, titles: dict[str, str]) -> list[Path]:
    """Write the page's files, which are returned, and its entry in the navigation."""
    if not NAME.fullmatch(path):
        raise Problem(
            f"{path!r} is not the path of a page: write folder/name in a to z, 0 to 9 and hyphens,"
            " such as learn/cookies."
        )
    for language, title in titles.items():
        if not title.strip() or "\n" in title:
            raise Problem(f"The title in {language!r} is empty: each language needs its own.")
    files = {language: ROOT / "docs" / language / f"{path}.md" for language in titles}
    for file in files.values():
        if file.exists():
            raise Problem(f"{file.relative_to(ROOT)} exists already; choose another path.")
    nav = _with_entry((ROOT / "mkdocs.yml").read_text("utf-8"), path)
    for language, file in files.items():
        text = words(language).NEW_PAGE.format(
            title=titles[language].strip(), anchor=path.split("/")[1]
        )
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    (ROOT / "mkdocs.yml").write_text(nav, "utf-8")
    return list(files.values())


def _with_entry(configuration: str, path: str) -> str:
    """mkdocs.yml with the page at the end of its part of the navigation."""
    lines = configuration.split("\n")
    entries = {index: found for index, line in enumerate(lines) if (found := ENTRY.match(line))}
    folder = path.split("/")[0]
    last = max((i for i, found in entries.items() if found["folder"] == folder), default=None)
    if last is None:
        known = ", ".join(dict.fromkeys(found["folder"] for found in entries.values()))
        raise Problem(f"mkdocs.yml: nav has no part with pages in {folder}/; it has {known}.")
    lines.insert(last + 1, f"{entries[last]['indent']}{path}.md")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m scripts.new_page", description=__doc__)
    parser.add_argument("path", nargs="?", help="folder/name, such as learn/cookies")
    for code in languages():
        parser.add_argument(f"--{code}", help=f"the title in the language {code}")
    options = parser.parse_args()
    path = options.path or _ask("Path, such as learn/cookies: ")
    given = {code: getattr(options, code) for code in languages()}
    titles = {
        code: title or _ask(f"Title ({code}): ")
        for code, title in given.items()
        if title or code in whole()
    }
    files = new_page(path, titles)
    translated.main()
    print("Written:", *(str(file.relative_to(ROOT)) for file in files), "and a line in mkdocs.yml.")
    at = " and ".join(f"/{languages()[code].path}{path}/" for code in titles)
    print(f"`make serve` shows it at {at}; write on from there.")


def _ask(question: str) -> str:
    try:
        return input(question).strip()
    except EOFError:
        raise Problem(
            "There is nobody to ask. Give everything at once:"
            ' make new-page PAGE=learn/cookies ZH="..." EN="..."'
        ) from None


if __name__ == "__main__":
    run_main(main)
