"""FL-02: commits name their issue."""

from __future__ import annotations

from pydantic import Field

from simulator.hygiene.advice import likely_issue
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import PULLS_WITH_COMMITS
from simulator.model.history import Commit, History, PullRequest
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Verdict


class CommitKeyOptions(Options):
    """What may be set."""

    least_share: float = Field(
        default=0.0, ge=0, le=1, description="share of the lines that such commits must bring; 0 asks for one commit"
    )


@rule(
    code="FL-02",
    name="commit-issue-key",
    about=PULLS_WITH_COMMITS,
    severity=Severity.LOW,
    target=0.8,
    quota=0,
    options=CommitKeyOptions(),
)
def commit_issue_key(pull: PullRequest, history: History, options: CommitKeyOptions) -> Verdict:
    """At least one commit of a pull request names its issue.

    What it checks
    --------------
    The key of an existing issue of the project anywhere in a commit's message, such as a footer `Refs: PAY-3`. After a squash
    merge the squash commit's message counts as well.

    Why it matters
    --------------
    Branches go and pull requests stay on their site; in the history itself the commit is all that still says what it was for.

    Example
    -------
    Good: `feat: refund a captured payment`, and below `Refs: PAY-3`

    Bad: four commits, none of which says for what

    How to fix
    ----------
    Before the merge reword a commit, or put the key into the title that the squash takes.

    References
    ----------
    - https://github.com/atlassian/github-for-jira/blob/main/src/util/jira-utils.ts
    - https://support.atlassian.com/jira-software-cloud/docs/process-issues-with-smart-commits/
    - https://www.conventionalcommits.org/en/v1.0.0/
    """
    naming = [commit for commit in pull.commits if history.keys_in(commit.message)]
    squash = history.squashed(pull)
    in_squash = squash is not None and bool(history.keys_in(squash.message))
    lines = sum(commit.lines for commit in pull.commits)
    share = 1.0 if in_squash else sum(commit.lines for commit in naming) / lines if lines else float(bool(naming))
    evidence: Measures = {
        "commits": len(pull.commits),
        "of them with a key": len(naming),
        "share of lines": round(share, 2),
    }
    if in_squash or (naming and share >= options.least_share):
        return Pass(message=f"#{pull.number}: {_who(naming, in_squash)} the issue", evidence=evidence)
    is_open = pull.merged_at is None and pull.closed_at is None
    return Breach(
        message=f"{_who_does_not(pull, naming)} of {history.project}.",
        how_to_fix=_how_to_fix(pull, history) if is_open else _NEXT_TIME,
        credit=share if options.least_share else 0.0,
        repair=Repair.SAFE if is_open else Repair.NONE,
        evidence=evidence,
    )


_NEXT_TIME = "Put the key below the next commit's message: git commit -m HEADER -m 'Refs: KEY'"


def _who(naming: list[Commit], in_squash: bool) -> str:
    if in_squash:
        return "the squash commit names"
    return "one commit names" if len(naming) == 1 else f"{len(naming)} commits name"


def _who_does_not(pull: PullRequest, naming: list[Commit]) -> str:
    count = len(pull.commits)
    if naming:
        return f"Only {len(naming)} of the {count} commits of #{pull.number} name an issue"
    return (
        f"The commit of #{pull.number} names no issue" if count == 1 else f"No commit of #{pull.number} names an issue"
    )


def _how_to_fix(pull: PullRequest, history: History) -> str:
    branch = history.branches.get(pull.head)
    key = likely_issue(branch, history) if branch else f"{history.project}-NUMBER"
    return (
        f"git commit --amend --no-edit --trailer 'Refs: {key}' && git push --force-with-lease origin HEAD\n"
        f"Or keep the commits and write {key} into the title when you squash."
    )
