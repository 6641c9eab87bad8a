"""The server of the site against nginx and against Starlette's StaticFiles, by wrk, in turns.

Each server has one process; where there are two cores and `taskset`, servers and wrk have one each.
Ratios within one run say something, single numbers of a shared machine do not; the processor time
that a request costs the server (Linux tells it) is the steadiest of them. Uvicorn parses with h11
in this site's server (decisions/0021), so StaticFiles is measured with h11 too.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import httpx

from common.browser import install_packages
from common.places import ROOT
from common.problem import Problem
from scripts.build_site import build_site
from scripts.nginx import find_nginx, running_nginx

ROUNDS = 7
SECONDS = 1
CONNECTIONS = 16
RESULTS = Path(__file__).parent / "results" / "serving.json"
SITE = Path(os.environ.get("SITE_DIRECTORY", ROOT / "site"))
OURS, NGINX, STATIC = "this site's server", "nginx", "StaticFiles alone, h11"
STATIC_FAST = "StaticFiles alone, httptools"
STATIC_COMMAND = ("uvicorn", "--factory", "bench.serving:static_files", "--no-access-log", "--http")
CASES: dict[str, list[str]] = {
    "a page": ["/en/learn/middleware/"],
    "a page, gzip": ["/en/learn/middleware/", "Accept-Encoding: gzip"],
    "a page, not changed": ["/en/learn/middleware/", "If-None-Match: {etag}"],
    "a large file": ["/runtime/{large}"],
    "a miss": ["/en/no/such/page/"],
}
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


def static_files() -> object:
    """StaticFiles as its documentation has it."""
    from starlette.staticfiles import StaticFiles

    return StaticFiles(directory=SITE, html=True)


def pinned(core: int) -> list[str]:
    """The words before a command that keep it on one core."""
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0]
    return ["taskset", "-c", str(cores[core])] if len(cores) > 1 and shutil.which("taskset") else []


def find_wrk() -> str:
    """wrk's path; installs it where we may."""
    found = shutil.which("wrk") or (install_packages(("wrk",)) and shutil.which("wrk"))
    if not found:
        raise Problem("bench: wrk is missing. Debian, Ubuntu: apt-get install wrk")
    return str(found)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Server:
    """Where it is, and which process it is."""

    url: str
    pid: int

    def cpu(self) -> float:
        """The processor time it has used, in microseconds; 0 where Linux's /proc is not."""
        path = Path(f"/proc/{self.pid}/stat")
        if not path.exists():
            return 0
        fields = path.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") * 1e6


@contextmanager
def python_server(*command: str) -> Iterator[Server]:
    """A server in a process of its own, without its log, as nginx has none here."""
    port = free_port()
    process = subprocess.Popen(
        [*pinned(0), sys.executable, "-m", *command, "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "SITE_DIRECTORY": str(SITE)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port)
        yield Server(f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.kill()
        process.wait()


def wait_for(port: int) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise Problem(f"bench: nothing listens on port {port} after 20 seconds")


def measure(server: Server, case: list[str]) -> dict[str, float]:
    """Requests a second; latency at the middle and at 99 %, in ms; processor time, in µs."""
    path, *headers = fill(server.url, case)
    options = [part for header in headers for part in ("-H", header)]
    command = [find_wrk(), "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", *options]
    before = server.cpu()
    told = subprocess.run(
        [*pinned(-1), *command, server.url + path], capture_output=True, text=True, check=True
    ).stdout
    used = server.cpu() - before
    found = dict(re.findall(r"^ +(50|99)%\s+([\d.]+[mu]?s)", told, re.MULTILINE))
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    count = re.search(r"(\d+) requests in", told)
    if not rate or not count or len(found) != 2:
        raise Problem(f"bench: wrk said\n{told}")
    times = {name: milliseconds(text) for name, text in found.items()}
    return {"rate": float(rate[1]), **times, "cpu": used / max(int(count[1]), 1)}


def milliseconds(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)([a-z]+)", text).groups()  # type: ignore[union-attr]
    return round(float(number) * UNITS[unit], 3)


def fill(url: str, case: list[str]) -> list[str]:
    """The case for one server: each has tags of its own."""
    large = max((SITE / "runtime").glob("*.wasm"), key=lambda path: path.stat().st_size).name
    path = case[0].format(large=large)
    plain = {"accept-encoding": "identity"}  # as wrk asks, unless it is told otherwise
    etag = httpx.head(url + path, headers=plain).headers.get("etag", "")
    return [path, *(header.format(etag=etag) for header in case[1:])]


def compare() -> dict[str, dict[str, dict[str, float]]]:
    """Every case on every server, the servers taking turns; medians of the rounds."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        url = stack.enter_context(running_nginx(SITE, Path(folder), pinned(0)))
        nginx = Server(url, int(Path(folder, "nginx.pid").read_text()))
        enter = stack.enter_context
        servers = {
            OURS: enter(python_server("snippets.serving.run_server")),
            STATIC: enter(python_server(*STATIC_COMMAND, "h11")),
            STATIC_FAST: enter(python_server(*STATIC_COMMAND, "httptools")),
            NGINX: nginx,
        }
        return {name: rounds_of(servers, case) for name, case in CASES.items()}


def rounds_of(servers: dict[str, Server], case: list[str]) -> dict[str, dict[str, float]]:
    seen: dict[str, list[dict[str, float]]] = {name: [] for name in servers}
    for number in range(ROUNDS):
        names = list(servers)
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            seen[name].append(measure(servers[name], case))
    return {name: median_of(rounds) for name, rounds in seen.items()}


def median_of(rounds: list[dict[str, float]]) -> dict[str, float]:
    return {key: round(statistics.median(one[key] for one in rounds), 3) for key in rounds[0]} | {
        "low": min(one["rate"] for one in rounds),
        "high": max(one["rate"] for one in rounds),
    }


def table(results: dict[str, dict[str, dict[str, float]]]) -> str:
    """The figures as lines; the ratio is of requests a second, to StaticFiles with h11."""
    lines = [f"{'':34}{'req/s':>9}{'50 %':>10}{'99 %':>10}{'CPU':>11}{'ratio':>8}"]
    for case, servers in results.items():
        lines.append(case)
        for name, one in servers.items():
            ratio = one["rate"] / servers[STATIC]["rate"]
            times = f"{one['50']:>7.2f} ms{one['99']:>7.2f} ms{one['cpu']:>8.0f} µs"
            lines.append(f"  {name:32}{one['rate']:>9.0f}{times}{ratio:>8.2f}")
    return "\n".join(lines)


def main() -> None:
    if not (SITE / "index.html.gz").is_file():
        build_site()
    told = subprocess.run([find_nginx(), "-v"], capture_output=True, text=True).stderr
    versions = {name: version(name) for name in ("uvicorn", "starlette")}
    results = compare()
    about = {
        **versions,
        "nginx": told.strip().rpartition("/")[2],
        "python": sys.version.split()[0],
        "date": time.strftime("%Y-%m-%d"),
        "rounds": ROUNDS,
        "seconds": SECONDS,
        "connections": CONNECTIONS,
    }
    RESULTS.write_text(json.dumps({"about": about, "cases": results}, indent=2) + "\n", "utf-8")
    print(table(results))
