"""FL-06: branch, title and commits name the same issue."""

from __future__ import annotations

from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import PULLS_WITH_KEY
from simulator.model.history import History, PullRequest
from simulator.model.hygiene import Breach, Pass, Repair, Severity, Skip, Verdict
from simulator.model.keys import IssueKey


@rule(
    code="FL-06",
    name="keys-agree",
    about=PULLS_WITH_KEY,
    severity=Severity.LOW,
    target=1.0,
    quota=0,
    options=NoOptions(),
)
def keys_agree(pull: PullRequest, history: History, _: NoOptions) -> Verdict:
    """Branch, title and commits of a pull request name the same issue.

    What it checks
    --------------
    The keys of existing issues in the branch's name, in the title, and in the first lines of the commits: where at least two of
    them name any, they have one in common. A sub-task and its parent count as the same.

    Why it matters
    --------------
    Jira believes all of them: work shows up at two issues, and one of them looks begun that nobody has touched.

    Example
    -------
    Good: `feature/PAY-3-refunds`, `feat: refund a payment (PAY-3)`

    Bad: `feature/PAY-3-refunds`, `feat: better messages (PAY-2)`

    How to fix
    ----------
    Until the merge, put the right key into the title; a branch of the wrong name can be pushed under a better one.

    References
    ----------
    - https://support.atlassian.com/jira-software-cloud/docs/reference-issues-in-your-development-work/
    """
    told = {
        "the branch": _of(history, pull.head),
        "the title": _of(history, pull.title),
        "its commits": _of(history, " ".join(commit.header for commit in pull.commits)),
    }
    named = {where: keys for where, keys in told.items() if keys}
    if len(named) < 2:
        return Skip(reason=f"only {next(iter(named), 'nothing')} of #{pull.number} names an issue")
    evidence = {where: ", ".join(sorted(keys)) for where, keys in named.items()}
    if frozenset.intersection(*named.values()):
        return Pass(message=f"#{pull.number}: {' and '.join(named)} name the same issue", evidence=evidence)
    is_open = pull.merged_at is None and pull.closed_at is None
    said = ", ".join(
        f"{where} {'name' if where == 'its commits' else 'names'} {keys}" for where, keys in evidence.items()
    )
    return Breach(
        message=f"#{pull.number} names different issues: {said}.",
        how_to_fix=f"Put the right key into the title: {pull.url}"
        if is_open
        else "Name the next branch after the issue that you begin, and its title likewise.",
        repair=Repair.SAFE if is_open else Repair.NONE,
        evidence=evidence,
    )


def _of(history: History, text: str) -> frozenset[IssueKey]:
    """The keys in a text, each sub-task also as its parent."""
    keys = history.keys_in(text)
    parents = (IssueKey(history.issues[key].state.parent) for key in keys if history.issues[key].type == "Sub-task")
    return frozenset([*keys, *filter(None, parents)])
