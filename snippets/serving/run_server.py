import argparse

import uvicorn

from snippets.serving.wait_briefly import WaitBriefly


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    address = parser.parse_args()
    uvicorn.run(
        "snippets.serving.serve_site:create_logged_app",
        factory=True,
        host=address.host,
        port=address.port,
        # zh: 太长的头部得到 400；h11 数它的长度，httptools 不数。
        # en: A head too long gets a 400: h11 measures, httptools not.
        http=WaitBriefly,
        h11_max_incomplete_event_size=16 * 1024,
        # zh: 再多的连接得到 503，已有的照常。
        # en: Connections beyond it get a 503, the others go on.
        limit_concurrency=1000,
        timeout_keep_alive=5,
        # zh: 收到 SIGTERM：不再接受，做完手里的，最多等十秒。
        # en: On SIGTERM: accept no more, finish, ten seconds at most.
        timeout_graceful_shutdown=10,
        ws="none",
        access_log=False,
        server_header=False,
        proxy_headers=False,
    )


if __name__ == "__main__":
    main()
