import asyncio
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from multiprocessing import get_context

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route


@asynccontextmanager
async def lifespan(app):
    spawn = get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=spawn) as pool:
        yield {"pool": pool}


# zh: 在模块顶层，子进程才能按名字找到它。
# en: At the top of the module, where the child finds it by name.
def count_primes(limit):
    return sum(
        all(n % d for d in range(2, int(n**0.5) + 1))
        for n in range(2, limit)
    )


async def primes(request):
    loop = asyncio.get_running_loop()
    pool = request.state.pool
    count = await loop.run_in_executor(
        pool, count_primes, 10_000
    )
    return JSONResponse(count)


app = Starlette(
    routes=[Route("/", primes)], lifespan=lifespan
)
