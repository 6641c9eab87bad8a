async def app(scope, receive, send):
    await send({"type": "http.response.body", "body": b"too early"})
