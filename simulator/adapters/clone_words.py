"""What git, GitHub and GitLab write into merge messages: which branch came, by which pull request, under which title.

Pure. Sources: https://git-scm.com/docs/git-fmt-merge-msg,
https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/incorporating-changes-from-a-pull-request/about-pull-request-merges
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PULL = re.compile(r"Merge pull request #([1-9][0-9]{0,8}) from (\S{1,255})", re.ASCII)
_BITBUCKET_SERVER = re.compile(r"Merge pull request #([1-9][0-9]{0,8}) in \S{1,255} from (\S{1,255})", re.ASCII)
_BITBUCKET = re.compile(r"Merged in (\S{1,255}) \(pull request #([1-9][0-9]{0,8})\)", re.ASCII)
_REQUEST = re.compile(r"See merge request (?:\S{1,200})?!([1-9][0-9]{0,8})\s*\Z", re.ASCII | re.MULTILINE)
_BRANCH = re.compile(
    r"Merge (?:remote-tracking )?branch '([^'\n]{1,255})'(?: of (\S{1,255}))?(?: into (\S{1,255}))?", re.ASCII
)
_SQUASHED = re.compile(r" \(#([1-9][0-9]{0,8})\)\Z", re.ASCII)
_REMOTE = ("origin/", "upstream/")
_LONGEST = 10_000  # characters of a message that are read


@dataclass(frozen=True, slots=True)
class MergeWords:
    """What a merge commit's message tells; each None where it does not. `title` is that of the pull request."""

    number: int | None = None
    branch: str | None = None
    title: str | None = None


def words_of_merge(message: str) -> MergeWords:
    """What the message of a commit with several parents tells."""
    header, _, rest = message[:_LONGEST].partition("\n")
    body = [line.strip() for line in rest.splitlines() if line.strip()]
    if pull := _PULL.match(header):
        return MergeWords(int(pull[1]), pull[2].partition("/")[2] or pull[2], body[0] if body else None)
    if pull := _BITBUCKET_SERVER.match(header):
        return MergeWords(int(pull[1]), pull[2], body[0] if body else None)
    if pull := _BITBUCKET.match(header):
        return MergeWords(int(pull[2]), pull[1], body[0] if body else None)
    branch = _BRANCH.match(header)
    name = branch[1] if branch else None
    for remote in _REMOTE:
        name = name.removeprefix(remote) if name else None
    request = _REQUEST.search(message[-500:])
    return MergeWords(int(request[1]) if request else None, name, body[0] if request and body else None)


def owner_of_head(message: str) -> str | None:
    """Whose fork or repository a pull request's branch came from, as `Merge pull request #1 from OWNER/BRANCH` says."""
    pull = _PULL.match(message[:_LONGEST])
    owner, slash, _ = pull[2].partition("/") if pull else ("", "", "")
    return owner if slash else None


def number_of_squash(message: str) -> int | None:
    """The number that GitHub puts behind the header of a commit that it squashes a pull request into; None without one."""
    squashed = _SQUASHED.search(message[:_LONGEST].partition("\n")[0].rstrip())
    return int(squashed[1]) if squashed else None


def title_of_squash(message: str) -> str:
    """The header of such a commit without that number."""
    return _SQUASHED.sub("", message[:_LONGEST].partition("\n")[0].rstrip())
