"""What a seed puts into a repository beyond its first files. Models only: planting is the services' own.

Small on purpose: what a test needs to begin with. Everything else is made through the API, by the test itself.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

BRANCH = r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$"
_COLOR = r"^[0-9a-fA-F]{6}$"


STRICT = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
"""Of every part of a seed: unknown keys are refused, and errors never show what was given."""


class Part(BaseModel):
    """A part of a seed."""

    model_config = STRICT


def inside_repository(path: str) -> str:
    """The path itself, when it is one below a repository. Raises ValueError."""
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or path != "/".join(parts) or "\0" in path or "\\" in path:
        raise ValueError("must be a plain path below the repository")
    if any(part in {".", ".."} or part.lower() == ".git" for part in parts):
        raise ValueError("must be a plain path below the repository")
    return path


Files = dict[Annotated[str, AfterValidator(inside_repository)], str]
Branch = Annotated[str, Field(pattern=BRANCH)]
Title = Annotated[str, Field(min_length=1, max_length=256)]


class SeedLabel(Part):
    """A label beside the ones that every repository begins with; one of the same name gets this colour."""

    name: Annotated[str, Field(min_length=1, max_length=50)]
    color: Annotated[str, Field(pattern=_COLOR)] = "ededed"
    description: Annotated[str, Field(max_length=100)] | None = None


class SeedMilestone(Part):
    """A milestone."""

    title: Title
    description: str | None = None
    due_on: AwareDatetime | None = None
    state: Literal["open", "closed"] = "open"


class SeedBranch(Part):
    """A branch: on top of `base` (else the default branch) one commit with `files`, or none when there are no files."""

    name: Branch
    base: Branch | None = None
    files: Files = {}
    message: Annotated[str, Field(min_length=1)] | None = None
    author: str | None = None


class SeedComment(Part):
    """A comment on an issue or pull request."""

    author: str
    body: Annotated[str, Field(min_length=1)]


class SeedThread(Part):
    """What issues and pull requests have in common. Unless given, the author is the owner, or the seed's first person."""

    title: Title
    body: str | None = None
    author: str | None = None
    labels: list[str] = []
    assignees: list[str] = []
    milestone: str | None = None
    comments: list[SeedComment] = []


class SeedIssue(SeedThread):
    """An issue. Its number is counted in the order of the list; pull requests come after the issues."""

    state: Literal["open", "closed"] = "open"


class SeedPullRequest(SeedThread):
    """An open pull request between two branches of the repository."""

    head: Branch
    base: Branch | None = None
    draft: bool = False
    reviewers: list[str] = []


class SeedProtection(Part):
    """What protects a branch, in the fewest words; the API has more."""

    approvals: Annotated[int, Field(ge=0, le=6)] | None = None
    checks: list[Annotated[str, Field(min_length=1, max_length=255)]] = []
    up_to_date: bool = False
    code_owners: bool = False
    dismiss_stale: bool = False
    conversations: bool = False
    linear_history: bool = False
    admins: bool = False


class SeedHook(Part):
    """A webhook."""

    url: Annotated[str, Field(pattern=r"^https?://\S+$", max_length=2048)]
    events: Annotated[list[str], Field(min_length=1)] = ["push"]
    secret: Annotated[str, Field(min_length=1)] | None = Field(default=None, repr=False)


class SeedRelease(Part):
    """A release; its tag is made on the head of the default branch."""

    tag: Annotated[str, Field(pattern=BRANCH)]
    name: str | None = None
    body: str | None = None
    draft: bool = False
    prerelease: bool = False
