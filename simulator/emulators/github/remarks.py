"""Where a request wants a review comment to stand, read from its fields."""

from __future__ import annotations

from simulator.emulators.github.diff_lines import LEFT, RIGHT
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.state import anchors, changes
from simulator.emulators.github.state.anchors import Unanchored
from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.review_comments import Anchor
from simulator.emulators.github.state.work import Place

_SIDES = (LEFT, RIGHT)


def anchor_of(place: Place, pull: Pull, fields: Fields, *, commit_sha: str) -> Anchor:
    """The anchor that `path` with `line` and `side`, `position` or `subject_type` asks for. Raises Unanchored."""
    path = fields.required("path")
    if fields.choice("subject_type", ("line", "file")) == "file":
        return anchors.on_file(place, pull, path, commit_sha=commit_sha)
    line, position = fields.number("line"), fields.number("position")
    if line is None and position is None:
        raise Unanchored("line", anchors.NO_LINE)
    if line is None:
        return anchors.on_position(place, pull, path, position or 0, commit_sha=commit_sha)
    return anchors.on_line(
        place,
        pull,
        path,
        commit_sha=commit_sha,
        line=line,
        side=fields.choice("side", _SIDES) or RIGHT,
        start_line=fields.number("start_line"),
        start_side=fields.choice("start_side", (*_SIDES, "side")),
    )


def check_commit(place: Place, pull: Pull, fields: Fields, wanted: str | None) -> str:
    """The commit that a review or a comment is about: the head unless `wanted`, another one of the pull request."""
    if wanted is None or wanted.lower() == pull.row.head_sha:
        return pull.row.head_sha
    if wanted.lower() not in {str(commit.id) for commit in changes.commits_of(place, pull)}:
        raise fields.failed("commit_id", "custom", "commit_id is not part of the pull request")
    return wanted.lower()


def refusal(unanchored: Unanchored) -> str:
    """The sentence that GitHub says about a comment of a new review that has no place."""
    if unanchored.field == "path":
        return "Path could not be resolved"
    return f"Pull request review thread {unanchored.field.replace('_', ' ')} {_rest(unanchored)}"


def _rest(unanchored: Unanchored) -> str:
    return unanchored.reason.removeprefix(unanchored.field).strip()
