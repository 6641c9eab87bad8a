# zh: 两次调用是 2.0 版的写法，3.0 版起已作废（规则 app-two-callables）。
# en: Two calls were the form of 2.0, retired in 3.0 (rule app-two-callables).
def app(scope):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])

    async def instance(receive, send):
        await send({
            "type": "http.response.start",
            "status": 200,
            "headers": [(b"content-type", b"text/plain")],
        })
        await send({
            "type": "http.response.body",
            "body": b"Hello from 2017!",
        })

    return instance
