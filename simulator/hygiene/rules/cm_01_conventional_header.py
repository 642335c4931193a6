"""CM-01: commit headers follow Conventional Commits."""

from __future__ import annotations

import shlex

from simulator.hygiene.advice import new_header
from simulator.hygiene.headers import TYPES, better_header, convention_problem, is_ignored
from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.squash import credit_after_squash
from simulator.hygiene.subjects import COMMITS, JudgedCommit
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict


@rule(
    code="CM-01",
    name="conventional-header",
    about=COMMITS,
    severity=Severity.MEDIUM,
    target=0.9,
    quota=1,
    essential=True,
    options=NoOptions(),
)
def conventional_header(commit: JudgedCommit, history: History, _: NoOptions) -> Verdict:
    """A commit's first line is `type(scope)!: description`.

    What it checks
    --------------
    The type is one of build, chore, ci, docs, feat, fix, perf, refactor, revert, style, test, in lower case; a scope in brackets
    and a `!` may follow; then a colon, a blank and a description. After a squash merge only the squash commit counts. Merges,
    reverts, fixups and bare version numbers are left out.

    Why it matters
    --------------
    A history that a program can read gives changelogs, version numbers and searches for nothing.

    Example
    -------
    Good: `fix(refunds): round half up`, `feat!: drop the v1 endpoints`

    Bad: `Fixed rounding`, `Fix: rounding`, `fix:rounding`

    How to fix
    ----------
    Before the merge, give the commit another message: `git commit --amend` for the last one, `git rebase -i` for others. A good
    title at the squash merge earns 0.8 for the lines whose own messages were not good.

    References
    ----------
    - https://www.conventionalcommits.org/en/v1.0.0/
    - https://github.com/conventional-changelog/commitlint/tree/master/%40commitlint/config-conventional
    """
    header = commit.header
    if is_ignored(header):
        return Skip(reason="git, GitHub or a release wrote this message, or it will be folded away")
    problem = convention_problem(header)
    evidence: Measures = {"header": header[:200], "types": " ".join(TYPES)}
    if problem:
        better = better_header(header, history, commit.item)
        return Breach(
            message=f"“{header[:80]}”: {problem}.",
            how_to_fix=_how_to_fix(commit, better),
            repair=Repair.NONE if commit.merged else Repair.SAFE,
            evidence=evidence,
        )
    credit = credit_after_squash(commit, lambda own: 0.0 if convention_problem(own) else 1.0)
    if credit < 1:
        return Breach(
            message=f"“{header[:80]}” put right at the squash what its commits' own messages had not been.",
            how_to_fix="Write the next commits' messages as type(scope): description from the start.",
            credit=credit,
            repaired=True,
            evidence=evidence,
        )
    return Pass(message=f"“{header[:80]}”", evidence=evidence)


def _how_to_fix(commit: JudgedCommit, better: str | None) -> str:
    if commit.merged:
        example = f", such as: {shlex.quote(better)}" if better else "."
        return f"It is merged and stays. Set the title before the next squash merge{example}"
    return new_header(commit.sha, better, is_tip=commit.is_tip, keeps_body=commit.has_more)
