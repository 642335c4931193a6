"""The key that signs who is signed in: made once, kept beside the repositories, readable by the server's user only."""

from __future__ import annotations

import os
import secrets
from functools import lru_cache
from pathlib import Path

_NAME = "sign-in.key"
_BYTES = 32


@lru_cache(maxsize=64)
def signing_key(folder: Path) -> bytes:
    """The folder's key; all processes that share the folder get the same one."""
    file = folder / _NAME
    for _ in range(2):
        found = _read(file)
        if found is not None:
            return found
        _make(folder, file)
    raise OSError(f"{file} holds no key")


def _read(file: Path) -> bytes | None:
    try:
        found = file.read_bytes()
    except FileNotFoundError:
        return None
    if len(found) == _BYTES:
        return found
    file.unlink(missing_ok=True)  # half a key is no key
    return None


def _make(folder: Path, file: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f".{_NAME}.{secrets.token_hex(8)}"
    handle = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        os.write(handle, secrets.token_bytes(_BYTES))
        os.close(handle)
        os.link(fresh, file)  # whole or not at all, whoever else makes one now
    except FileExistsError:
        return
    finally:
        fresh.unlink()
