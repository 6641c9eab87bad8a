"""Every must, should and may of the specification, in our own words, and what becomes of it here.

A statement is checked by rules, or it is one of these (``REASONS`` says why it is not checked):

* ``kept``: it binds the server, and the mock server keeps it;
* ``wire``: it is about bytes on a socket, which the boundary of server and app does not show;
* ``advice``: it is about how an app is built, which one run cannot show;
* ``freedom``: it allows something; the mock server or its checks allow it too;
* ``absent``: it is about something that the mock server does not offer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from .model import SPECIFICATION

Verb = Literal["must", "should", "may"]
Who = Literal["app", "server"]
Reason = Literal["kept", "wire", "advice", "freedom", "absent"]


@dataclass(frozen=True)
class Statement:
    """One sentence of the specification that binds or frees somebody.

    The texts say what is done, and the verb, which stands before them, how far that binds.
    """

    verb: Verb
    who: Who
    section: str
    en: str
    zh: str
    rules: tuple[str, ...] = ()
    reason: Reason | None = None

    @property
    def url(self) -> str:
        return SPECIFICATION + self.section


REASONS: Final[dict[str, dict[str, str]]] = {
    "kept": {"en": "the mock server keeps it", "zh": "模拟服务器遵守它"},
    "wire": {"en": "not visible at the boundary", "zh": "在边界上看不到"},
    "advice": {"en": "not visible in one run", "zh": "一次运行看不出来"},
    "freedom": {"en": "allowed here too", "zh": "这里同样允许"},
    "absent": {"en": "not offered by the mock server", "zh": "模拟服务器没有提供"},
}

_MAIN = "specs/main.html#"
_WWW = "specs/www.html#"
_LIFE = "specs/lifespan.html#"
_TLS = "specs/tls.html#"
_EXT = "extensions.html#"
_HEADER_RULES = ("http-header-lowercase", "http-header-pseudo")

STATEMENTS: Final[tuple[Statement, ...]] = (
    # asgi.rst
    Statement(
        "must",
        "app",
        _MAIN + "overview",
        "An app runs as a coroutine on asyncio.",
        "应用作为 asyncio 上的协程运行。",
        ("app-not-awaitable",),
    ),
    Statement(
        "may",
        "app",
        _MAIN + "overview",
        "An app uses threads or processes for synchronous code.",
        "应用用线程或进程运行同步代码。",
        reason="freedom",
    ),
    Statement(
        "must",
        "app",
        _MAIN + "connection-scope",
        "Where the protocol opens with a message, an app waits for it before it communicates.",
        "协议有开场消息的，应用先等到它，再与对方通信。",
        ("websocket-connect-first", "lifespan-startup-first"),
    ),
    Statement(
        "must",
        "app",
        _MAIN + "events",
        "Messages hold only bytes, str, 64-bit int, finite float, list, dict with str keys, bool and None.",
        "消息里只能有 bytes、str、64 位整数、有限的浮点数、列表、键为 str 的字典、布尔值和 None。",
        ("message-key-type", "message-bytes-like"),
    ),
    Statement(
        "should",
        "app",
        _MAIN + "applications",
        "An app is one async callable of scope, receive and send.",
        "应用是一个异步可调用对象，参数是 scope、receive 和 send。",
        ("app-not-callable", "app-signature", "app-two-callables"),
    ),
    Statement(
        "should",
        "server",
        _MAIN + "applications",
        "Servers try to support the two callables of ASGI 2.",
        "服务器尽量支持 ASGI 2 那种两次调用的形式。",
        reason="kept",
    ),
    Statement(
        "must",
        "server",
        _MAIN + "applications",
        "The scope is a dict with a type, and with the versions under asgi.",
        "scope 是字典，带有 type 键，版本放在 asgi 键下。",
        reason="kept",
    ),
    Statement(
        "must",
        "app",
        _MAIN + "protocol-specifications",
        "A message has a type, named after the protocol of its scope.",
        "消息有 type，其名称属于 scope 的协议。",
        ("message-type-missing", "message-of-other-protocol"),
    ),
    Statement(
        "should",
        "app",
        _MAIN + "protocol-specifications",
        "An app rejects a protocol it does not understand with an exception.",
        "应用对不认识的协议用异常拒绝。",
        ("lifespan-startup-no-reply", "http-no-response", "websocket-no-reply"),
    ),
    Statement(
        "should",
        "app",
        _MAIN + "middleware",
        "Middleware copies the scope before it changes it.",
        "中间件修改 scope 之前先复制。",
        reason="advice",
    ),
    Statement(
        "should",
        "app",
        _MAIN + "middleware",
        "Middleware does not keep a scope that it has passed on.",
        "中间件不保留已经传下去的 scope。",
        reason="advice",
    ),
    Statement(
        "should",
        "server",
        _MAIN + "error-handling",
        "A server raises out of send for an invalid message.",
        "服务器收到无效的消息，在 send 里抛出异常。",
        (
            "message-not-dict",
            "message-type-unknown",
            "message-key-missing",
            "message-key-type",
            "message-of-server",
        ),
    ),
    Statement(
        "should",
        "app",
        _MAIN + "error-handling",
        "An app raises when it receives an invalid message.",
        "应用收到无效的消息，抛出异常。",
        reason="absent",
    ),
    Statement(
        "should",
        "server",
        _MAIN + "error-handling",
        "Further keys in a message do not raise.",
        "消息里多出来的键不引发异常。",
        ("message-key-unknown",),
    ),
    Statement(
        "must",
        "server",
        _MAIN + "error-handling",
        "When an app raises, its connection is ended.",
        "应用抛出异常时，服务器结束它的连接。",
        ("app-raised",),
    ),
    Statement(
        "should",
        "server",
        _MAIN + "error-handling",
        "Messages after the end of a connection are not errors, unless a protocol says so.",
        "连接结束之后的消息不算错误，除非协议另有规定。",
        ("http-after-complete", "websocket-after-close"),
    ),
    Statement(
        "should",
        "server",
        _MAIN + "error-handling",
        "What send raises does not count as an error of the server when it comes out of the app.",
        "send 抛出的异常从应用里冒出来时，不算服务器的错误。",
        reason="kept",
    ),
    Statement(
        "should",
        "server",
        _MAIN + "extensions",
        "A supported extension has an entry, a dict, under extensions.",
        "服务器支持的扩展，在 extensions 里各有一项，值是字典。",
        reason="kept",
    ),
    Statement(
        "may",
        "app",
        _MAIN + "extensions",
        "An app sends an extension's messages where the extension is offered.",
        "服务器提供了扩展，应用就发送它的消息。",
        ("extension-not-offered",),
    ),
    # www.rst: HTTP
    Statement(
        "must",
        "app",
        _WWW + "spec-versions",
        "A key that is newer than the version that the server claims is not sent.",
        "服务器声明的版本里还没有的键，应用不发送。",
        ("message-key-newer",),
    ),
    Statement(
        "should",
        "server",
        _WWW + "http",
        "Requests on one HTTP/2 or HTTP/3 connection have scopes of their own.",
        "同一个 HTTP/2 或 HTTP/3 连接上的请求各有各的 scope。",
        reason="kept",
    ),
    Statement(
        "should",
        "app",
        _WWW + "http",
        "Under HTTP/2 and HTTP/3 an app expects several cookie headers.",
        "在 HTTP/2 和 HTTP/3 下，应用预料到会有多个 cookie 头部。",
        reason="advice",
    ),
    Statement(
        "must",
        "server",
        _WWW + "http-connection-scope",
        "A scheme is never empty.",
        "scheme 不为空。",
        reason="kept",
    ),
    Statement(
        "must",
        "server",
        _WWW + "http-connection-scope",
        "Header values keep their order, and repeated headers stay repeated.",
        "头部的值保持顺序，重复的头部保持重复。",
        reason="kept",
    ),
    Statement(
        "should",
        "server",
        _WWW + "http-connection-scope",
        "Names of request headers are in lower case.",
        "请求头部的名称是小写。",
        reason="kept",
    ),
    Statement(
        "must",
        "server",
        _WWW + "http-connection-scope",
        "Pseudo-headers are removed; the authority becomes host.",
        "去掉伪头部；authority 变成 host。",
        reason="wire",
    ),
    Statement(
        "should",
        "server",
        _WWW + "http-connection-scope",
        "Chunked request bodies reach the app without their framing.",
        "分块传输的请求体交给应用时不带分块的格式。",
        reason="kept",
    ),
    Statement(
        "may",
        "server",
        _WWW + "http-connection-scope",
        "A response without content-length is chunked.",
        "没有 content-length 的响应分块传输。",
        reason="wire",
    ),
    Statement(
        "should",
        "app",
        _WWW + "request-receive-event",
        "An app waits for the piece that says that no more follows.",
        "应用持续接收，直到 more_body 为假。",
        ("http-no-response",),
    ),
    Statement(
        "must",
        "app",
        _WWW + "response-start-send-event",
        "The start is followed by at least one body message.",
        "开始消息之后至少有一条 http.response.body。",
        ("http-start-first", "http-start-once", "http-response-unfinished"),
    ),
    Statement(
        "may",
        "server",
        _WWW + "response-start-send-event",
        "The start leaves no earlier than the first body message.",
        "开始消息等到第一条 http.response.body 才发出。",
        reason="freedom",
    ),
    Statement(
        "must",
        "server",
        _WWW + "response-start-send-event",
        "A transfer-encoding header of the app is ignored.",
        "忽略应用给出的 transfer-encoding 头部。",
        ("http-transfer-encoding",),
    ),
    Statement(
        "must",
        "server",
        _WWW + "response-start-send-event",
        "Response headers keep their order.",
        "响应头部保持顺序。",
        reason="kept",
    ),
    Statement(
        "must",
        "app",
        _WWW + "response-start-send-event",
        "Names of response headers are in lower case, and none is a pseudo-header.",
        "响应头名称是小写，并且没有伪头部。",
        _HEADER_RULES,
    ),
    Statement(
        "must",
        "server",
        _WWW + "response-start-send-event",
        "Where trailers are announced, the server waits for them.",
        "声明了尾部，服务器就等它。",
        ("http-trailers-missing",),
    ),
    Statement(
        "must",
        "server",
        _WWW + "response-body-send-event",
        "What a body message holds is in the send buffer before send returns.",
        "send 返回之前，消息体的内容进入发送缓冲区。",
        reason="kept",
    ),
    Statement(
        "must",
        "server",
        _WWW + "response-body-send-event",
        "After the end of the response, messages are ignored.",
        "忽略响应结束之后的消息。",
        ("http-after-complete",),
    ),
    Statement(
        "should",
        "server",
        _WWW + "disconnected-client-send-exception",
        "send raises an OSError of the server's own once the client has gone.",
        "客户端离开之后，send 抛出服务器自己的 OSError 子类。",
        ("http-after-disconnect", "websocket-after-disconnect"),
    ),
    Statement(
        "may",
        "app",
        _WWW + "disconnected-client-send-exception",
        "An app catches that exception to clean up.",
        "应用捕获这个异常，做好清理。",
        reason="freedom",
    ),
    Statement(
        "must",
        "server",
        _WWW + "disconnected-client-send-exception",
        "A server is prepared for its own exception coming back out of the app.",
        "服务器自己抛出的异常从应用里冒出来时，服务器有准备。",
        reason="kept",
    ),
    Statement(
        "should",
        "app",
        _WWW + "disconnect-receive-event",
        "After http.disconnect an app expects send to raise.",
        "收到 http.disconnect 之后，应用预料 send 会抛出异常。",
        ("http-after-disconnect",),
    ),
    # www.rst: WebSocket
    Statement(
        "should",
        "server",
        _WWW + "websocket",
        "Ping, pong and fragments are the server's business.",
        "ping、pong 和分片由服务器处理。",
        reason="wire",
    ),
    Statement(
        "should",
        "server",
        _WWW + "websocket-connection-scope",
        "When the app ends, its socket is closed.",
        "应用结束时，它的套接字关闭。",
        ("websocket-not-closed",),
    ),
    Statement(
        "must",
        "app",
        _WWW + "connect-receive-event",
        "websocket.connect is answered by accept or close.",
        "websocket.connect 用接受或关闭来答复。",
        ("websocket-accept-first", "websocket-accept-once", "websocket-no-reply"),
    ),
    Statement(
        "must",
        "server",
        _WWW + "connect-receive-event",
        "The handshake is not completed before the answer; a denial is status 403.",
        "答复之前不完成握手；拒绝时的状态码是 403。",
        reason="kept",
    ),
    Statement(
        "must",
        "app",
        _WWW + "accept-send-event",
        "The subprotocol goes into its key, not into a header.",
        "子协议写在它的键里，不写在头部里。",
        ("websocket-subprotocol-header",),
    ),
    Statement(
        "must",
        "app",
        _WWW + "accept-send-event",
        "Names of headers are in lower case, and none is a pseudo-header.",
        "头部的名称是小写，并且没有伪头部。",
        _HEADER_RULES,
    ),
    Statement(
        "must",
        "server",
        _WWW + "receive-receive-event",
        "Exactly one of bytes and text is not None.",
        "bytes 和 text 恰好有一个不是 None。",
        reason="kept",
    ),
    Statement(
        "must",
        "app",
        _WWW + "send-send-event",
        "Exactly one of bytes and text is not None.",
        "bytes 和 text 恰好有一个不是 None。",
        ("websocket-send-both", "websocket-send-empty"),
    ),
    Statement(
        "should",
        "server",
        _WWW + "disconnect-receive-event-ws",
        "A close frame without a code is told as 1005.",
        "没有状态码的关闭帧报告为 1005。",
        reason="kept",
    ),
    Statement(
        "must",
        "server",
        _WWW + "close-send-event",
        "Close before accept denies the handshake with 403.",
        "在接受之前关闭，就以 403 拒绝握手。",
        reason="kept",
    ),
    Statement(
        "must",
        "server",
        _WWW + "close-send-event",
        "Close after accept uses the app's code, or 1000.",
        "在接受之后关闭，用应用给出的状态码，否则用 1000。",
        ("websocket-close-code",),
    ),
    # www.rst: WSGI
    Statement(
        "must",
        "server",
        _WWW + "wsgi-compatibility",
        "WSGI apps run in threads.",
        "WSGI 应用在线程里运行。",
        reason="absent",
    ),
    # lifespan.rst
    Statement(
        "should",
        "server",
        _LIFE + "the-lifespan-protocol",
        "There is one lifespan for each event loop.",
        "每个事件循环有一个 lifespan。",
        reason="kept",
    ),
    Statement(
        "must",
        "server",
        _LIFE + "scope",
        "If the app raises for lifespan, the server goes on without it.",
        "应用对 lifespan 抛出异常时，服务器照常继续。",
        ("lifespan-unsupported", "lifespan-startup-raised"),
    ),
    Statement(
        "should",
        "app",
        _LIFE + "lifespan-state",
        "Keys of the state are named so that they do not collide.",
        "state 里的键名避免冲突。",
        reason="advice",
    ),
    Statement(
        "must",
        "server",
        _LIFE + "lifespan-state",
        "Each request gets a shallow copy of the state.",
        "每个请求得到 state 的浅拷贝。",
        reason="kept",
    ),
    Statement(
        "must",
        "server",
        _LIFE + "startup-complete-send-event",
        "No connection is served before startup.complete.",
        "startup.complete 之前不处理任何连接。",
        ("lifespan-startup-no-reply", "lifespan-startup-once"),
    ),
    Statement(
        "should",
        "server",
        _LIFE + "startup-failed-send-event",
        "After startup.failed the server says why and exits.",
        "收到 startup.failed 之后，服务器说明原因并退出。",
        reason="kept",
    ),
    Statement(
        "must",
        "server",
        _LIFE + "shutdown-complete-send-event",
        "The server waits for shutdown.complete before it exits.",
        "服务器等到 shutdown.complete 才退出。",
        (
            "lifespan-shutdown-no-reply",
            "lifespan-shutdown-first",
            "lifespan-ended-early",
            "lifespan-after-end",
        ),
    ),
    Statement(
        "should",
        "server",
        _LIFE + "shutdown-failed-send-event",
        "After shutdown.failed the server says why and exits.",
        "收到 shutdown.failed 之后，服务器说明原因并退出。",
        reason="kept",
    ),
    # tls.rst
    Statement(
        "must",
        "server",
        _TLS + "when-to-use-this-extension",
        "The TLS extension is there only on TLS connections.",
        "只有 TLS 连接才有 TLS 扩展。",
        reason="absent",
    ),
    Statement(
        "must",
        "server",
        _TLS + "tls-connection-scope",
        "A certificate chain comes with the name of its subject.",
        "有证书链时，同时给出主体名称。",
        reason="absent",
    ),
    # extensions.rst
    Statement(
        "must",
        "app",
        _EXT + "websocket-denial-response",
        "A denial is a whole response, and nothing follows it.",
        "拒绝是一个完整的响应，后面不再有消息。",
        (
            "websocket-denial-start-first",
            "websocket-denial-start-once",
            "websocket-denial-only",
            "websocket-denial-late",
            "websocket-denial-unfinished",
        ),
    ),
    Statement(
        "must",
        "app",
        _EXT + "http-2-server-push",
        "A push comes after the start and before the last body message.",
        "推送在响应开始之后、最后一条 http.response.body 之前发送。",
        ("http-push-early", "http-after-complete", *_HEADER_RULES),
    ),
    Statement(
        "should",
        "server",
        _EXT + "http-2-server-push",
        "The server makes a new request of the push.",
        "服务器把推送变成一个新的请求。",
        reason="absent",
    ),
    Statement(
        "should",
        "app",
        _EXT + "zero-copy-send",
        "The app closes the file that it sent.",
        "应用关闭自己发送的文件。",
        reason="advice",
    ),
    Statement(
        "must",
        "app",
        _EXT + "path-send",
        "A path is sent once, and not mixed with body messages.",
        "路径只发送一次，并且不与消息体混用。",
        ("http-pathsend-mixed",),
    ),
    Statement(
        "must",
        "app",
        _EXT + "early-hints",
        "Hints come before the start, as many as there are.",
        "提示在响应开始之前发送，有几条都行。",
        ("http-early-hint-late",),
    ),
    Statement(
        "may",
        "server",
        _EXT + "early-hints",
        "A server ignores hints.",
        "服务器忽略提示。",
        reason="freedom",
    ),
    Statement(
        "must",
        "app",
        _EXT + "http-trailers",
        "Trailers are announced in the start and come after the body.",
        "尾部在开始消息里声明，并在消息体之后发送。",
        (
            "http-trailers-not-announced",
            "http-trailers-early",
            "http-body-before-trailers",
            "http-trailers-missing",
            *_HEADER_RULES,
        ),
    ),
    Statement(
        "must",
        "app",
        _EXT + "debug",
        "Debug information is sent once, before the start.",
        "调试信息只发送一次，并且在响应开始之前。",
        ("http-debug-late", "http-debug-once"),
    ),
    Statement(
        "should",
        "server",
        _EXT + "debug",
        "Servers in production do not offer it.",
        "生产环境的服务器不提供它。",
        reason="freedom",
    ),
)
