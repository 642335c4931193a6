"""CI-02: no large file is committed."""

from __future__ import annotations

import shlex

from pydantic import Field

from simulator.hygiene.advice import take_out
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import ALL_BROUGHT, Brought
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict


class LargeOptions(Options):
    """What may be set."""

    most_bytes: int = Field(default=500_000, ge=1_000, le=100_000_000, description="bytes of one added file")


@rule(
    code="CI-02",
    name="no-large-files",
    about=ALL_BROUGHT,
    severity=Severity.MEDIUM,
    target=1.0,
    quota=0,
    options=LargeOptions(),
)
def no_large_files(brought: Brought, history: History, options: LargeOptions) -> Verdict:
    """No commit of a pull request adds a file of more than 500 kB.

    What it checks
    --------------
    The size of each added file whose content is not text, in every commit, also when a later one takes it out again.

    Why it matters
    --------------
    A large file stays in every clone for ever, whether or not anybody still needs it.

    Example
    -------
    Good: the video on a file server, its address in the README

    Bad: `demo.mp4`, 40 MB

    How to fix
    ----------
    Before the merge take it out of the branch's history, or put it into Git LFS.

    References
    ----------
    - https://github.com/pre-commit/pre-commit-hooks
    - https://docs.github.com/en/repositories/working-with-files/managing-large-files/about-large-files-on-github
    """
    added = [file for commit in brought.commits for file in commit.files if file.status == "added"]
    if not added:
        return Skip(reason=f"{brought.called} adds no file")
    large = [file for file in added if (file.size or 0) > options.most_bytes]
    evidence: Measures = {
        "added files": len(added),
        "largest, bytes": max((file.size or 0 for file in added), default=0),
        "limit": options.most_bytes,
    }
    if not large:
        return Pass(message=f"{brought.called} adds nothing large", evidence=evidence)
    size = (large[0].size or 0) / 1000
    return Breach(
        message=f"{brought.called} adds {large[0].path} with {size:,.0f} kB, {options.most_bytes / 1000:,.0f} kB is the limit.",
        how_to_fix=f"Keep {shlex.quote(large[0].path)} outside or in Git LFS, and take it out of the commit that added it:\n"
        f"{take_out(large[0].path, history.default_branch)}"
        if brought.is_open
        else "Keep the next large file outside, or in Git LFS: git lfs track '*.mp4'",
        repair=Repair.SAFE if brought.is_open else Repair.NONE,
        repaired=not brought.is_open,
        evidence=evidence,
    )
