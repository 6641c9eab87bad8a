from starlette.datastructures import Headers
from starlette.responses import Response

from snippets.serving.check_conditions import check_conditions
from snippets.serving.choose_copy import choose_copy
from snippets.serving.index_site import File
from snippets.serving.mend_range import RangeResponse


def answer_file(file: File, asked: Headers) -> Response:
    copy = choose_copy(file, asked.get("accept-encoding", ""))
    headers, stat = copy.headers, copy.stat
    status = check_conditions(asked, headers)
    if status != 200:
        answer = Response(None, status, headers)
        del answer.headers["content-type"]
        return answer
    if copy.body is not None and "range" not in asked:
        return Response(copy.body, status, headers)
    return RangeResponse(
        copy.path, headers=headers, stat_result=stat
    )
