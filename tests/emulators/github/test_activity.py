"""The list of what happened to branches."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.emulators.gitserver import refs, store
from tests.emulators.conftest import Site
from tests.emulators.github.worktree import Clone
from tests.emulators.gitserver.builders import a_commit


def activity(site: Site, query: str = "") -> list[dict[str, Any]]:
    """What the list says."""
    found = site.session("carol").get(f"{site.api_url}/repos/acme/payments/activity{query}")
    assert found.status_code == 200, found.text
    listed: list[dict[str, Any]] = found.json()
    return listed


@pytest.fixture
def clone(site: Site, tmp_path: Path) -> Clone:
    """A clone whose branch x was made, pushed to, forced and deleted."""
    clone = Clone(site, tmp_path / "clone")
    clone.git("checkout", "-q", "-b", "x")
    clone.push("x")
    clone.commit("a.txt", "1")
    clone.push("x")
    clone.git("commit", "-q", "--amend", "-m", "feat: other")
    clone.push("--force", "x")
    clone.push(":x")
    return clone


def test_each_movement_is_listed_newest_first(site: Site, clone: Clone) -> None:
    found = activity(site)

    assert [each["activity_type"] for each in found] == [
        "branch_deletion",
        "force_push",
        "push",
        "branch_creation",
        "branch_creation",
    ]
    assert {each["actor"]["login"] for each in found[:4]} == {"bob"}
    deletion, forced, pushed, *_ = found
    assert deletion["after"] == "0" * 40
    assert forced["before"] == pushed["after"]
    assert deletion["before"] == forced["after"] == clone.tip()


def test_the_list_can_be_narrowed(site: Site, clone: Clone) -> None:
    assert [each["ref"] for each in activity(site, "?ref=main")] == ["refs/heads/main"]
    assert len(activity(site, "?ref=refs/heads/x")) == 4
    assert [each["activity_type"] for each in activity(site, "?activity_type=force_push")] == ["force_push"]
    assert activity(site, "?actor=carol") == activity(site, "?actor=nobody") == []
    assert len(activity(site, "?actor=bob&time_period=day")) == 4
    assert [each["id"] for each in activity(site, "?direction=asc")] == [1, 2, 3, 4, 5]


def test_pages_are_turned_by_cursors_in_both_directions(site: Site, clone: Clone) -> None:
    session, address = site.session(), f"{site.api_url}/repos/acme/payments/activity?per_page=2"
    pages = []
    answer = session.get(address)
    while True:
        pages.append([each["id"] for each in answer.json()])
        if "next" not in answer.links:
            break
        answer = session.get(answer.links["next"]["url"])

    back = session.get(answer.links["prev"]["url"])

    assert pages == [[5, 4], [3, 2], [1]]
    assert [each["id"] for each in back.json()] == [3, 2]
    assert [each["id"] for each in session.get(back.links["prev"]["url"]).json()] == [5, 4]


@pytest.mark.parametrize("query", ["activity_type=dance", "time_period=aeon", "after=x", "before=%C2%B2"])
def test_a_wrong_filter_is_422(site: Site, query: str) -> None:
    assert site.session().get(f"{site.api_url}/repos/acme/payments/activity?{query}").status_code == 422


def test_a_movement_that_a_killed_process_did_not_write_down_is_found_by_the_next(site: Site) -> None:
    instance = site.emulators.instance
    git = store.opened(instance.repository_path(site.key, 1))
    tip = refs.read_ref(git, "refs/heads/main")
    assert tip is not None
    sha = a_commit(git, {"a.txt": "1"}, parents=[tip])
    refs.write_ref(git, "refs/heads/main", sha, expected=tip)
    refs.write_ref(git, "refs/heads/lost", sha, expected=None)

    found = activity(site)

    assert [(each["activity_type"], each["ref"], each["after"]) for each in found] == [
        ("push", "refs/heads/main", sha),
        ("branch_creation", "refs/heads/lost", sha),
        ("branch_creation", "refs/heads/main", tip),
    ]
    assert activity(site) == found
