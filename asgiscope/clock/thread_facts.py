"""What the system knows of threads: whether there are any, which wait, how long one computed."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

REAL: Final = sys.platform not in ("emscripten", "wasi")  # whether there are threads
_TICKS: Final = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def is_asleep(native: int) -> bool:
    """Whether a thread waits. Where that cannot be asked, it is taken to."""
    fields = _fields(native)
    return not fields or fields[0] == b"S"


def computed(native: int) -> float | None:
    """The seconds that a thread has computed, where that can be asked."""
    fields = _fields(native)
    return (int(fields[11]) + int(fields[12])) / _TICKS if fields else None


def _fields(native: int) -> list[bytes]:
    """What Linux says of a thread, from its state on."""
    try:
        stat = Path(f"/proc/self/task/{native}/stat").read_bytes()
    except OSError:
        return []
    return stat.rpartition(b") ")[2].split()
