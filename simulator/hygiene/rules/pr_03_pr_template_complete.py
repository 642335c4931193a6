"""PR-03: the boxes of the template are ticked."""

from __future__ import annotations

from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import PULLS_WITH_BOXES
from simulator.model.history import History, PullRequest
from simulator.model.history.check_lists import boxes_of
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Verdict, Wait

_AFTER_MERGE = 0.5
_MOST = 20_000


@rule(
    code="PR-03",
    name="pr-template-complete",
    about=PULLS_WITH_BOXES,
    severity=Severity.LOW,
    target=0.8,
    quota=0,
    options=NoOptions(),
)
def pr_template_complete(pull: PullRequest, history: History, _: NoOptions) -> Verdict:
    """Each box of a pull request's check list is ticked or struck out when it is merged.

    What it checks
    --------------
    Boxes that were not ticked (`- [ ]`) in the description at the merge, and those that had been taken out of it: a line that is
    struck out (`~~so~~`) with a reason counts as done, a line that is gone does not. The template's boxes are those with which
    two pull requests or more were opened; they are expected of the ones that come later.

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
        return Wait(reason=f"#{pull.number} is not merged; judged then")
    left = _left(pull, pull.body_at(pull.merged_at), history)
    evidence: Measures = {"boxes left": len(left), "limit": 0}
    if not left:
        return Pass(message=f"#{pull.number} was merged with every box ticked", evidence=evidence)
    mended = not _left(pull, pull.body, history)
    how = " They were ticked after it: half credit." if mended else ""
    return Breach(
        message=f"#{pull.number} was merged with {len(left)} {'box' if len(left) == 1 else 'boxes'} open or taken out, "
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


def _left(pull: PullRequest, body: str, history: History) -> list[str]:
    """The boxes that a description leaves open, and those that it lacks: its own earlier ones, and the template's."""
    now = boxes_of(body)
    left = [box.text for box in now if not box.is_settled]
    expected = {box.text: None for _, earlier in pull.bodies for box in boxes_of(earlier) if not box.is_settled}
    expected |= {text: None for text, since in history.template_boxes.items() if since < pull.opened_at}
    there = _bare(body[:_MOST])
    gone = [text for text in expected if text not in left and _bare(text) not in there]
    return [*left, *gone[: max(0, len(expected) - len(now))]]  # a box in better words may take another's place


def _bare(text: str) -> str:
    """A text without what strikes it out, and without regard to blanks and capitals."""
    return " ".join(text.replace("~~", "").lower().split())
