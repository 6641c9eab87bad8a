# zh: 错在 pass：什么也没有发送，而启动看上去是成功的。
# en: Wrong in the pass: nothing is sent, and startup looks fine.
# zh: 规则：lifespan-startup-no-reply、http-no-response
# en: Rules: lifespan-startup-no-reply, http-no-response
async def app(scope, receive, send):
    pass
