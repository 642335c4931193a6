"""RV-04: reviews find something to say."""

from __future__ import annotations

from pydantic import Field

from simulator.hygiene.amounts import amount
from simulator.hygiene.review_words import own_words
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import READ_PULLS
from simulator.model.history import History, PullRequest
from simulator.model.hygiene import Breach, Measures, NotAvailable, Pass, Severity, Skip, Verdict

_HUNDRED_LINES = 100
_MOST_REMARKS = 5
_LEAST_WORDS = 3


class DepthOptions(Options):
    """What may be set."""

    from_lines: int = Field(default=50, ge=1, le=1000, description="substantive lines below which silence says nothing")


@rule(
    code="RV-04",
    name="review-depth",
    about=READ_PULLS,
    severity=Severity.INFO,
    target=0.8,
    quota=0,
    options=DepthOptions(),
)
def review_depth(pull: PullRequest, _: History, options: DepthOptions) -> Verdict:
    """How much the reviewers of a pull request had to say, for its size.

    What it checks
    --------------
    Remarks and comments by people who did not write it, for each hundred substantive lines (for smaller ones: in all). Stock
    phrases and repetitions do not count, and no more than five are counted. It never costs points: deeper is not better.

    Why it matters
    --------------
    A team that never finds anything to say about its changes is either perfect or not reading.

    Example
    -------
    Good: 180 lines, two questions and a hint

    Bad: 180 lines, nobody said anything

    How to fix
    ----------
    Ask one real question in each review: what happens when this fails, is empty, or comes twice?

    References
    ----------
    - https://devlake.apache.org/docs/Metrics/PRPickupTime
    """
    if pull.lines is None:
        return NotAvailable(
            reason=f"the diff of #{pull.number} is not known",
            how_to_fix="Give the token read access to the repository's contents.",
        )
    if pull.lines < options.from_lines:
        return Skip(reason=f"#{pull.number} has {pull.lines} lines; below {options.from_lines}, silence says nothing")
    remarks = min(_MOST_REMARKS, len(_said(pull)))
    depth = remarks / max(1.0, pull.lines / _HUNDRED_LINES)
    evidence: Measures = {
        "remarks": remarks,
        "lines": pull.lines,
        "remarks for a hundred lines": round(depth, 2),
        "least": 1,
    }
    if remarks:
        return Pass(message=f"#{pull.number}: {amount(remarks, 'remarks')} on {pull.lines} lines", evidence=evidence)
    return Breach(
        message=f"Nobody had anything to say about the {pull.lines} lines of #{pull.number}; one remark is the least.",
        how_to_fix="Ask one real question in the next review: what happens when this fails, is empty, or comes twice?",
        evidence=evidence,
    )


def _said(pull: PullRequest) -> set[str]:
    """What others said of it, each text once."""
    said = [(each.author, each.body) for each in pull.comments] + [(each.author, each.body) for each in pull.reviews]
    others = (body for author, body in said if author is not None and author not in pull.authors())
    return {" ".join(body[:2000].lower().split()) for body in others if own_words(body) >= _LEAST_WORDS}
