"""Whether a pull request can be merged, and the word GitHub has for it: clean, unstable, behind, blocked, draft, dirty."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from simulator.emulators.github.state import changes, pull_refs, requirements
from simulator.emulators.github.state.holding import demands_on
from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.verdicts import Verdict, verdicts_on
from simulator.emulators.github.state.work import Place
from simulator.emulators.gitserver import history, merging, store

MOST_REBASED = 100
"""Commits that GitHub still rebases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mergeability:
    """What GitHub says about merging. `merge_sha` is the test merge, None when there is none."""

    mergeable: bool | None
    rebaseable: bool | None
    state: str
    merge_sha: str | None


NOT_YET_KNOWN = Mergeability(mergeable=None, rebaseable=None, state="unknown", merge_sha=None)
"""Of a pull request just opened: GitHub finds out when it is asked for it, so the answer to the opening says nothing.

Source: https://docs.github.com/en/rest/guides/using-the-rest-api-to-interact-with-your-git-database#checking-mergeability-of-pull-requests
"""


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
    demands = demands_on(place, pull)
    if requirements.unmet_by_people(place, pull, demands):
        return "blocked"
    if demands.must_be_up_to_date and requirements.is_behind(place, pull):
        return "behind"
    if requirements.unmet(place, pull, demands):
        return "blocked"
    if any(verdict is not Verdict.PASSED for verdict in verdicts_on(place, pull.row.head_sha).values()):
        return "unstable"
    return "clean"


@lru_cache(maxsize=2048)
def _can_be_rebased(path: Path, base: str, head: str) -> bool:
    git = store.opened(path)
    commits = history.commits_between(git, base, head)
    return len(commits) <= MOST_REBASED and merging.can_be_rebased(git, base, commits)
