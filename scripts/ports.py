"""Whether a port is free, asked before anything starts."""

from __future__ import annotations

import os
import socket

from common.problem import Problem


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket() as probe:
        if os.name != "nt":  # as servers do; on Windows it would allow a port that is in use
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def check_port(host: str, port: int) -> None:
    """Raise Problem, naming a port that is free, if this one is taken."""
    if is_free(host, port):
        return
    free = next(
        (other for other in range(port + 1, min(port + 100, 65536)) if is_free(host, other)), 0
    )
    raise Problem(
        f"Port {port} on {host} is taken (or not allowed). Choose another: make serve PORT={free}"
    )
