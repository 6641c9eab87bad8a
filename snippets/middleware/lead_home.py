PERSON = (b"sec-fetch-dest", b"document")
VARY = b"accept-language, cookie, sec-fetch-dest"


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    asked = dict(scope["headers"])
    wants = asked.get(b"accept-language", b"")
    chose = asked.get(b"cookie", b"")
    # zh: 只在门口，只为人，只在没有选过的时候。
    # en: At the door, for a person who has not chosen.
    lead = (
        scope["path"] == "/"
        and PERSON in scope["headers"]
        and wants.startswith(b"en")
        and b"language=" not in chose
    )
    headers = [(b"vary", VARY)]
    if lead:
        headers.append((b"location", b"/en/"))
    await send({
        "type": "http.response.start",
        "status": 302 if lead else 200,
        "headers": headers,
    })
    await send({"type": "http.response.body"})
