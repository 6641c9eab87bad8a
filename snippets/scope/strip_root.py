async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": local_path(scope).encode(),
    })


def local_path(scope):
    """The path below the point at which the app is mounted."""
    path = scope["path"]
    root = scope.get("root_path", "")
    # zh: 只在一段的边界上去掉：/api 不是 /apiary 的前缀。
    # en: Only at the end of a segment: /api is no prefix of /apiary.
    if root and f"{path}/".startswith(f"{root}/"):
        return path[len(root) :]
    return path
