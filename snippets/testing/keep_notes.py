from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


# zh: 笔记在启动时创建，放进 state，每个请求都拿得到。
# en: The notes are made at startup; the state takes them to requests.
@asynccontextmanager
async def lifespan(app):
    yield {"notes": []}


async def list_notes(request):
    return JSONResponse(request.state.notes)


async def add_note(request):
    note = (await request.body()).decode()
    request.state.notes.append(note)
    return Response(status_code=201)


app = Starlette(
    routes=[
        Route("/", list_notes, methods=["GET"]),
        Route("/", add_note, methods=["POST"]),
    ],
    lifespan=lifespan,
)
