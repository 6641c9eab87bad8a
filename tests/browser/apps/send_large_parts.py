async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(6):
        await send({"type": "http.response.body", "body": bytes(30_000), "more_body": True})
    await send({"type": "http.response.body"})
