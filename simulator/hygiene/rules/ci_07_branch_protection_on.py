"""CI-07: the default branch is protected."""

from __future__ import annotations

from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import PROTECTIONS, ProtectionItem
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, NotAvailable, Pass, Repair, Severity, Verdict


@rule(
    code="CI-07",
    name="branch-protection-on",
    about=PROTECTIONS,
    severity=Severity.MEDIUM,
    target=1.0,
    quota=0,
    options=NoOptions(),
)
def branch_protection_on(item: ProtectionItem, history: History, _: NoOptions) -> Verdict:
    """Whoever administers the repository protects its default branch.

    What it checks
    --------------
    Four things, by classic protection or rulesets: pull requests with at least one approval, required checks, no forced pushes,
    no deletion. Only of learners whose role is admin, maintainer or lead.

    Why it matters
    --------------
    A rule that a machine keeps needs nobody to remember it on a Friday.

    Example
    -------
    Good: one approval, the check `tests`, no forced pushes

    Bad: everybody may push to `main`

    How to fix
    ----------
    Switch it on in the settings of the repository, under branches or rules.

    References
    ----------
    - https://github.com/ossf/scorecard/blob/main/docs/checks.md#branch-protection
    - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
    """
    if item.is_on is None:
        return NotAvailable(
            reason="how the default branch is protected was not told",
            how_to_fix="Give the token the right to read the repository's administration.",
        )
    evidence: Measures = {"protection": item.what, "on": item.is_on}
    if item.is_on:
        return Pass(message=f"{history.default_branch}: {item.what} is on", evidence=evidence)
    return Breach(
        message=f"{history.default_branch} is not protected by {item.what}.",
        how_to_fix=f"Settings → Branches (or Rules) → {history.default_branch}: switch on {item.what}.",
        repair=Repair.SAFE,
        evidence=evidence,
    )
