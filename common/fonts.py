"""The Chinese fonts that drawings, cards and PDFs are set in: found, or installed where allowed.

For drawings and cards any will do; macOS and Windows bring one. The PDFs are set in Noto CJK, which
is looked for by fontconfig on Linux, and in the folders for fonts elsewhere.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from common.browser import install_packages
from common.problem import Problem, run_main

PACKAGES = ("fonts-noto-cjk",)
MISSING = (
    "No font for Simplified Chinese was found, and none could be installed. Install one of these:\n"
    "  Debian, Ubuntu: apt-get install fonts-noto-cjk\n"
    "  Fedora:         dnf install google-noto-sans-cjk-fonts google-noto-serif-cjk-fonts"
)
MISSING_NOTO = (
    "The PDFs are set in Noto Sans CJK and Noto Serif CJK; {family} was not found. Install them:\n"
    "  Debian, Ubuntu: apt-get install fonts-noto-cjk\n"
    "  Fedora:         dnf install google-noto-sans-cjk-fonts google-noto-serif-cjk-fonts\n"
    "  macOS:          brew install --cask font-noto-sans-cjk font-noto-serif-cjk\n"
    "  Windows:        the .ttc files of https://github.com/notofonts/noto-cjk/releases"
)
SANS, SERIF = "Noto Sans CJK SC", "Noto Serif CJK SC"


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


def ensure_noto_cjk() -> None:
    """Raises Problem if Noto CJK is not here and cannot be had."""
    if not (_find(SANS, False) and _find(SERIF, True)):
        install_packages(PACKAGES)
        _find.cache_clear()


def noto_cjk_file(family: str, bold: bool) -> tuple[Path, int]:
    """The file of a font, and its number in that file; raises Problem if it is not here."""
    found = _find(family, bold)
    if found is None:
        raise Problem(MISSING_NOTO.format(family=family))
    return found


@cache
def _find(family: str, bold: bool) -> tuple[Path, int] | None:
    if shutil.which("fc-match"):
        style = "bold" if bold else "regular"
        asked = ["fc-match", "-f", "%{file}|%{index}|%{family}|%{style}", f"{family}:{style}"]
        answer = subprocess.run(asked, capture_output=True, text=True).stdout.split("|")
        right = len(answer) == 4 and family in answer[2] and style in answer[3].lower()
        return (Path(answer[0]), int(answer[1])) if right else None
    return next(_in_folders(family, bold), None)


def _in_folders(family: str, bold: bool) -> Iterator[tuple[Path, int]]:
    """Look into the collections that lie in the folders for fonts."""
    from fontTools.ttLib import TTCollection

    serif = "Serif" if "Serif" in family else "Sans"
    for folder in _folders():
        for file in folder.glob(f"Noto{serif}CJK*-{'Bold' if bold else 'Regular'}.ttc"):
            for index, font in enumerate(TTCollection(file, lazy=True).fonts):
                if font["name"].getDebugName(1) == family:
                    yield file, index


def _folders() -> list[Path]:
    home, local = Path.home(), os.environ.get("LOCALAPPDATA")
    windows = Path(os.environ.get("WINDIR", r"C:\Windows"), "Fonts")
    folders = [home / "Library" / "Fonts", Path("/Library/Fonts"), windows]
    return [*folders, Path(local, "Microsoft", "Windows", "Fonts")] if local else folders


if __name__ == "__main__":
    run_main(ensure_chinese_font)
