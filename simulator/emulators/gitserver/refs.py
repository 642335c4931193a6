"""Refs: reading them, and moving them only from where the caller saw them.

A move locks the ref as git itself does, so a push and a request to the API cannot both win.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pygit2

from simulator.emulators.gitserver import later
from simulator.emulators.gitserver.errors import BadName, NoSuchObject, RefMoved

ZERO = "0" * 40
LONGEST_NAME = 255
"""Bytes of a full ref name that are taken, as many as an activity row keeps."""

_PROMISED = "refs/pull/"
_SHA = re.compile(r"[0-9a-f]{40}\Z")
_PATIENCE = 200  # times 10 ms
_pause = threading.Event()  # never set: waiting on it is a pause


@dataclass(frozen=True, slots=True, kw_only=True)
class RefUpdate:
    """A full ref name's way from one object id to another; None for a ref that did not exist or is gone."""

    ref: str
    before: str | None
    after: str | None

    @property
    def branch(self) -> str | None:
        """The branch's name, None when the ref is no branch."""
        return self.ref.removeprefix("refs/heads/") if self.ref.startswith("refs/heads/") else None


def is_sha(text: str) -> bool:
    """Whether the text is a full object id."""
    return _SHA.match(text) is not None


def is_valid_name(ref: str) -> bool:
    """Whether git allows this full ref name (`refs/heads/x`), and it can be kept."""
    try:
        length = len(ref.encode())
    except UnicodeEncodeError:  # bytes that are no UTF-8
        return False
    return 5 < length <= LONGEST_NAME and "\0" not in ref and bool(pygit2.reference_is_valid_name(ref))


def read_ref(repository: pygit2.Repository, ref: str) -> str | None:
    """Object id that a full ref name points to, None when there is no such ref."""
    if not is_valid_name(ref):
        return None
    if ref.startswith(_PROMISED) and ref.endswith("/head"):
        later.settle(repository)
    try:
        return str(repository.references[ref].resolve().target)
    except (KeyError, ValueError, pygit2.GitError):
        return None


def list_refs(repository: pygit2.Repository, prefix: str = "refs/") -> dict[str, str]:
    """All refs whose full name begins with `prefix`, in order of their names."""
    found = {}
    if prefix.startswith(_PROMISED) or _PROMISED.startswith(prefix):
        later.settle(repository)
    for reference in repository.references.iterator():
        if reference.name.startswith(prefix) and isinstance(reference.target, pygit2.Oid):
            found[reference.name] = str(reference.target)
    return dict(sorted(found.items()))


def write_ref(repository: pygit2.Repository, ref: str, sha: str, *, expected: str | None) -> None:
    """Point `ref` to `sha` if it is still at `expected` (None: does not exist yet).

    Raises RefMoved when it is elsewhere, BadName for a name that git refuses or that collides with another ref
    (`a` and `a/b`), NoSuchObject when there is no such object.
    """
    if not is_valid_name(ref):
        raise BadName(f"{ref!r} is not a valid ref name")
    if sha not in repository:
        raise NoSuchObject(f"no object {sha}")
    if expected is None:
        _refuse_collision(repository, ref)
    _change(repository, ref, expected, lambda transaction: transaction.set_target(ref, sha))


def delete_ref(repository: pygit2.Repository, ref: str, *, expected: str) -> None:
    """Delete `ref` if it is still at `expected`. Raises RefMoved when it is elsewhere or gone."""
    _change(repository, ref, expected, lambda transaction: transaction.remove(ref))


def _change(
    repository: pygit2.Repository,
    ref: str,
    expected: str | None,
    change: Callable[[pygit2.transaction.ReferenceTransaction], None],
) -> None:
    with repository.transaction() as transaction:
        _lock(transaction, ref)
        actual = read_ref(repository, ref)
        if actual != expected:
            raise RefMoved(ref, actual)
        change(transaction)


def _lock(transaction: pygit2.transaction.ReferenceTransaction, ref: str) -> None:
    for _ in range(_PATIENCE):
        try:
            return transaction.lock_ref(ref)
        except pygit2.GitError:  # another writer holds it, for some milliseconds
            _pause.wait(0.01)
    raise RefMoved(ref, None)


def _refuse_collision(repository: pygit2.Repository, ref: str) -> None:
    parts = ref.split("/")
    for end in range(3, len(parts)):
        above = "/".join(parts[:end])
        if read_ref(repository, above):
            raise BadName(f"{above!r} exists; cannot create {ref!r}")
    below = next(_below(Path(repository.path), f"{ref}/"), None)
    if below is not None:
        raise BadName(f"{below!r} exists; cannot create {ref!r}")


def _below(folder: Path, prefix: str) -> Iterator[str]:
    """Refs whose names begin with a prefix, found without a look at all the others."""
    if (folder / prefix).is_dir():
        yield from (str(path.relative_to(folder)) for path in (folder / prefix).rglob("*") if path.is_file())
    packed = folder / "packed-refs"
    if packed.is_file():
        names = (line.partition(" ")[2] for line in packed.read_text(errors="surrogateescape").splitlines())
        yield from (name for name in names if name.startswith(prefix))
