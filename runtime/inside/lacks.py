"""What Python lacks in the browser: said at once where it would be found out late or never."""

from __future__ import annotations

import builtins
import os
import re
import socket
import sys
from importlib import import_module
from types import ModuleType
from typing import Any, Final, NoReturn

from asgiscope.texts import languages
from runtime.packages import PACKAGES

WORDS: Final = {each: import_module(f"runtime.words.{each}.lacks") for each in languages()}
IMPORTS: Final = sorted({name for package in PACKAGES.values() for name in package.imports})

MODULE: Final = re.compile(r"ModuleNotFoundError: No module named '(?P<name>[\w.]+)'")
# What an exception's type and text say, and what it comes from.
LACKS: Final[tuple[tuple[str, str], ...]] = (
    (r"no network in the browser|has no sockets|TLS not supported in this env", "network"),
    (r"no processes in the browser|does not support processes|has no processes", "process"),
    (r"ModuleNotFoundError: No module named '_?(multiprocessing|posixshmem)", "process"),
    (r"OSError: \[Errno 52\] Function not implemented", "process"),
    (r"RuntimeError: can't start new thread", "thread"),
    (r"no terminal in the browser", "input"),
    (r"FileNotFoundError: ", "file"),
)


def lack_of(exception: str) -> tuple[str, dict[str, str]] | None:
    """Which lack an exception comes from, and the values for its words; none for most."""
    for pattern, lack in LACKS:
        if re.search(pattern, exception):
            return lack, {}
    match = MODULE.search(exception)
    return (_lack_of_module(match["name"]), {"name": match["name"]}) if match else None


def _lack_of_module(name: str) -> str:
    top = name.partition(".")[0]
    if top in IMPORTS:
        return "part" if top in sys.modules else "unfetched"
    return "library" if top in sys.stdlib_module_names else "package"


def explained(texts: dict[str, dict[str, str]], exception: str) -> dict[str, dict[str, str]]:
    """The words of a finding by language; those of a lack, where the exception comes from one."""
    found = lack_of(exception)
    if found is None:
        return texts
    lack, values = found
    return {
        language: _words(language, lack, {**values, "exception": exception}) for language in texts
    }


def _words(language: str, lack: str, values: dict[str, str]) -> dict[str, str]:
    words = WORDS[language]
    values["packages"] = words.COMMA.join(IMPORTS)
    title, text, fix = (part.format_map(values) for part in words.LACKS[lack])
    return {"title": title, "text": text, "fix": fix}


def stand_in() -> None:
    """Give libraries what they import and never use here; refuse what would fail in silence."""
    semaphore = type("SemLock", (), {"__init__": _no_process, "SEM_VALUE_MAX": 0})
    debugger = type("Pdb", (), {"__init__": _no_terminal})
    _put("_multiprocessing", SemLock=semaphore, sem_unlink=_no_process)  # for Hypercorn
    _put("pdb", Pdb=debugger, set_trace=_no_terminal, post_mortem=_no_terminal)  # for Click
    os.system = _no_process
    builtins.input = _no_terminal
    for name in ("bind", "connect", "connect_ex", "listen", "sendto"):
        setattr(socket.socket, name, _no_network)
    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr"):
        setattr(socket, name, _no_network)


def _put(name: str, **members: Any) -> None:
    module = ModuleType(name, "Stands in for a module that cannot work in a browser.")
    vars(module).update(members)
    sys.modules[name] = module


def _no_process(*arguments: object, **options: object) -> NoReturn:
    raise OSError("there are no processes in the browser")


def _no_network(*arguments: object, **options: object) -> NoReturn:
    raise OSError("there is no network in the browser")


def _no_terminal(*arguments: object, **options: object) -> NoReturn:
    raise OSError("there is no terminal in the browser")
