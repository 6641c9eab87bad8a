"""Ways to keep a Python that was touched, so that it forges the runs that come next.

Each is Python that runs when the app's module is loaded, and ends by itself. What it has changed
must be gone with the Python in which it ran: the page takes a fresh one.
"""

from __future__ import annotations

from typing import Final

# A result with nothing in it. `forge()` makes later runs in this Python give it, whatever they do,
# by functions of JavaScript's own: those of Python are gone when its memory is put back.
PRELUDE: Final = """from pyodide.ffi import create_proxy
FORGED = '{"trace":{"schema":1,"time":0,"events":[],"findings":[],"outcomes":{}},"texts":[]}'
def forge():
    for name in ("slice", "substring", "replace", "trim", "concat"):
        setattr(js.String.prototype, name, js.String.prototype.valueOf.bind(FORGED))
def lie(this, *_):
    forge()
    this.clean = True
    this.type = "result"
    return this
def on_prototype(owner, name, function):
    setattr(owner.prototype, name, create_proxy(function, capture_this=True))
def on_getter(owner, name, function):
    how = js.Object.new()
    how.get = create_proxy(function, capture_this=True)
    how.configurable = True
    js.Object.defineProperty(owner.prototype, name, how)
"""
SAY: Final = "import runtime.inside.answer as said\n"
TOO_LONG: Final = SAY + "said.dump = lambda *_: 'x' * 3_500_000\n"
RAISES: Final = SAY + "def fail(*_): raise OSError\nsaid.dump = fail\n"

KEPT: Final = {
    name: PRELUDE + program
    for name, program in {
        "toJSON of objects": 'on_prototype(js.Object, "toJSON", lie)',
        "toJSON of texts": (
            "def text(this, *_):\n    forge()\n    return this\n"
            'on_prototype(js.String, "toJSON", text)'
        ),
        "toJSON of lists": 'on_prototype(js.Array, "toJSON", lie)',
        "toJSON on the way of an error": RAISES + 'on_prototype(js.Object, "toJSON", lie)',
        "a result that is too long": TOO_LONG + 'js.console.log("touched")',
        "too long, and toJSON": TOO_LONG + 'on_prototype(js.Object, "toJSON", lie)',
        "an error put into words": (
            RAISES + "def words(this, *_):\n    forge()\n    return 'no error'\n"
            'on_prototype(js.Error, "toString", words)'
        ),
        "an error without words": (
            RAISES + 'on_prototype(js.Error, "toString", lambda this: js.Object.create(None))'
        ),
        "clean by itself": 'forge()\non_getter(js.Object, "clean", lambda this: True)',
        "not touched by itself": 'forge()\non_getter(js.Object, "touched", lambda this: False)',
        "size of memory": (
            "forge()\njs.Object.defineProperty(js.WebAssembly.Memory.prototype, 'buffer',"
            ' js.JSON.parse(\'{"value": {"byteLength": 0}}\'))'
        ),
        "sets": (
            'forge()\nfor name in ("add", "delete", "has"):\n'
            "    setattr(js.Set.prototype, name, js.Boolean.bind(None, True))\n"
            "on_getter(js.Set, 'size', lambda this: 0)\nimport os\n"
            'for _ in range(50): os.open("/lib/python314.zip", os.O_RDONLY)\nos.close(2)'
        ),
        "iterators": (
            "forge()\njs.Object.getPrototypeOf(getattr(js.Array.prototype, 'values')"
            ".call(js.Array.new())).next = js.Object.new"
        ),
        "promises": "forge()\njs.Promise.prototype['then'] = None",
        "after the run": "js.setTimeout(create_proxy(forge), 0)",
        "at the next message": 'js.self.addEventListener("message", create_proxy(lambda *_: forge()))',
        "a listener made of JavaScript": (
            "forge()\njs.self.addEventListener('message',"
            " js.self.postMessage.bind(js.self, FORGED), True)"
        ),
        "functions of Pyodide": (
            "forge()\npyodide_js._api.runPython = js.String.prototype.valueOf.bind(FORGED)\n"
            "pyodide_js._module.HEAPU8.fill(0, 0, 8)"
        ),
        "only a look at JavaScript": "js.Object.prototype",
        "a destructor": (
            "class Late:\n    def __del__(self): forge()\n"
            "import builtins\nbuiltins.late = Late()\ndel builtins.late"
        ),
        "a callback of the engine": (
            "import asgiscope.trace.values\nreal = asgiscope.trace.values.dump\n"
            "def late(*a):\n    forge()\n    return real(*a)\nasgiscope.trace.values.dump = late\n"
            + SAY
            + "said.dump = late"
        ),
    }.items()
}

FILES: Final = {
    "closes of what is not open": (
        "import os\nopened = 0\ntry:\n"
        '    while True:\n        os.open("/lib/python314.zip", os.O_RDONLY)\n        opened += 1\n'
        "except OSError: pass\n"
        "for _ in range(opened):\n    try: os.close(99_999)\n    except OSError: pass"
    ),
    "opened and left": 'import os\nos.open("/lib/python314.zip", os.O_RDONLY)',
    "standard error closed": "import os\nos.close(2)",
    "standard error taken": (
        'import os\nos.close(2)\nassert os.open("/lib/python314.zip", os.O_RDONLY) == 2'
    ),
    "standard input taken": (
        "import os\nos.close(0)\n"
        'first = os.open("/lib/python314.zip", os.O_RDONLY)\n'
        'os.open("/lib/python314.zip", os.O_RDONLY)\nos.close(99_999)'
    ),
    "closed twice": (
        'import os\none = os.open("/lib/python314.zip", os.O_RDONLY)\nos.close(one)\n'
        "try: os.close(one)\nexcept OSError: pass\n"
        'os.open("/lib/python314.zip", os.O_RDONLY)'
    ),
    "a duplicate": "import os\nos.dup(1)",
    "a duplicate over another": "import os\nos.dup2(1, 2)",
    "a duplicate by fcntl": "import fcntl\nfcntl.fcntl(1, fcntl.F_DUPFD, 100)",
    "flags by fcntl": "import fcntl, os\nfcntl.fcntl(1, fcntl.F_SETFL, os.O_APPEND)",
    "flags of a file by fcntl": (
        'import fcntl, os\none = os.open("/lib/python314.zip", os.O_RDONLY)\n'
        "fcntl.fcntl(one, fcntl.F_SETFL, os.O_RDWR)\nos.write(one, b'gone')\nos.close(one)"
    ),
    "a pipe": "import os\nos.pipe()",
}

# The engine runs in the same Python: a program can have it say anything, without touching JavaScript.
SAYS: Final = """import json
import runtime.inside.answer as said
def event(n, end="client", **other):
    plain = {"n": n, "t": 0, "connection": "client", "from": end, "to": end, "kind": "print"}
    return {**plain, "message": {"text": "x"}, **other}
def says(events, findings=(), texts=()):
    trace = {"schema": 1, "time": 0, "events": events, "findings": findings, "outcomes": {}}
    text = json.dumps({"trace": trace, "texts": texts}, default=list)
    said.dump = lambda *_: text
"""
SAID: Final = '[{"zh": {"title": "t", "text": "t", "fix": "f"}, "en": {"title": "t", "text": "t", "fix": "f"}}]'

SHOWN: Final = {
    name: SAYS + program
    for name, program in {
        "an address elsewhere": (
            'says([event(1)], [{"rule": "app-raised", "level": "error", "event": 1,'
            f' "spec": "https://elsewhere.example/?code"}}], {SAID})'
        ),
        "an address of a rule that is none": (
            'says([event(1)], [{"rule": "constructor", "level": "error", "event": 1,'
            f' "spec": "https://elsewhere.example/"}}], {SAID})'
        ),
        "an address by the engine's rules": (
            'import asgiscope.spec\nrule = type(asgiscope.spec.RULES["app-raised"])\n'
            'rule.url = property(lambda self: "https://elsewhere.example/")\nraise OSError'
        ),
        "a list for a sender": 'says([event(1, ["client"])])',
        "a list for a kind": 'says([event(1, kind=["send"])])',
        "a kind that every object has": 'says([event(1, kind="constructor")])',
        "a line that is a selector": (
            'says([event(1)], [{"rule": "app-raised", "level": "error", "event": 1,'
            f' "line": \'1"], body *\'}}], {SAID})'
        ),
        "a line in an event that is a selector": "says([event(1, line='1\"], body *')])",
        "text that cannot become text": (
            'bad = {"toString": 1, "valueOf": 1}\n'
            'keys = ("type text bytes body status target method path buffered call exception seconds"'
            ' " subprotocol code reason headers")\n'
            'kinds = ("print pause resume response request connect accept text bytes lost raise refuse"'
            ' " send event call blocking close disconnect cancel data reject push trailers")\n'
            "message = dict.fromkeys(keys.split(), bad)\n"
            "says([event(n, kind=kind, message=message) for n, kind in enumerate(kinds.split(), 1)])"
        ),
        "a deep message": (
            "deep = []\nfor _ in range(900): deep = [deep]\nsays([event(1, message=deep)])"
        ),
        "a deep message of the app": (
            "deep = []\nfor _ in range(150): deep = [deep]\n"
            "async def app(scope, receive, send):\n"
            '    await send({"type": "http.response.start", "status": 200, "x": deep})'
        ),
        "a wide message": "says([event(1, message=[0] * 900_000)])",
        "a wide message of the app": (
            "async def app(scope, receive, send):\n"
            '    await send({"type": "http.response.start", "status": 200, "x": [0] * 900_000})'
        ),
        "lanes without end": (
            'says([event(n, f"app/{n}", to=f"app/{n + 500_000}") for n in range(1, 10_001)])'
        ),
        "clients without end": ('says([event(n, connection=f"c{n}") for n in range(1, 10_001)])'),
        "as many lanes as pass": (
            'says([event(n, f"app/{n % 2400}", t=n / 100) for n in range(1, 10_001)])'
        ),
        "a thousand tasks": (
            "import asyncio\nasync def app(scope, receive, send):\n"
            "    async def work(): print(1)\n"
            "    await asyncio.gather(*(work() for _ in range(1000)))"
        ),
        "a thousand tasks that receive": (
            "import asyncio\nasync def app(scope, receive, send):\n"
            "    await asyncio.gather(*(receive() for _ in range(900)))"
        ),
        "a name that turns sentences": 'says([event(1, connection="a\u202eb")])',
        "an exception that turns sentences": 'raise ValueError("a\u202eb\u2066")',
        "base64 that is hard to read": (
            'says([event(1, kind="send", message={"type": "http.response.body",'
            ' "body": {"$base64": "=" * 99_000 + "x"}})])'
        ),
        "a wrong client that is hard to read": (
            'text = "{found}{{" * 12_000\n'
            'said.dump = lambda *_: json.dumps({"client_error":'
            ' {"client": "", "step": 1, "code": "wait", "values": {"found": text}}})'
        ),
    }.items()
}
