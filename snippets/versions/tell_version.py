async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    host = dict(scope["headers"]).get(b"host", b"")
    url = f"{scope['scheme']}://{host.decode('latin-1')}/"
    text = f"HTTP/{scope['http_version']} {url}"
    await send({
        "type": "http.response.start",
        "status": 200,
        "headers": [(b"content-type", b"text/plain")],
    })
    await send({
        "type": "http.response.body",
        "body": text.encode(),
    })
