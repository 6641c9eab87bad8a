import asyncio
import time


def greet(environ, start_response):
    time.sleep(1)
    start_response("200 OK", [("X-From", "WSGI")])
    return [f"path {environ['PATH_INFO']!a}".encode()]


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    # zh: WSGI 应用会阻塞，所以放到线程里运行。
    # en: A WSGI app blocks, so it runs in a thread.
    start, body = await asyncio.to_thread(call, scope)
    await send({"type": "http.response.start", **start})
    await send({"type": "http.response.body", "body": body})


def call(scope):
    path = scope["path"].encode().decode("latin-1")
    environ = {"PATH_INFO": path}
    start = {}

    def start_response(status, headers, exc_info=None):
        start["status"] = int(status.split()[0])
        start["headers"] = [
            (name.lower().encode(), value.encode())
            for name, value in headers
        ]

    return start, b"".join(greet(environ, start_response))
