"""Files that nothing else runs here: locks, workflows, .ci/run, the Makefile's help."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.check import PYTHON_PARTS

PINNED = re.compile(
    r"- (?:id: \w+\n\s+)?uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", re.MULTILINE
)
LOCKS = ["requirements.txt", "requirements-build.txt", "package-lock.json"]
WORKFLOWS = ["test.yml", "deploy.yml"]


def read_workflow(project: Path, name: str) -> dict[Any, Any]:
    text = (project / ".github" / "workflows" / name).read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_carries_no_address_to_download_from(project: Path, name: str) -> None:
    text = (project / name).read_text(encoding="utf-8")
    if name.endswith(".json"):
        packages = json.loads(text)["packages"]
        assert [path for path, package in packages.items() if "resolved" in package] == []
    else:
        assert re.findall(r"https?://\S+|^--\w*(?:index|find-links)\S*", text, re.MULTILINE) == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-build.txt"])
def test_every_locked_package_has_an_exact_version_and_hashes(project: Path, name: str) -> None:
    text = (project / name).read_text(encoding="utf-8")
    starts = [match.start() for match in re.finditer(r"^\w", text, re.MULTILINE)]
    entries = [text[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
    assert len(entries) >= 3
    loose = [
        entry for entry in entries if not re.match(r"[\w.-]+==\S+ .*\\\n    --hash=sha256:", entry)
    ]
    assert loose == []


def test_every_npm_package_has_a_hash(project: Path) -> None:
    packages = json.loads((project / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [path for path, package in packages.items() if path and "integrity" not in package] == []


def test_the_npm_lock_is_of_this_package_json(project: Path) -> None:
    wanted = json.loads((project / "package.json").read_text(encoding="utf-8"))
    locked = json.loads((project / "package-lock.json").read_text(encoding="utf-8"))["packages"][""]
    for kind in ("dependencies", "devDependencies"):
        assert locked[kind] == wanted[kind]


def test_the_python_lock_has_every_package_that_is_asked_for(project: Path) -> None:
    wanted = (project / "requirements.in").read_text(encoding="utf-8")
    locked = (project / "requirements.txt").read_text(encoding="utf-8")
    names = re.findall(r"^([\w-]+)", wanted, re.MULTILINE)
    assert len(names) > 10
    assert [name for name in names if not re.search(f"^{name}==", locked, re.MULTILINE)] == []


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_action_is_pinned_by_a_whole_commit_hash(project: Path, name: str) -> None:
    text = (project / ".github" / "workflows" / name).read_text(encoding="utf-8")
    used = [line for line in text.splitlines() if re.search(r"uses: (?!\./)", line)]
    assert used
    assert len(PINNED.findall(text)) == len(used)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_may_do_only_what_each_job_names(project: Path, name: str) -> None:
    workflow = read_workflow(project, name)
    assert workflow["permissions"] == {}
    for job_name, job in workflow["jobs"].items():
        allowed = {"contents": "read"}
        if job_name == "deploy":
            allowed = {"pages": "write", "id-token": "write"}
        assert job["permissions"] == allowed


@pytest.mark.parametrize("name", WORKFLOWS)
def test_no_checkout_leaves_credentials_behind(project: Path, name: str) -> None:
    jobs = read_workflow(project, name)["jobs"].values()
    steps = [step for job in jobs for step in job.get("steps", [])]
    checkouts = [step for step in steps if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_the_workflow_runs_the_same_as_ci_on_every_supported_python(project: Path) -> None:
    job = read_workflow(project, "test.yml")["jobs"]["test"]
    assert job["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13", "3.14"]
    assert job["steps"][-1]["run"] == ".ci/run"
    assert job["steps"][-1]["env"] == {"PYTHON": "python", "PYTHONS": ""}


def test_nothing_is_deployed_untested(project: Path) -> None:
    jobs = read_workflow(project, "deploy.yml")["jobs"]
    assert jobs["test"]["uses"] == "./.github/workflows/test.yml"
    assert jobs["build"]["needs"] == "test"
    assert jobs["deploy"]["needs"] == "build"


def run_ci(project: Path, folder: Path, fails: str) -> tuple[int, list[str]]:
    """Run a copy of .ci/run with a make that only notes its goals and fails at one of them."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("needs bash")
    (folder / ".ci").mkdir()
    shutil.copy(project / ".ci" / "run", folder / ".ci" / "run")
    make = folder / "make"
    make.write_text(f'#!{bash}\necho "$@" >> "{folder}/goals"\n[ "$1" != "{fails}" ]\n')
    make.chmod(0o755)
    path = f"{folder}:/usr/bin:/bin"
    status = subprocess.run([bash, str(folder / ".ci" / "run")], env={"PATH": path}).returncode
    return status, (folder / "goals").read_text().splitlines()


@pytest.mark.parametrize(("fails", "status"), [("nothing", 0), ("check", 1), ("test", 1)])
def test_ci_runs_check_and_test_and_fails_if_either_does(
    project: Path, tmp_path: Path, fails: str, status: int
) -> None:
    assert run_ci(project, tmp_path, fails) == (status, ["check", "test"])


def test_help_names_every_command(project: Path) -> None:
    make = shutil.which("make")
    if make is None:
        pytest.skip("needs make")
    shown = subprocess.run([make, "help"], cwd=project, capture_output=True, text=True).stdout
    makefile = (project / "Makefile").read_text(encoding="utf-8")
    [commands] = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert re.findall(r"make ([\w-]+)", shown) == commands.split()


@pytest.mark.parametrize("folder", PYTHON_PARTS)
def test_every_folder_of_code_has_its_tests_in_a_folder_of_its_name(
    project: Path, folder: str
) -> None:
    assert list((project / "tests" / folder).glob("test_*.py"))
