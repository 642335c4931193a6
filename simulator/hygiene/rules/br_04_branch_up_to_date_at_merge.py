"""BR-04: a branch holds the current base when it is merged."""

from __future__ import annotations

import shlex
from bisect import bisect_left

from pydantic import Field

from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import MERGED_PULLS
from simulator.model.history import History, Landing, PullRequest
from simulator.model.hygiene import Breach, Measures, NotAvailable, Pass, Severity, Skip, Verdict


class UpToDateOptions(Options):
    """What may be set."""

    most_commits: int = Field(default=10, ge=0, le=500, description="commits of the base that the branch may lack")
    most_days: float = Field(default=1, ge=0, le=30, description="working days that the oldest of them may be old")


@rule(
    code="BR-04",
    name="branch-up-to-date-at-merge",
    about=MERGED_PULLS,
    severity=Severity.LOW,
    target=0.8,
    quota=0,
    options=UpToDateOptions(),
)
def branch_up_to_date_at_merge(pull: PullRequest, history: History, options: UpToDateOptions) -> Verdict:
    """A branch lacks little of the default branch when it is merged.

    What it checks
    --------------
    Commits that had landed on the default branch and that the merged branch did not hold: at most ten, and none of them older
    than a working day.

    Why it matters
    --------------
    Green checks on last week's base prove nothing about what the merge makes.

    Example
    -------
    Good: `git pull --rebase origin main` in the morning, merged at noon

    Bad: merged with thirty commits of others unseen

    How to fix
    ----------
    Bring the next branch up to date before you merge it.

    References
    ----------
    - https://github.com/ossf/scorecard/blob/main/docs/checks.md#branch-protection
    - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
    """
    if pull.merged_at is None or pull.base != history.default_branch:
        return Skip(reason=f"#{pull.number} did not go to the default branch")
    base = _base_place(pull, history)
    if base is None:
        return NotAvailable(
            reason=f"where the branch of #{pull.number} began is not known",
            how_to_fix="Give the token read access to the repository's contents.",
        )
    since = history.landings[base + 1 : bisect_left(history.landings, pull.merged_at, key=lambda one: one.at)]
    lacking = [one for one in since if pull.number not in one.pulls]
    days = history.working_days(lacking[0].at, pull.merged_at) if lacking else 0.0
    evidence: Measures = {
        "commits behind": len(lacking),
        "limit": options.most_commits,
        "working days behind": round(days, 1),
    }
    if len(lacking) <= options.most_commits and days <= options.most_days:
        return Pass(message=f"#{pull.number} lacked {_commits(lacking)} of its base", evidence=evidence)
    return Breach(
        message=f"#{pull.number} was merged without {_commits(lacking)} of {history.default_branch}, "
        f"the oldest {days:.1f} working days old.",
        how_to_fix=f"Before the next merge: git fetch && git rebase {_base(history)}\nThen push, and let the checks run.",
        repaired=True,
        evidence=evidence,
        at=pull.merged_at,
    )


def _base_place(pull: PullRequest, history: History) -> int | None:
    """The place, among what landed, of the newest commit that the branch was built on."""
    parents = (sha for commit in pull.commits for sha in commit.parent_shas)
    places = (history.landing_places.get(sha) for sha in parents)
    return max((place for place in places if place is not None), default=None)


def _base(history: History) -> str:
    return shlex.quote(f"origin/{history.default_branch}")


def _commits(landings: list[Landing]) -> str:
    return "1 commit" if len(landings) == 1 else f"{len(landings)} commits"
