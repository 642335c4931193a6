"""GitHub's words: reviews, merge methods, changed files."""

from __future__ import annotations

from enum import StrEnum

from simulator.model.record import record


class ReviewVerdict(StrEnum):
    """What a review says, by the event names of GitHub's REST API.

    Source: https://docs.github.com/en/rest/pulls/reviews#create-a-review-for-a-pull-request
    """

    APPROVE = "APPROVE"
    REQUEST_CHANGES = "REQUEST_CHANGES"
    COMMENT = "COMMENT"


class MergeMethod(StrEnum):
    """How a pull request is merged. Source: https://docs.github.com/en/rest/pulls/pulls#merge-a-pull-request"""

    MERGE = "merge"
    SQUASH = "squash"
    REBASE = "rebase"


@record
class ReviewRemark:
    """A review comment on one line of the new side of a changed file.

    With `find`, a regular expression, the line is the first one of the diff in which it is found when the review is submitted,
    an added one rather than one around it, and `path` is a shell pattern; `line` is not looked at then. What is not found is said
    in the review's text, unless it is to be said `only_if_found`.
    """

    path: str
    body: str
    line: int = 0
    find: str = ""
    only_if_found: bool = False


@record
class FileChange:
    """A file to write (`content`) or to delete (`content` is None) in a commit; `path` uses forward slashes."""

    path: str
    content: str | None


@record
class CommitDraft:
    """A commit to be made."""

    message: str
    files: tuple[FileChange, ...]


@record
class Sighting:
    """Something that is found in a file of a commit: a regular expression, in a line of a file whose path fits a shell pattern.

    Without a pattern, the file itself; with `absent`, that nothing of the kind is there.
    """

    path: str
    pattern: str = ""
    absent: bool = False


@record
class TreeRule:
    """What breaks a build: all of these sightings together, whoever brought them in. `log` is what the build says then."""

    sightings: tuple[Sighting, ...]
    log: str


@record
class ChangedFile:
    """A file of a diff with its line counts. `status`: added, modified, removed or renamed. `patch`: unified hunks, if known.

    `size` in bytes is known of some files without a patch: binary ones that were added.
    """

    path: str
    status: str
    additions: int
    deletions: int
    patch: str | None = None
    size: int | None = None
