import sqlite3
from contextlib import closing

TABLES = """
PRAGMA foreign_keys = ON;
CREATE TABLE items (name TEXT PRIMARY KEY);
CREATE TABLE orders (item TEXT REFERENCES items
    DEFERRABLE INITIALLY DEFERRED);
"""


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(TABLES)
        connection.execute(
            "INSERT INTO orders VALUES ('unicorn')"
        )
        await send({
            "type": "http.response.start",
            "status": 201,
        })
        await send({"type": "http.response.body"})
        # zh: app-raised：提交时才检查外键，可是 201 已经发走了。
        # en: app-raised: the key is checked now, but 201 is gone.
        connection.commit()
