async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    tls = (scope.get("extensions") or {}).get("tls")
    if tls is None:
        text = "nothing known of TLS"
    elif tls["client_cert_name"] is None:
        text = "encrypted, no client certificate"
    else:
        text = f"encrypted, from {tls['client_cert_name']}"
    await send({
        "type": "http.response.start",
        "status": 200,
    })
    await send({
        "type": "http.response.body",
        "body": text.encode(),
    })
