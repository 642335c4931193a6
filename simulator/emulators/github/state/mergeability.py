"""Whether a pull request can be merged, and the word GitHub has for it: clean, unstable, behind, blocked, draft, dirty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from simulator.emulators.github.state import changes, pull_refs, requirements
from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.verdicts import Verdict, verdicts_on
from simulator.emulators.github.state.work import Place
from simulator.emulators.gitserver import history, merging, store
from simulator.emulators.gitserver.errors import MergeConflict
from simulator.emulators.gitserver.writing import signature

MOST_REBASED = 100
"""Commits that GitHub still rebases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mergeability:
    """What GitHub says about merging. `merge_sha` is the test merge, None when there is none."""

    mergeable: bool | None
    rebaseable: bool | None
    state: str
    merge_sha: str | None


def assess(place: Place, pull: Pull) -> Mergeability:
    """The state of a pull request as its protections, checks and branches are now; unknown once it is closed."""
    if not pull.is_open:
        return Mergeability(mergeable=None, rebaseable=None, state="unknown", merge_sha=pull.row.merge_commit_sha)
    merge_sha = pull_refs.test_merge(place, pull)
    if merge_sha is None:
        return Mergeability(mergeable=False, rebaseable=False, state="dirty", merge_sha=None)
    path = place.instance.repository_path(place.site, place.repository.id)
    rebaseable = _can_be_rebased(path, changes.base_of(place, pull), pull.row.head_sha)
    return Mergeability(mergeable=True, rebaseable=rebaseable, state=_state(place, pull), merge_sha=merge_sha)


def _state(place: Place, pull: Pull) -> str:
    if pull.row.draft:
        return "draft"
    protection = requirements.protection_of_base(place, pull)
    if protection is not None and requirements.unmet_by_people(place, pull, protection):
        return "blocked"
    if requirements.must_be_up_to_date(protection) and requirements.is_behind(place, pull):
        return "behind"
    if requirements.unmet(place, pull, protection):
        return "blocked"
    if any(verdict is not Verdict.PASSED for verdict in verdicts_on(place, pull.row.head_sha).values()):
        return "unstable"
    return "clean"


@lru_cache(maxsize=2048)
def _can_be_rebased(path: Path, base: str, head: str) -> bool:
    git = store.opened(path)
    commits = history.commits_between(git, base, head)
    if len(commits) > MOST_REBASED:
        return False
    try:
        merging.rebase(git, base, commits, committer=signature(*pull_refs.GITHUB, datetime.fromtimestamp(0, UTC)))
    except MergeConflict:
        return False
    return True
