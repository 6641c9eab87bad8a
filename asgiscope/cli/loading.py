"""Finds and imports the app that a command names: a file or a module, and the object in it.

``pkg.main:app``, ``pkg/main.py:app`` and ``main.py`` all work as they do for a server: the folder
of the project can be imported from, a file inside a package is imported as a part of it (so that
its relative imports work), and so can what is in ``src``.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from types import ModuleType
from typing import Any, Final, NamedTuple

from ..protocol.names import name_of_type, nearest
from ..trace.tracebacks import own_frames

NAMES: Final = ("app", "application", "asgi_app")  # what is looked for where no name is given
FACTORIES: Final = ("create_app", "make_app", "get_app", "get_asgi_application")


class UsageError(Exception):
    """The command cannot be carried out as it stands; the text says what to do about it."""


class LoadError(Exception):
    """The app's own code failed while it was imported. ``frames`` are its own lines, outermost
    first."""

    def __init__(self, text: str, frames: tuple[str, ...] = ()) -> None:
        super().__init__(text)
        self.frames = frames


class Loaded(NamedTuple):
    """An app, and the file in which it was found."""

    app: Any
    file: str


class Target(NamedTuple):
    """What is to be imported: a module's name, and the folder from which it is found."""

    module: str
    folder: Path
    file: Path | None = None


def load(given: str, app_dir: str = ".", factory: bool = False) -> Loaded:
    """The app that ``given`` names. Raises :class:`UsageError` and :class:`LoadError`."""
    place, name = _split(given)
    folder = Path(app_dir).resolve()
    if not folder.is_dir():
        raise UsageError(f"--app-dir: there is no folder {app_dir}")
    is_file = place.endswith(".py") or Path(place).is_file() or bool(set(place) & {"/", "\\"})
    target = _of_file(place, folder) if is_file else Target(place, folder)
    with _importable(folder, folder / "src", target.folder), redirect_stdout(sys.stderr):
        module = _import(target, place)
        found = _find(module, name, place)
        app = _built(found, name or "app", place) if factory else found
    if not factory:
        _refuse_factory(app, given)
    return Loaded(app, str(Path(module.__file__ or place).resolve()))


def _split(given: str) -> tuple[str, str]:
    """File or module, and the object's name or "". A drive's colon is no separator."""
    if Path(given).is_file():
        return given, ""
    place, colon, name = given.rpartition(":")
    return (place, name) if colon and len(place) > 1 else (given, "")


def _of_file(place: str, app_dir: Path) -> Target:
    """The module that a file is, seen from the folder outside of its packages."""
    file = next((p for p in (Path(place), app_dir / place) if p.is_file()), Path(place)).resolve()
    if not file.is_file():
        near = nearest(file.name, [path.name for path in file.parent.glob("*.py")])
        raise UsageError(f"there is no file {place}{f'; did you mean {near}?' if near else ''}")
    parts, folder = [file.stem], file.parent
    for _ in range(_levels_up(file)):
        parts.insert(0, folder.name)
        folder = folder.parent
    while (folder / "__init__.py").is_file():
        parts.insert(0, folder.name)
        folder = folder.parent
    if parts[-1] == "__init__" and len(parts) > 1:
        parts.pop()
    return Target(".".join(parts), folder, file)


def _levels_up(file: Path) -> int:
    """How many folders up the file's relative imports reach: so many are packages, named or not."""
    try:
        tree = ast.parse(file.read_bytes())
    except (SyntaxError, ValueError):
        return 0  # importing it says what is wrong
    if (file.parent / "__init__.py").is_file():
        return 0
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return max((node.level for node in imports), default=0)


@contextmanager
def _importable(*folders: Path) -> Iterator[None]:
    """Let the folders come first on the path; they stay there, for imports while the app runs."""
    for folder in reversed(folders):
        if folder.is_dir() and str(folder) not in sys.path[:1]:
            sys.path.insert(0, str(folder))
    yield


def _import(target: Target, place: str) -> ModuleType:
    try:
        if target.file and "." not in target.module:
            return _import_file(target.module, target.file)
        return importlib.import_module(target.module)
    except SyntaxError as error:
        raise LoadError(f"{error.filename}:{error.lineno}: {error.msg}") from None
    except ModuleNotFoundError as error:
        if error.name and (target.module + ".").startswith(error.name + "."):
            raise UsageError(_not_found(place, error.name, target.folder)) from None
        raise _failed(place, error) from error
    except (Exception, SystemExit) as error:
        raise _failed(place, error) from error


def _failed(place: str, error: BaseException) -> LoadError:
    text = f"{name_of_type(error)}: {error}".rstrip(": ")
    return LoadError(f"{place}: importing it raised {text}", own_frames(error))


def _not_found(place: str, missing: str, folder: Path) -> str:
    hint = ""
    if (folder / place.replace(":", "")).with_suffix(".py").is_file():
        hint = f"; did you mean {place}.py?"
    return f"there is no module {missing!r} below {folder} (--app-dir says where to look){hint}"


def _import_file(name: str, file: Path) -> ModuleType:
    """A file that is no part of a package, as a module of its own name, if that is free."""
    name = name if name not in sys.modules and name.isidentifier() else "asgiscope_app"
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise UsageError(f"{file} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _find(module: ModuleType, name: str, place: str) -> Any:
    if not name:
        names = [name for name in NAMES if hasattr(module, name)]
        if not names:
            raise UsageError(f"{place} defines no 'app'{_hint(module, place)}")
        name = names[0]
    found: Any = module
    for part in name.split("."):
        if not hasattr(found, part):
            near = nearest(part, vars(found)) if hasattr(found, "__dict__") else ""
            raise UsageError(
                f"{place} defines no {part!r}" + (f"; did you mean {near!r}?" if near else "")
            )
        found = getattr(found, part)
    return found


def _hint(module: ModuleType, place: str) -> str:
    """What could have been meant where a module has no app."""
    factory = next((name for name in FACTORIES if callable(getattr(module, name, None))), None)
    if factory and factory != "get_asgi_application":
        return f"; it has a factory: write {place}:{factory} --factory"
    folder = Path(module.__file__).parent if module.__file__ else Path()
    django = next((file for file in sorted(folder.glob("**/asgi.py"))), None)
    if django:
        here = Path.cwd()
        shown = django.relative_to(here) if django.is_relative_to(here) else django
        return f"; Django's app is in another file: write {shown}:application"
    near = nearest("app", [name for name in vars(module) if not name.startswith("_")])
    return f"; did you mean {near!r}?" if near else "; write FILE:NAME"


def _built(factory: Any, name: str, place: str) -> Any:
    if not callable(factory):
        raise UsageError(f"--factory: {name!r} in {place} cannot be called")
    try:
        app = factory()
    except (Exception, SystemExit) as error:
        text = f"{name_of_type(error)}: {error}".rstrip(": ")
        raise LoadError(f"{place}: calling {name}() raised {text}", own_frames(error)) from error
    if inspect.iscoroutine(app):
        app.close()
        raise UsageError(f"--factory: {name!r} in {place} is an async function; make it plain")
    return app


def _refuse_factory(app: Any, given: str) -> None:
    """A function without parameters is no app; it makes one."""
    if not inspect.isfunction(app) or inspect.iscoroutinefunction(app):
        return
    try:
        signature = inspect.signature(app)
        signature.bind()
    except (TypeError, ValueError):
        return
    if not any(_takes(signature, count) for count in (1, 3)):
        raise UsageError(f"{given} is a factory: it takes no arguments; add --factory")


def _takes(signature: inspect.Signature, count: int) -> bool:
    try:
        signature.bind(*range(count))
    except TypeError:
        return False
    return True
