# Runs once in the worker, with the engine mounted. Its value is the function that the worker calls.
import importlib
import json
import sys
import zipfile

sys.path.insert(0, "/asgiscope.zip")
import asgiscope


def play(source: str, client: str, filename: str) -> str:
    return asgiscope.play(source, json.loads(client), filename)


def add_archive(path: str) -> None:
    with zipfile.ZipFile(path) as archive:
        compiled = {name.split("/")[0] for name in archive.namelist() if name.endswith(".so")}
        for name in archive.namelist():  # compiled code is loaded from a file, not from a zip
            if name.split("/")[0] in compiled:
                archive.extract(name, "/compiled")
    sys.path.append(path)
    importlib.invalidate_caches()


sys.path.insert(0, "/compiled")
(play, add_archive)
