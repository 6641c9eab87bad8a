import pytest
from keep_notes import app
from starlette.testclient import TestClient


# zh: with 之内，lifespan 启动过，还没有关闭。
# en: Inside the with, the lifespan has started up.
@pytest.fixture
def client():
    with TestClient(app) as client:
        yield client


def test_a_note_is_kept(client):
    response = client.post("/", content="tea")
    assert response.status_code == 201
    assert client.get("/").json() == ["tea"]


def test_the_next_test_starts_afresh(client):
    assert client.get("/").json() == []
