"""一条规则在特殊情况下的中文说明；其余的见 ``TEXTS``。

键由规则和区分情况的值组成：它的 "case"、"limit" 或 "type"。
"""

from __future__ import annotations

from typing import Final

Words = tuple[str, str, str]


def _raised(place: str, so: str, fix: str) -> Words:
    text = place + "抛出了 {exception}。{and_causes}" + so
    return ("应用抛出了异常", text, fix)


_START: Final = _raised(
    "还没有开始响应，应用就",
    "客户端得到服务器给的 500。",
    "改正抛出异常的地方，或者在应用里处理它，发送自己的响应。",
)
_BODY: Final = _raised(
    "响应发到一半，应用",
    "状态码已经发出，服务器只能切断连接：客户端拿到的是不完整的消息体。",
    "把可能失败的事放在 http.response.start 之前做，或者处理异常，正常结束消息体。",
)
_OVER: Final = _raised(
    "响应发完之后，应用",
    "客户端已经拿到响应，不知道这件事；服务器会把异常写进日志。",
    "改正抛出异常的地方，比如后台任务，或者响应之后的清理。",
)
_ANSWERED: Final = _raised(
    "应用",
    "应用或它的框架已经答复了 500，再把异常交给服务器，由服务器写进日志。",
    "改正抛出异常的地方。",
)
_GONE: Final = _raised(
    "客户端离开之后，应用",
    "已经没有人在等响应；服务器会把异常写进日志。",
    "看看是不是清理时抛出的。如果只是因为连接没了，就让应用安静地结束。",
)
_HANDSHAKE: Final = _raised(
    "还没有答复握手，应用就",
    "服务器用 500 拒绝握手。",
    "改正抛出异常的地方，或者自己发送 websocket.close 拒绝连接。",
)
_OPEN: Final = _raised(
    "连接打开着，应用",
    "服务器用状态码 1011 关闭连接。",
    "改正抛出异常的地方，或者处理它，用自己的状态码发送 websocket.close。",
)
_SERVING: Final = _raised(
    "启动之后，应用在 lifespan 里",
    "服务器继续处理请求，但是关闭时已经没有谁可以通知：该清理的不会清理。",
    "改正抛出异常的地方；一直运行的任务要自己处理异常。",
)
_STOPPING: Final = _raised(
    "关闭过程中，应用",
    "剩下的清理没有运行；服务器把异常写进日志，然后停止。",
    "每样东西都放在自己的 `finally` 里清理，或者发送 lifespan.shutdown.failed。",
)

_ENDED: Final = _raised(
    "最后一次答复之后，应用在 lifespan 里",
    "服务器已经拿到答复，正在停止；它会把异常写进日志。",
    "答复之后就返回，或者改正抛出异常的地方。",
)
_CANCELLED_LIFE: Final = (
    "应用以 CancelledError 结束",
    "应用的 lifespan 抛出了 CancelledError，而服务器并没有取消它：应用在这一行等待一个已经取消的任务，或者取消了自己。lifespan 到此为止，启动和关闭时还没有运行的代码不会再运行。",
    "等待自己取消的任务时，把它捕获：`with contextlib.suppress(asyncio.CancelledError): await task`。",
)

_TYPES_FIX: Final = "消息体和头部用 bytes，不用 str：字面量前面加 b，别处用 .encode()。"

CASES: Final[dict[str, Words]] = {
    "app-raised/start": _START,
    "app-raised/start-debugged": _START,
    "app-raised/body": _BODY,
    "app-raised/body-trailers": _BODY,
    "app-raised/trailers": _BODY,
    "app-raised/complete": _OVER,
    "app-raised/answered": _ANSWERED,
    "app-raised/gone": _GONE,
    "app-raised/handshake": _HANDSHAKE,
    "app-raised/open": _OPEN,
    "app-raised/started": _SERVING,
    "app-raised/stopping": _STOPPING,
    "app-raised/stopped": _ENDED,
    "app-raised/failed": _ENDED,
    **{
        f"app-cancelled/{state}": _CANCELLED_LIFE
        for state in ("idle", "starting", "started", "stopping", "stopped", "failed")
    },
    "app-stuck/client-left": (
        "应用在等永远不会来的东西",
        "客户端已经离开，应用还停在这一行，等的事已经不可能发生。{and_waits}",
        "让应用知道客户端走了：`await receive()` 会给出 http.disconnect 或 websocket.disconnect；或者用 `asyncio.timeout` 限制等待的时间。",
    ),
    "app-over-budget/turns": (
        "运行被中止",
        "应用不停地运行，时间却不往前走：在虚拟时间第 {seconds} 秒，事件循环转的圈数超过了一次运行的上限。",
        "找找从不真正等待的循环，比如 `await asyncio.sleep(0)`，或者 await 一个总是就绪的东西。",
    ),
    "app-over-budget/loop": (
        "运行被中止",
        "这一行的循环没完没了，一直没有交回控制权；在服务器上，所有别的连接都会停住。",
        "让循环能够结束，或者在里面加一个真正会等待的 `await`。",
    ),
    "app-over-budget/seconds": (
        "运行被中止",
        "虚拟时间过了 {seconds} 秒，仍未结束。",
        "让循环能够结束：流式响应要在 `receive()` 给出 http.disconnect 或 `send()` 抛出异常时停下。也可以让客户端离开，用步骤 `disconnect`。",
    ),
    "app-over-budget/events": (
        "运行被中止",
        "到虚拟时间第 {seconds} 秒，发生的事已经多得一次运行记不下，而且还没有结束。",
        "让循环能够结束：流式响应要在 `receive()` 给出 http.disconnect 或 `send()` 抛出异常时停下。",
    ),
    "app-exception-unseen/task": (
        "有任务失败了，却没有人知道",
        "有任务以 {exception} 结束：{tasks}。{and_causes}没有谁 await 它，应用就像什么也没发生一样继续。",
        "留住这个任务并 await 它，或者用 `asyncio.TaskGroup`，或者在任务里捕获异常；asyncio 只会在很久以后写一条日志。",
    ),
    "app-error-logged/exception": (
        "应用把一个异常写进了日志",
        "{logger} 记录了 {exception}，文字是：{text}。{and_causes}",
        "应用已经捕获它，服务器不会理会。看看抛出它的那一行要不要改。",
    ),
    "message-key-type/bytes-expected": (
        "值的类型不对",
        "{type} 的 {key} 键应当是 {expected}，这里却是 {found}。",
        _TYPES_FIX,
    ),
    "http-after-complete/http.response.start": (
        "两处代码答复了同一个请求",
        "这个请求的响应已经完整发出，又发送了 http.response.start。第二个响应被忽略，客户端拿到的是第一个。",
        "找出答复的两处：常见的是处理函数已经发送了响应，后面的代码又答复一次，或者中间件把应用调用了两次。在第一处之后 `return`。",
    ),
    "http-after-disconnect/server": (
        "客户端已经离开",
        "客户端断开之后又发送了 {type}。规范从 2.4 版起要求服务器这时抛出 OSError；以前的 send() 什么也不做。",
        "两种情形都要顾到：让 OSError 结束这次调用；响应很长时，在一旁等待 http.disconnect。",
    ),
    "http-after-disconnect/silent": (
        "客户端已经离开",
        "客户端断开之后又发送了 {type}。这个服务器声明的规范版本早于 2.4，所以 send() 什么也没做。",
        "在这样的服务器上，只有 receive() 会告诉你：响应很长时，在一旁等待 http.disconnect，等到就停下。",
    ),
    "http-no-response/body-taken": (
        "没有响应",
        "应用在 receive() 里等请求体的后续，可是请求体在事件 {taken} 就已经全部交给它了。不会再有别的，它会一直等到客户端离开。",
        "请求体只在一处读，读到 more_body 为 False。中间件如果读了它，就要留下来，再用自己的 `receive` 交给后面。",
    ),
    "http-no-response/waits": (
        "没有响应",
        "应用一直在 receive() 里等，没有发送 http.response.start。",
        "发送响应；请求体读完之后，receive() 要到客户端离开才会返回。",
    ),
    "http-response-unfinished/body-taken": (
        "响应没有结束",
        "响应已经开始，应用却在 receive() 里等请求体的后续，可是请求体在事件 {taken} 就已经全部交给它了。",
        "先发送最后一条 http.response.body（more_body 为 False，或没有这个键），再等客户端离开。",
    ),
    "http-response-unfinished/waits": (
        "响应没有结束",
        "响应已经开始，应用却一直在 receive() 里等，没有发送最后一条 http.response.body。",
        "先发送最后一条 http.response.body（more_body 为 False，或没有这个键），再等客户端离开。",
    ),
    "http-transfer-encoding-not-ignored/with-length": (
        "有两个头部在说消息体有多长",
        "应用同时设置了 content-length 和 transfer-encoding: {value}。响应不能两个都有，而有的服务器会照样发出：代理可能把两个响应当成一个。",
        "去掉 transfer-encoding；消息体怎样分界由服务器决定。",
    ),
    "websocket-after-disconnect/server": (
        "客户端已经离开",
        "客户端离开之后又发送了 {type}。规范从 2.4 版起要求服务器这时抛出 OSError；以前的 send() 什么也不做。",
        "两种情形都要顾到：把 OSError 当作连接的结束；receive() 给出 websocket.disconnect 时就停下。",
    ),
    "websocket-after-disconnect/silent": (
        "客户端已经离开",
        "客户端离开之后又发送了 {type}。这个服务器声明的规范版本早于 2.4，所以 send() 什么也没做。",
        "receive() 给出 websocket.disconnect 时就停下。",
    ),
    "websocket-after-close/silent": (
        "连接已经关闭",
        "应用自己关闭或拒绝连接之后，又发送了 {type}；send() 什么也没做。",
        "websocket.close 之后不要再发送。如果把连接存在列表里，就在 `finally` 里取出来。",
    ),
    "websocket-no-reply/waits": (
        "握手一直没有答复",
        "应用取走了 websocket.connect，又在 receive() 里等下一条消息；可是握手得到答复之前，客户端什么也不会发。",
        "先发送 websocket.accept 或 websocket.close，再接收消息。",
    ),
    "lifespan-unsupported/accident": (
        "应用把 lifespan 当成了请求",
        "应用对 lifespan scope 抛出了 {exception}，看来不是有意的。{and_causes}服务器会当作应用不懂 lifespan，照常继续：启动和关闭时该运行的代码没有运行，以后也不会。",
        '先看 scope["type"]。应用不需要 lifespan，就有意地抛出异常；需要，就处理 lifespan.startup 和 lifespan.shutdown。',
    ),
    "lifespan-startup-no-reply/waits": (
        "启动没有得到答复",
        "应用取走了 lifespan.startup，又在 receive() 里等下一条消息；服务器在等答复，一个请求也不会处理。",
        "先发送 lifespan.startup.complete 或 lifespan.startup.failed，再接收。",
    ),
    "lifespan-shutdown-no-reply/waits": (
        "关闭没有得到答复",
        "应用取走了 lifespan.shutdown，又去 receive()；不会再有别的消息，而服务器在等答复。",
        "全部清理完之后发送 lifespan.shutdown.complete，然后返回。",
    ),
}
