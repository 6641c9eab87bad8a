# zh: 错在放任异常：客户端看到什么，全看那时响应走到了哪里。
# en: Wrong to let it out: what the client sees depends on the moment.
# zh: 规则：app-raised
# en: Rule: app-raised
START = {"type": "http.response.start", "status": 200}
HALF = {
    "type": "http.response.body",
    "body": b"half",
    "more_body": True,
}
WHOLE = {"type": "http.response.body", "body": b"whole"}
SENT = {
    "/before": [],
    "/during": [START, HALF],
    "/after": [START, WHOLE],
}


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    for message in SENT[scope["path"]]:
        await send(message)
    raise ValueError("out of ink")
