KEYS = (
    "method",
    "path",
    "raw_path",
    "query_string",
    "root_path",
)


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    lines = [f"{key}: {scope.get(key)!r}" for key in KEYS]
    await send({
        "type": "http.response.start",
        "status": 200,
        "headers": [
            (b"content-type", b"text/plain; charset=utf-8")
        ],
    })
    await send({
        "type": "http.response.body",
        "body": "\n".join(lines).encode(),
    })
