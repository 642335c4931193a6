"""The body of a request that git has packed with gzip. Source: https://git-scm.com/docs/http-protocol"""

from __future__ import annotations

import gzip
import zlib
from typing import IO

from simulator.emulators.gitserver.pktline import BrokenStream


class Gunzipped:
    """A stream unpacked as it is read."""

    def __init__(self, packed: IO[bytes]) -> None:
        self._file = gzip.GzipFile(fileobj=packed)

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most `size`. Raises BrokenStream where the stream is cut off or not gzip's."""
        try:
            return self._file.read(size)
        except (OSError, EOFError, zlib.error) as exc:
            raise BrokenStream(f"the body cannot be unpacked: {exc}") from exc
