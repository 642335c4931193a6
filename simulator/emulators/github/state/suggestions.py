"""Suggested changes: the text of a comment's ```suggestion block, committed to the head in place of the lines it stands on.

Source: https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/reviewing-changes-in-pull-requests/incorporating-feedback-in-your-pull-request
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pygit2

from simulator.emulators.github.diff_lines import RIGHT
from simulator.emulators.github.errors import Conflict, Forbidden, ValidationFailed
from simulator.emulators.github.state import changes, threads
from simulator.emulators.github.state.api_rules import forbidden
from simulator.emulators.github.state.contents import entry_at
from simulator.emulators.github.state.people import load_people
from simulator.emulators.github.state.permissions import allows, permission_of
from simulator.emulators.github.state.pull_refs import GITHUB
from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.refs import move_ref
from simulator.emulators.github.state.repositories import Repository, git_of, lock
from simulator.emulators.github.state.review_comments import ReviewComment
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.gitserver import history
from simulator.emulators.gitserver.errors import RefMoved
from simulator.emulators.gitserver.refs import RefUpdate
from simulator.emulators.gitserver.writing import commit_tree, edit_tree, signature
from simulator.emulators.kit.accounts import Account

_BLOCK = re.compile(
    r"^(?P<fence>`{3,}|~{3,})suggestion[^\S\n]*\n(?P<text>.*?)^(?P=fence)[^\S\n]*$", re.DOTALL | re.MULTILINE
)


def suggested(body: str) -> str | None:
    """The text that a comment suggests, with its line ends; None when it suggests nothing, "" to delete the lines."""
    found = _BLOCK.search(body.replace("\r\n", "\n"))
    return found["text"] if found else None


def can_apply(place: Place, pull: Pull, comment: ReviewComment, account: Account | None) -> bool:
    """Whether somebody can apply a comment's suggestion now."""
    home = changes.head_repository(place, pull)
    fits = pull.is_open and not comment.pending and comment.side == RIGHT and comment.line is not None
    if not fits or home is None or suggested(comment.body) is None:
        return False
    return _may_write(place, pull, home, account)


def apply_suggestions(work: Work, pull: Pull, comments: Sequence[ReviewComment], *, message: str | None = None) -> str:
    """Commit the suggestions of comments to the head in one commit, and resolve their threads; gives the commit.

    Raises ValidationFailed when one cannot be applied, Forbidden without write access to the head, Conflict when the head is
    protected or has just moved.
    """
    home = changes.head_repository(work, pull)
    if home is None or not comments or not pull.is_open:
        raise ValidationFailed(message="Suggestions cannot be applied to this pull request.")
    if not _may_write(work, pull, home, work.actor):
        raise Forbidden("Must have write access to the head branch.")
    git = git_of(work.instance, home)
    head = history.commit(git, pull.row.head_sha)
    tree = edit_tree(git, str(head.tree_id), _edits(head, comments))
    text = message or ("Apply suggestion" if len(comments) == 1 else "Apply suggestions from code review")
    who = signature(work.actor.name or work.actor.login, work.actor.email, work.at)
    made = commit_tree(
        git,
        tree,
        parents=[str(head.id)],
        message=f"{text}\n\n{_co_authors(work, comments)}".strip(),
        author=who,
        committer=signature(*GITHUB, work.at),
    )
    _move(work, home, RefUpdate(ref=pull.head_branch, before=str(head.id), after=made))
    for comment in comments:
        thread = threads.find_thread(work, comment.in_reply_to_id or comment.id, viewer_id=work.actor.id)
        if thread is not None:
            threads.resolve(work, thread)
    return made


def _edits(head: pygit2.Commit, comments: Sequence[ReviewComment]) -> dict[str, bytes | None]:
    edits: dict[str, bytes | None] = {}
    for path in dict.fromkeys(comment.path for comment in comments):
        entry = entry_at(head, path)
        if not isinstance(entry, pygit2.Blob):
            raise ValidationFailed(message="The suggestion's file is not there any more.")
        edits[path] = _edited(entry.data, [comment for comment in comments if comment.path == path])
    return edits


def _edited(content: bytes, comments: Sequence[ReviewComment]) -> bytes:
    lines = content.splitlines(keepends=True)
    end_of_line = b"\r\n" if lines and lines[0].endswith(b"\r\n") else b"\n"
    below = len(lines) + 1
    for comment in sorted(comments, key=lambda each: each.line or 0, reverse=True):
        text, last = suggested(comment.body), comment.line
        first = comment.start_line or last
        if text is None or last is None or first is None or comment.side != RIGHT or last > len(lines):
            raise ValidationFailed(message="The suggestion cannot be applied: it is outdated, or there is none.")
        if last >= below:
            raise ValidationFailed(message="Suggestions overlap; apply them one after the other.")
        lines[first - 1 : last] = [line.encode() + end_of_line for line in text.splitlines()]
        below = first
    return b"".join(lines)


def _move(work: Work, home: Repository, update: RefUpdate) -> None:
    lock(work.connection, home)
    there = Place(
        connection=work.connection, instance=work.instance, site=work.site, repository=home, scopes=work.scopes
    )
    reason = forbidden(there, update, work.actor)
    if reason:
        raise Conflict(reason)
    try:
        move_ref(work.connection, work.instance, home, update, work.actor)
    except RefMoved as moved:
        raise Conflict("The head branch has just moved.") from moved


def _may_write(place: Place, pull: Pull, home: Repository, account: Account | None) -> bool:
    if account is None:
        return False
    if allows(permission_of(place.connection, home, account), "push"):
        return True
    here = permission_of(place.connection, place.repository, account)
    return pull.row.maintainer_can_modify and allows(here, "push")


def _co_authors(work: Work, comments: Sequence[ReviewComment]) -> str:
    people = load_people(work, {comment.author_id for comment in comments})
    others = [each for each in people.accounts.values() if each.id != work.actor.id]
    return "\n".join(f"Co-authored-by: {each.name or each.login} <{each.email}>" for each in others)
