# Runs in Pyodide under Node (compile.ts): turns archives of Python source into bytecode. Pyodide
# itself compiles, because the bytecode has to be that of its own Python.
import importlib._bootstrap_external as external
import importlib.util
import io
import zipfile
from collections.abc import Iterable

DATE = (2026, 1, 1, 0, 0, 0)


def compile_archive(source: bytes, prefix: str, keep: Iterable[str], optimize: int) -> bytes:
    """The bytes of a zip in which each .py has become a .pyc that is never checked.

    ``prefix`` is what the code objects' file names begin with; ``keep`` names the files whose
    source stays beside the bytecode.
    """
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as read, zipfile.ZipFile(output, "w") as made:
        for name in sorted(read.namelist()):
            if name.endswith("/"):
                continue
            data = read.read(name)
            if name.endswith(".py"):
                code = compile(data, prefix + name, "exec", dont_inherit=True, optimize=optimize)
                hashed = importlib.util.source_hash(data)
                made_of = external._code_to_hash_pyc  # type: ignore[attr-defined]
                write(made, name + "c", bytes(made_of(code, hashed, False)))
                if name not in keep:
                    continue
            write(made, name, data)
    return output.getvalue()


def write(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, DATE)
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)  # as it is: hosts compress the archive as a whole


compile_archive
