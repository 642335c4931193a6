"""CM-02: commit headers are short."""

from __future__ import annotations

import re

from pydantic import Field

from simulator.hygiene.advice import reword
from simulator.hygiene.headers import is_ignored, without_number
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.squash import credit_after_squash
from simulator.hygiene.subjects import COMMITS, JudgedCommit
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict

_HALF = 0.5

_LEADS_ON = re.compile(r"(?: (?:an?|and|as|at|by|for|from|in|of|on|or|that|the|to|with))+\Z", re.IGNORECASE)
"""Words that no header ends with."""


class HeaderLengthOptions(Options):
    """What may be set."""

    full: int = Field(default=72, ge=40, le=100, description="longest header with full credit, in characters")
    half: int = Field(default=100, ge=60, le=200, description="longest header with half credit, in characters")


@rule(
    code="CM-02",
    name="header-length",
    about=COMMITS,
    severity=Severity.LOW,
    target=0.9,
    quota=1,
    essential=True,
    options=HeaderLengthOptions(),
)
def header_length(commit: JudgedCommit, _: History, options: HeaderLengthOptions) -> Verdict:
    """A commit's first line fits into a line of a log.

    What it checks
    --------------
    The length of the header without the ` (#12)` that GitHub adds: up to 72 characters earn full credit, up to 100 half, more
    nothing. After a squash merge only the squash commit counts.

    Why it matters
    --------------
    Logs and lists cut the line off there; and what needs more room is often two changes.

    Example
    -------
    Good: `feat(refunds): refuse a refund above the paid amount`

    Bad: `feat: add an endpoint for refunds, rework the ledger and while at it rename all of the old handlers`

    How to fix
    ----------
    Before the merge, shorten the header and move the rest into the body: `git commit --amend`, or `git rebase -i` for an older
    commit. A short title at the squash merge earns 0.8 for the lines whose own headers were too long.

    References
    ----------
    - https://jorisroovers.com/gitlint/latest/rules/builtin_rules/
    - https://github.com/conventional-changelog/commitlint/tree/master/%40commitlint/config-conventional
    - https://cbea.ms/git-commit/
    """
    header = without_number(commit.header)
    if is_ignored(header):
        return Skip(reason="git, GitHub or a release wrote this message, or it will be folded away")
    evidence: Measures = {"characters": len(header), "limit": options.full}
    own = _credit(header, options)
    if own < 1:
        return Breach(
            message=f"“{header[:60]}…” has {len(header)} characters, {options.full} is the limit.",
            how_to_fix=_how_to_fix(commit, header, options),
            credit=own,
            repair=Repair.NONE if commit.merged else Repair.SAFE,
            evidence=evidence,
        )
    credit = credit_after_squash(commit, lambda replaced: _credit(without_number(replaced), options))
    if credit < 1:
        return Breach(
            message=f"“{header}” is short enough; some headers that the squash folded into it were not.",
            how_to_fix=f"Keep the next commits' headers within {options.full} characters from the start.",
            credit=credit,
            repaired=True,
            evidence=evidence,
        )
    return Pass(message=f"{len(header)} characters", evidence=evidence)


def _credit(header: str, options: HeaderLengthOptions) -> float:
    if len(header) <= options.full:
        return 1.0
    return _HALF if len(header) <= options.half else 0.0


def _how_to_fix(commit: JudgedCommit, header: str, options: HeaderLengthOptions) -> str:
    if commit.merged:
        return f"It is merged and stays. Shorten the title before the next merge to {options.full} characters."
    shorter = _LEADS_ON.sub("", header[: options.full].rsplit(" ", 1)[0])
    return reword(commit.sha, shorter, is_tip=commit.is_tip, keeps_body=commit.has_more)
