from urllib.parse import parse_qs


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    query = parse_qs(scope["query_string"].decode())
    name = query.get("name", ["world"])[0]
    body = f"Hello, {name}!".encode()
    await send({
        "type": "http.response.start",
        "status": 200,
        "headers": [
            (b"content-type", b"text/plain; charset=utf-8")
        ],
    })
    await send({"type": "http.response.body", "body": body})
