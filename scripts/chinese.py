"""Chinese typography in Markdown, by AutoCorrect with the rules of .autocorrectrc.

Only the sources are looked at here; the built pages are the site tests' part.
`python -m scripts.chinese` names what is wrong, with `--fix` it puts it right.
"""

from __future__ import annotations

import sys
from pathlib import Path

from autocorrect_py import (  # type: ignore[attr-defined]  # its stub forgets load_config
    format_for,
    lint_for,
    load_config,
)

from common.places import ROOT
from common.problem import run_main

SOURCES = ("*.md", "decisions/*.md", "docs/zh/**/*.md")


def check_chinese(*, fix: bool = False) -> int:
    """Print every line that AutoCorrect would change, or change it; 1 if any is left."""
    load_config((ROOT / ".autocorrectrc").read_text(encoding="utf-8"))
    sources = sorted(path for pattern in SOURCES for path in ROOT.glob(pattern))
    if fix:
        for source in sources:
            fix_file(source)
    return int(sum(print_findings(source) for source in sources) > 0)


def fix_file(source: Path) -> None:
    """Write the file anew if AutoCorrect has something to put right."""
    text = source.read_text(encoding="utf-8")
    corrected = format_for(text, "markdown")
    if corrected != text:
        source.write_text(corrected, encoding="utf-8")


def print_findings(source: Path) -> bool:
    """Print FILE:LINE, what stands there and what should; whether there was any."""
    findings = lint_for(source.read_text(encoding="utf-8"), "markdown").lines
    for finding in findings:
        print(f"{source.relative_to(ROOT)}:{finding.line}:{finding.col}: {finding.old.strip()}")
        print(f"    → {finding.new.strip()}")
    return bool(findings)


if __name__ == "__main__":
    run_main(lambda: check_chinese(fix="--fix" in sys.argv[1:]))
