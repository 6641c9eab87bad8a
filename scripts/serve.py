"""`make serve`: the site with live reload; with BUILT=1 the built site behind a real server."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from common.places import ROOT
from common.problem import Problem, run_main
from scripts.build_site import build_site, site_environment
from scripts.ports import check_port


def read_arguments() -> argparse.Namespace:
    """The command line; the defaults come from the environment, where make puts its variables."""
    parser = argparse.ArgumentParser(prog="python -m scripts.serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", default=os.environ.get("PORT") or "8000")
    parser.add_argument("--built", action="store_true", default=os.environ.get("BUILT") == "1")
    return parser.parse_args()


def read_port(text: str) -> int:
    """A port number; raises Problem if it is none."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise Problem(f"PORT={text} is not a port: choose a number from 1 to 65535.")
    return int(text)


def live_command(host: str, port: int) -> list[str]:
    """MkDocs' own server: at every save, builds what a save concerns and reloads the page."""
    return [
        sys.executable,
        "-m",
        "mkdocs",
        "serve",
        "--livereload",
        "--dirty",
        "-a",
        f"{host}:{port}",
    ]


def built_command(host: str, port: int) -> list[str]:
    """uvicorn with our own Starlette app in front of site/ (docs/*/do/serving.md)."""
    server = "snippets.serving.run_server"
    return [sys.executable, "-m", server, "--host", host, "--port", str(port)]


def main() -> int:
    """Serve until Ctrl+C."""
    arguments = read_arguments()
    port = read_port(arguments.port)
    check_port(arguments.host, port)
    if arguments.built and not (ROOT / "site" / "index.html").is_file():
        build_site()
    command = (built_command if arguments.built else live_command)(arguments.host, port)
    try:
        return subprocess.run(command, cwd=ROOT, env=site_environment()).returncode
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    run_main(main)
