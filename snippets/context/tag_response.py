from contextvars import ContextVar

user = ContextVar("user", default="nobody")


class TagResponse:
    """Names the user in a header, whoever has set it inside."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        async def send_tagged(message):
            if message["type"] == "http.response.start":
                pair = (b"x-user", user.get().encode())
                headers = [
                    *message.get("headers", []),
                    pair,
                ]
                message = {**message, "headers": headers}
            await send(message)

        # zh: 每个请求从头设置，不指望 context 是空的。
        # en: Set for each request; the context need not be a fresh one.
        user.set("nobody")
        await self.app(scope, receive, send_tagged)


async def log_in(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    user.set("ada")
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({"type": "http.response.body"})


app = TagResponse(log_in)
