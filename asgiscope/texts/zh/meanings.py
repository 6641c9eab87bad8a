"""每个 scope 和消息的键是什么意思：中文，一句话。"""

from __future__ import annotations

from typing import Final

SCOPES: Final[dict[str, dict[str, str]]] = {
    "http": {
        "type": '总是 "http"。',
        "asgi": '版本：ASGI 本身的 "version"（缺少时视为 "2.0"）和 HTTP 与 WebSocket 格式的'
        ' "spec_version"（缺少时视为 "2.0"）。',
        "http_version": '请求所用的 HTTP 版本："1.0"、"1.1"、"2" 或 "3"。',
        "method": "请求方法，大写。",
        "scheme": 'URL 的协议，"http" 或 "https"，不会为空。',
        "path": "不含查询字符串的路径，已经做过百分号解码和 UTF-8 解码。",
        "raw_path": "未经解码的原始路径，不含查询字符串；有的服务器给不出来。",
        "query_string": "问号后面的部分，类型是 bytes，仍是百分号编码。",
        "root_path": "应用挂载的位置，也就是 WSGI 的 SCRIPT_NAME；path 里包含它。",
        "headers": "由名称和值组成的 bytes 对，保持到来的顺序，重复的不合并；名称应当是小写。",
        "client": "客户端的地址和端口，或者 None。",
        "server": "服务器监听的地址和端口；如果是 Unix 套接字，则是路径和 None。",
        "state": "应用在 lifespan 的 state 里存放的内容，是一份浅拷贝；服务器不支持时没有这个键。",
        "extensions": "这台服务器在核心规范之外提供的扩展，以名称为键。",
    },
    "websocket": {
        "type": '总是 "websocket"。',
        "asgi": '版本：ASGI 本身的 "version"（缺少时视为 "2.0"）和 HTTP 与 WebSocket 格式的'
        ' "spec_version"（缺少时视为 "2.0"）。',
        "http_version": '握手所用的 HTTP 版本："1.1" 或 "2"。',
        "scheme": 'URL 的协议，"ws" 或 "wss"，不会为空。',
        "path": "不含查询字符串的路径，已经做过百分号解码和 UTF-8 解码。",
        "raw_path": "未经解码的原始路径，不含查询字符串；有的服务器给不出来。",
        "query_string": "问号后面的部分，类型是 bytes，仍是百分号编码。",
        "root_path": "应用挂载的位置，也就是 WSGI 的 SCRIPT_NAME；path 里包含它。",
        "headers": "随握手而来的头部，由名称和值组成的 bytes 对；名称应当是小写。",
        "client": "客户端的地址和端口，或者 None。",
        "server": "服务器监听的地址和端口；如果是 Unix 套接字，则是路径和 None。",
        "subprotocols": "客户端提出的子协议；应用可以从中选一个。",
        "state": "应用在 lifespan 的 state 里存放的内容，是一份浅拷贝；服务器不支持时没有这个键。",
        "extensions": "这台服务器在核心规范之外提供的扩展，以名称为键。",
    },
    "lifespan": {
        "type": '总是 "lifespan"。',
        "asgi": '版本：ASGI 本身的 "version" 和 lifespan 格式的 "spec_version"'
        '（缺少时视为 "1.0"）。',
        "state": "一个空字典，应用可以在里面存放处理请求时要用的东西；服务器不支持时没有这个键。",
    },
}

MESSAGES: Final[dict[str, str]] = {
    "http.request": "请求体的一段，可能为空，也可能就是全部。",
    "http.disconnect": "客户端已经离开，或者响应已经结束。",
    "http.response.start": "状态码和头部；后面必须跟着消息体。",
    "http.response.body": "响应体的一段。",
    "http.response.trailers": "消息体之后的头部字段。",
    "http.response.push": "请服务器向 HTTP/2 客户端推送另一个资源。",
    "http.response.zerocopysend": "打开的文件的一部分，由操作系统发送。",
    "http.response.pathsend": "用路径指定的文件，由服务器发送。",
    "http.response.early_hint": "先于响应、以状态码 103 发出的 Link 头部。",
    "http.response.debug": "随响应一起交给测试的信息。",
    "websocket.connect": "客户端请求建立连接；用接受或关闭来答复。",
    "websocket.receive": "客户端发来的一条完整消息，文本或字节。",
    "websocket.disconnect": "连接结束了，不论由哪一方结束。",
    "websocket.accept": "完成握手。",
    "websocket.send": "发给客户端的一条消息，文本或字节。",
    "websocket.close": "关闭连接；在接受之前发送，则以 403 拒绝连接。",
    "websocket.http.response.start": "用应用自己的响应拒绝握手。",
    "websocket.http.response.body": "这个响应的消息体。",
    "lifespan.startup": "服务器准备启动，等待应用答复。",
    "lifespan.shutdown": "服务器已经停止服务，等待应用答复。",
    "lifespan.startup.complete": "应用准备好了，服务器可以开始服务。",
    "lifespan.startup.failed": "应用无法启动，服务器说明原因后退出。",
    "lifespan.shutdown.complete": "应用清理完毕，服务器可以退出。",
    "lifespan.shutdown.failed": "清理失败，服务器说明原因后退出。",
}

KEYS: Final[dict[str, str]] = {
    "http.request.body": "请求体的这一段。",
    "http.request.more_body": "后面是否还有下一段。",
    "http.response.start.status": "状态码。",
    "http.response.start.headers": "由名称和值组成的 bytes 对，名称必须小写。",
    "http.response.start.trailers": "消息体之后是否会有尾部。",
    "http.response.body.body": "响应体的这一段。",
    "http.response.body.more_body": "后面是否还有下一段；没有这个键，响应就此结束。",
    "http.response.trailers.headers": "由名称和值组成的 bytes 对，名称必须小写。",
    "http.response.trailers.more_trailers": "后面是否还有尾部。",
    "http.response.push.path": "资源的路径，已经解码。",
    "http.response.push.headers": "推送所代表的那个请求的头部，名称必须小写。",
    "http.response.zerocopysend.file": "打开的文件，要有真正的文件描述符。",
    "http.response.zerocopysend.offset": "从哪里开始；没有这个键就从文件的当前位置开始。",
    "http.response.zerocopysend.count": "发送多少字节；没有这个键就一直到文件末尾。",
    "http.response.zerocopysend.more_body": "后面是否还有下一段。",
    "http.response.pathsend.path": "文件在服务器所在机器上的绝对路径。",
    "http.response.early_hint.links": "Link 头部的值，bytes。",
    "http.response.debug.info": "框架想告诉测试的任何内容。",
    "websocket.receive.bytes": "二进制消息的内容。",
    "websocket.receive.text": "文本消息的内容。",
    "websocket.disconnect.code": "关闭状态码；客户端没有给出时是 1005。",
    "websocket.disconnect.reason": "关闭的原因；没有给出时是空文本。",
    "websocket.accept.subprotocol": "从客户端提出的子协议里选中的那个。",
    "websocket.accept.headers": "握手响应里的其他头部，名称必须小写。",
    "websocket.send.bytes": "二进制消息的内容。",
    "websocket.send.text": "文本消息的内容。",
    "websocket.close.code": "关闭状态码。",
    "websocket.close.reason": "给客户端看的原因。",
    "websocket.http.response.start.status": "状态码。",
    "websocket.http.response.start.headers": "由名称和值组成的 bytes 对，名称必须小写。",
    "websocket.http.response.body.body": "响应体的这一段。",
    "websocket.http.response.body.more_body": "后面是否还有下一段。",
    "lifespan.startup.failed.message": "服务器显示的原因。",
    "lifespan.shutdown.failed.message": "服务器显示的原因。",
}

EXTENSIONS: Final[dict[str, str]] = {
    "websocket.http.response": "应用可以用自己的响应拒绝握手。",
    "http.response.push": "应用可以让服务器向 HTTP/2 客户端推送资源。",
    "http.response.zerocopysend": "应用可以发送打开的文件，而不必把内容读进 Python。",
    "http.response.pathsend": "应用可以用路径发送文件。",
    "http.response.early_hint": "应用可以在响应之前预告链接。",
    "http.response.trailers": "应用可以在消息体之后再发送头部字段。",
    "http.response.debug": "应用可以把自己的情况告诉测试；不用于生产环境的服务器。",
    "tls": "连接经过加密，这里是服务器所知的情况。",
}

TLS: Final[dict[str, str]] = {
    "server_cert": "服务器证书的 PEM 文本；无从得知时是 None。",
    "client_cert_chain": "客户端证书以及为它签名的证书，PEM 文本。",
    "client_cert_name": "客户端证书的主体名称，按 RFC 4514 书写。",
    "client_cert_error": "客户端证书未能通过验证的原因，或者 None。",
    "tls_version": "TLS 版本的编号：0x0303 是 1.2，0x0304 是 1.3。",
    "cipher_suite": "密码套件的编号，两个字节合成一个数。",
}

# 在 Python 里没有简短名称的类型。其余的照原样写。
TYPES: Final[dict[str, str]] = {
    "headers": "[bytes, bytes] 的可迭代对象",
    "iterable of bytes": "bytes 的可迭代对象",
    "iterable of str": "str 的可迭代对象",
    "file": "打开的文件",
    "host and port": "[str, int | None]",
}
