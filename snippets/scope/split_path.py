from urllib.parse import unquote


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    decoded = scope["path"].split("/")[1:]
    meant = split_path(scope)
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": f"{decoded}\n{meant}".encode(),
    })


def split_path(scope):
    """The segments as the client meant them."""
    raw_path = scope.get("raw_path")
    # zh: 有的服务器给不出 raw_path，只好退回到 path。
    # en: Some servers cannot give raw_path; then path has to do.
    if raw_path is None:
        return scope["path"].split("/")[1:]
    segments = raw_path.decode("ascii").split("/")[1:]
    return [unquote(segment) for segment in segments]
