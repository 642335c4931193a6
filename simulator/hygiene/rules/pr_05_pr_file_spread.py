"""PR-05: a pull request touches few files."""

from __future__ import annotations

import shlex

from pydantic import Field

from simulator.hygiene.advice import begin
from simulator.hygiene.curves import curve
from simulator.hygiene.gates import ended_at, first_review
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import READY_PULLS
from simulator.model.history import Head, History, PullRequest
from simulator.model.hygiene import Breach, Measures, NotAvailable, Pass, Repair, Severity, Verdict
from simulator.model.substance import is_written_by_hand


class SpreadOptions(Options):
    """What may be set."""

    good_files: int = Field(default=10, ge=1, le=200, description="files that still earn 0.9")
    mid_files: int = Field(default=25, ge=2, le=500, description="files that earn 0.5; more than good_files")


@rule(
    code="PR-05",
    name="pr-file-spread",
    about=READY_PULLS,
    severity=Severity.LOW,
    target=0.8,
    quota=0,
    options=SpreadOptions(),
)
def pr_file_spread(pull: PullRequest, history: History, options: SpreadOptions) -> Verdict:
    """A pull request changes at most about ten files.

    What it checks
    --------------
    Files that people write (no lock files, nothing generated, vendored or binary) that the pull request changes, as it was at its
    first review. 10 earn 0.9, 25 half.

    Why it matters
    --------------
    Two hundred lines in one file can be read; the same lines in fifty files cannot, since each file asks for its own context.

    Example
    -------
    Good: an endpoint, its test, its page in the guide

    Bad: a feature, and a new name for a module in forty files besides

    How to fix
    ----------
    Move what stands by itself, such as a rename, to a pull request of its own before the review.

    References
    ----------
    - https://google.github.io/eng-practices/review/developer/small-cls.html
    - https://github.com/linear-b/gitstream
    """
    gate = first_review(pull) or ended_at(pull)
    head = pull.head_at(gate) if gate else (pull.heads[-1] if pull.heads else None)
    if head is None:
        return NotAvailable(
            reason=f"the diff of #{pull.number} is not known",
            how_to_fix="Give the token read access to the repository's contents.",
        )
    files, folders = _counted(head)
    credit = curve(files, good=options.good_files, mid=options.mid_files)
    evidence: Measures = {"files": files, "limit": options.good_files, "top folders": folders}
    if files <= options.good_files:
        return Pass(message=f"#{pull.number} changes {files} {_files(files)}", credit=credit, evidence=evidence)
    can_split = gate is None
    return Breach(
        message=f"#{pull.number} changes {files} files in {folders} top {_folders(folders)}, {options.good_files} is the aim.",
        how_to_fix=_how_to_split(pull, history)
        if can_split
        else "Open the next one for one thing; a rename or a reformat goes into a pull request of its own.",
        credit=credit,
        repair=Repair.SAFE if can_split else Repair.NONE,
        repaired=not can_split,
        evidence=evidence,
        at=head.at,
    )


def _how_to_split(pull: PullRequest, history: History) -> str:
    return (
        "Move what stands by itself to a branch of its own, and open that first:\n"
        f"{begin(f'{pull.head}-1', history.default_branch)} && git checkout -p {shlex.quote(pull.head)}"
    )


def _counted(head: Head) -> tuple[int, int]:
    paths = [file.path for file in head.files if is_written_by_hand(file.path)]
    return len(paths), len({path.partition("/")[0] if "/" in path else "" for path in paths})


def _files(count: int) -> str:
    return "file" if count == 1 else "files"


def _folders(count: int) -> str:
    return "folder" if count == 1 else "folders"
