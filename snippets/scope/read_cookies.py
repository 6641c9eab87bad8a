async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    one = dict(scope["headers"]).get(b"cookie")
    every = read_cookies(scope["headers"])
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": f"{one}\n{every}".encode(),
    })


def read_cookies(headers):
    """Cookies by name, from however many headers there are."""
    values = [
        value.decode("latin-1")
        for name, value in headers
        if name.lower() == b"cookie"
    ]
    pairs = "; ".join(values).split("; ")
    return dict(p.partition("=")[::2] for p in pairs if p)
