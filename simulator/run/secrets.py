"""The installation's key, and the tokens that are derived from it.

Tokens of emulated accounts are never stored: each is an HMAC of the key with the run and the login, so it can be shown again
whenever the run's owner asks how to connect. The key is a file that only its owner may read.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from simulator.errors import SetupError
from simulator.run.machine import need_folder

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_KEY_BYTES = 32
KEY_FILE = "secret.key"


class Key:
    """The installation's key. Knows how to derive tokens and to compare what somebody sent."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def __repr__(self) -> str:
        return "Key(…)"

    def token(self, run: str, login: str) -> str:
        """The token of an emulated account: GitHub's prefix and 36 letters and digits, the same on both services.

        Source of the form: https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
        """
        number = int.from_bytes(self._derive("token", run, login), "big")
        letters = []
        for _ in range(36):
            number, index = divmod(number, len(_ALPHABET))
            letters.append(_ALPHABET[index])
        return "ghp_" + "".join(letters)

    def access_code(self) -> str:
        """What visitors from beyond this machine must show: 24 hexadecimal digits."""
        return self._derive("access").hex()[:24]

    def trainer_code(self) -> str:
        """What a trainer must show to waive findings and to answer disputes: 24 hexadecimal digits."""
        return self._derive("trainer").hex()[:24]

    def session_secret(self) -> bytes:
        """Key of the dashboard's signed cookies."""
        return self._derive("session")

    def _derive(self, *parts: str) -> bytes:
        return hmac.new(self._secret, "\0".join(parts).encode(), hashlib.sha256).digest()


def same(given: str, expected: str) -> bool:
    """Whether two secrets are equal, compared in constant time."""
    return hmac.compare_digest(given.encode(errors="surrogatepass"), expected.encode())


def open_key(folder: Path) -> Key:
    """The key of a data folder, made on first use. Raises SetupError when the folder cannot be read or written."""
    file = folder / KEY_FILE
    need_folder(folder)
    try:
        if not file.exists():
            _write_once(file, secrets.token_bytes(_KEY_BYTES))
        elif file.stat().st_mode & 0o077:
            file.chmod(0o600)  # copied or unpacked with everybody's rights
        secret = file.read_bytes()
    except OSError as exc:
        raise SetupError(
            f"the key cannot be used: {exc.strerror or exc}", where=str(file), to_do="see that this user may read it"
        ) from exc
    if len(secret) != _KEY_BYTES:
        raise SetupError("the key is damaged", where=str(file), to_do="remove it; tokens of earlier runs then change")
    return Key(secret)


def _write_once(file: Path, secret: bytes) -> None:
    aside = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(secret)
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(aside, file)  # the first process wins, all use its key
    except FileExistsError:
        pass
    finally:
        aside.unlink()
