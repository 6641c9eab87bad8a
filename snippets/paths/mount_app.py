def mount(prefix, app):
    async def mounted(scope, receive, send):
        if scope["type"] != "http":
            raise NotImplementedError(scope["type"])
        root_path = scope.get("root_path", "") + prefix
        if f"{scope['path']}/".startswith(f"{root_path}/"):
            # zh: root_path 加长，path 不动；其余的键照抄。
            # en: root_path grows, path stays, the rest is copied.
            child = {**scope, "root_path": root_path}
            await app(child, receive, send)
        else:
            await answer(send, 404, "not here")

    return mounted


async def show_place(scope, receive, send):
    root, path = scope["root_path"], scope["path"]
    here = path.removeprefix(root)
    await answer(send, 200, f"{root} + {here} = {path}")


async def answer(send, status, text):
    await send({
        "type": "http.response.start",
        "status": status,
    })
    await send({
        "type": "http.response.body",
        "body": text.encode(),
    })


app = mount("/shop", mount("/books", show_place))
