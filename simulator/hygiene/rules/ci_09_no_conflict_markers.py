"""CI-09: no conflict markers are merged."""

from __future__ import annotations

import re
import shlex

from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import BROUGHT, Brought
from simulator.model.code import ChangedFile
from simulator.model.diff_lines import added_lines
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, NotAvailable, Pass, Repair, Severity, Verdict
from simulator.model.substance import is_written_by_hand

_BEGIN = re.compile(r"<{7} \S")
_END = re.compile(r">{7} \S")
_LEFTOVER = re.compile(
    r"\s*(?:breakpoint\(\)|import (?:i?pdb|pudb)\b|from i?pdb import set_trace\b|i?pdb\.set_trace\(\)|debugger;?"
    r"|binding\.pry|byebug)\s*(?:[;#]|//|\Z)"
)


@rule(
    code="CI-09",
    name="no-conflict-markers",
    about=BROUGHT,
    severity=Severity.MEDIUM,
    target=1.0,
    quota=0,
    options=NoOptions(),
)
def no_conflict_markers(brought: Brought, _history: History, _: NoOptions) -> Verdict:
    """A pull request holds no markers of a conflict and no breakpoints.

    What it checks
    --------------
    Added lines that begin with `<<<<<<< ` or `>>>>>>> `, and lines that stop the program for a debugger.

    Why it matters
    --------------
    They say that nobody has read the diff, not even its author.

    Example
    -------
    Good: the conflict settled, the tests run

    Bad: `<<<<<<< HEAD` in `payments/api.py`

    How to fix
    ----------
    Take the line out and push; that earns all of it, after the merge in a pull request of its own.

    References
    ----------
    - https://github.com/pre-commit/pre-commit-hooks
    """
    if brought.files is None:
        return NotAvailable(
            reason=f"the diff of {brought.called} is not known",
            how_to_fix="Give the token read access to the repository's contents.",
        )
    found = [place for file in brought.files if is_written_by_hand(file.path) for place in _places(file)]
    evidence: Measures = {"lines": len(found), "limit": 0}
    if not found:
        return Pass(message=f"{brought.called} holds no leftovers", evidence=evidence)
    return Breach(
        message=f"{brought.called} adds {found[0][1]} in {found[0][0]}.",
        how_to_fix=f"Take it out of {shlex.quote(found[0][0])}, and push. This shows what is left: git diff --check"
        if brought.is_open
        else f"Take it out in a pull request of its own: {shlex.quote(found[0][0])}",
        repair=Repair.SAFE if brought.is_open else Repair.NONE,
        evidence=evidence,
    )


def _places(file: ChangedFile) -> list[tuple[str, str]]:
    found = []
    for number, line in added_lines(file):
        if _BEGIN.match(line) or _END.match(line):
            found.append((f"{file.path}, line {number}", f"a conflict marker `{line[:7]}`"))
        elif _LEFTOVER.match(line[:300]):
            found.append((f"{file.path}, line {number}", f"`{line.strip()[:40]}`"))
    return found
