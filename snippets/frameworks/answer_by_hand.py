import json
from urllib.parse import parse_qs

PRICES = {"tea": 3, "coffee": 4}


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    status, data = reply(scope)
    body = json.dumps(data).encode()
    length = str(len(body)).encode()
    await send({
        "type": "http.response.start",
        "status": status,
        "headers": [
            (b"content-type", b"application/json"),
            (b"content-length", length),
        ],
    })
    await send({"type": "http.response.body", "body": body})


def reply(scope):
    # zh: 路由：看路径和方法，决定谁来答复，取出参数。
    # en: Routing: path and method say who answers, and with what.
    parts = scope["path"].split("/")
    if len(parts) != 3 or parts[1] != "price":
        return 404, {"error": "not found"}
    if scope["method"] not in ("GET", "HEAD"):
        return 405, {"error": "not allowed"}
    query = parse_qs(scope["query_string"].decode())
    count = int(query.get("count", ["1"])[0])
    # zh: 真正的业务只有这一行。
    # en: Of all this, one line is the work itself.
    return 200, {"price": PRICES[parts[2]] * count}
