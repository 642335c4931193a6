"""SP-06: work is spread over the sprint."""

from __future__ import annotations

from pydantic import Field

from simulator.hygiene.amounts import amount
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import ENDINGS, EndingInSprint
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, Pass, Severity, Skip, Verdict


class BurstOptions(Options):
    """What may be set."""

    last_part: float = Field(
        default=0.2, ge=0.05, le=0.5, description="share of the sprint's working time that is its end"
    )
    most_share: float = Field(
        default=0.4, ge=0.1, le=1, description="share of the work that may be finished in the end"
    )


@rule(
    code="SP-06",
    name="no-deadline-burst",
    about=ENDINGS,
    severity=Severity.MEDIUM,
    target=0.9,
    quota=0,
    options=BurstOptions(),
)
def no_deadline_burst(late: EndingInSprint, _: History, options: BurstOptions) -> Verdict:
    """No more than two fifths of the work is finished in the last fifth of the sprint.

    What it checks
    --------------
    Of your merged lines, and of your issues that were done, the share that came in the last fifth of the sprint's working time.
    Up to 40 % everything passes; above that what came so late earns 40 % divided by the share. What only came up in the last
    fifth does not count.

    Why it matters
    --------------
    What arrives on the last day is reviewed in a hurry and tested by the customer.

    Example
    -------
    Good: one issue done every other day, the last one on day 9

    Bad: nothing done until day 8, then five pull requests in an afternoon

    How to fix
    ----------
    Nothing can be brought forward afterwards. Cut the next work smaller, and merge the first piece on the second day.

    References
    ----------
    - https://github.com/chrisma/ScrumLint
    """
    ending, name, unit = late.ending, late.sprint.name, late.ending.ended.unit
    last = 1.0 - options.last_part
    if ending.begun > last:
        return Skip(reason=f"{ending.ended.item} only came up at the end of {name}")
    in_end, total = late.among.sizes(last)
    share = in_end / total
    evidence: Measures = {
        "share of the sprint that had passed": round(ending.portion, 2),
        f"{unit} in all": round(total),
        f"{unit} in the last part": round(in_end),
        "share in the last part": round(share, 2),
        "limit": options.most_share,
        "days with a push": late.days.with_push,
        "days with an issue in progress": late.days.in_progress,
    }
    if ending.portion <= last:
        return Pass(message=f"finished when {ending.portion:.0%} of {name} had passed", evidence=evidence)
    if share <= options.most_share:
        return Pass(message=f"{share:.0%} of the {unit} came in the last part of {name}", evidence=evidence)
    return Breach(
        message=f"{amount(round(in_end), unit)} of {round(total)} ({share:.0%}) came in the last {options.last_part:.0%} "
        f"of {name}, {options.most_share:.0%} is the limit.",
        how_to_fix="Cut the next work smaller, and merge its first piece on the second day.",
        credit=options.most_share / share,
        repaired=True,
        evidence=evidence,
        at=ending.ended.at,
    )
