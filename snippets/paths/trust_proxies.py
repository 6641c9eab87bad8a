TRUSTED = {"127.0.0.1", "10.0.0.5"}


def trust_proxies(app):
    async def wrapped(scope, receive, send):
        if scope.get("client"):
            address = real_client(scope)
            scope = {**scope, "client": (address, 0)}
        await app(scope, receive, send)

    return wrapped


def real_client(scope):
    hops = [scope["client"][0]]
    for name, value in scope["headers"]:
        if name == b"x-forwarded-for":
            text = value.decode("latin-1")
            hops[:0] = [
                hop.strip() for hop in text.split(",")
            ]
    # zh: 从右往左，遇到的第一个不可信的地址就是客户端。
    # en: From the right: the first that is not trusted is the client.
    while len(hops) > 1 and hops[-1] in TRUSTED:
        hops.pop()
    return hops[-1]


async def show_client(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    body = scope["client"][0].encode()
    await send({"type": "http.response.body", "body": body})


app = trust_proxies(show_client)
