"""The licence of a repository, told by the text of its licence file.

The text is compared with those of choosealicense.com, as GitHub's Licensee does: the share of words that both have in common
(Sørensen–Dice) must reach 98 %. Source: https://github.com/licensee/licensee/blob/main/docs/what-we-look-at.md
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import pygit2
from identify.vendor.licenses import LICENSES

_ALIKE = 0.98
_LONGEST = 200_000
_FILE = re.compile(
    r"(?:(?:un)?licen[cs]e|copying|(?:mit|bsd|apache|gpl)[-_]?licen[cs]e|licen[cs]e[-_](?:mit|bsd|apache|gpl))"
    r"(?:\.(?:md|markdown|txt|rst|html))?\Z",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"^[\s*#/_-]*(?:copyright|\(c\)|©|all rights reserved|portions copyright).*$", re.I | re.M)
_TITLE = re.compile(r"\A[^\n]{0,80}licen[cs]e[^\n]{0,80}\n", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9]+(?:['’/-][a-z0-9]+)*")
_NAMES = {
    "0BSD": "BSD Zero Clause License",
    "AFL-3.0": "Academic Free License v3.0",
    "AGPL-3.0": "GNU Affero General Public License v3.0",
    "Apache-2.0": "Apache License 2.0",
    "Artistic-2.0": "Artistic License 2.0",
    "BSD-2-Clause": 'BSD 2-Clause "Simplified" License',
    "BSD-3-Clause": 'BSD 3-Clause "New" or "Revised" License',
    "BSD-3-Clause-Clear": "BSD 3-Clause Clear License",
    "BSL-1.0": "Boost Software License 1.0",
    "CC-BY-4.0": "Creative Commons Attribution 4.0 International",
    "CC-BY-SA-4.0": "Creative Commons Attribution Share Alike 4.0 International",
    "CC0-1.0": "Creative Commons Zero v1.0 Universal",
    "ECL-2.0": "Educational Community License v2.0",
    "EPL-1.0": "Eclipse Public License 1.0",
    "EPL-2.0": "Eclipse Public License 2.0",
    "EUPL-1.1": "European Union Public License 1.1",
    "EUPL-1.2": "European Union Public License 1.2",
    "GPL-2.0": "GNU General Public License v2.0",
    "GPL-3.0": "GNU General Public License v3.0",
    "ISC": "ISC License",
    "LGPL-2.1": "GNU Lesser General Public License v2.1",
    "LGPL-3.0": "GNU Lesser General Public License v3.0",
    "LPPL-1.3c": "LaTeX Project Public License v1.3c",
    "MIT": "MIT License",
    "MPL-2.0": "Mozilla Public License 2.0",
    "MS-PL": "Microsoft Public License",
    "MS-RL": "Microsoft Reciprocal License",
    "NCSA": "University of Illinois/NCSA Open Source License",
    "OFL-1.1": "SIL Open Font License 1.1",
    "OSL-3.0": "Open Software License 3.0",
    "PostgreSQL": "PostgreSQL License",
    "UPL-1.0": "Universal Permissive License v1.0",
    "Unlicense": "The Unlicense",
    "WTFPL": "Do What The F*ck You Want To Public License",
    "Zlib": "zlib License",
}


@dataclass(frozen=True, slots=True)
class License:
    """A licence by GitHub's key (`mit`), SPDX's id and its name."""

    key: str
    spdx_id: str
    name: str


OTHER = License("other", "NOASSERTION", "Other")
"""What is said of a licence file whose text is none of the known ones."""


def license_file(tree: pygit2.Tree) -> pygit2.Blob | None:
    """The licence file at the top of a tree; one whose text is known goes before the others."""
    found = [entry for entry in tree if isinstance(entry, pygit2.Blob) and _FILE.match(str(entry.name))]
    return min(found, key=lambda entry: (license_of(entry) is OTHER, str(entry.name)), default=None)


def license_of(file: pygit2.Blob) -> License:
    """The licence that a file holds, OTHER when it is none of the known ones."""
    if file.size > _LONGEST:
        return OTHER
    return known_license(file.data.decode("utf-8", "replace"))


@lru_cache(maxsize=64)
def known_license(text: str) -> License:
    """The licence that a text is most alike, OTHER when it is not alike enough."""
    words = _words(text)
    alike, spdx_id = max((_likeness(words, known), spdx_id) for spdx_id, known in _known().items())
    return _license(spdx_id) if alike >= _ALIKE else OTHER


def license_by_key(key: str) -> tuple[License, str] | None:
    """A known licence with its text, by GitHub's key in any case."""
    found = next(((spdx_id, text) for spdx_id, text in LICENSES if spdx_id.lower() == key.lower()), None)
    return None if found is None else (_license(found[0]), found[1])


def _license(spdx_id: str) -> License:
    return License(spdx_id.lower(), spdx_id, _NAMES.get(spdx_id, spdx_id))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / ((len(one) + len(other)) or 1)


@cache
def _known() -> dict[str, frozenset[str]]:
    return {spdx_id: _words(text) for spdx_id, text in LICENSES}


def _words(text: str) -> frozenset[str]:
    plain = _TITLE.sub("", _COPYRIGHT.sub("", text.lstrip()).lstrip())
    return frozenset(_WORD.findall(plain.lower()))
