import argparse

import uvicorn

from snippets.serving.log_sparingly import LOGGING
from snippets.serving.raise_limit import raise_limit
from snippets.serving.wait_briefly import WaitBriefly


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    address = parser.parse_args()
    # zh: 连接四分之一，它们的文件四分之一，其余给正在到来的。
    # en: A quarter each for connections and files, else newcomers.
    limit = raise_limit(4 * WaitBriefly.most)
    WaitBriefly.most = limit // 4
    uvicorn.run(
        "snippets.serving.serve_site:create_logged_app",
        factory=True,
        host=address.host,
        port=address.port,
        # zh: 太长的头部得到 400；h11 数它的长度，httptools 不数。
        # en: A head too long gets a 400: h11 measures, httptools not.
        http=WaitBriefly,
        h11_max_incomplete_event_size=16 * 1024,
        # zh: 一次最多接受这么多连接，多了就先让出位置。
        # en: So many are accepted at once, before room is made.
        backlog=min(limit // 8, 128),
        timeout_keep_alive=5,
        # zh: 收到 SIGTERM：不再接受，做完手里的，最多等十秒。
        # en: On SIGTERM: accept no more, finish, ten seconds at most.
        timeout_graceful_shutdown=10,
        ws="none",
        access_log=False,
        log_config=LOGGING,
        server_header=False,
        proxy_headers=False,
    )


if __name__ == "__main__":
    main()
