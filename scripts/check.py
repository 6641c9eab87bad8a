"""`make check`: every linter, side by side, then a summary; `--fix` puts things right."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from common.places import ROOT
from common.problem import run_main
from scripts.node import node_environment, tool_command

PYTHON_PARTS = (
    *("asgiscope", "bench", "book", "common", "drawing", "offline"),
    *("runtime", "scripts", "site_plugin"),
)
# Checked by everything else. Snippets are written as readers write them, and tests in many ways.
UNTYPED_PARTS = ("snippets", "tests")
TEXT_PARTS = (
    *("*.md", "*.in", "*.toml", "decisions", "data", "docs/en", "overrides"),
    *PYTHON_PARTS,
    *UNTYPED_PARTS,
)
PRETTIER = (
    *("--log-level=warn", "--no-error-on-unmatched-pattern"),
    *("**/*.{js,mjs,ts,css,json,jsonc,yml,yaml}", ".github/**/*.yml"),
)
# What runs in browsers, and what Node runs: each knows other globals.
SCRIPTS = ("runtime", "runtime/tsconfig.node.json")


@dataclass(frozen=True)
class Check:
    """One tool: the command that checks, and the one that fixes, if it can."""

    name: str
    command: tuple[str, ...]
    fix: tuple[str, ...] | None = None


def python(*arguments: str) -> tuple[str, ...]:
    """The command of a Python tool."""
    return (sys.executable, "-m", *arguments)


def node(tool: str, *arguments: str) -> tuple[str, ...]:
    """The command of a tool from node_modules."""
    return (*tool_command(tool), *arguments)


def existing(names: tuple[str, ...]) -> list[str]:
    """Those of the paths and glob patterns that exist, as paths from the root."""
    return sorted(str(path.relative_to(ROOT)) for name in names for path in ROOT.glob(name))


def checks() -> list[Check]:
    """Every check, those first that take longest: they begin first."""
    return [
        Check("mypy", python("mypy", *PYTHON_PARTS)),
        Check(
            "prettier",
            node("prettier", "--check", *PRETTIER),
            node("prettier", "--write", *PRETTIER),
        ),
        Check("eslint", node("eslint", "."), node("eslint", "--fix", ".")),
        *(Check(f"tsc {project}", node("tsc", "-p", project)) for project in SCRIPTS),
        Check("markdownlint", node("markdownlint-cli2"), node("markdownlint-cli2", "--fix")),
        Check("codespell", python("codespell_lib", *existing(TEXT_PARTS))),
        Check("autocorrect", python("scripts.chinese"), python("scripts.chinese", "--fix")),
        Check("ruff", python("ruff", "check", "."), python("ruff", "check", "--fix", ".")),
        Check(
            "ruff format", python("ruff", "format", "--check", "."), python("ruff", "format", ".")
        ),
    ]


def run(command: tuple[str, ...]) -> tuple[int, str, float]:
    """Run a tool: its exit status, all that it printed, and its seconds."""
    began = time.monotonic()
    colours = {"FORCE_COLOR": "1"} if sys.stdout.isatty() else {}
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**node_environment(), **colours},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    return done.returncode, done.stdout, time.monotonic() - began


def run_all(commands: dict[str, tuple[str, ...]], at_once: int) -> list[str]:
    """Run them, some at once; print what each found, in order; the names of those that failed."""
    failed = []
    with ThreadPoolExecutor(at_once) as threads:
        for name, (status, printed, seconds) in zip(
            commands, threads.map(run, commands.values()), strict=True
        ):
            print(f"── {name} ({seconds:.1f} s)\n{printed}", end="", flush=True)
            if status:
                failed.append(name)
    return failed


def main() -> int:
    """Run them all; 1 if any found something."""
    if "--fix" in sys.argv[1:]:  # one after the other: several write the same files
        failed = run_all({check.name: check.fix for check in checks() if check.fix}, 1)
        hint = ""
    else:
        failed = run_all({check.name: check.command for check in checks()}, os.cpu_count() or 1)
        hint = " (make format puts right what it can)"
    if failed:
        print(f"\nFailed: {', '.join(failed)}{hint}")
        return 1
    print("\nAll checks passed." if hint else "\nAll fixed.")
    return 0


if __name__ == "__main__":
    run_main(main)
