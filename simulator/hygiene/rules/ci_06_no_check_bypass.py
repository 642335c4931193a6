"""CI-06: checks are not gone around."""

from __future__ import annotations

import re

from simulator.hygiene.paths import PathClass, path_class
from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import MERGED_PULLS
from simulator.model.history import History, PullRequest
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Verdict

# https://docs.github.com/en/actions/how-tos/manage-workflow-runs/skip-workflow-runs
_SKIP = re.compile(
    r"\[(?:skip ci|ci skip|no ci|skip actions|actions skip)\]|^skip-checks: ?true$", re.IGNORECASE | re.MULTILINE
)
_MOST = 5_000
_LANDED_AGAIN = 0.5


@rule(
    code="CI-06",
    name="no-check-bypass",
    about=MERGED_PULLS,
    severity=Severity.HIGH,
    target=1.0,
    quota=0,
    options=NoOptions(),
)
def no_check_bypass(pull: PullRequest, history: History, _: NoOptions) -> Verdict:
    """Nobody merges code with its checks switched off.

    What it checks
    --------------
    `[skip ci]` and its kin in the messages of commits that change code, a workflow that is deleted, and required checks that were
    taken out of the protection while the pull request was open.

    Why it matters
    --------------
    A check that can be switched off when it is in the way checks nothing.

    Example
    -------
    Good: a red check mended

    Bad: `fix: amounts [skip ci]`

    How to fix
    ----------
    Run the checks on what was merged; when they are green there, half of it is earned again.

    References
    ----------
    - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
    - https://github.com/ossf/scorecard/blob/main/docs/checks.md#branch-protection
    """
    found = [*_skipped(pull), *_switched_off(pull), *_required_less(pull, history)]
    evidence: Measures = {"ways around": len(found), "limit": 0}
    if not found:
        return Pass(message=f"#{pull.number} went through its checks", evidence=evidence)
    shas = [landing.sha for landing in history.landings_of.get(pull.number, ())]
    runs = {run.name: run for sha in shas for run in history.checks_of.get(sha, ())}
    proved = bool(runs) and all(run.passed for run in runs.values())
    return Breach(
        message=f"#{pull.number}: {found[0]}." + (" The checks were green afterwards: half credit." if proved else ""),
        how_to_fix="Let the next checks run, also when they are slow."
        if proved
        else f"Run the checks on {history.default_branch} now, and switch on what was switched off.",
        credit=_LANDED_AGAIN if proved else 0.0,
        repair=Repair.NONE if proved else Repair.PARTIAL,
        repaired=proved,
        evidence=evidence,
        at=pull.merged_at,
    )


def _skipped(pull: PullRequest) -> list[str]:
    marked = [c for c in pull.commits if _SKIP.search(c.message[:_MOST]) and _is_code([file.path for file in c.files])]
    return [f"commit {commit.sha[:7]} says {_word(commit.message)}" for commit in marked]


def _word(message: str) -> str:
    found = _SKIP.search(message[:_MOST])
    return found[0] if found else ""


def _is_code(paths: list[str]) -> bool:
    return any(path_class(path) in (PathClass.PRODUCTION, PathClass.TEST, PathClass.BUILD) for path in paths)


def _switched_off(pull: PullRequest) -> list[str]:
    files = pull.heads[-1].files if pull.heads else ()
    return [f"{f.path} was deleted" for f in files if f.status == "removed" and path_class(f.path) is PathClass.CI]


def _required_less(pull: PullRequest, history: History) -> list[str]:
    known = [history.surroundings.protection_at(at) for at in (pull.opened_at, pull.merged_at) if at is not None]
    if len(known) < 2 or known[0] is None or known[1] is None:
        return []
    gone = sorted({*known[0].checks} - {*known[1].checks})
    return [f"the check {name} was no longer required when it was merged" for name in gone]
