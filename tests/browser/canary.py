"""A server that must hear nothing, and storage that must stay as it is."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Page

PLANT = """async () => {
    localStorage.canary = sessionStorage.canary = document.cookie = "canary=alive";
    await (await caches.open("canary")).put("/canary", new Response("alive"));
    await new Promise((done) => {
        const opening = indexedDB.open("canary");
        opening.onupgradeneeded = () => opening.result.createObjectStore("alive");
        opening.onsuccess = () => { opening.result.close(); done(); };
    });
    window.heard = [];
    window.listening = new BroadcastChannel("canary");
    window.listening.onmessage = ({ data }) => window.heard.push(data);
}"""
LOOK = """async () => ({
    local: localStorage.canary,
    session: sessionStorage.canary,
    cookie: document.cookie,
    caches: await caches.keys(),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    files: (await Array.fromAsync((await navigator.storage.getDirectory()).keys())),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    locks: (await navigator.locks.query()).held.length,
    heard: window.heard,
    reached: window.reached,
    polluted: ({}).reached,
})"""
ALIVE = {
    "local": "canary=alive",
    "session": "canary=alive",
    "cookie": "canary=alive",
    "caches": ["canary"],
    "databases": ["canary"],
    "files": [],
    "workers": 0,
    "locks": 0,
    "heard": [],
}


def plant(page: Page) -> None:
    """Put something of each kind of storage into the page's origin."""
    page.evaluate(PLANT)


def look(page: Page) -> dict[str, object]:
    """What is there now; ``ALIVE`` where nobody has touched it."""
    found: dict[str, object] = page.evaluate(LOOK)
    return {name: value for name, value in found.items() if value is not None}


@dataclass
class Canary:
    """A server on a port of its own; ``noted`` has the beginning of all that it was ever sent."""

    address: str
    noted: list[str] = field(default_factory=list)


@contextmanager
def canary_server() -> Iterator[Canary]:
    listener = socket.create_server(("127.0.0.1", 0))
    canary = Canary(f"127.0.0.1:{listener.getsockname()[1]}")
    threading.Thread(target=_listen, args=(listener, canary.noted), daemon=True).start()
    try:
        yield canary
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _listen(listener: socket.socket, noted: list[str]) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            connection.settimeout(1)
            try:
                noted.append(connection.recv(100).decode("latin-1"))
            except OSError:
                noted.append("")
