from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from snippets.serving import choose_language as choice

VARY = "accept-language, cookie, referer, sec-fetch-dest"
KEPT = "; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly"


class OpenDoor:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(
        self, scope: Scope, receive: Receive, send: Send
    ) -> None:
        asked, path = Headers(scope=scope), scope["path"]
        visit = choice.is_visit(asked, scope["method"], path)
        before = choice.came_from(asked)
        here = choice.language_of(path)
        changed = visit and before not in (None, here)

        async def send_choice(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                # zh: 不存在的一页，不算读者的选择。
                # en: A page that is not there is no choice.
                chosen = changed and message["status"] in (200, 304)
                if chosen or path == "/":
                    headers["cache-control"] = "private, no-cache"
                    headers.add_vary_header(VARY)
                if chosen:
                    headers["set-cookie"] = f"language={here}{KEPT}"
            await send(message)

        # zh: 只在门口，只对从外面来的人：站内的链接从不改道。
        # en: Only at the door, only from outside, never from within.
        home, app = choice.HOMES[choice.preferred(asked)], self.app
        if path == "/" != home and visit and before is None:
            app = RedirectResponse(home, 302)
        await app(scope, receive, send_choice)
