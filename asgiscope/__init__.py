"""asgiscope: a mock ASGI server that shows what an app does, and explains what it does wrong.

>>> from asgiscope import run
>>> async def app(scope, receive, send):
...     await send({"type": "http.response.start", "status": 200})
...     await send({"type": "http.response.body", "body": b"Hi"})
>>> run(app, [{"request": "GET /"}]).outcome.status
200
"""

from __future__ import annotations

from .client.steps import ClientError
from .clock.budget import Limits
from .protocol.errors import ClientDisconnected, MessageError
from .protocol.explain import Explanation, explain
from .protocol.findings import Finding
from .running import play, run, run_source
from .trace.events import Event
from .trace.trace import Trace

__version__ = "0.1.0"

__all__ = [
    "ClientDisconnected",
    "ClientError",
    "Event",
    "Explanation",
    "Finding",
    "Limits",
    "MessageError",
    "Trace",
    "explain",
    "play",
    "run",
    "run_source",
]
