import threading
import time

import httpx
import pytest
import uvicorn
from keep_notes import app


@pytest.fixture(scope="module")
def url():
    # zh: 端口 0：让操作系统挑一个空闲的。
    # en: Port 0: the operating system picks one that is free.
    config = uvicorn.Config(app, port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    assert server.started, "the startup failed"
    listener = server.servers[0].sockets[0]
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=5)


def test_a_note_is_kept(url):
    assert httpx.post(url, content="tea").status_code == 201
    assert httpx.get(url).json() == ["tea"]
