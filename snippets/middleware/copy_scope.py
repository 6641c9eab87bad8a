def add_user(app):
    async def wrapped(scope, receive, send):
        before = len(scope["headers"])
        # zh: 只复制字典：headers 还是同一个列表，改动传到了外面。
        # en: A copy of the dict only: its list is the same, and leaks.
        child = dict(scope)
        child["headers"].append((b"x-user", b"ada"))
        print("leaked", len(scope["headers"]) - before)

        before = len(scope["headers"])
        # zh: 要改的列表也换成新的，外面就看不到了。
        # en: With a new list too, nothing is seen outside.
        headers = [*scope["headers"], (b"x-role", b"admin")]
        child = {**scope, "headers": headers}
        print("leaked", len(scope["headers"]) - before)
        await app(child, receive, send)

    return wrapped


START = {"type": "http.response.start", "status": 200}


async def say_hi(scope, receive, send):
    await send(START)
    await send({
        "type": "http.response.body",
        "body": b"Hi.",
    })


app = add_user(say_hi)
