"""BR-07: nobody rewrites what others have."""

from __future__ import annotations

import shlex

from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import SHARED_PUSHES, SharedPush
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Verdict

_RESTORED = 0.5


@rule(
    code="BR-07",
    name="no-force-push-shared",
    about=SHARED_PUSHES,
    severity=Severity.HIGH,
    target=1.0,
    quota=0,
    options=NoOptions(),
)
def no_force_push_shared(push: SharedPush, _history: History, _: NoOptions) -> Verdict:
    """Nobody pushes by force to the default branch or to a branch that others have commits on.

    What it checks
    --------------
    Each push to the default branch, to a branch of a release, and to a branch with commits or pushes of two people: that it is
    not forced. When a later push brings back what was thrown away, half of it is earned again.

    Why it matters
    --------------
    A forced push throws away commits that others have built on; they find out when their next pull fails.

    Example
    -------
    Good: `git revert`, then an ordinary push

    Bad: `git push --force` to `main`

    How to fix
    ----------
    Push back what was there: half credit.

    References
    ----------
    - https://github.com/ossf/scorecard/blob/main/docs/checks.md#branch-protection
    """
    evidence: Measures = {"forced": push.push.forced, "people on the branch": push.people}
    if not push.push.forced:
        return Pass(message=f"An ordinary push to {push.branch}", evidence=evidence)
    restored = push.is_restored
    lost = push.push.before  # in full: git fetches no commit by a shortened name
    return Breach(
        message=f"{push.branch}, which {push.people} people share, was rewritten by force."
        + (" What was lost came back: half credit." if restored else ""),
        how_to_fix="Next time undo with git revert, and push as always."
        if restored
        else f"git fetch origin {lost} && git push --force-with-lease origin {shlex.quote(f'{lost}:{push.branch}')}\n"
        "That earns half.",
        credit=_RESTORED if restored else 0.0,
        repair=Repair.NONE if restored else Repair.PARTIAL,
        repaired=restored,
        evidence=evidence,
        at=push.push.at,
    )
