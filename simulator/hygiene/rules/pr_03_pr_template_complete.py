"""PR-03: the boxes of the template are ticked."""

from __future__ import annotations

import re

from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import PULLS_WITH_BOXES
from simulator.model.history import History, PullRequest
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict

_AFTER_MERGE = 0.5
_MOST = 20_000
_OPEN = re.compile(r"^[ \t]*[-*+][ \t]+\[[ ]?\][ \t]+(?P<text>\S[^\n]*)", re.MULTILINE)


@rule(
    code="PR-03",
    name="pr-template-complete",
    about=PULLS_WITH_BOXES,
    severity=Severity.LOW,
    target=0.8,
    quota=0,
    options=NoOptions(),
)
def pr_template_complete(pull: PullRequest, _history: History, _: NoOptions) -> Verdict:
    """Each box of a pull request's check list is ticked or struck out when it is merged.

    What it checks
    --------------
    Boxes that were not ticked (`- [ ]`) in the description at the merge. A line that is struck out (`~~so~~`) with a reason
    counts as done.

    Why it matters
    --------------
    The list is the team's definition of done: an empty box says that a step was skipped, and nobody knows whether on purpose.

    Example
    -------
    Good: `- [x] tests`, `- [ ] ~~changelog~~ nothing that a user sees`

    Bad: merged with `- [ ] tests`

    How to fix
    ----------
    Do the step and tick the box, or strike the line out and say why. After the merge that earns half.

    References
    ----------
    - https://github.com/wip/app
    - https://github.com/linear-b/gitstream
    """
    if pull.merged_at is None:
        return Skip(reason=f"#{pull.number} is not merged; judged then")
    left = _left(pull.body_at(pull.merged_at))
    evidence: Measures = {"boxes left": len(left), "limit": 0}
    if not left:
        return Pass(message=f"#{pull.number} was merged with every box ticked", evidence=evidence)
    mended = not _left(pull.body)
    how = " They were ticked after it: half credit." if mended else ""
    return Breach(
        message=f"#{pull.number} was merged with {len(left)} {'box' if len(left) == 1 else 'boxes'} open, "
        f"such as “{left[0][:60]}”.{how}",
        how_to_fix="Before the next merge go through the list: tick what is done, strike out what does not apply."
        if mended
        else f"Do it and tick it, or strike it out with a reason: {pull.url}",
        credit=_AFTER_MERGE if mended else 0.0,
        repair=Repair.NONE if mended else Repair.PARTIAL,
        repaired=mended,
        evidence=evidence,
        at=pull.merged_at,
    )


def _left(body: str) -> list[str]:
    return [text for text in _OPEN.findall(body[:_MOST]) if not text.startswith("~~")]
