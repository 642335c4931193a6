from __future__ import annotations

from datetime import timedelta

import pygit2
import pytest

from simulator.emulators.gitserver import history
from simulator.emulators.gitserver.errors import NoSuchObject
from simulator.emulators.gitserver.writing import signature
from tests.emulators.gitserver.builders import BOB, MONDAY, a_commit


def test_two_branches_know_where_they_parted(git: pygit2.Repository) -> None:
    root = a_commit(git, {"a": "1"})
    base = a_commit(git, {"b": "1"}, parents=[root])
    one = a_commit(git, {"c": "1"}, parents=[root])
    two = a_commit(git, {"c": "2"}, parents=[one])

    assert history.merge_base(git, base, two) == root
    assert history.ahead_behind(git, base, two) == (2, 1)
    assert [str(commit.id) for commit in history.commits_between(git, base, two)] == [one, two]
    assert history.is_ancestor(git, root, two)
    assert history.is_ancestor(git, two, two)
    assert not history.is_ancestor(git, two, root)


def test_strangers_have_no_common_ancestor(git: pygit2.Repository) -> None:
    assert history.merge_base(git, a_commit(git, {"a": "1"}), a_commit(git, {"b": "1"})) is None


def test_a_log_goes_back_from_its_start(git: pygit2.Repository) -> None:
    first = a_commit(git, {"a": "1"})
    second = a_commit(git, {"src/b": "1"}, parents=[first], author=BOB)
    third = a_commit(git, {"a": "2"}, parents=[second])

    def shas(**wanted: str) -> list[str]:
        return [str(commit.id) for commit in history.log(git, third, **wanted)]

    assert shas() == [third, second, first]
    assert shas(path="a") == [third, first]
    assert shas(path="src") == [second]
    assert shas(author="BOB@example.com") == [second]
    assert shas(author="nobody") == []


def test_a_log_can_be_bounded_by_dates(git: pygit2.Repository) -> None:
    shas: list[str] = []
    for day in range(3):
        author = signature("Alice", "alice@example.com", MONDAY + timedelta(days=day))
        shas.append(a_commit(git, {"a": str(day)}, parents=shas[-1:], author=author))

    found = history.log(git, shas[-1], since=MONDAY + timedelta(hours=1), until=MONDAY + timedelta(days=1))

    assert [str(commit.id) for commit in found] == [shas[1]]


def test_what_is_no_commit_is_refused(git: pygit2.Repository) -> None:
    sha = a_commit(git, {"a": "1"})

    assert str(history.commit(git, sha[:10]).id) == sha
    for name in ("1" * 40, "nonsense", str(git[sha].peel(pygit2.Tree).id)):
        with pytest.raises(NoSuchObject):
            history.commit(git, name)
