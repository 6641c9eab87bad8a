import asyncio

from keep_notes import app


def test_the_notes_are_listed():
    start, body = asyncio.run(call("GET", ["tea"]))
    assert start["status"] == 200
    assert body["body"] == b'["tea"]'


async def call(method, notes):
    # zh: 只有两条；再要一条就得到 IndexError，不会一直等。
    # en: Two, and no more: a third is an IndexError, not a wait.
    events = [
        {"type": "http.request"},
        {"type": "http.disconnect"},
    ]
    sent = []

    async def receive():
        return events.pop(0)

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "path": "/",
        "query_string": b"",
        "headers": [],
        "state": {"notes": notes},
    }
    async with asyncio.timeout(5):
        await app(scope, receive, send)
    return sent
