from pathlib import Path
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from snippets.serving.answer_file import answer_file
from snippets.serving.choose_copy import choose_copy
from snippets.serving.walk_site import walk_site


class Pages:
    def __init__(self, site: Path) -> None:
        self.files = walk_site(site)

    async def __call__(
        self, scope: Scope, receive: Receive, send: Send
    ) -> None:
        path, method = scope["path"], scope["method"]
        answer: ASGIApp
        if method not in ("GET", "HEAD"):
            answer = Response(None, 405, {"allow": "GET, HEAD"})
        elif file := self.files.get(path):
            answer = answer_file(file, method, Headers(scope=scope))
        elif f"{path}/" in self.files:
            # zh: 只去表里有的地方，所以谁也骗不到别的网站去。
            # en: Only to what the table has, so never elsewhere.
            answer = RedirectResponse(quote(f"{path}/"), 308)
        else:
            answer = self.say_missing(path, Headers(scope=scope))
        await answer(scope, receive, send)

    def say_missing(self, path: str, asked: Headers) -> Response:
        # zh: 英文的网址用英文的 404 页，别的用中文的。
        # en: An address in English gets the 404 page in English.
        folder = "/en" if path.startswith("/en/") else ""
        file = self.files[f"{folder}/404.html"]
        copy = choose_copy(file, asked.get("accept-encoding", ""))
        return Response(copy.body, 404, copy.headers)
