"""BR-01: branch names follow Conventional Branch."""

from __future__ import annotations

import re

from pydantic import Field

from simulator.hygiene.advice import better_branch_name, rename
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import BRANCHES
from simulator.model.history import Branch, History
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict
from simulator.model.keys import issue_keys_in

_TYPES = ("feature", "feat", "bugfix", "fix", "hotfix", "release", "chore")
_REST = re.compile(r"[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*\Z", re.ASCII)
_BY_GITHUB = re.compile(r"revert-[0-9]+-", re.ASCII)
_RENAMED_LATE = 0.5


class BranchNameOptions(Options):
    """What may be set."""

    max_length: int = Field(default=60, ge=20, le=200, description="longest name, in characters")


_NEXT_TIME = "Mended as far as it goes. Name the next branch as type/KEY-what-it-does from the start."


@rule(
    code="BR-01",
    name="branch-name-convention",
    about=BRANCHES,
    severity=Severity.LOW,
    target=0.9,
    quota=1,
    essential=True,
    options=BranchNameOptions(),
)
def branch_name_convention(branch: Branch, history: History, options: BranchNameOptions) -> Verdict:
    """A branch is named `<type>/<key>-<description>`, in lower case with hyphens.

    What it checks
    --------------
    The name begins with one of `feature/`, `feat/`, `bugfix/`, `fix/`, `hotfix/`, `release/`, `chore/`, and goes on with letters
    and digits joined by single hyphens. Upper case is for issue keys only, dots for `release/` only. Whether the key is there
    is asked by FL-01.

    Why it matters
    --------------
    People and tools read the name long before they read the diff: what kind of change this is, and for which issue.

    Example
    -------
    Good: `feature/PAY-3-refund-endpoint`, `fix/PAY-9-rounding`, `release/1.4.0`

    Bad: `my_changes`, `feature/Refund_Endpoint`, `PAY-3`

    How to fix
    ----------
    Rename the branch before you open a pull request; that earns full credit, and half of it afterwards:
    `git branch -m OLD NEW && git push -u origin NEW && git push origin --delete OLD`

    References
    ----------
    - https://conventional-branch.github.io
    - https://docs.github.com/en/get-started/using-github/github-flow
    """
    if _BY_GITHUB.match(branch.name):
        return Skip(reason="GitHub's revert button named this branch")
    problem = _problem(branch.name, options)
    heir = branch.replaced_by
    if heir and not branch.pulls:
        return Skip(reason=f"renamed to {heir} before a pull request was opened; judged there")
    evidence: Measures = {"name": branch.name, "characters": len(branch.name), "limit": options.max_length}
    if problem is None:
        return Pass(message=f"{branch.name} says what it is", evidence=evidence)
    repaired = heir is not None and _problem(heir, options) is None
    better = better_branch_name(branch, history)
    is_over = branch.deleted_at is not None or any(history.pulls[number].merged_at for number in branch.pulls)
    return Breach(
        message=f"Branch {branch.name}: {problem}."
        + (f" It was replaced by {heir}." if repaired else f" Try {better}."),
        how_to_fix=_NEXT_TIME if repaired else _how_to_fix(branch, better, is_over=is_over),
        credit=_RENAMED_LATE if repaired else 0.0,
        repair=Repair.NONE if repaired or is_over else Repair.PARTIAL if branch.pulls else Repair.SAFE,
        repaired=repaired,
        evidence=evidence,
    )


def _problem(name: str, options: BranchNameOptions) -> str | None:
    kind, slash, rest = name.partition("/")
    if len(name) > options.max_length:
        return f"the name has {len(name)} characters, {options.max_length} is the limit"
    if not slash or kind not in _TYPES:
        return f"the name does not begin with {', '.join(f'{known}/' for known in _TYPES)}"
    if not _REST.match(rest):
        return f"behind {kind}/ only letters and digits joined by single hyphens may stand"
    if "." in rest and kind != "release":
        return "dots are for release/ branches"
    for key in issue_keys_in(rest):
        rest = re.sub(re.escape(key), "", rest, count=1, flags=re.IGNORECASE)
    return None if rest == rest.lower() else "upper case is for the issue key only"


def _how_to_fix(branch: Branch, better: str, *, is_over: bool) -> str:
    if is_over:
        return "This branch has done its work; name the next one after its issue from the start."
    if branch.pulls:
        return f"{rename(branch.name, better)}\nThen open the pull request again from {better} (half credit now)."
    return rename(branch.name, better)
