import hashlib

PAGE = b"<h1>Hello</h1>"
TAG = f'"{hashlib.sha256(PAGE).hexdigest()[:8]}"'.encode()
HEADERS = [
    (b"content-type", b"text/html"),
    (b"etag", TAG),
    (b"cache-control", b"no-cache"),
]


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    asked = dict(scope["headers"])
    # zh: 客户端存着的正是这一份：只说没有变。
    # en: The client has this very copy: only say so.
    same = asked.get(b"if-none-match") == TAG
    await send({
        "type": "http.response.start",
        "status": 304 if same else 200,
        "headers": HEADERS,
    })
    body = b"" if same else PAGE
    await send({"type": "http.response.body", "body": body})
