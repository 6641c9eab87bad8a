"""报错解读的中文：一条由什么组成，找不到时怎么说。"""

from __future__ import annotations

from typing import Final

# 一条由什么组成；comma 在谁说的和在哪里之间，and 在章节之间。
LABELS: Final = {
    "from": "出处",
    "why": "原因",
    "fix": "改法",
    "see": "详见",
    "comma": "，",
    "and": "、",
}
# 报错出现在哪里；{} 是级别、状态码或关闭码。
PLACES: Final = {
    "exception": "异常",
    "warning": "Python 警告",
    "terminal": "终端",
    "log": "日志 {}",
    "response": "HTTP 响应 {}",
    "close": "WebSocket 关闭 {}",
}
ALSO: Final = "文中还有："
NEAREST: Final = "没有收录这条报错。用词最接近的："
UNKNOWN: Final = "没有收录这条报错，也没有接近的。请给出回溯的最后一行，或者运行应用：asgiscope run"
NOT_HERE: Final = "没有收录这条报错，也没有接近的。请把回溯的最后一行也贴进来。"  # 在页面上
EMPTY: Final = "没有内容。把报错写成参数，或者从标准输入传入。"
CUT: Final = "只读了最后 {} 个字符。"
