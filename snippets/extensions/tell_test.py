DEBUG = "http.response.debug"


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    if DEBUG in (scope.get("extensions") or {}):
        # zh: 只在响应开始之前发，只发一次。
        # en: Once only, and before the response starts.
        await send({
            "type": DEBUG,
            "info": {"template": "home.html", "queries": 3},
        })
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": b"<h1>Home</h1>",
    })
