"""scripts/release.py and scripts/sbom.py: what is refused, and what is in the lists."""

from __future__ import annotations

import io
import json
import re
import tarfile
from pathlib import Path

import cyclonedx.schema
import jsonschema
import pytest
from referencing import Registry, Resource

from common.problem import Problem
from scripts import release
from scripts.sbom import sbom

MADE = 1_700_000_000


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\nversion = "1.2.3"\n')
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## [1.2.3] - 2026-01-31\n")
    monkeypatch.setattr(release, "ROOT", tmp_path)
    return tmp_path


def test_the_version_of_project_and_changelog_is_released(root: Path) -> None:
    release.check_version("1.2.3")


@pytest.mark.parametrize(
    ("version", "file", "text", "told"),
    [
        ("", "", "", "is not a version"),
        ("v1.2.3", "", "", "is not a version"),
        ("1.2.4", "", "", r"pyproject\.toml says version 1\.2\.3, not 1\.2\.4"),
        ("1.2.3", "CHANGELOG.md", "## [Unreleased]\n", r"no entry '## \[1\.2\.3\]"),
        ("1.2.3", "CHANGELOG.md", "## [1.2.3]\n", "no entry"),
    ],
)
def test_another_version_is_refused(
    root: Path, version: str, file: str, text: str, told: str
) -> None:
    if file:
        (root / file).write_text(text)
    with pytest.raises(Problem, match=told):
        release.check_version(version)


def test_an_archive_is_the_same_whenever_it_is_made(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.html").write_text("two")
    (tmp_path / "one.html").write_text("one")
    first = release.archive(tmp_path, MADE)
    (tmp_path / "one.html").touch()
    assert release.archive(tmp_path, MADE) == first
    with tarfile.open(fileobj=io.BytesIO(first)) as tar:
        assert tar.getnames() == ["b/two.html", "one.html"]
        assert {entry.mtime for entry in tar} == {MADE}


def test_what_differs_between_two_builds_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("a")
    (tmp_path / "b.zip").write_text("b")
    first = release.sums(tmp_path)
    assert re.fullmatch(r"[0-9a-f]{64}  a\.pdf\n[0-9a-f]{64}  b\.zip\n", first)
    (tmp_path / "b.zip").write_text("c")
    assert release.differences(first, release.sums(tmp_path)) == ["b.zip"]
    assert release.differences(first, first) == []


def test_the_list_of_components_keeps_to_its_schema_and_has_every_lock(project: Path) -> None:
    text = sbom("1.2.3", MADE)
    assert text == sbom("1.2.3", MADE)
    data = json.loads(text)
    folder = Path(cyclonedx.schema.__file__).parent / "_res"
    registry: Registry[object] = Registry()
    for file in folder.glob("*.schema.json"):
        schema = json.loads(file.read_text("utf-8"))
        registry = registry.with_resource(schema["$id"], Resource.from_contents(schema))
    schema = json.loads((folder / "bom-1.6.SNAPSHOT.schema.json").read_text("utf-8"))
    jsonschema.Draft7Validator(schema, registry=registry).validate(data)
    listed = {component["purl"]: component for component in data["components"]}
    assert listed["pkg:npm/pyodide@314.0.7"]["scope"] == "required"
    assert listed["pkg:npm/%40codemirror/view@" + version_of(project, "@codemirror/view")]["hashes"]
    pins = re.findall(r"^([\w.-]+)==([^\s;]+)", (project / "requirements.txt").read_text(), re.M)
    for name, version in pins:
        assert any(purl == f"pkg:pypi/{name}@{version}" for purl in listed), name
    starlettes = [each for each in data["components"] if each["name"] == "starlette"]
    assert {each["scope"] for each in starlettes} == {"required", "excluded"}  # browser and tests
    assert all(component["hashes"] for component in data["components"])


def version_of(project: Path, name: str) -> str:
    packages = json.loads((project / "package-lock.json").read_text("utf-8"))["packages"]
    return str(packages[f"node_modules/{name}"]["version"])
