"""FL-05: the issue that a pull request names is the one in hand."""

from __future__ import annotations

from datetime import datetime

from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import PULLS_WITH_KEY
from simulator.model.agile import StatusCategory
from simulator.model.history import History, Issue, PullRequest
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict
from simulator.model.keys import IssueKey


@rule(
    code="FL-05",
    name="key-is-current",
    about=PULLS_WITH_KEY,
    severity=Severity.MEDIUM,
    target=1.0,
    quota=0,
    options=NoOptions(),
)
def key_is_current(pull: PullRequest, history: History, _: NoOptions) -> Verdict:
    """The issue that a pull request names is in the sprint, not done, and assigned to somebody who writes it.

    What it checks
    --------------
    The first issue that its branch or title names, as it was at the first commit, at the opening, or just before the merge: at
    one of these it was in a sprint that ran, not done, and assigned to one of the pull request's authors.

    Why it matters
    --------------
    A key that was pasted from last week's branch books the work where nobody looks for it.

    Example
    -------
    Good: PAY-3 is yours, in progress and in the sprint when you begin

    Bad: the branch still says PAY-1, which was done on Monday

    How to fix
    ----------
    Put the right key into the title, or take the issue: assign it to yourself and move it into the sprint.

    References
    ----------
    - https://support.atlassian.com/jira-software-cloud/docs/reference-issues-in-your-development-work/
    """
    keys = history.keys_in(pull.title) or history.keys_in(pull.head)
    issue = history.issues[IssueKey(keys[0])] if keys else None
    if issue is None:
        return Skip(reason=f"#{pull.number} names no issue any more")
    begun = min([pull.opened_at, *(commit.at for commit in pull.commits)])
    ended = pull.merged_at or pull.closed_at
    faults = [_faults(issue, pull, at, history) for at in (begun, pull.opened_at)]
    faults.append(_faults(issue, pull, ended or history.now, history, was_done_too=ended is not None))
    evidence: Measures = {"key": issue.key, "status": issue.state.status, "assignee": issue.state.assignee}
    if not all(faults):
        return Pass(message=f"#{pull.number} is for {issue.key}, which was in hand", evidence=evidence)
    fault = faults[-1] if ended is None else faults[0]
    return Breach(
        message=f"#{pull.number} names {issue.key}, {' and '.join(fault)}.",
        how_to_fix=_how_to_fix(pull, issue) if ended is None else "Look at the board before you name the next branch.",
        repair=Repair.SAFE if ended is None else Repair.NONE,
        evidence=evidence,
        at=begun,
    )


def _faults(
    issue: Issue, pull: PullRequest, at: datetime, history: History, *, was_done_too: bool = False
) -> tuple[str, ...]:
    """What was wrong with the issue at an instant; just before the merge it may have been moved to done a moment early."""
    state = issue.at(at)
    running = {
        s.id for s in history.sprint_spans if s.started_at and s.started_at <= at and not _is_over(s.closed_at, at)
    }
    found = []
    if running and not running & state.sprints:
        found.append("which was not in the sprint")
    if state.category is StatusCategory.DONE and not was_done_too:
        found.append("which was done already")
    if state.assignee not in pull.authors():
        who = history.name_of(state.assignee) if state.assignee else "nobody"
        found.append(f"which was assigned to {who}")
    return tuple(found)


def _is_over(closed_at: datetime | None, at: datetime) -> bool:
    return closed_at is not None and closed_at <= at


def _how_to_fix(pull: PullRequest, issue: Issue) -> str:
    return (
        f"If it is for {issue.key}: assign it to yourself and move it into the sprint ({issue.url}). "
        f"If not, put the right key into the title: {pull.url}"
    )
