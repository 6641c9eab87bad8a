"""The Chinese font that drawings, cards and PDFs are set in: found, or installed where allowed.

macOS and Windows bring one. On Linux fontconfig is asked; Debian and Ubuntu have a package.
"""

from __future__ import annotations

import shutil
import subprocess
import sys

from scripts.browser import install_packages
from scripts.problem import Problem, run_main

PACKAGES = ("fonts-noto-cjk",)
MISSING = (
    "No font for Simplified Chinese was found, and none could be installed. Install one of these:\n"
    "  Debian, Ubuntu: apt-get install fonts-noto-cjk\n"
    "  Fedora:         dnf install google-noto-sans-cjk-fonts google-noto-serif-cjk-fonts"
)


def has_chinese_font() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    if not shutil.which("fc-list"):
        return False
    listed = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True)
    return bool(listed.stdout.strip())


def ensure_chinese_font() -> None:
    """Raises Problem if there is none and none can be had."""
    if has_chinese_font() or (install_packages(PACKAGES) and has_chinese_font()):
        return
    raise Problem(MISSING)


if __name__ == "__main__":
    run_main(ensure_chinese_font)
