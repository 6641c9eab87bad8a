"""scripts/node.py, scripts/lock.py, scripts/check.py: the tools behind the commands."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from common.problem import Problem
from scripts import check, chinese
from scripts.check import Check
from scripts.lock import check_npm_lock
from scripts.node import program_of, tool_command

WHOLE = {"version": "1.0.0", "integrity": "sha512-x"}


def test_node_comes_out_of_the_wheel(project: Path) -> None:
    command = [*tool_command("node"), "--version"]
    assert Path(command[0]).is_relative_to(sys.prefix)
    assert subprocess.run(command, capture_output=True, text=True).stdout.startswith("v24.")


def test_a_missing_tool_is_named_with_the_remedy() -> None:
    with pytest.raises(Problem, match="left-pad is not in node_modules"):
        program_of("left-pad")


@pytest.mark.parametrize(
    "package",
    [{"version": "1.0.0"}, {**WHOLE, "resolved": "https://registry.example/a.tgz"}],
    ids=["no hash", "an address"],
)
def test_an_npm_lock_without_a_hash_or_with_an_address_is_refused(package: dict[str, str]) -> None:
    lock = {"packages": {"": {}, "node_modules/good": WHOLE, "node_modules/bad": package}}
    with pytest.raises(Problem, match="node_modules/bad"):
        check_npm_lock(json.dumps(lock))


def printing(text: str, status: int, wait: float = 0) -> Check:
    """A check that prints its name and a text, to both outputs, and gives this status."""
    code = (
        f"import sys, time; time.sleep({wait}); print({text!r}, flush=True);"
        f"print('and more', file=sys.stderr); sys.exit({status})"
    )
    return Check(text, (sys.executable, "-c", code), (sys.executable, "-c", code))


@pytest.mark.parametrize("arguments", [[], ["--fix"]])
def test_every_check_runs_and_the_failed_ones_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    fakes = [printing("one", 1, wait=0.5), printing("two", 0), printing("three", 2)]
    monkeypatch.setattr(check, "checks", lambda: fakes)
    monkeypatch.setattr(sys, "argv", ["check", *arguments])
    assert check.main() == 1
    lines = capsys.readouterr().out.splitlines()
    whole = [line for line in lines if not line.startswith("──")]
    assert whole[:6] == ["one", "and more", "two", "and more", "three", "and more"]
    assert [line.split()[1] for line in lines if line.startswith("──")] == ["one", "two", "three"]
    assert lines[-1].startswith("Failed: one, three")
    assert lines[-1].endswith("(make format puts right what it can)") is not bool(arguments)


def files_of(project: Path, pattern: str) -> set[str]:
    """The files that git knows or would take, of this pattern."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", pattern]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("needs a git repository")
    return {name for name in done.stdout.splitlines() if (project / name).exists()}


def test_every_folder_with_python_has_its_types_checked_or_is_named_as_left_out(
    project: Path,
) -> None:
    folders = {name.partition("/")[0] for name in files_of(project, "*.py")}
    assert folders == {*check.PYTHON_PARTS, *check.UNTYPED_PARTS}


def test_every_module_of_javascript_has_its_types_checked(project: Path) -> None:
    listed: set[str] = set()
    for part in check.SCRIPTS:
        command = [*tool_command("tsc"), "-p", part, "--listFilesOnly"]
        told = subprocess.run(command, cwd=project, capture_output=True, text=True, check=True)
        listed |= {Path(line).resolve().as_posix() for line in told.stdout.splitlines()}
    modules = files_of(project, "*.mjs") | files_of(project, "*.ts")
    assert len(modules) > 100
    assert [name for name in sorted(modules) if (project / name).as_posix() not in listed] == []


@pytest.fixture
def chinese_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, project: Path) -> Path:
    (tmp_path / ".autocorrectrc").write_text((project / ".autocorrectrc").read_text())
    monkeypatch.setattr(chinese, "ROOT", tmp_path)
    page = tmp_path / "docs" / "zh" / "page.md"
    page.parent.mkdir(parents=True)
    return page


def test_chinese_typography_is_named_by_line_and_put_right(
    chinese_page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chinese_page.write_text("# 标题\n\n服务器调用app,然后等待。\n")
    assert chinese.check_chinese() == 1
    assert f"{Path('docs/zh/page.md')}:3:" in capsys.readouterr().out
    assert chinese.check_chinese(fix=True) == 0
    assert chinese_page.read_text() == "# 标题\n\n服务器调用 app，然后等待。\n"


def test_code_in_a_chinese_page_is_left_alone(chinese_page: Path) -> None:
    chinese_page.write_text("# 标题\n\n```python\nname = '中文abc,'\n```\n")
    assert chinese.check_chinese() == 0


BANNED = [
    "document.body.innerHTML = text;",
    "document.body.outerHTML = text;",
    'document.body.insertAdjacentHTML("beforeend", text);',
    "document.write(text);",
    "eval(text);",
    "new Function(text);",
]


def lint(project: Path, line: str) -> subprocess.CompletedProcess[str]:
    script = f"export const show = (text) => {{ {line} }};\n"
    command = [*tool_command("eslint"), "--stdin", "--stdin-filename", "runtime/view/show.ts"]
    return subprocess.run(command, cwd=project, input=script, capture_output=True, text=True)


@pytest.mark.parametrize("line", BANNED)
def test_html_and_code_made_from_strings_are_banned(project: Path, line: str) -> None:
    done = lint(project, line)
    assert done.returncode == 1, done.stdout + done.stderr


def test_text_as_text_is_allowed(project: Path) -> None:
    done = lint(project, "document.body.textContent = text;")
    assert done.returncode == 0, done.stdout + done.stderr
