"""网站自己说的话：页面、演示、参考、书。"""

from __future__ import annotations

from typing import Final

# 模板里的 words
TEMPLATES: Final = {
    "contents": "目录",
    "home": "首页",
    "map": "全书",
    "map_told": "读完了 {read} / {all} 章。",
    "map_on": "接着读：",
    "map_forget": "重新开始",
    "map_read": "已读完",
    "chapter": "第 {number} 章",
    "figure": "图 {number}",
    "prev": "上一章",
    "next": "下一章",
    "close": "关闭",
    "scheme": "配色",
    "scheme_system": "配色：随系统",
    "scheme_light": "配色：浅",
    "scheme_dark": "配色：深",
    "edit": "修改这一页",
    "download": "下载",
    "source": "源代码",
    "missing": "没有这一页",
    "missing_told": (
        "服务器返回 <code>404</code>：这个地址上什么也没有。"
        '可以从<a href="{home}">首页</a>找起，或者用上面的搜索。'
    ),
    "servers_differ": "各服务器的差别",
    "failed": "这次没有构建成功",
    "failed_told": "改好后保存，页面会自动重新加载。",
    "untranslated": "这一页还没有中文版，下面是英文原文。",
    "behind": "这一页落后于英文版，内容可能已经过时。",
}
FIGURE: Final = "图 {number}"
TABLE: Final = "表格"
DEMO: Final = {
    "code": "代码",
    "client": "客户端的步骤",
    "steps": "发生的事，按先后顺序",
    "seconds": "{t} 秒",
    "specification": "规范原文",
    "between": "",
    "task": "{actor}的任务 {n}",
}
PLAYGROUND: Final = {"presets": "例子", "choose": "换一个例子", "others": "其他例子的代码"}
REFERENCE: Final = {
    "send": "应用发给服务器",
    "receive": "服务器交给应用",
    "source": "规范原文",
    "key": "键",
    "keys": "键（没有默认值的是必需的）",
    "type": "类型",
    "message": "消息",
    "way": "方向",
    "state": "状态",
    "next": "之后的状态",
    "default": "默认 {value}",
    "required": "必需",
    "since": "{version} 起",
    "must": "必须",
    "should": "应当",
    "may": "可以",
    "error": "错误",
    "warning": "警告",
    "note": "说明",
    "join": "、",
    "read": "这里依据的是规范在 {day} 的状态（提交 [{commit}]({url})）",
    "on": "（{day}）",
    "later": "，加上之后合并的 {changes}。",
    "stop": "。",
}
DECODER: Final = {
    "field": "报错、整段回溯或日志",
    "hint": "不会离开这台机器：查找在页面里进行。",
    "who": "只看",
    "all": "全部",
    "server": "服务器",
    "framework": "框架",
    "client": "客户端",
    "python": "Python、任务和测试工具",
    "common": "共有的词：",
}
GLOSSARY: Final = {
    "head": ("中文", "英文", "意思"),
    "see": "{text}见[{title}]({link})。",
    "between": "、",
}
KEYS: Final = ("键", "含义")
DOWNLOADS: Final = {
    "absent": "这次构建没有带上，可以自己生成：<code>{command}</code>",
    "between": "，",
    "copy": (
        "其中阅读部分 {reading:.1f} MB，运行代码要用的 python 文件夹 {python:.1f} MB；"
        "解压后共 {unpacked:.0f} MB"
    ),
}
BOOK: Final = {
    "contents": "目录",
    "opening": "开篇",
    "on": "{year} 年 {month} 月 {day} 日",
    "at": "可以动手的版本：{address}",
}
NEW_PAGE: Final = """\
---
description: 一句话：读者在这里学到什么。
---

# {title} {{ #{anchor} }}

读完这一章，你能……
{{ .lead }}

## 先看一次 {{ #look }}

```asgi
id: {anchor}
title: 这个演示给人看什么
app: basics/say_hello.py
client:
  - request: GET /
```
"""
