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
    status = 201
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(TABLES)
        connection.execute(
            "INSERT INTO orders VALUES ('unicorn')"
        )
        try:
            connection.commit()
        except sqlite3.IntegrityError:
            connection.rollback()
            status = 409
    await send({
        "type": "http.response.start",
        "status": status,
    })
    await send({"type": "http.response.body"})
