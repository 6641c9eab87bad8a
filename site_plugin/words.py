"""The words that the site's templates and plugin say themselves, in each language."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, dict[str, str]]] = {
    "zh": {
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
        "missing_told": "服务器答复 <code>404</code>：这个地址上什么也没有。可以从"
        '<a href="{home}">首页</a>找起，或者用上面的搜索。',
        "untranslated": "这一页还没有中文版，下面是英文原文。",
        "servers_differ": "各服务器的差别",
        "behind": "这一页落后于英文版，内容可能已经过时。",
    },
    "en": {
        "contents": "Contents",
        "home": "Home",
        "map": "The book",
        "map_told": "{read} of {all} chapters read.",
        "map_on": "Go on with",
        "map_forget": "Start afresh",
        "map_read": "Read",
        "chapter": "Chapter {number}",
        "figure": "Figure {number}",
        "prev": "Previous",
        "next": "Next",
        "close": "Close",
        "scheme": "Colours",
        "scheme_system": "Colours: as the system",
        "scheme_light": "Colours: light",
        "scheme_dark": "Colours: dark",
        "edit": "Change this page",
        "download": "Download",
        "source": "Source",
        "missing": "No such page",
        "missing_told": "The server answers <code>404</code>: there is nothing at this address."
        ' Start from the <a href="{home}">home page</a>, or use the search above.',
        "untranslated": "This page has no English version yet; what follows is the Chinese one.",
        "servers_differ": "Where servers differ",
        "behind": "This page is behind the Chinese one; some of it may be out of date.",
    },
}
