"""CI-08: the build is not used as a compiler."""

from __future__ import annotations

from itertools import groupby

from pydantic import Field

from simulator.hygiene.checks_state import GOOD
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import READY_PULLS
from simulator.model.history import Head, History, PullRequest
from simulator.model.hygiene import Breach, Measures, Pass, Severity, Skip, Verdict


class LoopOptions(Options):
    """What may be set."""

    most: int = Field(default=3, ge=1, le=20, description="red pushes one after another")


@rule(
    code="CI-08",
    name="no-red-push-loop",
    about=READY_PULLS,
    severity=Severity.LOW,
    target=0.9,
    quota=0,
    options=LoopOptions(),
)
def no_red_push_loop(pull: PullRequest, history: History, options: LoopOptions) -> Verdict:
    """At most three pushes to a pull request are red one after another.

    What it checks
    --------------
    The longest series of heads of a pull request on which a check failed and none of them was green at last.

    Why it matters
    --------------
    Ten minutes of the build answer a question that the tests at home answer in ten seconds, and everybody gets the mails.

    Example
    -------
    Good: red once, run at home, mended

    Bad: "try again", "maybe now", "please", "now"

    How to fix
    ----------
    Run the tests before you push.

    References
    ----------
    - https://github.com/middlewarehq/middleware
    """
    states = [state for head in pull.heads if (state := _is_red(head, history)) is not None]
    if not states:
        return Skip(reason=f"no check ran on #{pull.number}")
    longest = max((len(list(run)) for red, run in groupby(states) if red), default=0)
    evidence: Measures = {"red pushes in a row": longest, "limit": options.most}
    if longest <= options.most:
        return Pass(
            message=f"#{pull.number} had {longest} red {'push' if longest == 1 else 'pushes'} in a row",
            evidence=evidence,
        )
    return Breach(
        message=f"{longest} pushes to #{pull.number} were red one after another, {options.most} is the limit.",
        how_to_fix="Run the tests at home before you push; a hook does it for you: .git/hooks/pre-push",
        repaired=True,
        evidence=evidence,
    )


def _is_red(head: Head, history: History) -> bool | None:
    """Whether the last run of some check on a head was bad; None when none ran."""
    latest = {run.name: run for run in history.checks_of.get(head.sha, ())}
    return any(run.conclusion not in GOOD for run in latest.values()) if latest else None
