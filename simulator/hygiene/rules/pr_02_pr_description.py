"""PR-02: a pull request says what it is for."""

from __future__ import annotations

from pydantic import Field

from simulator.hygiene.descriptions import own_words, parts_told
from simulator.hygiene.gates import first_review
from simulator.hygiene.pull_advice import describe, with_gh
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import READY_PULLS
from simulator.hygiene.words import length_of
from simulator.model.history import History, PullRequest
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Verdict

_BEFORE_MERGE = 0.8
_AFTER_MERGE = 0.5


class DescriptionOptions(Options):
    """What may be set."""

    least_characters: int = Field(default=50, ge=1, le=1000, description="characters of the author's own words")
    least_parts: int = Field(
        default=2, ge=1, le=4, description="of purpose, changes, tests and link, how many it tells"
    )


@rule(
    code="PR-02",
    name="pr-description",
    about=READY_PULLS,
    severity=Severity.MEDIUM,
    target=0.9,
    quota=1,
    essential=True,
    options=DescriptionOptions(),
)
def pr_description(pull: PullRequest, _: History, options: DescriptionOptions) -> Verdict:
    """The description says what a pull request is for, what it changes and how it was tested.

    What it checks
    --------------
    At least 50 characters of the author's own words (headings, check boxes, lists of files and a template's remarks left out)
    that tell two of four things: purpose, changes, tests, a link to the issue. A sentence tells something when three of its words
    are about the change, and not “please review my fixes, thanks”; two such sentences are taken for purpose and changes. A sign
    of a script without blanks counts three. As it was at the first review, else at the merge.

    Why it matters
    --------------
    A reviewer without context reviews later and worse, and whoever reads the history in a year has nothing else.

    Example
    -------
    Good: "Shops ask for refunds in part (PAY-3). Adds POST /refunds; tested with the amounts of the ticket."

    Bad: "see title"

    How to fix
    ----------
    Write why, what and how tested in three lines. Before the first review that earns all, before the merge 0.8, afterwards half.

    References
    ----------
    - https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/getting-started/helping-others-review-your-changes
    - https://danger.systems
    - https://repository.bilkent.edu.tr/handle/11693/111577
    """
    reviewed = first_review(pull)
    gate = reviewed or pull.merged_at
    first = pull.body_at(gate) if gate else pull.body
    problem = _problem(first, options)
    evidence: Measures = {
        "characters": length_of(own_words(first)),
        "limit": options.least_characters,
        "parts told": len(parts_told(first)),
        "parts asked for": options.least_parts,
    }
    if problem is None:
        told = ", ".join(sorted(parts_told(first)))
        return Pass(message=f"#{pull.number} tells {told}", evidence=evidence)
    credit = _later(pull, options)
    is_open = pull.merged_at is None and pull.closed_at is None
    how = {0.0: ""}.get(credit, f" It came later: {credit:g} credit.")
    return Breach(
        message=f"The description of #{pull.number} {problem}.{how}",
        how_to_fix=_next_time(pull) if credit else _how_to_fix(pull),
        credit=credit,
        repair=Repair.NONE if credit else Repair.SAFE if gate is None and is_open else Repair.PARTIAL,
        repaired=credit > 0,
        evidence=evidence,
        at=gate or pull.opened_at,
    )


def _problem(body: str, options: DescriptionOptions) -> str | None:
    words = own_words(body)
    if not words:
        return "is empty"
    if length_of(words) < options.least_characters:
        return f"has {length_of(words)} characters of your own, {options.least_characters} are the least"
    parts = parts_told(body)
    if len(parts) < options.least_parts:
        lacking = ", ".join(part for part in ("purpose", "changes", "tests", "link") if part not in parts)
        return f"tells {', '.join(sorted(parts)) or 'none of the four things'}, and nothing of {lacking}"
    return None


def _later(pull: PullRequest, options: DescriptionOptions) -> float:
    """What a better description earned that came after the first review, or after the merge."""
    if first_review(pull) and pull.merged_at and _problem(pull.body_at(pull.merged_at), options) is None:
        return _BEFORE_MERGE
    if _problem(pull.body, options) is not None:
        return 0.0
    return _AFTER_MERGE if pull.merged_at else _BEFORE_MERGE


def _how_to_fix(pull: PullRequest) -> str:
    text = "Why: WHO NEEDS IT (ISSUE). What: WHAT CHANGES. Tested: HOW YOU KNOW THAT IT WORKS."
    return f"Write three lines at {pull.url}, or fill this in: {describe(pull, text)}"


def _next_time(pull: PullRequest) -> str:
    return with_gh(pull, "Write the next one as you open it", "gh pr create --body 'Why: … What: … Tested: …'")
