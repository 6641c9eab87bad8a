# zh: 长度和 ETag 说的都是改动之前的内容。
# en: Both the length and the ETag are of the content before.
OLD = (b"content-length", b"etag")


def sign_text(app):
    async def wrapped(scope, receive, send):
        signs = False

        async def send_signed(message):
            nonlocal signs
            if message["type"] == "http.response.start":
                signs = may_sign(message)
                if signs:
                    message = change(message)
            elif message["type"] == "http.response.body":
                last = not message.get("more_body", False)
                end = b" -- ASGI" if signs and last else b""
                body = message.get("body", b"") + end
                message = {**message, "body": body}
            await send(message)

        await app(scope, receive, send_signed)

    return wrapped


def may_sign(start):
    headers = dict(start.get("headers", []))
    kind = headers.get(b"content-type", b"")
    packed = b"content-encoding" in headers
    text = kind.startswith(b"text/")
    return start["status"] == 200 and text and not packed


def change(start):
    pairs = start.get("headers", [])
    kept = [p for p in pairs if p[0] not in OLD]
    return {**start, "headers": kept}
