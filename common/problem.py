"""One clear message instead of a traceback: what went wrong, and what to do about it."""

from __future__ import annotations

import sys
from collections.abc import Callable


class Problem(Exception):
    """Something a person must put right; its text says what and how."""


def run_main(main: Callable[[], int | None]) -> None:
    """Run a command's `main` and exit with its status; a Problem is printed and gives status 1."""
    try:
        sys.exit(main())
    except Problem as problem:
        print(f"\n{problem}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print(
            "\nStopped. Run the same command again: it starts where it is safe to.", file=sys.stderr
        )
        sys.exit(130)
