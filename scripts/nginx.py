"""nginx, with which the tests run deploy/nginx.conf and the bench compares: found, or installed."""

from __future__ import annotations

import functools
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from common.browser import install_packages
from common.places import ROOT
from common.problem import Problem, run_main

MISSING = (
    "nginx, which runs deploy/nginx.conf in the tests, was not found and could not be installed.\n"
    "  Debian, Ubuntu: apt-get install nginx\n"
    "  Fedora:         dnf install nginx\n"
    "  macOS:          brew install nginx"
)
PLACES = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
MAIN = """daemon off;
master_process off;
pid {prefix}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  client_body_temp_path {prefix}/body;
  proxy_temp_path {prefix}/proxy;
  fastcgi_temp_path {prefix}/fastcgi;
  uwsgi_temp_path {prefix}/uwsgi;
  scgi_temp_path {prefix}/scgi;
  include {prefix}/site.conf;
}}
"""
START_SECONDS = 10


@functools.cache
def find_nginx() -> Path:
    """The program's path; installs it if there is none; raises Problem if that fails."""
    found = shutil.which("nginx", path=PLACES)
    if not found and install_packages(("nginx",)):
        found = shutil.which("nginx", path=PLACES)
    if not found:
        raise Problem(MISSING)
    return Path(found)


@contextmanager
def running_nginx(site: Path, prefix: Path, before: Sequence[str] = ()) -> Iterator[str]:
    """Run deploy/nginx.conf over a built site, with everything it writes below ``prefix``.

    ``before`` are words before the command, such as ``taskset -c 0``.
    """
    with held_port() as port:
        write_settings(site, prefix, port)
        where = ["-p", str(prefix), "-e", "stderr", "-c", str(prefix / "main.conf")]
        with (prefix / "log").open("wb") as log:
            process = subprocess.Popen([*before, str(find_nginx()), *where], stderr=log)
        try:
            wait_for_nginx(process, prefix)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(START_SECONDS)


@contextmanager
def held_port() -> Iterator[int]:
    """A free port that nothing else can take meanwhile but a server that shares it (reuseport)."""
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        held.bind(("127.0.0.1", 0))
        yield int(held.getsockname()[1])


def write_settings(site: Path, prefix: Path, port: int) -> None:
    """nginx.conf for this site and port, and what includes it."""
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port} reuseport;")
    text = text.replace("root /srv/site;", f"root {site};")
    (prefix / "site.conf").write_text(text, "utf-8")
    (prefix / "main.conf").write_text(MAIN.format(prefix=prefix), "utf-8")


def wait_for_nginx(process: subprocess.Popen[bytes], prefix: Path) -> None:
    """Wait until it listens; raises Problem with what it says if it ends."""
    deadline = time.monotonic() + START_SECONDS
    while not (prefix / "nginx.pid").is_file():
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            said = (prefix / "log").read_text("utf-8", "replace")
            raise Problem(f"nginx did not start with deploy/nginx.conf:\n{said}")
        time.sleep(0.02)


if __name__ == "__main__":
    run_main(lambda: print(f"nginx: {find_nginx()}"))
