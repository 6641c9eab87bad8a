async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    versions = scope["asgi"]
    # zh: 两个默认值都写在规范里。
    # en: Both defaults are the specification's own.
    text = (
        f"ASGI {versions.get('version', '2.0')}, "
        f"messages {versions.get('spec_version', '2.0')}, "
        f"HTTP/{scope['http_version']}"
    )
    await send({
        "type": "http.response.start",
        "status": 200,
        "headers": [(b"content-type", b"text/plain")],
    })
    await send({
        "type": "http.response.body",
        "body": text.encode(),
    })
