"""The small app, written on ASGI itself."""

import asyncio
import time


async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await live(receive, send)
    elif scope["type"] == "websocket":
        await chat(receive, send)
    else:
        await route(scope, receive, send)


async def live(receive, send):
    await receive()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})


async def chat(receive, send):
    while True:
        message = await receive()
        if message["type"] == "websocket.connect":
            await send({"type": "websocket.accept"})
        elif message["type"] == "websocket.receive":
            await send({"type": "websocket.send", "text": "you said " + message["text"]})
        else:
            return


async def route(scope, receive, send):
    path = scope["path"]
    if path == "/":
        await answer(send, b"home")
    elif path == "/echo":
        await answer(send, await read_body(receive))
    elif path == "/slow":
        await asyncio.to_thread(time.sleep, 1)
        await answer(send, b"slow")
    elif path == "/stream":
        await stream(send)
    elif path == "/error":
        raise ValueError("boom")
    else:
        await answer(send, b"not found", 404)


async def answer(send, body, status=200):
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def read_body(receive):
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


async def stream(send):
    await send({"type": "http.response.start", "status": 200})
    for number in range(3):
        chunk = b"chunk %d;" % number
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await asyncio.sleep(1)
    await send({"type": "http.response.body"})
