"""The list of everything that a release is made of and by, as CycloneDX 1.6, from the three locks.

``required`` is what readers get: Pyodide, the editor, Python packages for the browser, the theme.
``excluded`` is what only builds, checks and tests it.
"""

from __future__ import annotations

import base64
import json
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from common.places import ROOT

NAME: Final = "asgi-illustrated"
THEME: Final = "mkdocs-material"  # its script and its texts are part of every page
PIN: Final = re.compile(r"^(?P<name>[\w.-]+)(?:\[[\w,]+\])?==(?P<version>[^\s;]+)", re.M)
PINNED_HASH: Final = re.compile(r"--hash=sha256:(\w{64})")


def sbom(version: str, made: int) -> str:
    """The document as JSON; ``made`` is a time in seconds since 1970."""
    itself = Component(name=NAME, version=version, type=ComponentType.APPLICATION, bom_ref=NAME)
    components = [*python_packages(), *npm_packages(), *browser_packages()]
    bom = Bom(
        components=components,
        metadata=BomMetaData(component=itself, timestamp=datetime.fromtimestamp(made, UTC)),
        serial_number=uuid.uuid5(uuid.NAMESPACE_URL, f"{NAME} {version} {made}"),
    )
    bom.register_dependency(itself, components)
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def python_packages() -> Iterator[Component]:
    """What requirements.txt locks, with the hash of every file that pip may take."""
    text = (ROOT / "requirements.txt").read_text("utf-8")
    pins = list(PIN.finditer(text))
    for pin, after in zip(pins, [*pins[1:], None], strict=True):
        entry = text[pin.end() : after.start() if after else len(text)]
        hashes = [_hash("sha256", found) for found in PINNED_HASH.findall(entry)]
        yield _component("pypi", pin["name"], pin["version"], hashes, pin["name"] == THEME)


def npm_packages() -> Iterator[Component]:
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    seen = set()
    for path, package in packages.items():
        name = path.rpartition("node_modules/")[2]
        if not name or (name, package["version"]) in seen:
            continue
        seen.add((name, package["version"]))
        kind, _, digest = package["integrity"].partition("-")
        found = _hash(kind, base64.b64decode(digest).hex())
        yield _component("npm", name, package["version"], [found], not package.get("dev"))


def browser_packages() -> Iterator[Component]:
    """The wheels that the browser's Python imports from."""
    lock = json.loads((ROOT / "runtime" / "pyodide-lock.json").read_text("utf-8"))
    for package in lock["packages"].values():
        found = _hash("sha256", package["sha256"])
        yield _component("pypi", package["name"], package["version"], [found], True, "browser")


def _hash(kind: str, digest: str) -> HashType:
    names = {"sha256": HashAlgorithm.SHA_256, "sha512": HashAlgorithm.SHA_512}
    return HashType(alg=names[kind], content=digest)


def _component(
    kind: str, name: str, version: str, hashes: list[HashType], shipped: bool, where: str = ""
) -> Component:
    group, _, short = name.rpartition("/")
    purl = PackageURL(kind, group or None, short, version)
    return Component(
        name=short,
        group=group or None,
        version=version,
        purl=purl,
        hashes=hashes,
        type=ComponentType.LIBRARY,
        scope=ComponentScope.REQUIRED if shipped else ComponentScope.EXCLUDED,
        bom_ref=f"{where}:{purl}" if where else str(purl),
    )
