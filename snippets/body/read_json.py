import json


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        body += message.get("body", b"")
        more = message.get("more_body", False)
    try:
        name = json.loads(body)["name"]
        status, text = 200, f"Hello, {name}!"
    except (ValueError, RecursionError):
        status, text = 400, "This is not JSON."
    except (KeyError, TypeError):
        status, text = 422, 'Send {"name": "..."}.'
    await send({
        "type": "http.response.start",
        "status": status,
    })
    await send({
        "type": "http.response.body",
        "body": text.encode(),
    })
