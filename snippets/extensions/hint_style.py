import asyncio

HINT = "http.response.early_hint"


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    if HINT in (scope.get("extensions") or {}):
        await send({
            "type": HINT,
            "links": [
                b"</style.css>; rel=preload; as=style"
            ],
        })
    # zh: 页面要想两秒；样式表这时已经在下载了。
    # en: The page takes two seconds; the style is on its way.
    await asyncio.sleep(2)
    await send({
        "type": "http.response.start",
        "status": 200,
        "headers": [(b"content-type", b"text/html")],
    })
    await send({
        "type": "http.response.body",
        "body": b"<link rel=stylesheet href=/style.css>",
    })
