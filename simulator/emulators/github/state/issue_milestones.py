"""Issues and pull requests get into milestones and out of them."""

from __future__ import annotations

from simulator.emulators.github.state import events
from simulator.emulators.github.state.issues import Issue, change_row
from simulator.emulators.github.state.milestones import Milestone, milestones_by_id
from simulator.emulators.github.state.work import Work


def set_milestone(work: Work, issue: Issue, milestone: Milestone | None) -> None:
    """Put an issue or pull request into a milestone of its repository, or into none; the same one changes nothing."""
    if issue.milestone_id == (milestone.id if milestone else None):
        return
    before = None
    if issue.milestone_id is not None:
        before = milestones_by_id(work, [issue.milestone_id]).get(issue.milestone_id)
    change_row(work, issue.id, milestone_id=milestone.id if milestone else None)
    if before:
        _note(work, issue, "demilestoned", before)
    if milestone:
        _note(work, issue, "milestoned", milestone)


def _note(work: Work, issue: Issue, kind: str, milestone: Milestone) -> None:
    events.record(work, issue.id, kind, milestone={"title": milestone.title})
    present = milestones_by_id(work, [milestone.id])[milestone.id]
    work.tell("pull_request" if issue.is_pull else "issues", kind, issue.id, milestone=present)
