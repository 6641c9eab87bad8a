# zh: 错在 @app.route：Starlette 1.0 去掉了它（规则 app-import）。
# en: Wrong in @app.route: gone since Starlette 1.0 (rule app-import).
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse

app = Starlette()


@app.route("/")
async def homepage(request):
    return PlainTextResponse("Hello, ASGI!")
