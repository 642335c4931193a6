"""CI-02: no large file is committed."""

from __future__ import annotations

import shlex

from pydantic import Field

from simulator.hygiene.gates import ended_at
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import ALL_READY_PULLS
from simulator.model.history import History, PullRequest
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict


class LargeOptions(Options):
    """What may be set."""

    most_bytes: int = Field(default=500_000, ge=1_000, le=100_000_000, description="bytes of one added file")


@rule(
    code="CI-02",
    name="no-large-files",
    about=ALL_READY_PULLS,
    severity=Severity.MEDIUM,
    target=1.0,
    quota=0,
    options=LargeOptions(),
)
def no_large_files(pull: PullRequest, history: History, options: LargeOptions) -> Verdict:
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
    added = [file for commit in pull.commits for file in commit.files if file.status == "added"]
    if not added:
        return Skip(reason=f"#{pull.number} adds no file")
    large = [file for file in added if (file.size or 0) > options.most_bytes]
    evidence: Measures = {
        "added files": len(added),
        "largest, bytes": max((file.size or 0 for file in added), default=0),
        "limit": options.most_bytes,
    }
    if not large:
        return Pass(message=f"#{pull.number} adds nothing large", evidence=evidence)
    is_open = ended_at(pull) is None
    size = (large[0].size or 0) / 1000
    return Breach(
        message=f"#{pull.number} adds {large[0].path} with {size:,.0f} kB, {options.most_bytes / 1000:,.0f} kB is the limit.",
        how_to_fix=f"Take {shlex.quote(large[0].path)} out of the commit that added it, and force-push the branch; or put it "
        f"into Git LFS.\ngit rebase -i {shlex.quote(f'origin/{history.default_branch}')}"
        if is_open
        else "Keep the next large file outside, or in Git LFS: git lfs track '*.mp4'",
        repair=Repair.SAFE if is_open else Repair.NONE,
        repaired=not is_open,
        evidence=evidence,
    )
