"""What the rules on a commit's first line have in common: what is left out, what may be mended, what a squash is worth.

Refuses to know what is wrong with a header: each rule says that.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable

from simulator.hygiene.advice import new_header
from simulator.hygiene.headers import is_ignored
from simulator.hygiene.squash import credit_after_squash
from simulator.hygiene.subjects import JudgedCommit
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Skip, Verdict
from simulator.model.record import record


@record
class HeaderRule:
    """A rule on headers: what is wrong with one, in words (None: nothing), a better one (None: only its author knows), and
    what to do in the next ones.
    """

    problem: Callable[[str], str | None]
    better: Callable[[str], str | None]
    next_time: str


def header_verdict(commit: JudgedCommit, rule: HeaderRule, evidence: Measures) -> Verdict:
    """The verdict on a commit's header. After a squash, good words of the squash earn a part for what it put right."""
    header = commit.header
    if is_ignored(header):
        return Skip(reason="git, GitHub or a release wrote this message, or it will be folded away")
    shown = f"“{header[:80]}{'…' if len(header) > 80 else ''}”"
    problem = rule.problem(header)
    if problem:
        return Breach(
            message=f"{shown}: {problem}.",
            how_to_fix=_how_to_fix(commit, rule.better(header), rule.next_time),
            repair=Repair.NONE if commit.merged else Repair.SAFE,
            evidence=evidence,
        )
    credit = credit_after_squash(commit, lambda own: 0.0 if rule.problem(own) else 1.0)
    if credit < 1:
        return Breach(
            message=f"{shown} put right at the squash what its commits' own messages had not been.",
            how_to_fix=f"{rule.next_time} Do so from the first commit on.",
            credit=credit,
            repaired=True,
            evidence=evidence,
        )
    return Pass(message=shown, evidence=evidence)


def _how_to_fix(commit: JudgedCommit, better: str | None, next_time: str) -> str:
    if commit.merged:
        example = f" For example: {shlex.quote(better)}" if better else ""
        return f"It is merged and stays. {next_time}{example}"
    return new_header(commit.sha, better, is_tip=commit.is_tip, keeps_body=commit.has_more)
