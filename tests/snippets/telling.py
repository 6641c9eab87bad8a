"""What the tests of errata and FAQ ask in the same way: an app that tells its scope, a client."""

from __future__ import annotations

import warnings
from typing import Any


async def tell_scope(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    told = f"{scope['scheme']} {scope['root_path']!r} {scope['path']!r} {scope['client'][0]}"
    await send({"type": "http.response.start", "status": 200})
    await send({"type": "http.response.body", "body": told.encode()})


def client_of(app: Any) -> Any:
    """Starlette's own client for tests, whose import warns that httpx is deprecated there."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from starlette.testclient import TestClient
    return TestClient(app)
