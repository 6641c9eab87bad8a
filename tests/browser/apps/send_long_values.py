HEADERS = [(b"x-%d" % number, b"long value" * 20) for number in range(12)]


async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": b"word" * 2000, "note": "unknown"})
