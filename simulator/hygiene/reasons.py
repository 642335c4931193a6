"""Whether a commit message says more than its header: prose, and not a list of files or of the commits folded into it.

Refuses to weigh what is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from simulator.hygiene.headers import without_number
from simulator.hygiene.messages import parts_of
from simulator.hygiene.words import length_of

_MARK = re.compile(r"(?:[-*+•#>]+|\d{1,3}[.)])\s+")
_PATH = re.compile(
    r"(?:(?:modified|new file|deleted|renamed|added|changed|removed|[MADR]):?\s+)?`?[\w./@-]*[./][\w./@-]+`?,?\Z"
)
_RULE = re.compile(r"[-=_*~]{3,}\Z")


def prose_length(message: str, *, folded: Iterable[str] = ()) -> int:
    """Characters of a message's body that are neither its header again, nor a file's name, nor the header of a folded commit.

    What a BREAKING CHANGE footer says counts. Of scripts without blanks a sign counts three.
    """
    parts = parts_of(message)
    known = {_bare(parts.header), *map(_bare, folded)}
    breaking = [line.partition(":")[2] for line in parts.trailers if line.startswith("BREAKING")]
    return sum(length_of(line) for line in _told([*parts.body, *breaking], known))


def _told(lines: Iterable[str], known: set[str]) -> Iterator[str]:
    for line in lines:
        text = line.strip()[:500]
        mark = _MARK.match(text)
        bare = text[mark.end() :] if mark else text
        if bare and _bare(bare) not in known and not _PATH.match(bare) and not _RULE.match(bare):
            yield bare


def _bare(text: str) -> str:
    return without_number(text.strip()).lower().rstrip(".")
