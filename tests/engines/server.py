"""What stands around the pages: a log of every request, a recorder in every page.

The recorder is a script that each HTML page loads first; it notes every complaint in
``window.recorded``, because not every engine tells its driver. It also takes away what a test
says the engine should lack: ``page.html?without=WebAssembly``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.browser.canary import Canary

RECORDER = b"""
window.recorded = [];
window.played = [];
addEventListener("trace", (event) => window.played.push(event.detail));
addEventListener("error", (event) => {
  if (event.target.rel === "next") return; // fetched ahead only if it may be kept
  window.recorded.push(`error: ${event.message ?? event.target.outerHTML}`);
}, true);
addEventListener("unhandledrejection", (event) => window.recorded.push(`${event.reason}`));
document.addEventListener("securitypolicyviolation", (event) =>
  window.recorded.push(`policy: ${event.violatedDirective} ${event.blockedURI}`));
const { error } = console;
console.error = (...parts) => { window.recorded.push(parts.join(" ")); error(...parts); };
for (const name of new URLSearchParams(location.search).getAll("without"))
  delete globalThis[name];
"""
CLASSIC_ONLY = b"""<script>
  const Real = Worker;
  globalThis.Worker = function (url) { return new Real(url); };
</script>"""
OWN = re.compile(  # what browsers ask their makers by themselves, without a page
    r"CONNECT ([\w-]+\.)*(googleapis\.com|google\.com|gvt1\.com|mozilla\.(com|net|org)):443 "
)
HEAD = re.compile(rb"<head>|<meta charset[^>]*>")
LAWLESS = b"<!doctype html><title>A page without a policy</title>"
LINK = b'<script src="/recorder.js"></script>'


@dataclass
class Watched:
    """An app that serves pages, with a recorder in each and a log of what was asked for."""

    app: ASGIApp
    asked: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    classic_workers_only: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["path"] == "/recorder.js":
            await answer(send, b"text/javascript", RECORDER)
        elif scope["path"] == "/lawless.html":
            await answer(send, b"text/html", LAWLESS)
        else:
            self.asked.append(scope["path"])
            await self.app(scope, receive, Rewritten(send, self, scope).send)

    def put_into(self, page: bytes, scope: Scope) -> bytes:
        """The page with what this test adds to it."""
        frame = (b"sec-fetch-dest", b"iframe") in scope["headers"]
        if not frame and (b"sec-fetch-dest", b"document") not in scope["headers"]:
            return page  # the runtime reads it and checks its hash
        if frame and not self.classic_workers_only:
            return page
        added = CLASSIC_ONLY if frame else LINK
        return HEAD.sub(lambda found: found[0] + added, page, count=1)


@dataclass
class Rewritten:
    """The answer to one request on its way out."""

    down: Send
    watched: Watched
    scope: Scope
    start: Message | None = None
    body: bytes = b""

    async def send(self, message: Message) -> None:
        """Hold back an HTML page until it is complete; note what was not found."""
        if message["type"] == "http.response.start":
            if message["status"] >= 400:
                self.watched.missed.append(self.scope["path"])
            kind = dict(message["headers"]).get(b"content-type", b"")
            if not kind.startswith(b"text/html") or message["status"] != 200:
                await self.down(message)
            else:
                self.start = message
        elif self.start is None:
            await self.down(message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                page = self.watched.put_into(self.body, self.scope)
                await answer(self.down, b"text/html; charset=utf-8", page)


async def answer(send: Send, kind: bytes, body: bytes) -> None:
    """One complete answer, which no browser keeps."""
    headers = [
        (b"content-type", kind),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def escaped(canary: Canary) -> list[str]:
    """What has reached the canary but for the browsers' own business."""
    return [line for line in canary.noted if not OWN.match(line)]
