# Runs once, with the engine mounted. The worker calls play, mount and import_ahead.
import encodings
import gc
import importlib
import sys
import zipfile
from pathlib import Path

sys.path.insert(0, "/asgiscope.zip")
from runtime.inside.ahead import Absent, absent, begin
from runtime.inside.ahead import import_ahead as import_ahead
from runtime.inside.answer import answer
from runtime.inside.lacks import stand_in


def add_archive(path: str) -> None:
    with zipfile.ZipFile(path) as archive:
        # Compiled code is loaded from a file, and data is often read from one: not from a zip.
        names = [name for name in archive.namelist() if ".dist-info/" not in name]
        data = (name for name in names if not name.endswith((".pyc", ".py")))
        unpacked = {name.split("/")[0] for name in data}
        for name in names:
            if name.split("/")[0] in unpacked:
                archive.extract(name, UNPACKED)
    sys.path.append(path)
    if any(name.startswith("encodings/") for name in names):  # the one package in two archives
        encodings.__path__.append(f"{path}/encodings")
    sys.path_importer_cache.pop(UNPACKED, None)  # it may not know of what is there now


UNPACKED = "/unpacked"
Path(UNPACKED).mkdir(parents=True, exist_ok=True)
sys.path.insert(0, UNPACKED)
stand_in()
sys.meta_path.append(Absent)
gc.freeze()
gc.enable()  # sitecustomize.py has put it off


def play(source: str, client: str, filename: str) -> str:
    """The modules that were looked for in vain, a line break, and the answer."""
    begin()
    text = answer(source, client, filename)
    return " ".join(absent) + "\n" + text


def mount(paths: str) -> None:
    """Make archives importable, by their paths with spaces between them."""
    for path in paths.split():
        if path == LIBRARY:
            importlib.invalidate_caches()  # it is on the path, and was empty
        else:
            add_archive(path)


LIBRARY = "/lib/python314.zip"
