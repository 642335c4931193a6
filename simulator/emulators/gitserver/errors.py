"""What git can refuse."""

from __future__ import annotations


class GitError(Exception):
    """Base: a repository could not do what was asked."""


class NoSuchObject(GitError):
    """There is no such object, or none of that kind."""


class BadName(GitError):
    """A ref name or a path that git does not allow."""


class RefMoved(GitError):
    """A ref is not where the caller thought it was; `actual` is where it is (None: it does not exist)."""

    def __init__(self, ref: str, actual: str | None) -> None:
        super().__init__(f"{ref} is at {actual or 'nothing'}")
        self.ref = ref
        self.actual = actual


class MergeConflict(GitError):
    """Two sides changed the same lines; `paths` names the files."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        super().__init__(f"conflict in {', '.join(paths)}")
        self.paths = paths
