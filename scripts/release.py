"""`make release VERSION=1.0.0`: everything that is published, in dist/, made twice and compared.

Refused, with the remedy, where the version is not the engine's, the changelog has no entry of it,
something is not committed, or the two are not the same byte for byte.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

from common.places import BUILD, ROOT
from common.problem import Problem, run_main
from scripts.build_site import commit_date
from scripts.sbom import sbom

DIST = ROOT / "dist"
FIRST = BUILD / "release"
STEPS = ("scripts.pdf", "scripts.offline", "scripts.build_site")  # the site offers the others
KEPT = (BUILD / "cards",)  # what a build takes from an earlier one
SUMS = "SHA256SUMS"


def check_version(version: str) -> None:
    """Raises Problem if this is not the version to release now."""
    if not re.fullmatch(r"\d+\.\d+\.\d+(?:[ab]\d+|rc\d+)?", version):
        raise Problem(f"VERSION={version!r} is not a version: write, for instance, VERSION=1.0.0")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    if project["version"] != version:
        raise Problem(
            f"pyproject.toml says version {project['version']}, not {version}: change it first."
        )
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    if not re.search(rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d$", changelog, re.M):
        raise Problem(
            f"CHANGELOG.md has no entry '## [{version}] - YYYY-MM-DD': move what is under"
            " [Unreleased] below it."
        )


def check_committed() -> None:
    command = ["git", "status", "--porcelain"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    if told:
        raise Problem(f"A release is made from a commit, but these are not committed:\n{told}")


def make(version: str) -> None:
    """Write everything into dist/, from nothing."""
    for folder in (DIST, *KEPT):
        shutil.rmtree(folder, ignore_errors=True)
    DIST.mkdir()
    date = commit_date() or {"SOURCE_DATE_EPOCH": os.environ["SOURCE_DATE_EPOCH"]}
    for step in STEPS:
        print(f"── {step}", flush=True)
        command = [sys.executable, "-m", step]
        if subprocess.run(command, cwd=ROOT, env={**os.environ, **date}).returncode:
            raise Problem(f"{step} failed: see the messages above.")
    made = int(date["SOURCE_DATE_EPOCH"])
    (DIST / "asgi-illustrated-site.tar.gz").write_bytes(archive(ROOT / "site", made))
    (DIST / "asgi-illustrated.cdx.json").write_text(sbom(version, made), "utf-8")
    (DIST / SUMS).write_text(sums(DIST), "utf-8")


def archive(folder: Path, made: int) -> bytes:
    """A folder as tar.gz: sorted, without owners, every file of the commit's date."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = tarfile.TarInfo(path.relative_to(folder).as_posix())
            entry.size, entry.mtime, entry.mode = path.stat().st_size, made, 0o644
            with path.open("rb") as content:
                tar.addfile(entry, content)
    return gzip.compress(packed.getvalue(), compresslevel=9, mtime=made)


def sums(folder: Path) -> str:
    """What ``sha256sum --check`` reads."""
    files = sorted(path for path in folder.iterdir() if path.name != SUMS)
    return "".join(
        f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.name}\n" for each in files
    )


def differences(first: str, second: str) -> list[str]:
    """The names of files of which two lists of sums do not say the same."""
    lines = set(first.splitlines()) ^ set(second.splitlines())
    return sorted({line.split("  ", 1)[1] for line in lines})


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m scripts.release", description=__doc__)
    parser.add_argument("version")
    version = parser.parse_args().version
    check_version(version)
    check_committed()
    make(version)
    shutil.rmtree(FIRST, ignore_errors=True)
    DIST.rename(FIRST)
    make(version)
    different = differences(*((each / SUMS).read_text("utf-8") for each in (FIRST, DIST)))
    if different:
        raise Problem(
            f"Made twice, these differ: {', '.join(different)}. The first is in {FIRST}, the second"
            f" in {DIST}; nothing is to be published before they are the same."
        )
    print(f"{version} is in {DIST}, the same twice:\n{(DIST / SUMS).read_text('utf-8')}")


if __name__ == "__main__":
    run_main(main)
