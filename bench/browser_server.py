"""The site that the browser's bench visits: compressed ahead, with the headers of a real host."""

from __future__ import annotations

import mimetypes
import queue
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import uvicorn

from scripts.compress import kept

BEGIN, END = "/bench/begin", "/bench/end"  # a page that measures asks for these
FOREVER = b"public, max-age=31536000, immutable"
# PyScript's worker may use shared memory where a page is isolated: its page is, to its advantage.
ISOLATION = [
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-embedder-policy", b"require-corp"),
    (b"cross-origin-resource-policy", b"same-origin"),
]


@dataclass
class Seen:
    """One start: milliseconds, and what was sent meanwhile."""

    milliseconds: float
    bytes: int
    requests: int


@dataclass
class Site:
    """An ASGI app over files in memory. It counts what it sends between BEGIN and END."""

    files: dict[str, bytes] = field(default_factory=dict)
    requests: int = 0
    sent: int = 0  # bytes
    told: queue.SimpleQueue[Seen] = field(default_factory=queue.SimpleQueue)

    def add(self, path: str, data: bytes) -> None:
        self.files[path] = kept(data, ".br").read_bytes()

    def add_folder(self, path: str, folder: Path) -> None:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.suffix != ".map":
                self.add(f"{path}/{file.relative_to(folder).as_posix()}", file.read_bytes())

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["path"] == BEGIN:
            self.requests = self.sent = 0
        elif scope["path"] == END:
            milliseconds = float(scope["query_string"])
            self.told.put(Seen(milliseconds, self.sent, self.requests))
        else:
            await self._send_file(scope, send)
            return
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    async def _send_file(self, scope: Any, send: Any) -> None:
        body = self.files.get(scope["path"])
        status = 404 if body is None else 200
        self.requests += 1
        self.sent += len(body or b"")
        headers = _headers(scope["path"]) if body else []
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body or b""})


def _headers(path: str) -> list[tuple[bytes, bytes]]:
    kind = {".mjs": "text/javascript", ".wasm": "application/wasm"}.get(Path(path).suffix)
    kind = kind or mimetypes.guess_type(path)[0] or "application/octet-stream"
    page = path.endswith(".html") and not path.startswith("/runtime/")
    return [
        (b"content-type", kind.encode()),
        (b"content-encoding", b"br"),
        (b"cache-control", b"no-cache" if page else FOREVER),
        *(ISOLATION if "pyscript" in path or "/stock/" in path else []),
    ]


@contextmanager
def served(site: Site) -> Iterator[str]:
    """The address of a server in a thread of its own."""
    config = uvicorn.Config(site, port=0, log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
