"""A real server as a process: ``python serve.py NAME PORT FILE [OPTIONS]``, options as JSON.

What the app sees goes to the file, a line of JSON each.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from tests.asgiscope.servers.recording_app import recording


def main(name: str, port: int, file: str, options: dict[str, Any]) -> None:
    output = Path(file).open("a", encoding="utf-8", buffering=1)  # noqa: SIM115 - to the very end

    def write(call: str, what: str, value: Any) -> None:
        output.write(json.dumps([call, what, value]) + "\n")

    SERVE[name](recording(write), port, options)


def uvicorn(app: Any, port: int, options: dict[str, Any]) -> None:
    import uvicorn

    chosen = {"http": "h11", "ws": "wsproto", "loop": "asyncio", "log_level": "critical"}
    uvicorn.run(app, port=port, **{**chosen, **options})


def hypercorn(app: Any, port: int, options: dict[str, Any]) -> None:
    import signal

    from hypercorn.asyncio import serve
    from hypercorn.config import Config

    config = Config.from_mapping(options)
    config.bind = [f"127.0.0.1:{port}"]
    config.accesslog = config.errorlog = None

    async def until_terminated() -> None:
        stop = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
        await serve(app, config, shutdown_trigger=stop.wait)

    asyncio.run(until_terminated())


def gunicorn(app: Any, port: int, options: dict[str, Any]) -> None:
    from gunicorn.app.base import BaseApplication

    class Application(BaseApplication):  # type: ignore[misc] # Gunicorn has no types
        def load_config(self) -> None:
            own = {"worker_class": "asgi", "bind": f"127.0.0.1:{port}", "loglevel": "critical"}
            more = {"asgi_loop": "asyncio", "http_parser": "python", "control_socket_disable": True}
            for key, value in {**own, **more, **options}.items():
                self.cfg.set(key, value)

        def load(self) -> Any:
            return app

    Application().run()


SERVE = {"uvicorn": uvicorn, "hypercorn": hypercorn, "gunicorn": gunicorn}

if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3], json.loads((*sys.argv[4:], "{}")[0]))
