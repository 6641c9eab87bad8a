import mimetypes
import os
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

# zh: 有些系统把 .js 登记成别的类型，浏览器就会拒绝执行模块。
# en: Some systems register .js as another type, and browsers then refuse to run modules.
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("text/javascript", ".mjs")
mimetypes.add_type("application/wasm", ".wasm")


def serve_pages(directory: Path) -> StaticFiles:
    # zh: html=True：目录用 index.html 应答，找不到时用这个目录自己的 404.html。
    # en: html=True: a folder answers with its index.html, a miss with the folder's own 404.html.
    return StaticFiles(
        directory=directory, html=True, check_dir=False
    )


def create_app(site: Path) -> Starlette:
    # zh: 先匹配的先用，所以英文在前：它有自己的 404 页。
    # en: The first match wins, so English comes first: it has a 404 page of its own.
    return Starlette(
        routes=[
            Mount("/en", serve_pages(site / "en")),
            Mount("/", serve_pages(site)),
        ]
    )


app = create_app(
    Path(os.environ.get("SITE_DIRECTORY", "site"))
)
