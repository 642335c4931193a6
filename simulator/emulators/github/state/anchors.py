"""Anchors of review comments: finding the line that a request means, and carrying comments along when the head moves."""

from __future__ import annotations

from simulator.emulators.github import diff_lines
from simulator.emulators.github.state import changes, review_comments
from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.review_comments import Anchor, ReviewComment
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.gitserver import diffs

NO_FILE = "path could not be resolved"
NO_LINE = "line must be part of the diff"
NO_START = "start_line must be part of the same hunk as the line."
BAD_ORDER = "start_line must precede the end line."


class Unanchored(Exception):
    """What a comment asks to stand on is not in the diff; `field` and `reason` say what is missing."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


def on_file(place: Place, pull: Pull, path: str, *, commit_sha: str) -> Anchor:
    """The anchor of a comment on a whole file. Raises Unanchored when the pull request does not change it."""
    _patch(place, pull, path, commit_sha)
    return Anchor(
        path=path,
        commit_sha=commit_sha,
        line=None,
        side=diff_lines.RIGHT,
        start_line=None,
        start_side=None,
        position=None,
        diff_hunk="",
        subject="file",
    )


def on_position(place: Place, pull: Pull, path: str, position: int, *, commit_sha: str) -> Anchor:
    """The anchor at a position of the file's diff. Raises Unanchored when the diff has no such line."""
    patch = _patch(place, pull, path, commit_sha)
    found = diff_lines.at_position(diff_lines.lines_of(patch), position)
    if found is None:
        raise Unanchored("position", "position is invalid")
    side = diff_lines.LEFT if found.new is None else diff_lines.RIGHT
    return _anchor(path, commit_sha, patch, found, side)


def on_line(
    place: Place,
    pull: Pull,
    path: str,
    *,
    commit_sha: str,
    line: int,
    side: str,
    start_line: int | None = None,
    start_side: str | None = None,
) -> Anchor:
    """The anchor on a line, or on several from `start_line` on. Raises Unanchored when the diff does not show them."""
    patch = _patch(place, pull, path, commit_sha)
    lines = diff_lines.lines_of(patch)
    found = diff_lines.find(lines, line=line, side=side)
    if found is None:
        raise Unanchored("line", NO_LINE)
    if start_line is None:
        return _anchor(path, commit_sha, patch, found, side)
    start_side = start_side or side
    start = diff_lines.find(lines, line=start_line, side=start_side)
    if start is None or start.hunk != found.hunk:
        raise Unanchored("start_line", NO_START)
    if start.position >= found.position:
        raise Unanchored("start_line", BAD_ORDER)
    return _anchor(path, commit_sha, patch, found, side, start_line=start_line, start_side=start_side)


def carry_along(work: Work, pull: Pull, *, old_head: str, new_head: str) -> None:
    """Move the comments of a pull request to its new head; those whose line changed or left the diff become outdated."""
    comments = review_comments.standing(work, pull.id)
    if not comments:
        return
    between = _patches(work, old_head, new_head)
    shown = {file.path: file.patch or "" for file in changes.files_of(work, pull, head=new_head)}
    for comment in comments:
        _carry(work, comment, between.get(comment.path, ""), shown.get(comment.path), new_head)


def _carry(work: Work, comment: ReviewComment, between: str, shown: str | None, new_head: str) -> None:
    line, start = (
        (comment.line, comment.start_line)
        if comment.side == diff_lines.LEFT
        else (_moved(between, comment.line), _moved(between, comment.start_line))
    )
    found = (
        None
        if line is None or shown is None
        else diff_lines.find(diff_lines.lines_of(shown), line=line, side=comment.side)
    )
    if found is None:
        review_comments.change(work, comment.id, line=None, start_line=None, position=None)
        return
    review_comments.change(work, comment.id, line=line, start_line=start, position=found.position, commit_sha=new_head)


def _moved(between: str, line: int | None) -> int | None:
    return None if line is None else diff_lines.carried(between, line)


def _patches(place: Place, old_head: str, new_head: str) -> dict[str, str]:
    files = diffs.changed_files(changes.git(place), old_head, new_head)
    return {file.previous_path or file.path: file.patch or "" for file in files}


def _patch(place: Place, pull: Pull, path: str, commit_sha: str) -> str:
    file = changes.file_at(place, pull, path, head=commit_sha)
    if file is None:
        raise Unanchored("path", NO_FILE)
    return file.patch or ""


def _anchor(
    path: str,
    commit_sha: str,
    patch: str,
    found: diff_lines.DiffLine,
    side: str,
    *,
    start_line: int | None = None,
    start_side: str | None = None,
) -> Anchor:
    return Anchor(
        path=path,
        commit_sha=commit_sha,
        line=found.old if side == diff_lines.LEFT else found.new,
        side=side,
        start_line=start_line,
        start_side=start_side,
        position=found.position,
        diff_hunk=diff_lines.hunk_until(patch, found.position),
    )
