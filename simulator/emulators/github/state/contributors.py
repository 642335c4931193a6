"""Who has written the commits of the default branch, how many, and how much in which week."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pygit2

from simulator.emulators.github.state.users import by_emails
from simulator.emulators.github.state.work import Place
from simulator.emulators.gitserver import diffs, history, refs, store
from simulator.emulators.kit.accounts import Account

MOST_WITH_ACCOUNTS = 500
"""Addresses that GitHub looks up, the rest is anonymous: docs.github.com/en/rest/repos/repos#list-repository-contributors"""

MOST_WEIGHED = 10_000
"""Commits with which GitHub still counts lines: docs.github.com/en/rest/metrics/statistics"""

_WEEK_S = 7 * 24 * 3600
_SUNDAY_S = 3 * 24 * 3600  # 1970 began on a Thursday, the statistics' weeks begin on Sundays


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributor:
    """Somebody's commits; `account` None for somebody whom the site does not know."""

    account: Account | None
    name: str
    email: str
    commits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Lines added and deleted and commits of the seven days from `start` (seconds since 1970, a Sunday, UTC)."""

    start: int
    added: int = 0
    deleted: int = 0
    commits: int = 0


def contributors_of(place: Place, *, anonymous: bool) -> list[Contributor]:
    """Those with an account, and the others too if asked, the most commits first."""
    tip = _tip(place)
    if tip is None:
        return []
    counted = Counter({each.lower(): count for each, (_, count) in _authors(_path(place), tip).items()})
    names = {each.lower(): name for each, (name, _) in _authors(_path(place), tip).items()}
    known = _known(place, counted)
    by_account: dict[int, tuple[Account, int]] = {}
    strangers = []
    for email, count in counted.items():
        account = known.get(email)
        if account is not None:
            _, before = by_account.get(account.id, (account, 0))
            by_account[account.id] = (account, before + count)
        elif anonymous:
            strangers.append(Contributor(account=None, name=names[email], email=email, commits=count))
    found = [
        Contributor(account=account, name=account.name, email=account.email, commits=count)
        for account, count in by_account.values()
    ]
    return sorted((*found, *strangers), key=lambda each: (-each.commits, each.email))


def weeks_of(place: Place) -> list[tuple[Account, list[Week]]]:
    """For each contributor with an account the weeks from the first to the last commit, fewest commits first.

    Merges and commits that change nothing do not count: docs.github.com/en/rest/metrics/statistics
    """
    tip = _tip(place)
    weighed = _weighed(_path(place), tip) if tip is not None else ()
    if not weighed:
        return []
    known = _known(place, Counter(each.email for each in weighed))
    first, last = (_week(when) for when in (min(w.time for w in weighed), max(w.time for w in weighed)))
    sums: dict[int, dict[int, Week]] = defaultdict(dict)
    people = {account.id: account for account in known.values()}
    for each in weighed:
        account = known.get(each.email)
        if account is not None:
            start = _week(each.time)
            sums[account.id][start] = _more(sums[account.id].get(start, Week(start=start)), each)
    every = range(first, last + 1, _WEEK_S)
    lists = [(people[who], [weeks.get(start, Week(start=start)) for start in every]) for who, weeks in sums.items()]
    return sorted(lists, key=lambda each: (sum(week.commits for week in each[1]), each[0].login.lower()))


@dataclass(frozen=True, slots=True)
class _Weight:
    email: str
    time: int
    added: int
    deleted: int


def _more(week: Week, weight: _Weight) -> Week:
    return Week(
        start=week.start,
        added=week.added + weight.added,
        deleted=week.deleted + weight.deleted,
        commits=week.commits + 1,
    )


def _week(seconds: int) -> int:
    return (seconds - _SUNDAY_S) // _WEEK_S * _WEEK_S + _SUNDAY_S


def _tip(place: Place) -> str | None:
    return refs.read_ref(place.git, f"refs/heads/{place.repository.default_branch}")


def _path(place: Place) -> Path:
    return place.instance.repository_path(place.site, place.repository.id)


def _known(place: Place, counted: Counter[str]) -> dict[str, Account]:
    emails = [email for email, _ in counted.most_common(MOST_WITH_ACCOUNTS)]
    return by_emails(place.connection, place.site, emails) if emails else {}


@lru_cache(maxsize=256)
def _authors(path: Path, tip: str) -> dict[str, tuple[str, int]]:
    # by address; the history behind a commit never changes
    found: dict[str, tuple[str, int]] = {}
    for commit in store.opened(path).walk(tip):
        name, count = found.get(commit.author.email, (commit.author.name, 0))
        found[commit.author.email] = (name, count + 1)
    return found


@lru_cache(maxsize=64)
def _weighed(path: Path, tip: str) -> tuple[_Weight, ...]:
    git = store.opened(path)
    commits = [commit for commit in history.commits_between(git, None, tip) if len(commit.parent_ids) < 2]
    count_lines = len(commits) < MOST_WEIGHED
    weighed = []
    for commit in commits:
        files, added, deleted = _lines(git, commit) if count_lines else (1, 0, 0)
        if files:
            weighed.append(_Weight(commit.author.email.lower(), commit.author.time, added, deleted))
    return tuple(weighed)


def _lines(git: pygit2.Repository, commit: pygit2.Commit) -> tuple[int, int, int]:
    parent = str(commit.parent_ids[0]) if commit.parent_ids else None
    return diffs.totals(git, parent, str(commit.id))
