from urllib.parse import parse_qs, unquote_plus


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    query = scope["query_string"].decode("latin-1")
    # zh: 先切分，再解码：parse_qs 就是这样做的。
    # en: Split first, then decode: parse_qs does just that.
    right = parse_qs(query, keep_blank_values=True)
    # zh: 反过来就错了：值里的 %26 变成 &，被当成分隔符。
    # en: The other way round, the %26 in a value becomes a separator.
    wrong = parse_qs(unquote_plus(query))
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": f"{right}\n{wrong}".encode(),
    })
