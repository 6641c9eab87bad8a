# Runs in Pyodide under Node after play.py, when a snapshot is made: runtime/snapshot.py.
import gc
import importlib
import json
import linecache
import random
import re
import sys
import zipimport
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runtime.inside.ahead import absent
    from runtime.inside.play import play


def settle(modules: list[str], source: str, client: str) -> str:
    """Import modules and make one run; forget what belongs to this place.

    Return what is loaded, and what was looked for in vain, as JSON.
    """
    absent.clear()
    gc.unfreeze()
    for name in modules:
        importlib.import_module(name)
    missed = list(absent)
    play(source, client, "app.py")
    linecache.clearcache()
    re.purge()
    gc.collect()
    sys.path_importer_cache.clear()
    zipimport._zip_directory_cache.clear()  # type: ignore[attr-defined]
    for importer in gc.get_objects():
        if type(importer) is zipimport.zipimporter:
            vars(importer).update(_files={}, _cache_is_valid=False)
    random.seed(0)
    gc.collect()
    gc.freeze()
    return json.dumps({"modules": sorted(sys.modules), "absent": missed})
