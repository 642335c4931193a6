"""RV-02: an approval leaves time to have read the diff."""

from __future__ import annotations

from pydantic import Field

from simulator.hygiene.pull_advice import review_with
from simulator.hygiene.reading_time import (
    LEAST_LINES,
    LEAST_SECONDS,
    LINES_PER_HOUR,
    is_too_fast,
    readings,
    reviewed_head,
)
from simulator.hygiene.review_words import contents_of, remarks_of
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import FIRST_APPROVALS, GivenReview
from simulator.hygiene.what_can_come import diffs_to_read
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, NotAvailable, Pass, Repair, Severity, Skip, Verdict

_BEFORE_MERGE = 0.8
_AFTER_MERGE = 0.3
_NEXT_TIME = "Read the next diff from top to bottom before you approve it, and write down one thing that you checked."


class StampOptions(Options):
    """What may be set."""

    lines_per_hour: float = Field(
        default=LINES_PER_HOUR, ge=100, le=10_000, description="faster than this nobody reads"
    )
    least_seconds: float = Field(
        default=LEAST_SECONDS, ge=0, le=3600, description="an approval sooner than this was not read"
    )
    least_lines: int = Field(
        default=LEAST_LINES, ge=1, le=500, description="substantive lines below which a glance is enough"
    )


@rule(
    code="RV-02",
    name="no-rubber-stamp",
    about=FIRST_APPROVALS,
    severity=Severity.HIGH,
    target=1.0,
    quota=2,
    essential=True,
    options=StampOptions(),
    expects=diffs_to_read,
)
def no_rubber_stamp(given: GivenReview, history: History, options: StampOptions) -> Verdict:
    """An approval leaves time to have read what it approves.

    What it checks
    --------------
    Lines that were new to you, by the time from your request (or the last push, if that came later) to your approval: more than
    1000 lines an hour, or less than a minute for 10 lines or more. Lock files and generated files do not count, nor does what you
    had looked at before with a remark; who remarks on a line has read it.

    Why it matters
    --------------
    An approval without reading is worse than none: everybody believes that a second person has looked.

    Example
    -------
    Good: 120 lines, asked at 10:00, approved at 10:40

    Bad: 600 lines, asked at 10:00, approved at 10:02 with "LGTM"

    How to fix
    ----------
    Read it now, and say in a review what you checked or would change. That earns 0.8 before the merge, 0.3 after it.

    References
    ----------
    - https://smartbear.com/learn/code-review/best-practices-for-peer-code-review/
    - https://repository.bilkent.edu.tr/items/eb456249-b19d-4c99-9dfb-6ba115f1ecb3
    - https://repository.bilkent.edu.tr/handle/11693/111577
    - https://github.com/chrisma/ScrumLint
    """
    pull, review = given.pull, given.review
    head = reviewed_head(pull, review)
    if head is None:
        return NotAvailable(
            reason=f"the diff of #{pull.number} is not known",
            how_to_fix="Give the token read access to the repository's contents.",
        )
    found = [reading for reading in readings(pull, review, history) if reading.lines >= options.least_lines]
    if not found:
        return Skip(reason=f"#{pull.number} had fewer than {options.least_lines} lines that were new to you")
    worst = max(found, key=lambda reading: reading.speed)
    minutes = worst.seconds / 60
    evidence: Measures = {
        "lines": worst.lines,
        "minutes": round(minutes, 1),
        "lines an hour": round(worst.speed),
        "limit": options.lines_per_hour,
        "least seconds": options.least_seconds,
    }
    in_time = f"#{pull.number}: {worst.lines} lines in {minutes:.1f} minutes at most"
    limits = options.model_dump()
    if not is_too_fast(worst, **limits) or any(
        head.at <= remark.at <= review.at for remark in remarks_of(pull, review.author)
    ):
        return Pass(message=in_time, evidence=evidence)
    later = [at for at in contents_of(pull, review.author) if at > review.at]
    before_merge = bool(later) and (pull.merged_at is None or later[0] <= pull.merged_at)
    over = " You reviewed it in words since." if later else ""
    return Breach(
        message=f"You approved {in_time}, which is faster than {options.lines_per_hour:g} lines an hour "
        f"or sooner than {options.least_seconds:g} seconds.{over}",
        how_to_fix=_NEXT_TIME if later or pull.closed_at else _how_to_fix(given),
        credit=(_BEFORE_MERGE if before_merge else _AFTER_MERGE) if later else 0.0,
        repair=Repair.NONE if later or pull.closed_at else Repair.PARTIAL,
        repaired=bool(later),
        evidence=evidence,
        at=review.at,
    )


def _how_to_fix(given: GivenReview) -> str:
    pull = given.pull
    earns = "0.3" if pull.merged_at else "0.8 before the merge"
    return (
        f"Read {pull.url}/files now and say what you checked, in five words or more ({earns}):\n"
        f"{review_with(pull, 'WHAT YOU CHECKED')}"
    )
