"""From addresses to commits and paths: `feature/x/src/app.py` names a branch and a file, and the branch may have slashes."""

from __future__ import annotations

from dataclasses import dataclass

import pygit2

from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.state.revisions import resolve
from simulator.emulators.github.state.work import Place
from simulator.emulators.gitserver import history, refs

_DEEPEST = 100
_GONE = "There is no branch, tag or commit {name} here, or none any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A commit by the name that the address gave it, and the path behind it ("" for the whole tree)."""

    ref: str
    commit: pygit2.Commit
    path: str

    @property
    def sha(self) -> str:
        """The commit's id."""
        return str(self.commit.id)


def revision_in(place: Place, rest: str) -> Revision:
    """The revision that the rest of an address names. Branches go before tags, both before commits. Raises NotFound."""
    git = place.git
    parts = rest.strip("/").split("/")
    ends = range(1, min(len(parts), _DEEPEST) + 1)
    names = ["/".join(parts[:end]) for end in ends]
    branch = next((name for name in names if refs.read_ref(git, f"refs/heads/{name}")), None)
    for name in [branch] if branch else names:
        sha = resolve(git, place.repository, name)
        if sha is not None:
            path = rest.strip("/")[len(name) :].strip("/")
            return Revision(ref=name, commit=history.commit(git, sha), path=path)
    raise NotFound(_GONE.format(name=rest[:200]))


def whole_revision(place: Place, name: str) -> pygit2.Commit:
    """The commit that a name means, with no path behind it. Raises NotFound."""
    git = place.git
    sha = resolve(git, place.repository, name)
    if sha is None:
        raise NotFound(_GONE.format(name=name[:200]))
    return history.commit(git, sha)


def readable(name: str) -> str:
    """A name from git as text: bytes that are no UTF-8 are replaced."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
