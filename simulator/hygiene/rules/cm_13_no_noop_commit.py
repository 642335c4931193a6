"""CM-13: commits change something."""

from __future__ import annotations

import shlex

from simulator.hygiene.diffs import changes_only_blanks
from simulator.hygiene.headers import type_of
from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import LASTING_COMMITS, JudgedCommit
from simulator.model.code import ChangedFile
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, NotAvailable, Pass, Repair, Severity, Skip, Verdict


@rule(
    code="CM-13",
    name="no-noop-commit",
    about=LASTING_COMMITS,
    severity=Severity.LOW,
    target=1.0,
    quota=0,
    options=NoOptions(),
)
def no_noop_commit(commit: JudgedCommit, history: History, _: NoOptions) -> Verdict:
    """No commit is empty or changes nothing but white space.

    What it checks
    --------------
    The commit changes a file, and more than blanks and blank lines. Where indentation has a meaning, as in Python and YAML, it is
    no white space, and neither are blanks within quotes; lines that change places are a change. A file that is renamed, made
    executable or binary is one. Merges, and commits of the type `style` that change white space, are left out. What a squash
    folds away is gone.

    Why it matters
    --------------
    An empty commit is one more line to read in every log, and tells nothing.

    Example
    -------
    Good: running failed checks again with the “Re-run jobs” button

    Bad: `git commit --allow-empty -m "chore: trigger the build"`

    How to fix
    ----------
    Before the merge, drop the commit: `git rebase -i main`, and delete its line. Or squash and merge.

    References
    ----------
    - https://danger.systems
    """
    if commit.merge:
        return Skip(reason="a merge need not change anything by itself")
    if not commit.files and commit.lines:
        return NotAvailable(
            reason=f"the files of commit {commit.sha[:7]} are not known",
            how_to_fix="Give the token read access to the repository's contents.",
        )
    evidence: Measures = {"files": len(commit.files), "changed lines": commit.lines}
    if commit.files and not all(_is_nothing(file) for file in commit.files):
        return Pass(message=f"“{commit.header[:60]}” changes something", evidence=evidence)
    if commit.files and type_of(commit.header) == "style":
        return Skip(reason="white space is what a commit of the type style is for")
    files = f"{len(commit.files)} files" if len(commit.files) > 1 else "one file"
    what = f"changes only white space, in {files}" if commit.files else "changes no file"
    return Breach(
        message=f"“{commit.header[:60]}” {what}.",
        how_to_fix=_how_to_fix(commit, history),
        repair=Repair.NONE if commit.merged else Repair.SAFE,
        evidence=evidence,
    )


def _is_nothing(file: ChangedFile) -> bool:
    return changes_only_blanks(file) is True


def _how_to_fix(commit: JudgedCommit, history: History) -> str:
    if commit.merged:
        return "It is merged and stays. To run checks again press “Re-run jobs” in the Checks tab; it needs no commit."
    if commit.is_tip and not commit.files:
        return "git reset --soft HEAD~1 && git push --force-with-lease origin HEAD"
    return (
        f"git rebase -i {shlex.quote(f'origin/{history.default_branch}')} && git push --force-with-lease origin HEAD\n"
        f"In the list that opens, delete the line of {commit.sha[:7]}."
    )
