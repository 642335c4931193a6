"""IS-01: an issue's summary names the outcome."""

from __future__ import annotations

import re

from pydantic import Field

from simulator.hygiene.capitals import is_shouted
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import OWNED_ISSUES
from simulator.hygiene.words import empty_words, length_of
from simulator.model.history import History, Issue
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Verdict

_MOST = 500
_KEY = re.compile(r"\b[A-Z][A-Z0-9]{1,30}-[0-9]{1,9}\b:?", re.ASCII)
_TYPE = re.compile(
    r"\s*(?:\[?(?:bug|story|task|feature|fehler|aufgabe)\]?\s*[:–—-]|\[[^\]\n]{1,30}\])\s*", re.IGNORECASE
)
_QUESTION = re.compile(r"[?？¿؟]\W*\Z")


class SummaryOptions(Options):
    """What may be set."""

    least: int = Field(default=10, ge=1, le=100, description="characters of the shortest summary")
    most: int = Field(default=100, ge=20, le=255, description="characters of the longest summary")


@rule(
    code="IS-01",
    name="clear-summary",
    about=OWNED_ISSUES,
    severity=Severity.LOW,
    target=0.9,
    quota=0,
    options=SummaryOptions(),
)
def clear_summary(issue: Issue, _: History, options: SummaryOptions) -> Verdict:
    """An issue's summary says what will be different when it is done.

    What it checks
    --------------
    The summary has 10 to 100 characters (a sign of a script without blanks counts three towards the least), is not in capitals
    throughout, is no question, and says more than words that could stand over any issue, such as “fix bug” or “updates”.

    Why it matters
    --------------
    Boards, plans and reports show the summary and nothing else; it is read a hundred times more often than the description.

    Example
    -------
    Good: “Refund a part of a captured payment”

    Bad: “Bugfix”, “PAYMENTS!!!”, “What about refunds?”

    How to fix
    ----------
    Write what somebody can do, or what no longer happens, once it is done. A new summary earns full credit at any time.

    References
    ----------
    - https://repository.bilkent.edu.tr/items/a630e151-9df9-4f40-bea9-1b991065de3e
    """
    summary = issue.state.summary.strip()
    evidence: Measures = {"characters": len(summary), "least": options.least, "most": options.most}
    wrong = _what_is_wrong(summary, options)
    if not wrong:
        return Pass(
            message=f"{issue.key} has a summary of {len(summary)} characters that says something", evidence=evidence
        )
    return Breach(
        message=f"{issue.key}: {wrong}.",
        how_to_fix=f"Write into the summary what is different when it is done, in {options.least} to {options.most} "
        f"characters: {issue.url}",
        repair=Repair.SAFE,
        evidence=evidence,
    )


def _what_is_wrong(summary: str, options: SummaryOptions) -> str:
    if len(summary) > options.most:
        return f"the summary has {len(summary):,} characters, {options.most} is the limit"
    length = length_of(summary)
    if length < options.least:
        return f"the summary “{summary}” has {length} characters, {options.least} are the least"
    if _QUESTION.search(summary):
        return f"the summary “{summary[:60]}” is a question"
    if is_shouted(summary):
        return f"the summary “{summary[:60]}” is in capitals"
    bare = _TYPE.sub("", _KEY.sub(" ", summary[:_MOST]), count=1)
    empty = empty_words(bare)
    return f"the summary tells nothing: {empty}" if empty else ""
