"""BR-06: code reaches the default branch through pull requests."""

from __future__ import annotations

import shlex

from simulator.hygiene.reverts import was_relanded
from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import ARRIVALS, Arrival
from simulator.model.history import DirectPush, History
from simulator.model.history.code import header_of
from simulator.model.hygiene import Breach, Pass, Repair, Severity, Skip, Verdict

_RELANDED = 0.5
_NEXT_TIME = "Mended as far as it goes. Let the next change reach the default branch through a pull request."


@rule(
    code="BR-06",
    name="no-direct-push-to-default",
    about=ARRIVALS,
    severity=Severity.CRITICAL,
    target=1.0,
    quota=1,
    essential=True,
    options=NoOptions(),
    caps_letter=True,
)
def no_direct_push_to_default(arrival: Arrival, history: History, _: NoOptions) -> Verdict:
    """Code reaches the default branch only through a pull request.

    What it checks
    --------------
    Every push to the default branch that is not the merge of a pull request. The push of the starter code is none. Merged
    pull requests are the passes of this rule.

    Why it matters
    --------------
    A direct push goes around the review and the checks: the first to find its mistakes are the others, or the customers.

    Example
    -------
    Good: `git push -u origin fix/PAY-9-rounding`, a pull request, an approval, the merge

    Bad: `git push origin main`

    How to fix
    ----------
    Revert the commit through a pull request, and bring it in again through another one: that earns half. While a direct push
    is open, the letter is at most C.

    References
    ----------
    - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
    - https://github.com/ossf/scorecard/blob/main/docs/checks.md#branch-protection
    - https://github.com/pre-commit/pre-commit-hooks
    """
    push = arrival.push
    if push is None:
        return (
            Pass(message=f"came in through pull request #{arrival.pull.number}")
            if arrival.pull
            else Skip(reason="nothing")
        )
    relanded = was_relanded(history, shas=(push.sha,), number=None, item=push.item, since=push.at)
    what = f"“{header_of(push.message)[:60]}” " if push.message else ""
    return Breach(
        message=f"{'Force-pushed' if push.forced else 'Pushed'} {what}({push.sha[:7]}) straight to {history.default_branch}, "
        "0 direct pushes is the limit." + (" It was reverted and landed again: half credit." if relanded else ""),
        how_to_fix=_NEXT_TIME if relanded else _how_to_fix(push, history),
        credit=_RELANDED if relanded else 0.0,
        repair=Repair.NONE if relanded else Repair.PARTIAL,
        repaired=relanded,
        evidence={"commit": push.sha, "branch": history.default_branch, "forced": push.forced},
    )


def _how_to_fix(push: DirectPush, history: History) -> str:
    key = push.item if push.item in map(str, history.issues) else f"{history.project}-NUMBER"
    main = history.default_branch
    return (
        f"git fetch origin && git switch -c fix/{key}-revert {shlex.quote(f'origin/{main}')} "
        f"&& git revert --no-edit {push.sha[:10]} && git commit --amend --no-edit --trailer {shlex.quote(f'Refs: {key}')} "
        "&& git push -u origin HEAD\n"
        "Open a pull request of it and merge it; then bring the change in again through a pull request of its own."
    )
