# Runs once in the worker, with the engine mounted. Its value is the function that the worker calls.
import importlib
import json
import sys

sys.path.insert(0, "/asgiscope.zip")
import asgiscope


def play(source: str, client: str, filename: str) -> str:
    return asgiscope.play(source, json.loads(client), filename)


def add_wheel(path: str) -> None:
    sys.path.append(path)
    importlib.invalidate_caches()


(play, add_wheel)
