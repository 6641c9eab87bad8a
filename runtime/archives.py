"""The archives that Python in the browser imports from: bytecode instead of source, one per need.

Compiling the standard library at every start would take most of the time of a start, so it is done
here, by Pyodide itself under Node. What is compiled is kept by content in ``build/archives/``.
"""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from common.places import BUILD, ROOT

CACHE: Final = BUILD / "archives"
COMPILER: Final = tuple(ROOT / "runtime" / name for name in ("compile.ts", "inside/compile.py"))
ZIP_DATE: Final = (2026, 1, 1, 0, 0, 0)

# Modules of the standard library that hardly any app imports, or that cannot work in a browser.
# They are in an archive of their own, which is fetched when a demo imports one of them.
SELDOM: Final = (
    "_pydatetime", "_pyio", "_pylong", "_pyrepl", "antigravity", "argparse", "bdb", "cProfile",
    "cmd", "code", "compileall", "configparser", "csv", "ctypes", "doctest", "filecmp",
    "fileinput", "fractions", "ftplib", "getpass", "gettext", "graphlib", "imaplib", "lzma",
    "mailbox", "modulefinder", "multiprocessing", "netrc", "nturl2path", "optparse", "pdb",
    "pickletools", "plistlib", "poplib", "pprint", "profile", "pstats", "pty", "py_compile",
    "pyclbr", "pydoc", "rlcompleter", "sched", "shelve", "smtplib", "sqlite3", "statistics",
    "symtable", "tabnanny", "tarfile", "this", "timeit", "tomllib", "trace", "tracemalloc", "tty",
    "unittest", "wave", "webbrowser", "wsgiref", "xml", "xmlrpc", "zipapp", "zoneinfo",
)  # fmt: skip
# Of the text encodings, those that a page on the web or an app of today may meet.
ENCODINGS: Final = frozenset(
    (
        "__init__", "aliases", "ascii", "base64_codec", "big5", "charmap", "cp1252", "cp437",
        "euc_jp", "euc_kr", "gb18030", "gb2312", "gbk", "hex_codec", "idna", "iso2022_jp",
        "iso8859_1", "iso8859_15", "latin_1", "punycode", "quopri_codec", "raw_unicode_escape",
        "rot_13", "shift_jis", "undefined", "unicode_escape", "utf_16", "utf_16_be", "utf_16_le",
        "utf_32", "utf_32_be", "utf_32_le", "utf_7", "utf_8", "utf_8_sig", "zlib_codec",
    )
)  # fmt: skip

# What Python imports by itself at its start.
CUSTOM: Final = ROOT / "runtime" / "inside" / "sitecustomize.py"

CUSTOM_SECTION: Final = b"\0"  # of a WebAssembly module: what nobody runs
UNREAD: Final = (".pyi", ".pxd", ".pyx", ".c", ".h", ".mo", ".po", ".md")

Run = Callable[[list[str]], object]  # runs Node with these arguments


@dataclass(frozen=True)
class Archive:
    """Python source in a zip, and how to compile it.

    ``prefix`` is where the code objects say that they come from; ``keep`` are files whose source
    has to stay, because they read it.
    """

    source: bytes
    prefix: str
    keep: tuple[str, ...] = ()
    optimize: int = 2

    def key(self, release: str) -> str:
        parameters = (release, self.prefix, self.keep, self.optimize)
        digest = hashlib.sha256(repr(parameters).encode())
        for file in COMPILER:
            digest.update(file.read_bytes())
        digest.update(self.source)
        return digest.hexdigest()[:32]


def compiled(archives: dict[str, Archive], release: str, run: Run) -> dict[str, bytes]:
    """Each archive as bytecode; ``release`` is that of Pyodide."""
    CACHE.mkdir(parents=True, exist_ok=True)
    paths = {name: CACHE / f"{archive.key(release)}.zip" for name, archive in archives.items()}
    missing = [name for name, path in paths.items() if not path.is_file()]
    if missing:
        with tempfile.TemporaryDirectory(dir=CACHE) as folder:
            jobs = [_job(Path(folder), name, archives[name]) for name in missing]
            listed = Path(folder, "jobs.json")
            listed.write_text(json.dumps(jobs), encoding="utf-8")
            run([str(COMPILER[0]), str(listed)])
            for name in missing:
                Path(folder, f"{name}.out").replace(paths[name])
    return {name: path.read_bytes() for name, path in paths.items()}


def _job(folder: Path, name: str, archive: Archive) -> dict[str, object]:
    source = folder / f"{name}.in"
    source.write_bytes(archive.source)
    return {
        "source": str(source),
        "output": str(folder / f"{name}.out"),
        "prefix": archive.prefix,
        "keep": archive.keep,
        "optimize": archive.optimize,
    }


def standard_library(zipped: bytes) -> dict[str, Archive]:
    """Pyodide's standard library as two archives: what apps import, and what hardly any does."""
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name[-1] != "/"}
    often = {name: data for name, data in files.items() if not is_seldom(name)}
    often[CUSTOM.name] = CUSTOM.read_bytes()
    seldom = {name: data for name, data in files.items() if is_seldom(name)}
    return {
        "python_stdlib.zip": Archive(zip_files(often), "/lib/python314.zip/"),
        "python_seldom.zip": Archive(zip_files(seldom), "/python_seldom.zip/"),
    }


def is_seldom(name: str) -> bool:
    """Whether a file of the standard library belongs to the second archive."""
    top, _, rest = name.partition("/")
    if top == "encodings":
        return rest.removesuffix(".py") not in ENCODINGS
    return top.removesuffix(".py") in SELDOM


def zip_files(files: dict[str, bytes]) -> bytes:
    """A zip of these files; the same bytes for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date_time=ZIP_DATE)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name], zipfile.ZIP_STORED)
    return buffer.getvalue()


def as_module(zipped: bytes) -> bytes:
    """The zip as the one section of a WebAssembly module.

    Hosts compress modules, which they do not do with zips, and what is compressed as a whole is a
    third smaller than what is compressed file by file. Python reads it as the zip that it still
    is: a zip is read from its end.
    """
    section = b"\x03zip" + zipped
    return b"\0asm\1\0\0\0" + CUSTOM_SECTION + leb128(len(section)) + section


def leb128(value: int) -> bytes:
    """A number that is not negative, as WebAssembly writes it."""
    digits = bytearray()
    while value >= 0x80:
        digits.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*digits, value))


def library_files(zipped: bytes, beginnings: tuple[str, ...]) -> dict[str, bytes]:
    """The files of the standard library whose paths begin so."""
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        names = [name for name in archive.namelist() if name[-1] != "/"]
        return {name: archive.read(name) for name in names if name.startswith(beginnings)}


def joined(wheels: Iterable[Path], without: tuple[str, ...], library: dict[str, bytes]) -> bytes:
    """The files of several wheels, and some of the standard library, in one zip.

    Left out are the paths that begin as in ``without``, what only an installer or a type checker
    reads, and what is compiled for another machine.
    """
    files = dict(library)
    for wheel in wheels:
        browser = wheel.name.endswith(("none-any.whl", "wasm32.whl"))
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                foreign = name.endswith(".so") and not browser
                if not (foreign or name.startswith(without) or _is_unread(name)):
                    files[name] = archive.read(name)
    return zip_files(files)


def _is_unread(name: str) -> bool:
    folder, _, file = name.rpartition("/")
    if ".dist-info" in folder:
        return file not in ("METADATA", "entry_points.txt")
    return not file or file == "py.typed" or file.endswith(UNREAD)
