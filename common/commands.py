"""Running other programs: quietly, with their output shown if they fail, or beside other work."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from common.places import BUILD, ROOT
from common.problem import Problem

LOG = BUILD / "set-up.log"
SHOWN_LINES = 15


def run_quietly(
    command: Sequence[str | Path],
    *,
    doing: str,
    remedy: str,
    environment: Mapping[str, str] | None = None,
    timeout: float | None = None,
    folder: Path = ROOT,
    log_file: Path | None = None,
) -> None:
    """Run a command with its output in a log, build/set-up.log if no other is named.

    Raises Problem with what was being done, the log's last lines and the remedy.
    """
    log_file = log_file or LOG
    log_file.parent.mkdir(parents=True, exist_ok=True)
    with log_file.open("w", encoding="utf-8") as log:
        try:
            status = subprocess.run(
                [str(part) for part in command],
                cwd=folder,
                env={**os.environ, **(environment or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                timeout=timeout,
            ).returncode
        except subprocess.TimeoutExpired:
            status = 1
            log.write(f"Gave up after {timeout:.0f} seconds.\n")
        except OSError as error:
            status = 1
            log.write(f"{error}\n")
    if status:
        end = f"The end of build/{log_file.name}:\n{last_lines(log_file)}"
        raise Problem(f"{doing} failed. {end}\n{remedy}")


def last_lines(log: Path, count: int = SHOWN_LINES) -> str:
    """The last lines of a log that are not empty, indented."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(f"  | {line}" for line in [line for line in lines if line.strip()][-count:])


@contextmanager
def meanwhile(*command: str | Path) -> Iterator[None]:
    """A command runs beside the block; both have ended after it. It is ended if the block fails."""
    with subprocess.Popen([str(part) for part in command], cwd=ROOT) as process:
        try:
            yield
        except BaseException:
            process.terminate()
            raise
