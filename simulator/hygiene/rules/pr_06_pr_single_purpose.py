"""PR-06: one pull request, one purpose."""

from __future__ import annotations

from collections import defaultdict

from pydantic import Field

from simulator.hygiene.advice import begin, split_off
from simulator.hygiene.gates import ended_at, first_review
from simulator.hygiene.headers import type_of
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import READY_PULLS
from simulator.model.history import History, PullRequest
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Verdict
from simulator.model.keys import IssueKey

_PURPOSES = ("feat", "fix", "refactor")
_BRANCHES = {"feat": "feature", "fix": "fix", "refactor": "chore"}


class PurposeOptions(Options):
    """What may be set."""

    least_share: float = Field(
        default=0.2, ge=0.05, le=0.5, description="share of the lines from which a purpose counts"
    )


@rule(
    code="PR-06",
    name="pr-single-purpose",
    about=READY_PULLS,
    severity=Severity.MEDIUM,
    target=0.9,
    quota=0,
    options=PurposeOptions(),
)
def pr_single_purpose(pull: PullRequest, history: History, options: PurposeOptions) -> Verdict:
    """A pull request adds a feature, or mends something, or tidies up: not two of them.

    What it checks
    --------------
    The commits of type feat, fix and refactor: at most one of these types brings a fifth of the lines or more; and branch and
    title name at most one issue, a sub-task and its parent counting as one.

    Why it matters
    --------------
    Of two things in one pull request neither can be reverted, released or understood without the other.

    Example
    -------
    Good: `feat(api): refund a payment` with its test

    Bad: a refund endpoint, a mended rounding error and a moved package in one

    How to fix
    ----------
    Before the review, take the smaller part out onto a branch of its own.

    References
    ----------
    - https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/getting-started/helping-others-review-your-changes
    - https://google.github.io/eng-practices/review/developer/small-cls.html
    """
    purposes = _purposes(pull, options)
    issues = _issues(pull, history)
    evidence: Measures = {"purposes": ", ".join(purposes), "issues": ", ".join(sorted(issues)), "limit": 1}
    if len(purposes) <= 1 and len(issues) <= 1:
        return Pass(message=f"#{pull.number} is about one thing", evidence=evidence)
    can_split = first_review(pull) is None and ended_at(pull) is None
    what = f"names {_listed(sorted(issues))}" if len(issues) > 1 else f"mixes {_listed(purposes)}"
    return Breach(
        message=f"#{pull.number} {what}.",
        how_to_fix=_how_to_split(pull, sorted(issues), purposes, history)
        if can_split
        else "Begin the next branch for one issue, and open what you find on the way by itself.",
        repair=Repair.SAFE if can_split else Repair.NONE,
        repaired=not can_split,
        evidence=evidence,
    )


def _how_to_split(pull: PullRequest, issues: list[IssueKey], purposes: list[str], history: History) -> str:
    if len(purposes) <= 1:
        other = begin(f"feature/{issues[-1]}-rest", history.default_branch)
        return (
            f"Leave one issue in its title ({pull.url}), and move what is for another to a branch of its own:\n{other}"
        )
    least = min(reversed(purposes), key=_lines_by_type(pull).__getitem__)
    shas = [commit.sha for commit in pull.commits if type_of(commit.header) == least]
    branch = f"{_BRANCHES[least]}/{'-'.join([*issues[:1], 'rest'])}"
    moved = split_off(shas, branch=branch, head=pull.head, main=history.default_branch)
    return f"Take the smaller part, {least}, out to a branch of its own:\n{moved}"


def _purposes(pull: PullRequest, options: PurposeOptions) -> list[str]:
    lines = _lines_by_type(pull)
    whole = sum(lines.values())
    return [kind for kind in _PURPOSES if whole and lines[kind] / whole >= options.least_share]


def _lines_by_type(pull: PullRequest) -> defaultdict[str, int]:
    lines: defaultdict[str, int] = defaultdict(int)
    for commit in pull.commits:
        lines[type_of(commit.header) or ""] += commit.lines
    return lines


def _issues(pull: PullRequest, history: History) -> set[IssueKey]:
    """The issues that branch and title name; of a sub-task its parent, and no epics."""
    found = set()
    for key in history.keys_in(f"{pull.head} {pull.title}"):
        issue = history.issues[key]
        if issue.type != "Epic":
            is_part = issue.type == "Sub-task" and issue.state.parent
            found.add(IssueKey(issue.state.parent) if is_part else key)
    return found


def _listed(words: list[str] | list[IssueKey]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else str(words[0])
