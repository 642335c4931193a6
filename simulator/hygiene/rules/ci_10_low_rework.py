"""CI-10: merged code is not rewritten at once."""

from __future__ import annotations

from datetime import timedelta

from simulator.hygiene.headers import type_of
from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import MERGED_PULLS
from simulator.model.history import History, PullRequest
from simulator.model.hygiene import Measures, NotAvailable, Pass, Severity, Verdict

_SOON = timedelta(days=21)
_MENDS = frozenset({"fix", "revert"})


@rule(
    code="CI-10",
    name="low-rework",
    about=MERGED_PULLS,
    severity=Severity.INFO,
    target=0.9,
    quota=0,
    options=NoOptions(),
)
def low_rework(pull: PullRequest, history: History, _: NoOptions) -> Verdict:
    """How much of a merged change was mended or taken back within three weeks. Told, not scored.

    What it checks
    --------------
    Lines that later pull requests of type fix or revert took out of the same files within 21 days, as a share of the lines that
    were merged.

    Why it matters
    --------------
    What is rewritten in its first weeks was not finished, or not understood, when it was merged.

    Example
    -------
    Good: 200 lines merged, 6 of them mended later

    Bad: 200 lines merged, reverted on the next day

    How to fix
    ----------
    Nothing to mend: look at what the fixes have in common.

    References
    ----------
    - https://linearb.helpdocs.io/article/d2v8kqzxzd-metrics-community-benchmarks
    - https://doi.org/10.1145/1083142.1083147
    """
    if not pull.heads or not pull.lines or pull.merged_at is None:
        return NotAvailable(
            reason=f"the diff of #{pull.number} is not known",
            how_to_fix="Give the token read access to the repository's contents.",
        )
    paths = {file.path for file in pull.heads[-1].files}
    later = (change for path in sorted(paths) for change in history.merged_changes.get(path, ()))
    taken = sum(
        change.deletions
        for change in later
        if pull.merged_at < change.merged_at <= pull.merged_at + _SOON and _mends(history.pulls[change.number].title)
    )
    share = min(1.0, taken / pull.lines)
    evidence: Measures = {"merged lines": pull.lines, "taken out by fixes": taken}
    return Pass(
        message=f"{share:.0%} of #{pull.number} was mended within three weeks", credit=1 - share, evidence=evidence
    )


def _mends(title: str) -> bool:
    return type_of(title) in _MENDS or title.lower().startswith("revert")
