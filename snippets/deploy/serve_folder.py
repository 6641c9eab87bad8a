from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

files = StaticFiles(directory="site", html=True)
app = Starlette(routes=[Mount("/", files)])
