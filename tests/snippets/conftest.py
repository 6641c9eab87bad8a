"""The snippets, how the tests ask them, and where the pages use them.

``cases/<topic>.yml`` has an entry for each file of ``snippets/<topic>/``; what may stand in it:

``request`` (``path``, ``method``, ``headers``, ``body``: a list of pieces) and the ``answer``
(``status``, ``headers``, ``body`` or its ``length``, ``cut: true`` when it does not end as it
should); or ``talk`` over a WebSocket (``path``, ``subprotocols``, ``say``: a list of texts) and the
``answer`` (``received``, ``code``, ``reason``, ``subprotocol``, or the ``status`` of a refusal).
``lifespan: true`` drives the engine through startup and shutdown too. ``uvicorn`` is the answer of
a real Uvicorn where it is another one, ``why`` the reason.

``prints``: the file is a script, and this is what it prints. ``passes: true``: it is a test file,
and pytest passes it. ``wsgi: true`` with a ``request``: it is a WSGI app. ``checked: <test>``: it
is none of these, and the named test checks it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from common.places import ROOT
from site_plugin.fences import scan
from site_plugin.playground_fence import NAME as PLAYGROUND
from tests.asgiscope.real_servers import serving
from tests.snippets import framework_servers
from tests.snippets.framework_servers import OnUvicorn
from tests.snippets.server_process import Start, running
from tests.snippets.server_thread import Serve, ServeWith, uvicorn_with

ServeOn = Callable[[str, Any], str]


class Certificate(NamedTuple):
    key: str
    certificate: str

    def options(self, server: str) -> list[str]:
        names = {
            "uvicorn": ("--ssl-keyfile", "--ssl-certfile"),
            "hypercorn": ("--keyfile", "--certfile"),
        }
        key, certificate = names[server]
        return [key, self.key, certificate, self.certificate]


SNIPPETS = ROOT / "snippets"
SERVING = "serving"  # our own server: tests/serving has its tests
INCLUDED = re.compile(r'--8<-- "([^":]+)')
CASES: dict[str, dict[str, Any]] = {
    f"{path.stem}/{name}": case
    for path in sorted((Path(__file__).parent / "cases").glob("*.yml"))
    for name, case in yaml.safe_load(path.read_text("utf-8")).items()
}


def all_snippets() -> list[str]:
    paths = (path.relative_to(SNIPPETS) for path in SNIPPETS.rglob("*") if path.is_file())
    return sorted(
        path.as_posix()
        for path in paths
        if len(path.parts) > 1 and path.parts[0] != SERVING
        if not any(part.startswith((".", "__pycache__")) for part in path.parts)
    )


def snippets_with(key: str) -> list[str]:
    """The snippets whose case has a key, such as ``request``."""
    return [name for name in all_snippets() if key in CASES.get(name, {})]


def pages_of(language: str) -> list[Path]:
    return sorted((ROOT / "docs" / language).rglob("*.md"))


@cache
def fences_of(language: str) -> list[dict[str, Any]]:
    """Every demo of the pages of a language, those of the playground included, as data."""
    fences = [fence for path in pages_of(language) for fence in scan(path.read_text("utf-8"))]
    demos = [yaml.safe_load(fence.text) for fence in fences if fence.language == "asgi"]
    for fence in fences:
        if fence.language == PLAYGROUND:
            demos += [preset for group in yaml.safe_load(fence.text) for preset in group["presets"]]
    return demos


def included_in(language: str) -> set[str]:
    """The files that pages show without running them."""
    texts = (path.read_text("utf-8") for path in pages_of(language))
    return {name for text in texts for name in INCLUDED.findall(text)}


@pytest.fixture
def serve_on(serve: Serve) -> Iterator[ServeOn]:
    """A function: give it "uvicorn" or "hypercorn" and an app, get the address that serves it."""
    with ExitStack() as stack:
        yield lambda server, app: stack.enter_context(serving(server, app, serve))


@pytest.fixture
def serve_with(loopback: None) -> Iterator[ServeWith]:
    """A function: give it an app and options of Uvicorn's command line, get its address."""
    with ExitStack() as stack:
        yield lambda app, *options, **settings: stack.enter_context(
            uvicorn_with(app, *options, **settings)
        )


@pytest.fixture
def start_server(loopback: None) -> Iterator[Start]:
    """A function: give it a server's name, an app and options, get it in a process of its own."""
    with ExitStack() as stack:
        yield lambda server, app, *options, **settings: stack.enter_context(
            running(server, app, *options, **settings)
        )


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """A key and a certificate for localhost, signed by itself."""
    if not shutil.which("openssl"):
        pytest.skip("openssl makes the certificate")
    folder = tmp_path_factory.mktemp("tls")
    made = Certificate(str(folder / "key.pem"), str(folder / "certificate.pem"))
    make = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    command = [*make, "-keyout", made.key, "-out", made.certificate]
    subprocess.run(command, check=True, capture_output=True, timeout=20)
    return made


@pytest.fixture(scope="session")
def on_uvicorn(loopback: None) -> OnUvicorn:
    """A function: what clients get from a framework's snippets on a real Uvicorn."""
    return framework_servers.on_uvicorn
