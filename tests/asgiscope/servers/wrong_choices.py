"""Servers, options and steps that cannot be, and what is wrong with each."""

from __future__ import annotations

from typing import Any

GET: list[Any] = [{"request": "GET /"}]
HTTP2: list[Any] = [{"request": {"path": "/", "http_version": "2"}}]

# The server, the steps, the code of the mistake, and what the message says. Where a step is wrong,
# the message names it.
WRONG: list[tuple[Any, list[Any], str, str]] = [
    ("uvicron", GET, "server-unknown", "there is no server 'uvicron'; did you mean 'uvicorn'?"),
    (3, GET, "server-form", "found int 3"),
    ({"http": "h11"}, GET, "server-form", "found dict"),
    (
        {"name": "uvicorn", "timeout_keepalive": 1},
        GET,
        "server-option",
        "uvicorn has no option 'timeout_keepalive'; did you mean 'timeout_keep_alive'?",
    ),
    ({"name": "uvicorn", "reload": True}, GET, "server-option", "uvicorn has no option 'reload'"),
    ({"name": "hypercorn", "workers": 2}, GET, "server-option", "hypercorn has no option"),
    ({"name": "gunicorn", "bind": ":80"}, GET, "server-option", "gunicorn has no option 'bind'"),
    ({"name": "mock", "http": "h11"}, GET, "server-option", "mock has no option 'http'"),
    ({"name": "uvicorn", "http": "h12"}, GET, "server-value", "uvicorn does not take its options"),
    ({"name": "gunicorn", "keepalive": -1}, GET, "server-value", "gunicorn does not take"),
    ("uvicorn", HTTP2, "server-step", "client, step 1: Uvicorn"),
    ("gunicorn", HTTP2, "server-step", "cannot take this here: http_version 2"),
    ("hypercorn", [{"request": {"http_version": "3"}}], "server-step", "http_version 3"),
    ("hypercorn", [{"connect": {"http_version": "2"}}], "server-step", "connect, http_version 2"),
    ("uvicorn", [{"request": {"scheme": "https"}}], "server-step", "scheme https"),
    (
        "uvicorn",
        [*GET, {"request": {"root_path": "/api"}}],
        "server-decides",
        "client, step 2: uvicorn decides root_path by itself, or by its options; leave it out",
    ),
    ("uvicorn", [{"request": {"headers": {"a b": "c"}}}], "request-no-http", "by a raw step"),
    ("mock", [{"raw": "GET"}], "step-real", "client, step 1: raw is for a real server"),
    ("mock", [*GET, {"half_close": True}], "step-real", "client, step 2: half_close"),
    ("mock", [*GET, {"terminate": True}], "step-real", "client, step 2: terminate"),
]
# What a run cannot bring about here: a server that is missing, or another inside.
OTHERS = ("server-missing", "server-inside")
CODES = {code for _, _, code, _ in WRONG} | set(OTHERS)
