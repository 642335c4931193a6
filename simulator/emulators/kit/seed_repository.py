"""A repository of a seed, and what is wrong with the names in it. Models and checks only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field

from simulator.emulators.kit.seed_content import (
    STRICT,
    Branch,
    Files,
    SeedBranch,
    SeedHook,
    SeedIssue,
    SeedLabel,
    SeedMilestone,
    SeedProtection,
    SeedPullRequest,
    SeedRelease,
    SeedThread,
)

Permission = Literal["read", "pull", "triage", "write", "push", "maintain", "admin"]

_FULL_NAME = r"^[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}$"
_TOPIC = r"^[a-z0-9][a-z0-9-]{0,49}$"


class _Part(BaseModel):
    model_config = STRICT


def _repository_name(full_name: str) -> str:
    name = full_name.partition("/")[2]
    if name in {".", ".."} or name.endswith(".git"):
        raise ValueError("is no repository name that GitHub takes")
    return full_name


class SeedRepository(_Part):
    """A repository `owner/name` with its first files and who may do what there."""

    name: Annotated[str, Field(pattern=_FULL_NAME), AfterValidator(_repository_name)]
    description: str | None = None
    private: bool = False
    default_branch: Branch = "main"
    topics: list[Annotated[str, Field(pattern=_TOPIC)]] = []
    files: Files = {}
    collaborators: dict[str, Permission] = {}
    labels: list[SeedLabel] = []
    milestones: list[SeedMilestone] = []
    branches: list[SeedBranch] = []
    issues: list[SeedIssue] = []
    pull_requests: list[SeedPullRequest] = []
    protection: dict[Branch, SeedProtection] = {}
    releases: list[SeedRelease] = []
    hooks: list[SeedHook] = []

    @property
    def owner(self) -> str:
        """Login of the user or organization that owns it."""
        return self.name.partition("/")[0]

    @property
    def short_name(self) -> str:
        """The name without its owner."""
        return self.name.partition("/")[2]

    def threads(self) -> list[SeedThread]:
        """Its issues and pull requests."""
        return [*self.issues, *self.pull_requests]

    def people(self) -> Iterator[str]:
        """The logins that its content names."""
        for branch in self.branches:
            yield from filter(None, [branch.author])
        for pull in self.pull_requests:
            yield from pull.reviewers
        for thread in self.threads():
            yield from filter(
                None, [thread.author, *thread.assignees, *(comment.author for comment in thread.comments)]
            )

    def dangling(self) -> Iterator[str]:
        """What is wrong with the names by which its content refers to other content of it."""
        branches = {self.default_branch} if self.files else set()
        for branch in self.branches:
            if (branch.base or self.default_branch) not in branches:
                yield f"branch {branch.name}: there is no branch {branch.base or self.default_branch} before it"
            branches.add(branch.name)
        ends = [end for pull in self.pull_requests for end in (pull.head, pull.base or self.default_branch)]
        yield from (f"there is no branch {name}" for name in dict.fromkeys(ends) if name not in branches)
        wanted = [thread.milestone for thread in self.threads() if thread.milestone]
        known = {milestone.title for milestone in self.milestones}
        yield from (f"there is no milestone {title}" for title in dict.fromkeys(wanted) if title not in known)
        if self.releases and not self.files:
            yield "a release needs files in the repository"
