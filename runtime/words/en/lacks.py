"""What the reader is told when code needs what Python lacks in the browser."""

from __future__ import annotations

from typing import Final

COMMA: Final = ", "  # between the names of packages
# Title, text and remedy, by the kind of lack.
LACKS: Final[dict[str, tuple[str, str, str]]] = {
    "package": (
        "There is no {name} here",
        "Python in this page has the standard library and these packages: {packages}.",
        "Use one of them; to use {name}, run the code on your own computer.",
    ),
    "library": (
        "There is no {name} here",
        "{name} is part of the standard library, but Python in the browser comes without it:"
        " it needs an operating system.",
        "Do without it, or run the code on your own computer.",
    ),
    "part": (
        "There is no {name} here",
        "Parts that no demo needs have been left out of the packages, so that they arrive"
        " fast; {name} is one of them.",
        "Do without it, or run the code on your own computer.",
    ),
    "unfetched": (
        "{name} has not been fetched",
        "A package is fetched when it is needed, which is judged by the `import` statements in"
        " the code.",
        "Write `import {name}` at the top of the code and run it again.",
    ),
    "network": (
        "Python has no network in the browser",
        "The code tried to open a network connection and got {exception}. For safety, Python"
        " in this page is cut off from the network.",
        "Put an `asyncio.sleep` in place of the request; requests come from the demo's client.",
    ),
    "process": (
        "Python cannot start processes in the browser",
        "The code tried to start another process and got {exception}. A browser has none to give.",
        "Use `asyncio.to_thread` instead, or run the code on your own computer.",
    ),
    "thread": (
        "Python has no real threads in the browser",
        "The code went past `threading` to start a thread and got {exception}.",
        "Use `asyncio.to_thread`, `threading.Thread` or a thread pool: here they run in"
        " virtual time.",
    ),
    "input": (
        "Nobody can type here",
        "The code waits for `input()`, but there is no terminal, so it got {exception}.",
        "Write the input into the code.",
    ),
    "file": (
        "There is no such file here",
        "The code got {exception}. Python in this page cannot see the files of your computer;"
        " it has an empty place of its own.",
        "Write the file in the code first, or put its content into the code.",
    ),
}
