async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    asgi = scope["asgi"]
    offered = sorted(scope.get("extensions") or {})
    lines = [
        f"HTTP/{scope['http_version']}",
        f"ASGI {asgi['version']}",
        f"messages {asgi.get('spec_version', '2.0')}",
        f"state: {'state' in scope}",
        f"extensions: {', '.join(offered) or 'none'}",
    ]
    await send({
        "type": "http.response.start",
        "status": 200,
        "headers": [(b"content-type", b"text/plain")],
    })
    await send({
        "type": "http.response.body",
        "body": ("\n".join(lines) + "\n").encode(),
    })
