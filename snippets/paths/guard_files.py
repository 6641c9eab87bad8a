from posixpath import join, normpath

FOLDER = "/srv/files"


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    name = scope["path"].removeprefix("/files/")
    # zh: 先拼好、化简，再看它还在不在文件夹里。
    # en: Join and simplify first, then see if it is still inside.
    target = normpath(join(FOLDER, name))
    inside = target.startswith(FOLDER + "/")
    print(target, "inside" if inside else "outside")
    await send({
        "type": "http.response.start",
        "status": 200 if inside else 404,
    })
    await send({"type": "http.response.body"})
