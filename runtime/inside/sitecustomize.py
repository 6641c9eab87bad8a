"""Python imports this by itself at its start (the documentation of ``site``), from its library.

zipimport inflates and unmarshals each module twice: once to tell where it comes from, and again to
run it. Here the second time gets what the first has read; that is a tenth of a start. Nothing else
is imported here, because it would still be read twice.

While Python starts, hardly anything is garbage: to look for it all the time takes a twentieth of a
start. ``play.py`` lets it be looked for again, but no more among what has been loaded.
"""

import gc
import zipimport

gc.disable()

KEPT: dict[tuple[str, str, str], object] = {}  # by archive, folder and name
read = zipimport._get_module_code  # type: ignore[attr-defined]


def read_once(importer: zipimport.zipimporter, name: str) -> object:
    module = importer.archive, importer.prefix, name
    if module in KEPT:
        return KEPT.pop(module)
    KEPT[module] = found = read(importer, name)
    return found


zipimport._get_module_code = read_once  # type: ignore[attr-defined]
