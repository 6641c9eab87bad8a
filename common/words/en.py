"""What the site says itself: around pages, demos, the reference, in the book."""

from __future__ import annotations

from typing import Final

# “words” in the templates
TEMPLATES: Final = {
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
    "missing_told": "The server answers <code>404</code>: there is nothing at this address. Start "
    'from the <a href="{home}">home page</a>, or use the search above.',
    "servers_differ": "Where servers differ",
    "failed": "This build has failed",
    "failed_told": "Mend it and save; the page comes back by itself.",
    "untranslated": "This page has no English version yet; what follows is the Chinese one.",
    "behind": "This page is behind the Chinese one; some of it may be out of date.",
}
FIGURE: Final = "Figure {number}"
TABLE: Final = "Table"
DEMO: Final = {
    "code": "Code",
    "client": "What the client does",
    "steps": "What happens, in order",
    "seconds": "{t} s",
    "specification": "in the specification",
    "between": " ",
    "task": "{actor}, task {n}",
}
PLAYGROUND: Final = {
    "presets": "Presets",
    "choose": "Another preset",
    "others": "The code of the others",
}
REFERENCE: Final = {
    "send": "from the app to the server",
    "receive": "from the server to the app",
    "source": "specification",
    "key": "Key",
    "keys": "Keys (those without a default are required)",
    "type": "Type",
    "message": "Message",
    "way": "Way",
    "state": "State",
    "next": "Next state",
    "default": "{value} when missing",
    "required": "required",
    "since": "since {version}",
    "must": "must",
    "should": "should",
    "may": "may",
    "error": "error",
    "warning": "warning",
    "note": "note",
    "join": ", ",
    "read": "This follows the specification as it was on {day} (commit [{commit}]({url}))",
    "on": " ({day})",
    "later": ", with what was merged after that: {changes}.",
    "stop": ". ",
}
DECODER: Final = {
    "field": "A message, a whole traceback or a log",
    "hint": "It does not leave this machine; the page itself does the looking up.",
    "who": "Show only",
    "all": "all",
    "server": "servers",
    "framework": "frameworks",
    "client": "clients",
    "python": "Python, tasks and test tools",
    "common": "in common: ",
}
GLOSSARY: Final = {
    "head": ("English", "Chinese", "Meaning"),
    "see": "{text} See [{title}]({link}).",
    "between": ", ",
}
KEYS: Final = ("Key", "Meaning")
DOWNLOADS: Final = {
    "absent": "not part of this build; <code>{command}</code> makes it",
    "between": ", ",
    "copy": "of it {reading:.1f} MB to read, and {python:.1f} MB for the folder “python”, which "
    "runs code; {unpacked:.0f} MB unpacked",
}
BOOK: Final = {
    "contents": "Contents",
    "opening": "Opening",
    "on": "{day} {made:%B} {year}",
    "at": "The edition that runs: {address}",
}
NEW_PAGE: Final = """\
---
description: In one sentence, what a reader learns here.
source: 0
---

# {title} {{ #{anchor} }}

After this chapter you can …
{{ .lead }}

## A first look {{ #look }}

```asgi
id: {anchor}
title: What this demo shows
app: basics/say_hello.py
client:
  - request: GET /
```
"""
