"""客户端的步骤错在哪里，按错误的代码。"""

from __future__ import annotations

from typing import Final

NOTHING: Final = "空值"  # 值是 None 时
# 有这样的值时，多说的一句；句子里写作 ``{and_nearest}`` 等等。
SENTENCES: Final[dict[str, str]] = {
    "nearest": "，是不是想写 {nearest}？",
    "known": "。可用的有：{known}。",
    "quoted": '请加上引号："{quoted}"。',
}

MISTAKES: Final[dict[str, str]] = {
    "client-empty": "一步也没有，至少要有一个请求。",
    "client-name": "客户端的名字只能用看得见的字符，写的却是 {found}。",
    "steps-form": "步骤应当是一个列表，写的却是 {found}。",
    "steps-none": "一步也没有，至少要有一个请求。",
    "step-form": "一步只能有一个键，例如 request；写的却是 {found}。",
    "step-unknown": "没有 {found} 这种步骤{and_nearest}{and_known}",
    "body-place": "请求体要写在请求之后、结束之前。",
    "body-twice": "这个请求已经带有请求体。",
    "message-place": "要先用 connect 建立 WebSocket，才能发送消息。",
    "connection-none": "还没有连接，请先写 request 或 connect。",
    "client-left": "客户端在上一步已经离开了。",
    "websocket-twice": "一个客户端只能有一个 WebSocket，下一个连接要属于另一个客户端。",
    "startup-place": "startup 要写在所有请求之前。",
    "shutdown-place": "shutdown 要写在所有请求之后。",
    "lifespan-alone": "startup 和 shutdown 要放在一个单独的客户端里。",
    "lifespan-name": "写 startup 和 shutdown 的客户端要叫 {name}。",
    "request-none": "没有发出任何请求，请加上 request 或 connect。",
    "request-form": "请求写成一行，例如 GET /path，或者分项写出。",
    "request-key": "请求没有 {found} 这一项{and_nearest}{and_known}",
    "connect-key": "connect 没有 {found} 这一项{and_nearest}{and_known}",
    "method": "方法是一个单词，例如 GET；写的却是 {found}。",
    "path": "路径以 / 开头，写的却是 {found}。",
    "headers": "头部是名字和字符串的对应，写的却是 {found}。",
    "subprotocols": "子协议是一列单词，写的却是 {found}。",
    "text": "文本应当是字符串，写的却是 {found}。需要时加上引号。",
    "bytes": "字节可以写成文本、hex、base64 或 repeat，写的却是 {found}。",
    "close-form": "close 写成 true，或者写出 code 和 reason；写的却是 {found}。",
    "close-code": "关闭状态码是 1000 到 4999 之间的数，写的却是 {found}。",
    "close-reason": "原因应当是字符串，写的却是 {found}。",
    "wait": "等待的秒数是不小于 0 的数，写的却是 {found}。",
    "rate": "读取速度是不小于 0 的数，写的却是 {found}。",
    "read-form": "read 写成 {{rate: 每秒字节数}}，写的却是 {found}。",
    "flag": "这一步写成 {name}: true，写的却是 {found}。",
    "state": "state 只能写 false，或者不写；写的却是 {found}。",
    "startup-form": "startup 写成 true 或 {{state: false}}，写的却是 {found}。",
    "one-of": "只能是 {allowed} 之一，写的却是 {found}。{and_quoted}",
    "extension-unknown": "没有 {found} 这个扩展{and_nearest}{and_known}",
    "extension-form": "{extension} 应当是一组名字和值，写的却是 {found}。",
    "extension-key": "{extension} 没有 {found} 这个键{and_nearest}{and_known}",
    "extension-value": "{extension} 的 {key} 应当是 {type}，写的却是 {found}。",
    "step-real": "{name} 只用于真实的服务器，请指定 server 为 uvicorn、hypercorn 或 gunicorn。",
    "request-no-http": "这不是合法的 HTTP 请求（{found}）；要发这样的字节，请用 raw。",
    "server-form": '服务器应当是名字，或者像 {{"name": "uvicorn", "timeout_keep_alive": 5}} 这样的字典；写的却是 {found}。',
    "server-unknown": "没有 {found} 这种服务器{and_nearest}{and_known}",
    "server-missing": '没有安装 {server}，请执行 pip install "{extra}"。',
    "server-inside": "{server} {version} 的内部和引擎所知的不一样：{found}。",
    "server-option": "{server} 没有 {found} 这个选项{and_nearest}{and_known}",
    "server-value": "{server} 不接受这些选项：{found}。",
    "server-decides": "{name} 由 {server} 自己或它的选项决定，请不要写。",
    "server-step": "{server} 在这里做不到：{name}。",
}
