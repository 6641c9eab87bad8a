"""Ways to spoil Python: by never ending, by using up what there is, by breaking what others use.

Each is Python that runs when the app's module is loaded. ``ENDLESS`` never comes back, so the
reader presses Stop; all the others end by themselves, in whatever way.
"""

from __future__ import annotations

from typing import Final

ENDLESS: Final = {
    "a loop": "while True: pass",
    "a loop of its own code": "exec('while True: pass')",
    "a loop that swallows": (
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass"
    ),
    "a loop in C": "import itertools\nsum(itertools.repeat(1))",
    "a search without end": 'import re\nre.match("(a+)+$", "a" * 60 + "b")',
    "a huge number": "print(3 ** 3 ** 20)",
    "turns without end": (
        "import asyncio\n"
        "async def app(scope, receive, send):\n"
        "    while True:\n"
        "        try: await asyncio.sleep(0)\n"
        "        except BaseException: pass"
    ),
    "microtasks": (
        "from pyodide.ffi import create_proxy\n"
        "def again(*_): js.queueMicrotask(proxy)\n"
        "proxy = create_proxy(again)\nagain()"
    ),
    "a closed worker": "js.self.close()\nexec('while True: pass')",
    "a deaf worker": "js.self.onmessage = None\nexec('while True: pass')",
    "a wait for nothing": (
        "cells = js.Int32Array.new(js.SharedArrayBuffer.new(4)) if hasattr(js, 'SharedArrayBuffer')"
        " else None\nwhile True: cells and js.Atomics.wait(cells, 0, 0)"
    ),
}

MEMORY: Final = {
    "a long text": 'x = "a" * 10**10',
    "a long list": "x = [0] * 10**9",
    "growth": 'x = "a"\nwhile len(x) < 2**33: x += x',
    "many buffers": "x = [bytearray(10**7) for _ in range(1000)]",
    "recursion": "def f(): f()\nf()",
    "recursion without a limit": (
        "import sys\nsys.setrecursionlimit(10**9)\ndef f(): return f() + 1\nf()"
    ),
    "recursion in C": ("x = []\nfor _ in range(200_000): x = [x]\nrepr(x)"),
    "deep source": 'eval("(" * 100_000)',
    "a fork bomb of tasks": (
        "import asyncio\n"
        "async def app(scope, receive, send):\n"
        "    async def more():\n"
        "        while True:\n"
        "            asyncio.create_task(more())\n"
        "            await asyncio.sleep(0)\n"
        "    await more()"
    ),
}

OUTPUT: Final = {
    "prints": "for number in range(200_000): print(number)",
    "a long print": "print('x' * 50_000_000)",
    "prints to errors": "import sys\nfor number in range(100_000): sys.stderr.write('x\\n')",
    "the console": "for number in range(2_000): js.console.log(number)",
    "a long error": "raise ValueError('x' * 20_000_000)",
    "warnings": "import warnings\nfor n in range(20_000): warnings.warn(str(n))",
}

ENDS: Final = {
    "sys.exit": "import sys\nsys.exit(3)",
    "os._exit": "import os\nos._exit(3)",
    "os.abort": "import os\nos.abort()",
    "a signal": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "KeyboardInterrupt": "raise KeyboardInterrupt",
    "a null pointer": "import ctypes\nctypes.string_at(0)",
    "wild memory": "import ctypes\nctypes.memset(0, 255, 20_000_000)",
    "abort of WebAssembly": "pyodide_js._module.abort('gone')",
    "a fatal error": "pyodide_js._api.fatal_error(js.Error.new('gone'))",
    "self.close": "js.self.close()",
    "an error in a callback": "js.setTimeout(js.JSON.parse, 0)",
    "an unhandled promise": "js.Promise.reject('gone')",
}

SABOTAGE: Final = {
    "print": "import builtins\nbuiltins.print = None",
    "len": "import builtins\nbuiltins.len = lambda value: 7",
    "import": "import builtins\nbuiltins.__import__ = lambda *a, **k: None",
    "isinstance": "import builtins\nbuiltins.isinstance = lambda *a: True",
    "all builtins": "import builtins\nvars(builtins).clear()",
    "the engine's entry": "import asgiscope\nasgiscope.play = lambda *a: '{}'",
    "the engine's run": "import asgiscope.running\nasgiscope.running.run_source = None",
    "the engine's rules": "import asgiscope.spec\nasgiscope.spec.RULES.clear()",
    "the engine's server": (
        "import asgiscope.server.server\nasgiscope.server.server.Server.run = lambda self: None"
    ),
    "json": "import json\njson.dumps = lambda *a, **k: 'gone'\njson.loads = json.dumps",
    "the modules": "import sys\nsys.modules.clear()",
    "the engine removed": (
        "import sys\nfor name in list(sys.modules):\n"
        "    if name.startswith('asgiscope'): del sys.modules[name]"
    ),
    "the path": "import sys\nsys.path.clear()",
    "a finder of modules": (
        "import sys\nclass Evil:\n    def find_spec(self, *a): raise SystemError\n"
        "sys.meta_path.insert(0, Evil())"
    ),
    "a module that stands in": (
        "import sys, types\nsys.modules['starlette'] = types.ModuleType('starlette')\n"
        "sys.modules['asyncio'].sleep = None"
    ),
    "files": "import os\nfor name in os.listdir('/'):\n    if name.endswith('.zip'): os.remove('/' + name)",
    "a file that stands in": "open('/home/pyodide/json.py', 'w').write('gone')",
    "time": "import time\ntime.time = time.monotonic = lambda: 0",
    "asyncio": "import asyncio\nasyncio.BaseEventLoop.run_until_complete = None",
    "the event loop": "import asyncio.events\nasyncio.events._set_running_loop = None",
    "tracing": "import sys\nsys.settrace(lambda *a: 1 / 0)\nsys.setprofile(lambda *a: 1 / 0)",
    "standard output": "import sys\nsys.stdout = sys.stderr = sys.__stdout__ = None",
    "warnings": "import warnings\nwarnings.simplefilter('error')\nwarnings.warn = None",
    "logging": "import logging\nlogging.disable()\nlogging.Logger.handle = None",
    "the collector": "import gc\ngc.disable()\ngc.callbacks.append(lambda *a: 1 / 0)",
    "a destructor": "class X:\n    def __del__(self): raise SystemExit\nx = X()\nx.self = x",
    "an exit hook": "import atexit\natexit.register(lambda: 1 / 0)",
    "exceptions": "import sys\nsys.excepthook = sys.unraisablehook = None",
    "the recursion limit": "import sys\nsys.setrecursionlimit(60)",
    "the random state": "import random\nrandom.random = lambda: 0.5\nrandom.seed = None",
    "the class of dicts": (
        "import collections\ncollections.OrderedDict.__getitem__ = None\ncollections.deque = None"
    ),
    "the locale": "import os\nos.environ.clear()\nos.chdir('/')",
    "postMessage": "js.self.postMessage = None",
    "onmessage": "js.self.onmessage = None",
    "JSON of JavaScript": "js.JSON.stringify = None\njs.JSON.parse = None",
    "prototypes of JavaScript": (
        "js.Array.prototype.map = None\njs.Object.prototype.run = 7\njs.String = None\n"
        "js.Object.entries = None\njs.Uint8Array = None"
    ),
    "Pyodide": "pyodide_js.runPython = None\npyodide_js.FS.writeFile = None\npyodide_js.globals = None",
    "listeners": (
        "js.self.addEventListener('message', pyodide_js.loadPackage.constructor("
        "'return event => event.stopImmediatePropagation()')(), True)"
    ),
}
