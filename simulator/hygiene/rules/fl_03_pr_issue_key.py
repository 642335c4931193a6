"""FL-03: a pull request names its issue."""

from __future__ import annotations

from datetime import datetime

from simulator.hygiene.advice import likely_issue
from simulator.hygiene.pull_advice import retitle
from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import READY_PULLS
from simulator.model.history import History, PullRequest
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict
from simulator.model.keys import IssueKey

_IN_BODY = 0.8
_AFTER_MERGE = 0.5
_WITHOUT_ISSUE = "no-issue"
_LEAST_REASON = 10


@rule(
    code="FL-03",
    name="pr-issue-key",
    about=READY_PULLS,
    severity=Severity.HIGH,
    target=0.9,
    quota=1,
    essential=True,
    options=NoOptions(),
)
def pr_issue_key(pull: PullRequest, history: History, _: NoOptions) -> Verdict:
    """A pull request names the issue that it is for.

    What it checks
    --------------
    The key of an existing issue of the project in the title (full credit) or in the description only (0.8), as they stood at the
    merge. A pull request with the label `no-issue` and a reason in its description is left out.

    Why it matters
    --------------
    The pull request is the record of why the code is as it is: without the issue it says what, and never for whom.

    Example
    -------
    Good: `feat: refund a captured payment (PAY-3)`

    Bad: `feat: refund a captured payment`, and nothing in the description

    How to fix
    ----------
    Put the key into the title. Until the merge that earns all of it, afterwards half.

    References
    ----------
    - https://github.com/atlassian/github-for-jira/blob/main/src/util/jira-utils.ts
    - https://github.com/linear-b/gitstream
    - https://support.atlassian.com/jira-software-cloud/docs/reference-issues-in-your-development-work/
    """
    until = pull.merged_at
    title, body = (pull.title_at(until), pull.body_at(until)) if until else (pull.title, pull.body)
    in_title, in_body = history.keys_in(title), history.keys_in(body)
    if in_title or in_body:
        return _named(pull, in_title, in_body)
    if _is_waived(pull, until):
        return Skip(reason=f"#{pull.number} is labelled {_WITHOUT_ISSUE}, with a reason")
    later = history.keys_in(f"{pull.title} {pull.body}")
    is_open = pull.merged_at is None and pull.closed_at is None
    how = f" {later[0]} was added after the merge: half credit." if later else ""
    return Breach(
        message=f"#{pull.number} “{title[:60]}” names no issue of {history.project}.{how}",
        how_to_fix=_how_to_fix(pull, history) if not later else _NEXT_TIME,
        credit=_AFTER_MERGE if later else 0.0,
        repair=Repair.NONE if later else Repair.SAFE if is_open else Repair.PARTIAL,
        repaired=bool(later),
        evidence={"project": history.project, "keys in title": 0, "keys in description": 0},
    )


_NEXT_TIME = "Mended as far as it goes. Put the key into the next title from the start, as in feat: … (KEY)."


def _named(pull: PullRequest, in_title: tuple[IssueKey, ...], in_body: tuple[IssueKey, ...]) -> Verdict:
    if in_title:
        return Pass(message=f"#{pull.number} names {in_title[0]} in its title", evidence={"key": in_title[0]})
    evidence: Measures = {"key": in_body[0], "in the title": False}
    return Pass(
        message=f"#{pull.number} names {in_body[0]} in its description; in the title it earns all",
        credit=_IN_BODY,
        evidence=evidence,
    )


def _is_waived(pull: PullRequest, until: datetime | None) -> bool:
    labels = pull.labels_at(until) if until else (pull.labels[-1][1] if pull.labels else frozenset())
    return _WITHOUT_ISSUE in labels and len(pull.body.strip()) >= _LEAST_REASON


def _how_to_fix(pull: PullRequest, history: History) -> str:
    branch = history.branches.get(pull.head)
    key = likely_issue(branch, history) if branch else f"{history.project}-NUMBER"
    return retitle(pull, f"{pull.title} ({key})")
