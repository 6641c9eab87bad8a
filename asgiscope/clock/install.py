"""Makes the standard library ready for runs: before the first one, for good.

Nothing is put back after a run: what has been replaced asks each time whether the code that calls
it is part of a run, and is the real thing where it is not.
"""

from __future__ import annotations

from importlib import import_module

from . import thread_facts
from .anyio_calls import install_anyio
from .replaced import look_through_modules
from .thread_calls import install_threads
from .time_calls import install_time

if not thread_facts.REAL:  # what a run imports is not found where only Python's memory was kept
    for _name in (".threads", ".inline_threads"):
        import_module(_name, __package__)
_installed = False


def install() -> None:
    """Let time, threads and locks ask whether they are part of a run, in new modules too."""
    global _installed
    if not _installed:
        _installed = True
        install_time()
        install_threads()
        install_anyio()
    look_through_modules()
