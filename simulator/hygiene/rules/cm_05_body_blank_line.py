"""CM-05: blank lines part the header, the body and the footer."""

from __future__ import annotations

import shlex

from simulator.hygiene.advice import write_message
from simulator.hygiene.headers import is_ignored
from simulator.hygiene.messages import is_trailer, lines_of, parts_of
from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.squash import REPAIRED, squash_mended
from simulator.hygiene.subjects import COMMITS_WITH_BODY, JudgedCommit
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict


@rule(
    code="CM-05",
    name="body-blank-line",
    about=COMMITS_WITH_BODY,
    severity=Severity.LOW,
    target=1.0,
    quota=0,
    options=NoOptions(),
)
def body_blank_line(commit: JudgedCommit, _history: History, _: NoOptions) -> Verdict:
    """A blank line stands between a commit's header and its body, and between its body and its footer.

    What it checks
    --------------
    In a message of more than one line the second one is empty, and so is the line above the trailers at its end
    (`Refs: PAY-3`, `Co-authored-by: …`, `BREAKING CHANGE: …`). After a squash merge only the squash commit counts.

    Why it matters
    --------------
    Programs take everything up to the first blank line for the title, and find trailers only in a paragraph of their own.

    Example
    -------
    Good: `fix: round half up`, an empty line, `Shops lost a cent.`, an empty line, `Refs: PAY-3`

    Bad: `fix: round half up` with `Shops lost a cent.` right below it

    How to fix
    ----------
    Before the merge, put the blank line in: `git commit --amend` for the last commit, `git rebase -i` for others. Two `-m` make
    two paragraphs: `git commit -m "fix: round half up" -m "Shops lost a cent."`

    References
    ----------
    - https://www.conventionalcommits.org/en/v1.0.0/
    - https://jorisroovers.com/gitlint/latest/rules/builtin_rules/
    """
    if is_ignored(commit.header):
        return Skip(reason="git, GitHub or a release wrote this message, or it will be folded away")
    problem, line = _problem(commit.message)
    evidence: Measures = {"header": commit.header[:200], "lines": len(lines_of(commit.message))}
    if problem:
        return Breach(
            message=f"“{commit.header[:60]}”: {problem}.",
            how_to_fix=_how_to_fix(commit, line),
            repair=Repair.NONE if commit.merged else Repair.SAFE,
            evidence={**evidence, "line": line},
        )
    share = squash_mended(commit, lambda made: _problem(made.message)[0] is not None)
    if share < 1:
        return Breach(
            message=f"“{commit.header[:60]}” has the blank lines that its commits' own messages lacked; that earns {REPAIRED:g}.",
            how_to_fix='Part header and body from the first commit on: git commit -m "the header" -m "the body"',
            credit=share,
            repaired=True,
            evidence=evidence,
        )
    return Pass(message=f"“{commit.header[:60]}” has its blank lines", evidence=evidence)


def _problem(message: str) -> tuple[str | None, str]:
    """What is wrong, in words, and the line above which a blank one is missing."""
    lines = lines_of(message)
    while lines and not lines[-1].strip():
        lines.pop()
    if len(lines) > 1 and lines[1].strip():
        return "no blank line stands below the header", lines[1].strip()[:60]
    trailers = parts_of(message).trailers
    if not trailers or not is_trailer(trailers[0]):
        return None, ""
    first = len(lines) - 1 - lines[::-1].index(trailers[0]) if trailers[0] in lines else 0
    if first > 1 and lines[first - 1].strip():
        return f"no blank line stands above the footer “{trailers[0][:40]}”", trailers[0].strip()[:60]
    return None, ""


def _how_to_fix(commit: JudgedCommit, line: str) -> str:
    if commit.merged:
        return (
            "It is merged and stays. In the next message leave a line empty below the header, and one above the footer."
        )
    return write_message(commit.sha, f"leave a line empty above {shlex.quote(line)}", is_tip=commit.is_tip)
