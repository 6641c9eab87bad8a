"""``python -m asgiscope``."""

from __future__ import annotations

from .cli.command import script

if __name__ == "__main__":
    script()
