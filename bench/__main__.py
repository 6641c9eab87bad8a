"""``python -m bench [part ...]``: the parts are below; by default all of them."""

from __future__ import annotations

import os
import platform
import sys
from importlib import import_module

PARTS = ("engine", "corpus", "properties", "browser", "hostile", "serving", "search")


def main() -> int:
    asked = [part for part in sys.argv[1:] if part != "-v"] or list(PARTS)
    unknown = [part for part in asked if part not in PARTS]
    if unknown:
        print(f"bench: there is no part {unknown[0]!r}; known: {', '.join(PARTS)}", file=sys.stderr)
        return 2
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}\n")
    for part in asked:
        print(f"── {part}")
        import_module(f"bench.{part}").main()
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
