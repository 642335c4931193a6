"""Tags: their order in lists, what they lead to, and annotated tag objects. Nothing here moves a ref."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone

import pygit2
from pygit2.enums import ObjectType

PREFIX = "refs/tags/"
_NUMBERS = re.compile(r"(\d+)")
_KINDS = {
    ObjectType.COMMIT: "commit",
    ObjectType.TREE: "tree",
    ObjectType.BLOB: "blob",
    ObjectType.TAG: "tag",
}


def newest_first(found: Mapping[str, str]) -> list[tuple[str, str]]:
    """Tag names with their object ids from refs by full name, the highest version first, as github.com lists them."""
    names = [(ref.removeprefix(PREFIX), sha) for ref, sha in found.items()]
    return sorted(names, key=lambda each: _version(each[0]), reverse=True)


def commit_of(repository: pygit2.Repository, sha: str) -> str:
    """The object that a tag leads to in the end, mostly a commit; an annotated tag's is its target."""
    found = repository[sha]
    while isinstance(found, pygit2.Tag):
        found = repository[found.target]
    return str(found.id)


def make(
    repository: pygit2.Repository, name: str, target: pygit2.Object, *, tagger: pygit2.Signature, message: str
) -> pygit2.Tag:
    """An annotated tag object that no ref points to yet."""
    zone = timezone(timedelta(minutes=tagger.offset))
    when = datetime.fromtimestamp(tagger.time, UTC).astimezone(zone)
    text = message.replace("\0", "")
    head = (
        f"object {target.id}\ntype {_KINDS[target.type]}\ntag {name}\n"
        f"tagger {tagger.name} <{tagger.email}> {tagger.time} {when:%z}\n\n"
    )
    made = repository.write(ObjectType.TAG, (head + text + ("" if text.endswith("\n") else "\n")).encode())
    return repository[made].peel(pygit2.Tag)


def _version(name: str) -> list[tuple[bool, int, str]]:
    # numbers by their size, letters as they are; every part has both, so that any two can be compared
    parts = _NUMBERS.split(name)
    return [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts]
