"""Several runs of pytest, one after the other, in one process of their own.

It takes pytest several times as long to start as to run such a small test.
``python -m tests.snippets.nested_pytest`` reads runs as JSON and prints what came of them.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

from common.places import ROOT

# Without our configuration, our cache and the plugins that happen to be installed here.
OPTIONS = ["-q", "-p", "no:cacheprovider", "-p", "anyio", "-c", os.devnull]


@dataclass(frozen=True)
class Run:
    """A test file in its folder, and options."""

    file: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    status: int
    output: str


def results_of(runs: Mapping[str, Run]) -> dict[str, Result]:
    """The runs by any name, and their results by the same."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.snippets.nested_pytest"],
        cwd=ROOT,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        input=json.dumps([asdict(run) for run in runs.values()]),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    results = [Result(**json.loads(line)) for line in done.stdout.splitlines()]
    return dict(zip(runs, results, strict=True))


def result_of(run: Run) -> Result:
    with contextlib.chdir(Path(run.file).parent), contextlib.redirect_stdout(io.StringIO()) as out:
        status = pytest.main([*OPTIONS, *run.options, run.file])
    return Result(int(status), out.getvalue())


if __name__ == "__main__":
    for line in json.load(sys.stdin):
        print(json.dumps(asdict(result_of(Run(line["file"], tuple(line["options"]))))))
