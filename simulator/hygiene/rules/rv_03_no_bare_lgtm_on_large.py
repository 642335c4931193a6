"""RV-03: the approval of a large diff says something."""

from __future__ import annotations

from pydantic import Field

from simulator.hygiene.pull_advice import review_with
from simulator.hygiene.reading_time import reviewed_head
from simulator.hygiene.review_words import LEAST_WORDS, contents_of, own_words
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import FIRST_APPROVALS, GivenReview
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, NotAvailable, Pass, Repair, Severity, Skip, Verdict

_BEFORE_MERGE = 0.8
_AFTER_MERGE = 0.3
_NEXT_TIME = "With the next large approval write one sentence: what you checked, and what you did not."


class BareOptions(Options):
    """What may be set."""

    max_lines: int = Field(
        default=200, ge=20, le=5000, description="substantive lines that may be approved without a word"
    )


@rule(
    code="RV-03",
    name="no-bare-lgtm-on-large",
    about=FIRST_APPROVALS,
    severity=Severity.MEDIUM,
    target=0.9,
    quota=0,
    options=BareOptions(),
)
def no_bare_lgtm_on_large(given: GivenReview, _: History, options: BareOptions) -> Verdict:
    """Who approves more than 200 lines says what they saw.

    What it checks
    --------------
    Of approvals of more than 200 substantive lines: the review's text has five words besides phrases such as LGTM, approved, ship
    it or 👍, or you remarked on a line of the pull request, or said something in an earlier review of it.

    Why it matters
    --------------
    Nobody reads 200 lines and has nothing to say. What you checked tells the author, and the next reader, where to look again.

    Example
    -------
    Good: "Followed a refund from the API to the ledger; did not look at the migration"

    Bad: "LGTM 👍"

    How to fix
    ----------
    Add a review that says what you checked. That earns 0.8 before the merge, 0.3 after it.

    References
    ----------
    - https://repository.bilkent.edu.tr/items/eb456249-b19d-4c99-9dfb-6ba115f1ecb3
    - https://devlake.apache.org/docs/Metrics/PRPickupTime
    """
    pull, review = given.pull, given.review
    head = reviewed_head(pull, review)
    if head is None:
        return NotAvailable(
            reason=f"the diff of #{pull.number} is not known",
            how_to_fix="Give the token read access to the repository's contents.",
        )
    if head.lines <= options.max_lines:
        return Skip(reason=f"#{pull.number} had {head.lines} lines; {options.max_lines} may be approved without a word")
    words, said = own_words(review.body), contents_of(pull, review.author)
    evidence: Measures = {
        "lines": head.lines,
        "limit": options.max_lines,
        "words of your own": words,
        "least words": LEAST_WORDS,
    }
    if words >= LEAST_WORDS or any(at <= review.at for at in said):
        return Pass(message=f"You said something about the {head.lines} lines of #{pull.number}", evidence=evidence)
    later = [at for at in said if at > review.at]
    before_merge = bool(later) and (pull.merged_at is None or later[0] <= pull.merged_at)
    body = " ".join(review.body[:200].split())[:60]
    return Breach(
        message=f"You approved the {head.lines} lines of #{pull.number} {f'with “{body}”' if body else 'without a word'}; "
        f"above {options.max_lines} lines, five words of your own are the least."
        f"{' You said more since.' if later else ''}",
        how_to_fix=_NEXT_TIME if later or pull.closed_at else _how_to_fix(given),
        credit=(_BEFORE_MERGE if before_merge else _AFTER_MERGE) if later else 0.0,
        repair=Repair.NONE if later or pull.closed_at else Repair.PARTIAL,
        repaired=bool(later),
        evidence=evidence,
        at=review.at,
    )


def _how_to_fix(given: GivenReview) -> str:
    return f"Say what you checked in {given.pull.url}/files:\n{review_with(given.pull, 'WHAT YOU CHECKED')}"
