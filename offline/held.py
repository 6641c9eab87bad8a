"""What a page on a disk may not fetch, as a script that it may load (browser/script_file.ts)."""

from __future__ import annotations

import base64
import gzip


def held(value: str) -> bytes:
    """A script that hangs a value, written as JSON, on its own element."""
    return f"document.currentScript.held={value};\n".encode()


def held_bytes(data: bytes) -> bytes:
    """The same with bytes: compressed by gzip, in base64."""
    packed = gzip.compress(data, compresslevel=9, mtime=0)
    return held(f'"{base64.b64encode(packed).decode()}"')
