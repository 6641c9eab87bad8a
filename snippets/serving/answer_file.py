from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp

from snippets.serving.check_conditions import check_conditions
from snippets.serving.choose_copy import choose_copy
from snippets.serving.index_site import File
from snippets.serving.send_copy import send_copy


def answer_file(file: File, method: str, asked: Headers) -> ASGIApp:
    copy = choose_copy(file, asked.get("accept-encoding", ""))
    status = check_conditions(asked, copy.headers)
    if status == 200:
        return send_copy(copy, method, asked)
    if status == 412:
        return Response(None, 412)
    answer = Response(None, 304, copy.headers)
    del answer.headers["content-type"]
    return answer
