"""What is dear to make: one process makes it, and all processes of the same test run find it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def make_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder of this run that ``make`` fills; whoever else asks for it waits until it is full."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent  # a worker has a folder of its own in that of the run
    folder, partial = base / name, base / f"{name}-partial"
    with FileLock(base / f"{name}.lock"):
        if not folder.exists():
            shutil.rmtree(partial, ignore_errors=True)  # of one who has failed
            partial.mkdir()
            make(partial)
            partial.rename(folder)
    return folder
