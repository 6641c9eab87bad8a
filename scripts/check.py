"""`make check`: every linter, one after the other, then a summary; `--fix` puts things right."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scripts.chinese import check_chinese
from scripts.node import node_environment, tool_command
from scripts.places import ROOT
from scripts.problem import run_main

PYTHON_PARTS = ("asgiscope", "hooks", "lab", "offline", "runtime", "scripts")
TEXT_PARTS = (
    *("*.md", "*.in", "*.toml", "decisions", "data", "docs/en", "overrides", "snippets", "tests"),
    *PYTHON_PARTS,
)
PRETTIER = (
    *("--log-level=warn", "--no-error-on-unmatched-pattern"),
    *("**/*.{js,mjs,css,json,jsonc,yml,yaml}", ".github/**/*.yml"),
)


@dataclass(frozen=True)
class Check:
    """One tool: how it checks, how it fixes (if it can), and where it is not needed yet."""

    name: str
    run: Callable[[], int]
    fix: Callable[[], int] | None = None
    needed: Callable[[], bool] = lambda: True


def python(*arguments: str) -> Callable[[], int]:
    """A check by a Python tool."""
    command = [sys.executable, "-m", *arguments]
    return lambda: subprocess.run(command, cwd=ROOT).returncode


def node(tool: str, *arguments: str) -> Callable[[], int]:
    """A check by a tool from node_modules."""
    return lambda: (
        subprocess.run(
            [*tool_command(tool), *arguments], cwd=ROOT, env=node_environment()
        ).returncode
    )


def existing(names: tuple[str, ...]) -> list[str]:
    """Those of the paths and glob patterns that exist, as paths from the root."""
    return sorted(str(path.relative_to(ROOT)) for name in names for path in ROOT.glob(name))


def python_parts() -> list[str]:
    """The folders whose Python is checked for types."""
    return [part for part in PYTHON_PARTS if any(Path(ROOT, part).rglob("*.py"))]


def has_javascript() -> bool:
    """Whether there is any JavaScript to check yet."""
    return any((ROOT / "runtime").rglob("*.mjs"))


def checks() -> list[Check]:
    """Every check, cheap ones first."""
    return [
        Check(
            "ruff format", python("ruff", "format", "--check", "."), python("ruff", "format", ".")
        ),
        Check("ruff", python("ruff", "check", "."), python("ruff", "check", "--fix", ".")),
        Check("mypy", python("mypy", *python_parts())),
        Check("codespell", python("codespell_lib", *existing(TEXT_PARTS))),
        Check("autocorrect", check_chinese, lambda: check_chinese(fix=True)),
        Check("markdownlint", node("markdownlint-cli2"), node("markdownlint-cli2", "--fix")),
        Check("eslint", node("eslint", "."), node("eslint", "--fix", "."), has_javascript),
        Check(
            "prettier",
            node("prettier", "--check", *PRETTIER),
            node("prettier", "--write", *PRETTIER),
        ),
        Check("tsc", node("tsc", "-p", "runtime"), None, (ROOT / "runtime/tsconfig.json").is_file),
    ]


def main() -> int:
    """Run them all; 1 if any found something."""
    fixing = "--fix" in sys.argv[1:]
    failed = []
    for check in checks():
        run = check.fix if fixing else check.run
        if run is None or not check.needed():
            continue
        print(f"── {check.name}", flush=True)
        if run() != 0:
            failed.append(check.name)
    if failed:
        hint = "" if fixing else " (make format puts right what it can)"
        print(f"\nFailed: {', '.join(failed)}{hint}")
        return 1
    print("\nAll fixed." if fixing else "\nAll checks passed.")
    return 0


if __name__ == "__main__":
    run_main(main)
