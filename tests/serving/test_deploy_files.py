"""deploy/: each host's file says what the table says, as far as that host can say it."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.deploy import FILES, HASHED_FOLDERS
from snippets.serving.read_rules import HEADERS, cache_control, content_type
from tests.serving.conftest import ask, started

NOBODY = 65534


def parse_headers(text: str) -> dict[str, list[tuple[str, str]]]:
    """`_headers` as the hosts read it: an address, and indented below it its headers."""
    rules: dict[str, list[tuple[str, str]]] = {}
    for line in text.splitlines():
        if line.startswith("/"):
            rules[line] = []
        elif line.startswith("  "):
            name, value = line.strip().split(": ", 1)
            rules[list(rules)[-1]].append((name.lower(), value))
        else:
            assert line.startswith("#"), line
    return rules


@pytest.mark.parametrize("name", FILES)
def test_the_files_are_as_the_table_makes_them(project: Path, name: str) -> None:
    written = (project / "deploy" / name).read_text("utf-8")
    assert written == FILES[name](), f"deploy/{name} is behind the table: make deploy-files"


def test_the_headers_file_has_every_header_and_keeps_within_the_hosts_limits(
    project: Path,
) -> None:
    text = (project / "deploy" / "_headers").read_text("utf-8")
    rules = parse_headers(text)
    assert dict(rules["/*"]) == HEADERS
    assert len(rules) <= 100
    assert max(map(len, text.splitlines())) <= 2000
    for path in rules:
        assert path.count("*") == 1
        assert path.endswith("/*")
    everywhere = {name for name, _ in rules.pop("/*")}
    for path, headers in rules.items():
        assert not everywhere & {name for name, _ in headers}, f"{path} says a header twice"


def test_what_a_host_keeps_for_ever_is_named_by_its_hash(built_site: Path) -> None:
    folders = [built_site / folder.strip("/*") for folder in HASHED_FOLDERS]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 30
    for path in files:
        url = f"/{path.relative_to(built_site).as_posix()}"
        assert cache_control(url).endswith("immutable"), f"{url} would be kept, and may change"


def test_pages_and_files_of_fixed_names_are_asked_for_again(built_site: Path) -> None:
    names = {path.relative_to(built_site).as_posix() for path in built_site.rglob("*.*")}
    kept = {name for name in names if cache_control(f"/{name}").endswith("immutable")}
    assert {"index.html", "en/index.html", "spec.json", "spec.schema.json", "sitemap.xml"} <= (
        names - kept
    )
    assert all(name.startswith("runtime/") for name in kept if name.endswith(".html"))


def test_every_file_of_the_site_has_a_type(built_site: Path) -> None:
    files = [path for path in built_site.rglob("*") if path.is_file() and path.suffix != ".gz"]
    unknown = {path.name for path in files if "octet" in content_type(f"/{path.name}")}
    assert unknown == set()


def test_the_policy_in_the_header_takes_nothing_from_the_policy_in_the_page() -> None:
    from site_plugin.policy import DIRECTIVES

    said = dict(
        part.strip().split(" ", 1) for part in HEADERS["content-security-policy"].split(";")
    )
    assert said.pop("frame-ancestors") == "'self'"  # only a header can say this one
    assert said.items() <= DIRECTIVES.items()


def test_netlify_builds_with_commands_that_there_are(project: Path) -> None:
    build = tomllib.loads((project / "deploy" / "netlify.toml").read_text("utf-8"))["build"]
    assert (build["command"], build["publish"]) == ("make build", "site")
    assert "\nbuild:" in (project / "Makefile").read_text("utf-8")
    assert all(isinstance(value, str) for value in build["environment"].values())


def test_github_pages_gets_the_site_without_the_copies_it_would_not_use(project: Path) -> None:
    workflow = project / ".github" / "workflows" / "deploy.yml"
    steps = yaml.safe_load(workflow.read_text("utf-8"))["jobs"]["build"]["steps"]
    (build,) = [step for step in steps if "build" in step.get("run", "").split()]
    assert build["env"]["COMPRESS"] == "0"


def instructions(project: Path) -> list[tuple[str, str]]:
    """The Dockerfile's, continued lines joined."""
    text = (project / "deploy" / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(name, rest.strip()) for name, _, rest in (line.partition(" ") for line in lines)]


def test_the_image_runs_as_nobody_from_locked_packages(project: Path) -> None:
    said = instructions(project)
    (user,) = [rest for name, rest in said if name == "USER"]
    assert user == f"{NOBODY}:{NOBODY}"
    assert said.index(("USER", user)) < [name for name, _ in said].index("CMD")
    (install,) = [rest for name, rest in said if name == "RUN"]
    assert {"--require-hashes", "--only-binary"} <= set(install.split())
    assert all("-slim" in rest for name, rest in said if name == "FROM")
    for name, rest in said:
        if name == "COPY" and "--from" not in rest and rest.split()[0] != "site":
            assert (project / rest.split()[0]).exists(), rest


def test_compose_takes_away_what_the_image_does_not_need(project: Path) -> None:
    service: dict[str, Any]
    (service,) = yaml.safe_load((project / "deploy" / "compose.yml").read_text("utf-8"))[
        "services"
    ].values()
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_the_lock_has_all_that_serving_needs_and_nothing_else(project: Path) -> None:
    entry = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)
    locked = dict(entry.findall((project / "deploy" / "requirements.txt").read_text("utf-8")))
    whole = dict(entry.findall((project / "requirements.txt").read_text("utf-8")))
    assert locked.items() <= whole.items()
    wanted, seen = ["starlette", "uvicorn"], set()
    while wanted:
        name = wanted.pop()
        seen.add(name)
        asked = [need for need in metadata.requires(name) or [] if "extra ==" not in need]
        names = {re.match(r"[\w-]+", need)[0].lower().replace("_", "-") for need in asked}  # type: ignore[index]
        wanted += [other for other in names & whole.keys() if other not in seen]
    assert locked.keys() - {"colorama"} == seen - {"colorama"}


def copy_packages(project: Path, target: Path) -> None:
    """The locked packages' own files, and no others."""
    lock = (project / "deploy" / "requirements.txt").read_text("utf-8")
    for name in re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE):
        try:
            files = metadata.files(name) or []
        except metadata.PackageNotFoundError:
            continue  # for another platform
        for file in files:
            place = target / file
            if ".." not in file.parts and file.suffix != ".pyc":
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(str(file.locate()), place)


IMAGE = """
import os, sys
root = sys.argv.pop(1)
sys.path[:] = [root, root + "/packages", *(p for p in sys.path if "-packages" not in p and p)]
sys.dont_write_bytecode = True

def refuse_writing(event, arguments):
    if event == "open" and arguments[2] and arguments[2] & (os.O_WRONLY | os.O_RDWR):
        if arguments[0] != os.devnull:
            raise PermissionError(f"{arguments[0]!r} is opened for writing")
    if event in ("os.mkdir", "os.rename", "os.remove"):
        raise PermissionError(f"{event} {arguments}")

sys.addaudithook(refuse_writing)
from snippets.serving.run_server import main
main()
"""


def test_what_the_image_holds_is_enough_and_nothing_is_written(
    project: Path, site: Path, tmp_path: Path, loopback: None
) -> None:
    """The image's folder and its command, in a Python that has nothing else."""
    root = tmp_path / "image"
    copy_packages(project, root / "packages")
    shutil.copytree(project / "snippets" / "serving", root / "snippets" / "serving")
    (root / "site").symlink_to(site)
    (command,) = [json.loads(rest) for name, rest in instructions(project) if name == "CMD"]
    assert command[:4] == ["python", "-S", "-m", "snippets.serving.run_server"]
    arguments = ["-E", "-S", "-c", IMAGE, str(root), "--port", "0"]
    with started(arguments, root, tmp_path / "log", Path("site")) as image:
        assert ask(f"{image.url}/health").text == "ok"
        assert "zh index" in ask(f"{image.url}/").text
        assert "zh 404" in ask(f"{image.url}/none").text
