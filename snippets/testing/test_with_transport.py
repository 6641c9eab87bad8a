import httpx
import pytest
from keep_notes import app
from run_lifespan import started

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
async def client():
    async with started(app) as running:
        transport = httpx.ASGITransport(app=running)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://test"
        ) as client:
            yield client


async def test_a_note_is_kept(client):
    await client.post("/", content="tea")
    assert (await client.get("/")).json() == ["tea"]
