"""发生的事，用中文几个字说出来；还有终端里在它们周围的话。"""

from __future__ import annotations

from typing import Final

# 参与者。
LANES: Final = {"client": "客户端", "server": "服务器", "app": "应用"}

# 不按代码写出的事件，按讲述的方式（``trace/summary.py``）。
LABELS: Final[dict[str, str]] = {
    "reject": "拒绝握手：{status}",
    "trailers": "尾部",
    "debug": "调试信息",
    "disconnect": "断开连接",
    "disconnect-why": "断开连接（{reason}）",
    "refuse": "send() 抛出 {exception}: {text}",
    "pause": "send() 等待：缓冲区有 {buffered} 字节",
    "resume": "send() 继续：剩 {buffered} 字节",
    "complete": "响应完整",
    "close": "关闭 {code} {reason}",
    "close-plain": "关闭，不带状态码",
    "cut": "连接中断，响应不完整",
    "cancel": "不再等 {call}()",
    "cancelled": "被取消",
    "stuck": "在等永远不会来的东西",
    "lost": "{call}() 没有被 await",
    "raise": "抛出 {exception}: {text}{behind}",
    "unseen": "{name} 失败，没有人看到：{exception}{behind}",
    "print": "打印 {text}",
    "stderr": "写到 stderr：{text}",
    "log": "写日志 {level}（{logger}）：{text}{error}{behind}",
    "warning": "得到 Python 的警告 {category}：{text}",
    "blocking": "{call} 占住事件循环 {seconds} 秒",
    "unread": "暂时不读：积压了 {buffered} 字节",
    "hang-up": "关闭连接",
    "hang-up-half": "关闭自己的这一半连接",
    "no-listener": "拒绝连接：没有监听",
    "failed": "内部出错 {exception}：{text}",
    "signal": "收到 {name}",
    "exit": "结束",
    "exit-why": "结束：{status}{exception}",
}

# 写成文字的运行过程。
TERMINAL: Final[dict[str, str]] = {
    "line": "第 {line} 行",
    "event": "事件 {n}",
    "none": "没有发现问题。",
    "alike": "…… 同样的还有 {count:,} 个 ……",
    "left-out": "…… 这里省略了 {count:,} 个，用 --full 显示全部 ……",
    "denied": "握手被拒绝，{status} {body}",
    "accepted": "握手完成，收到 [{received}]，以 {code} 关闭",
    "started": "已启动",
    "not-started": "没有启动",
    "stopped": "已启动，已停止",
}
