"""Commits and files as parts of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.graphql.views.base import InRepository, Paged
from simulator.emulators.github.graphql.views.commits import CommitView
from simulator.emulators.github.payloads.users import node_id
from simulator.emulators.gitserver.diffs import ChangedFile

if TYPE_CHECKING:
    from simulator.emulators.github.graphql.views.pull_branches import PullBranches

_CHANGES = {"removed": "DELETED"}


class PullCommitView(Paged, InRepository):
    """A commit of a pull request."""

    typename = "PullRequestCommit"

    def __init__(self, reader: Reader, pull: PullBranches, commit: CommitView) -> None:
        super().__init__(reader, pull.home)
        self.pull_request = pull
        self.commit = commit

    @property
    def id(self) -> str:
        """The global id."""
        return node_id(self.typename, self.pull_request.number_in_site, self.commit.oid)

    @property
    def resource_path(self) -> str:
        """The commit within the pull request's page."""
        return f"{self.pull_request.resource_path}/commits/{self.commit.oid}"


class ChangedFileView:
    """A file as a pull request changes it."""

    def __init__(self, file: ChangedFile) -> None:
        self.path = file.path
        self.additions = file.additions
        self.deletions = file.deletions
        self.change_type = _CHANGES.get(file.status, file.status.upper())
