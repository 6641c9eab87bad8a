"""``pip install .`` into an empty environment gives the command and the library, whole."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import venv
import zipfile
from email.parser import HeaderParser
from pathlib import Path

import pytest

import asgiscope

APP = """
async def app(scope, receive, send):
    assert scope["type"] == "http"
    await send({"type": "http.response.start", "status": 200})
    await send({"type": "http.response.body", "body": b"Hi"})
"""


@pytest.fixture(scope="module")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory, new_environment: None) -> Path:
    """Built from a copy of what belongs to the package, so that the checkout stays as it is."""
    copy, folder = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("wheel")
    names = ["pyproject.toml", "LICENSE", *sorted(project.glob("asgiscope/**/*"))]
    for name in map(project.joinpath, names):
        if name.is_file() and "__pycache__" not in name.parts:
            target = copy / name.relative_to(project)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(name.read_bytes())
    arguments = ["--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(copy)]
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *arguments], check=True)
    [built] = folder.glob("*.whl")
    return built


def test_the_wheel_holds_its_readme_its_types_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        [metadata] = [name for name in names if name.endswith("/METADATA")]
        about = HeaderParser().parsestr(archive.read(metadata).decode())
    assert {"asgiscope/py.typed", "asgiscope/README.md"} <= set(names)
    assert {"asgiscope/spec/spec.schema.json", "asgiscope/decoder/entries.json"} <= set(names)
    assert {name.split("/")[0].split("-")[0] for name in names} == {"asgiscope"}
    assert about.get_payload().startswith("# asgiscope")
    assert about["Description-Content-Type"] == "text/markdown"
    needed = about.get_all("Requires-Dist")
    assert all(each.endswith('; extra == "servers"') for each in needed)


def test_an_empty_environment_gets_the_command(wheel: Path, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(programs / "python"), "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-index", str(wheel)], check=True)
    (tmp_path / "main.py").write_text(APP)
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    for arguments, words in (
        (["--version"], f"asgiscope {asgiscope.__version__}"),
        (["run", "main:app"], "client: 200 b'Hi'"),
        (["run", "main", "--lang", "zh"], "客户端"),
        (["explain", "RuntimeError: No response returned.", "--lang", "zh"], "改法"),
    ):
        done = subprocess.run(
            [str(programs / "asgiscope"), *arguments],
            cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=True,
        )  # fmt: skip
        assert words in done.stdout


def test_the_version_is_the_same_in_both_places(project: Path) -> None:
    told = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert told == asgiscope.__version__
