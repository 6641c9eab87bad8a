"""浏览器里的 Python 缺少代码要用的东西时，对读者说的话。"""

from __future__ import annotations

from typing import Final

COMMA: Final = "、"  # 包的名字之间
# 标题、发现了什么、怎么办，按缺少的东西。
LACKS: Final[dict[str, tuple[str, str, str]]] = {
    "package": (
        "这里没有 {name}",
        "页面里的 Python 只有标准库和这些包：{packages}。",
        "换用其中的一个；一定要用 {name}，就在自己的电脑上运行。",
    ),
    "library": (
        "这里没有 {name}",
        "{name} 属于标准库，但浏览器里的 Python 不带它：它要靠操作系统才能工作。",
        "换一种不用它的写法，或者在自己的电脑上运行。",
    ),
    "part": (
        "这里没有 {name}",
        "为了下载得快，包里去掉了演示用不到的部分，{name} 就是其中之一。",
        "换一种不用它的写法，或者在自己的电脑上运行。",
    ),
    "unfetched": (
        "{name} 还没有下载",
        "包要用到时才下载，而且只认得写在代码里的 `import` 语句。",
        "在代码开头写上 `import {name}`，再运行一次。",
    ),
    "network": (
        "浏览器里的 Python 没有网络",
        "代码想打开一个网络连接，结果是 {exception}。为了安全，页面里的 Python 接触不到网络。",
        "用 `asyncio.sleep` 代替对别处的请求；请求和连接由演示中的客户端发起。",
    ),
    "process": (
        "浏览器里的 Python 不能启动进程",
        "代码想启动另一个进程，结果是 {exception}。浏览器里没有操作系统的进程。",
        "用 `asyncio.to_thread` 代替它，或者在自己的电脑上运行。",
    ),
    "thread": (
        "浏览器里的 Python 没有真正的线程",
        "代码绕过了 `threading` 直接启动线程，结果是 {exception}。",
        "改用 `asyncio.to_thread`、`threading.Thread` 或线程池：它们在这里都按虚拟时间运行。",
    ),
    "input": (
        "这里没有键盘输入",
        "代码用 `input()` 等人输入，而运行时没有终端，结果是 {exception}。",
        "把要输入的内容直接写在代码里。",
    ),
    "file": (
        "这里没有这个文件",
        "结果是 {exception}。页面里的 Python 看不到电脑上的文件，只有自己的一块空白空间。",
        "先在代码里写出这个文件，或者把内容直接写在代码里。",
    ),
}
