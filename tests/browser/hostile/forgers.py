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
TOO_LONG: Final = "import __main__\n__main__.answer = lambda *_: 'x' * 3_500_000\n"
RAISES: Final = "import __main__\ndef fail(*_): raise OSError\n__main__.answer = fail\n"

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
            "import asgiscope.trace\nreal = asgiscope.trace.dump\n"
            "def late(*a):\n    forge()\n    return real(*a)\nasgiscope.trace.dump = late\n"
            "import runtime.inside.answer\nruntime.inside.answer.dump = late"
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
