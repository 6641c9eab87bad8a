"""连接的各个状态的中文名称，以及状态图里的话。"""

from __future__ import annotations

from typing import Final

STATES: Final[dict[str, dict[str, str]]] = {
    "http": {
        "start": "等待响应开始",
        "start-debugged": "等待响应开始，调试信息已发送",
        "body": "等待消息体",
        "body-trailers": "等待消息体，之后是尾部",
        "trailers": "等待尾部",
        "complete": "响应结束",
        "gone": "客户端已离开",
    },
    "websocket": {
        "handshake": "握手等待答复",
        "denying": "正在拒绝",
        "open": "连接打开",
        "denied": "已拒绝",
        "closed": "应用已关闭",
        "gone": "客户端已离开",
    },
    "lifespan": {
        "idle": "还没有收到启动",
        "starting": "等待对启动的答复",
        "started": "正在服务",
        "stopping": "等待对关闭的答复",
        "stopped": "已停止",
        "failed": "失败",
    },
}
TITLE: Final = "{protocol} 的状态，以及从一个状态到下一个状态的消息"
# 转移在消息名之后多说的话。
SUFFIXES: Final = {"+more": "，后面还有", "+trailers": "，声明了尾部"}
