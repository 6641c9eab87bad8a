async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200})
    await send({"type": "http.response.body", "body": "Grüße, 世界 <b>&amp;</b>".encode()})
