"""PR-10: unfinished work is a draft."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from simulator.hygiene.diff_between import lines_between
from simulator.hygiene.gates import ended_at, first_review
from simulator.hygiene.pull_advice import to_draft, with_gh
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import READY_PULLS
from simulator.hygiene.words import unfinished_term
from simulator.model.history import History, PullRequest
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Verdict

_LABELS = frozenset({"wip", "work in progress", "do not merge", "do-not-merge", "work-in-progress"})


class DraftOptions(Options):
    """What may be set."""

    most_share: float = Field(default=0.5, ge=0.1, le=1, description="share of the lines that may come after ready")
    least_lines: int = Field(default=20, ge=0, le=1000, description="changed lines below which that is not looked at")


@rule(
    code="PR-10",
    name="draft-while-wip",
    about=READY_PULLS,
    severity=Severity.LOW,
    target=1.0,
    quota=0,
    options=DraftOptions(),
)
def draft_while_wip(pull: PullRequest, history: History, options: DraftOptions) -> Verdict:
    """A pull request that is not finished is a draft, and one that is ready does not call itself unfinished.

    What it checks
    --------------
    While it is ready, neither its title nor a label says WIP, work in progress or do not merge; and at most half of its lines
    come between ready and the first review. What comes after a review is an answer to it, and counts nothing.

    Why it matters
    --------------
    Whoever reads a moving target reads it twice, and the second time with less care.

    Example
    -------
    Good: a draft until the tests pass, then ready

    Bad: ready, titled "WIP: refunds"

    How to fix
    ----------
    Turn it into a draft until it is done, or take the word out of the title.

    References
    ----------
    - https://github.com/wip/app
    - https://docs.github.com/en/get-started/using-github/github-flow
    """
    gate = first_review(pull) or ended_at(pull)
    term = _term(pull, gate or history.now)
    late, whole = _late_lines(pull, gate)
    evidence: Measures = {"says": term or "", "lines after ready": late, "lines": whole, "limit": options.most_share}
    moves = whole >= options.least_lines and late > options.most_share * whole
    if not term and not moves:
        return Pass(message=f"#{pull.number} was finished when it was ready", evidence=evidence)
    is_open = gate is None and not pull.draft
    what = (
        f"is ready for review and says “{term}”"
        if term
        else f"got {late} of its {whole} lines after it was ready, and before anybody reviewed it"
    )
    return Breach(
        message=f"#{pull.number} {what}.",
        how_to_fix=f"Until it is finished it is a draft: {to_draft(pull)}"
        if is_open and term
        else with_gh(pull, "Open the next one as a draft until it is finished", "gh pr create --draft"),
        repair=Repair.SAFE if is_open and term else Repair.NONE,
        repaired=not (is_open and term),
        evidence=evidence,
        at=gate,
    )


def _term(pull: PullRequest, at: datetime) -> str | None:
    """The word that says unfinished, where it stood on a pull request that was no draft."""
    if pull.was_draft_at(at):
        return None
    labels = [label for label in pull.labels_at(at) if label.lower() in _LABELS]
    return unfinished_term(pull.title_at(at)) or (min(labels) if labels else None)


def _late_lines(pull: PullRequest, gate: datetime | None) -> tuple[int, int]:
    """Lines that came between ready and the gate, of those that it had then."""
    last = pull.head_at(gate) if gate else (pull.heads[-1] if pull.heads else None)
    first = pull.head_at(pull.ready_at) if pull.ready_at else None
    if last is None or first is None or last.sha == first.sha:
        return 0, last.lines if last else 0
    return lines_between(first.files, last.files), last.lines
