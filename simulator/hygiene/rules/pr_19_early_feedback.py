"""PR-19: a pull request opens early."""

from __future__ import annotations

from pydantic import Field

from simulator.hygiene.curves import curve
from simulator.hygiene.pull_advice import with_gh
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import PULLS_OF_SEVERAL_COMMITS
from simulator.model.history import History, PullRequest
from simulator.model.hygiene import Breach, Measures, Pass, Severity, Verdict


class EarlyOptions(Options):
    """What may be set."""

    good_days: float = Field(default=1, ge=0.1, le=10, description="working days that still earn 0.9")
    mid_days: float = Field(default=2, ge=0.2, le=20, description="working days that earn 0.5; more than good_days")


@rule(
    code="PR-19",
    name="early-feedback",
    about=PULLS_OF_SEVERAL_COMMITS,
    severity=Severity.LOW,
    target=0.8,
    quota=0,
    options=EarlyOptions(),
)
def early_feedback(pull: PullRequest, history: History, options: EarlyOptions) -> Verdict:
    """Work of several commits is shown, as a draft if need be, within a working day of its first commit.

    What it checks
    --------------
    Working days from the first commit of a pull request to its opening, for those that have had more than one commit.
    One day earns 0.9, two days half.

    Why it matters
    --------------
    Work that others can see can be helped; a wrong turn costs an hour on the first day and a week on the fifth.

    Example
    -------
    Good: first commit at 10:00, draft opened at 11:00

    Bad: four days of commits, then a pull request

    How to fix
    ----------
    Open the next one as a draft with its first commit: `gh pr create --draft --fill`.

    References
    ----------
    - https://linearb.helpdocs.io/article/d2v8kqzxzd-metrics-community-benchmarks
    - https://docs.github.com/en/get-started/using-github/github-flow
    """
    first = min(commit.at for commit in pull.commits)
    days = history.working_days(first, pull.opened_at)
    credit = curve(days, good=options.good_days, mid=options.mid_days)
    evidence: Measures = {"working days": round(days, 2), "limit": options.good_days}
    if days <= options.good_days:
        return Pass(
            message=f"#{pull.number} was opened {days:.1f} working days after its first commit",
            credit=credit,
            evidence=evidence,
        )
    return Breach(
        message=f"#{pull.number} was opened {days:.1f} working days after its first commit, {options.good_days:g} is the aim.",
        how_to_fix=with_gh(pull, "Open the next one as a draft with its first commit", "gh pr create --draft --fill"),
        credit=credit,
        repaired=True,
        evidence=evidence,
        at=pull.opened_at,
    )
