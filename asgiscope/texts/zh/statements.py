"""规范的每条要求，用我们自己的话，写成中文。

键是章节；句子按 ``spec/statements.py`` 里的顺序排列。
"""

from __future__ import annotations

from typing import Final

# 为什么没有检查。
REASONS: Final[dict[str, str]] = {
    "kept": "模拟服务器遵守它",
    "wire": "在边界上看不到",
    "advice": "一次运行看不出来",
    "freedom": "这里同样允许",
    "absent": "模拟服务器没有提供",
}

STATEMENTS: Final[dict[str, tuple[str, ...]]] = {
    "specs/main.html#overview": (
        "应用作为 asyncio 上的协程运行。",
        "应用用线程或进程运行同步代码。",
    ),
    "specs/main.html#connection-scope": ("协议有开场消息的，应用先等到它，再与对方通信。",),
    "specs/main.html#events": (
        "消息里只能有 bytes、str、64 位整数、有限的浮点数、列表、键为 str 的字典、布尔值和 None。",
    ),
    "specs/main.html#applications": (
        "应用是一个异步可调用对象，参数是 scope、receive 和 send。",
        "服务器尽量支持 ASGI 2 那种两次调用的形式。",
        "scope 是字典，带有 type 键，版本放在 asgi 键下。",
    ),
    "specs/main.html#protocol-specifications": (
        "消息有 type，其名称属于 scope 的协议。",
        "应用对不认识的协议用异常拒绝。",
    ),
    "specs/main.html#middleware": (
        "中间件修改 scope 之前先复制。",
        "中间件不保留已经传下去的 scope。",
    ),
    "specs/main.html#error-handling": (
        "服务器收到无效的消息，在 send 里抛出异常。",
        "应用收到无效的消息，抛出异常。",
        "消息里多出来的键不引发异常。",
        "应用抛出异常时，服务器结束它的连接。",
        "连接结束之后的消息不算错误，除非协议另有规定。",
        "send 抛出的异常从应用里冒出来时，不算服务器的错误。",
    ),
    "specs/main.html#extensions": (
        "服务器支持的扩展，在 extensions 里各有一项，值是字典。",
        "服务器提供了扩展，应用就发送它的消息。",
    ),
    "specs/www.html#spec-versions": ("服务器声明的版本里还没有的键，应用不发送。",),
    "specs/www.html#http": (
        "同一个 HTTP/2 或 HTTP/3 连接上的请求各有各的 scope。",
        "在 HTTP/2 和 HTTP/3 下，应用预料到会有多个 cookie 头部。",
    ),
    "specs/www.html#http-connection-scope": (
        "scheme 不为空。",
        "头部的值保持顺序，重复的头部保持重复。",
        "请求头部的名称是小写。",
        "去掉伪头部；authority 变成 host。",
        "分块传输的请求体交给应用时不带分块的格式。",
        "没有 content-length 的响应分块传输。",
    ),
    "specs/www.html#request-receive-event": ("应用持续接收，直到 more_body 为假。",),
    "specs/www.html#response-start-send-event": (
        "开始消息之后至少有一条 http.response.body。",
        "开始消息等到第一条 http.response.body 才发出。",
        "忽略应用给出的 transfer-encoding 头部。",
        "响应头部保持顺序。",
        "响应头名称是小写，并且没有伪头部。",
        "声明了尾部，服务器就等它。",
    ),
    "specs/www.html#response-body-send-event": (
        "send 返回之前，消息体的内容进入发送缓冲区。",
        "忽略响应结束之后的消息。",
    ),
    "specs/www.html#disconnected-client-send-exception": (
        "客户端离开之后，send 抛出服务器自己的 OSError 子类。",
        "应用捕获这个异常，做好清理。",
        "服务器自己抛出的异常从应用里冒出来时，服务器有准备。",
    ),
    "specs/www.html#disconnect-receive-event": (
        "收到 http.disconnect 之后，应用预料 send 会抛出异常。",
    ),
    "specs/www.html#websocket": ("ping、pong 和分片由服务器处理。",),
    "specs/www.html#websocket-connection-scope": ("应用结束时，它的套接字关闭。",),
    "specs/www.html#connect-receive-event": (
        "websocket.connect 用接受或关闭来答复。",
        "答复之前不完成握手；拒绝时的状态码是 403。",
    ),
    "specs/www.html#accept-send-event": (
        "子协议写在它的键里，不写在头部里。",
        "头部的名称是小写，并且没有伪头部。",
    ),
    "specs/www.html#receive-receive-event": ("bytes 和 text 恰好有一个不是 None。",),
    "specs/www.html#send-send-event": ("bytes 和 text 恰好有一个不是 None。",),
    "specs/www.html#disconnect-receive-event-ws": ("没有状态码的关闭帧报告为 1005。",),
    "specs/www.html#close-send-event": (
        "在接受之前关闭，就以 403 拒绝握手。",
        "在接受之后关闭，用应用给出的状态码，否则用 1000。",
    ),
    "specs/www.html#wsgi-compatibility": ("WSGI 应用在线程里运行。",),
    "specs/lifespan.html#the-lifespan-protocol": ("每个事件循环有一个 lifespan。",),
    "specs/lifespan.html#scope": ("应用对 lifespan 抛出异常时，服务器照常继续。",),
    "specs/lifespan.html#lifespan-state": (
        "state 里的键名避免冲突。",
        "每个请求得到 state 的浅拷贝。",
    ),
    "specs/lifespan.html#startup-complete-send-event": ("startup.complete 之前不处理任何连接。",),
    "specs/lifespan.html#startup-failed-send-event": (
        "收到 startup.failed 之后，服务器说明原因并退出。",
    ),
    "specs/lifespan.html#shutdown-complete-send-event": ("服务器等到 shutdown.complete 才退出。",),
    "specs/lifespan.html#shutdown-failed-send-event": (
        "收到 shutdown.failed 之后，服务器说明原因并退出。",
    ),
    "specs/tls.html#when-to-use-this-extension": ("只有 TLS 连接才有 TLS 扩展。",),
    "specs/tls.html#tls-connection-scope": ("有证书链时，同时给出主体名称。",),
    "extensions.html#websocket-denial-response": ("拒绝是一个完整的响应，后面不再有消息。",),
    "extensions.html#http-2-server-push": (
        "推送在响应开始之后、最后一条 http.response.body 之前发送。",
        "服务器把推送变成一个新的请求。",
    ),
    "extensions.html#zero-copy-send": ("应用关闭自己发送的文件。",),
    "extensions.html#path-send": ("路径只发送一次，并且不与消息体混用。",),
    "extensions.html#early-hints": (
        "提示在响应开始之前发送，有几条都行。",
        "服务器忽略提示。",
    ),
    "extensions.html#http-trailers": ("尾部在开始消息里声明，并在消息体之后发送。",),
    "extensions.html#debug": (
        "调试信息只发送一次，并且在响应开始之前。",
        "生产环境的服务器不提供它。",
    ),
}
