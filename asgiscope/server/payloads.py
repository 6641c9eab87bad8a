"""What messages carry, and how it stands in the trace."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..client.steps import Headers, Request
from ..protocol import http
from ..trace.values import freeze


def body_of(message: Mapping[str, Any]) -> bytes:
    """The bytes that a message with a piece of the response's body stands for."""
    if message["type"] == http.BODY:
        return bytes(message.get("body", b""))
    if message["type"] == http.PATH:
        return Path(message["path"]).read_bytes()
    file = message["file"]
    if message.get("offset") is not None:
        file.seek(message["offset"])
    count = message.get("count")
    return bytes(file.read() if count is None else file.read(count))


def extension_data(message: Mapping[str, Any]) -> dict[str, Any]:
    """An extension's message as the client sees it."""
    data = {key: value for key, value in message.items() if key != "type"}
    if "headers" in data:
        data["headers"] = header_data(tuple((n, v) for n, v in data["headers"]))
    return {key: freeze(value) for key, value in data.items()}


def request_data(request: Request) -> dict[str, Any]:
    return {
        "method": request.method,
        "target": request.target,
        "http_version": request.http_version,
        "headers": header_data(request.headers),
    }


def header_data(headers: Headers) -> list[list[str]]:
    return [[name.decode("latin-1"), value.decode("latin-1")] for name, value in headers]
