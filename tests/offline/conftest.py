"""The offline copy, made of the built site and unpacked, and a browser that has nothing but it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from offline.archive import write_zip
from offline.copy import make_copy
from site_plugin.copy_sizes import FOLDER
from tests.browser.canary import canary_server
from tests.browser.conftest import LISTEN, Hand
from tests.conftest import PageLog
from tests.shared import make_once

LOCAL = {"file", "data", "blob", "about"}
DAY = "2026-01-02"
ZIP = "copy.zip"
UNPACKED = "下载 #1"  # as readers have folders: with a blank, Chinese and a #


def copied(site: Path, factory: pytest.TempPathFactory) -> Path:
    """The folder where this run has the copy: as a zip, and as one that a reader has unpacked."""

    def make(folder: Path) -> None:
        write_zip(make_copy(site, DAY), folder / ZIP)
        unpack(folder / ZIP, folder / UNPACKED)

    return make_once(factory, "offline", make)


def unpack(archive: Path, folder: Path) -> Path:
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
    return folder / FOLDER


@pytest.fixture(scope="session")
def archive(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(built_site, tmp_path_factory) / ZIP


@pytest.fixture(scope="session")
def files(archive: Path) -> dict[str, bytes]:
    """Every file of the copy."""
    with zipfile.ZipFile(archive) as opened:
        return {path.removeprefix(f"{FOLDER}/"): opened.read(path) for path in opened.namelist()}


@pytest.fixture(scope="session")
def unpacked(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy on a disk."""
    return copied(built_site, tmp_path_factory) / UNPACKED / FOLDER


@dataclass
class Disk:
    """A browser without a network, in front of a copy."""

    page: Page
    folder: Path
    log: PageLog
    elsewhere: str = ""
    """An address on this machine that must not be asked for."""

    def address(self, path: str) -> str:
        return (self.folder / path).as_uri()

    def open(self, path: str, fragment: str = "") -> Page:
        self.page.goto(self.address(path) + fragment)
        return self.page

    def demo(self, path: str, fragment: str = "") -> Hand:
        """A hand on the first demo of a page."""
        self.open(path, fragment).evaluate(LISTEN)
        hand = Hand(self.page, "")
        expect(hand.find(".demo-rows")).to_be_visible()
        return hand

    def forget_attempts(self) -> None:
        """Of requests that were refused; whether any got through, the canary knows."""
        self.log.errors.clear()
        self.log.requests[:] = [url for url in self.log.requests if url != self.elsewhere]

    def here(self) -> str:
        """The page that is open, as a path in the copy."""
        return unquote(self.page.url).split(f"/{FOLDER}/")[1]


@pytest.fixture
def disk(browser: Browser, unpacked: Path, loopback: None) -> Iterator[Disk]:
    """Fails the test if anything but files of this disk was asked for, or anything complained."""
    with canary_server() as canary:
        context = browser.new_context(
            locale="zh-CN",
            viewport={"width": 1280, "height": 900},
            proxy={"server": canary.address},
        )
        context.set_offline(True)
        context.set_default_timeout(15_000)
        log = PageLog()
        context.on("request", lambda request: log.requests.append(request.url))
        page = context.new_page()
        log.watch(page)
        yield Disk(page, unpacked, log, f"http://{canary.address}/x.js")
        context.close()
        assert {urlsplit(url).scheme for url in log.requests} <= LOCAL
        assert log.hosts == set()
        assert log.errors == []
        assert canary.noted == []
