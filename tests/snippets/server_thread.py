"""A server in a thread of this process: it starts in a moment, and its app may be any object."""

from __future__ import annotations

import importlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from click.core import ParameterSource

from tests.asgiscope.real_servers import wait_until

# Its own configuration of logging would be put in place by several threads at once.
SETTINGS: dict[str, Any] = {
    "log_config": None, "log_level": "critical", "access_log": False,
    "timeout_graceful_shutdown": 2,
}  # fmt: skip
Serve = Callable[[Any], str]
ServeWith = Callable[..., str]


@contextmanager
def uvicorn_with(app: Any, *options: str, **settings: Any) -> Iterator[str]:
    """The address of a Uvicorn with options of its command line, or with settings by name."""
    settings = {**SETTINGS, **settings, **as_settings(*options)}
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, **settings))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            wait_until(lambda: server.started or not thread.is_alive(), "uvicorn did not start")
            assert server.started, "uvicorn did not start"
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(20)


def as_settings(*options: str) -> dict[str, Any]:
    """What Uvicorn's own command line makes of these options."""
    command = importlib.import_module("uvicorn.main").main
    context = command.make_context("uvicorn", ["x:app", *options])
    given = dict(context.params)
    del given["app"]
    return {
        name: value
        for name, value in given.items()
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    }
