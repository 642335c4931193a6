"""Heads, branches and titles of pull requests as the timeline and the activity list tell of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from simulator.adapters.past_heads import heads_of
from simulator.adapters.past_pulls import PullPast
from simulator.adapters.past_reader import PastReader
from simulator.adapters.seen import instant
from simulator.model import actions as do
from simulator.model.facts import FactKind
from tests.adapters.builders import ALICE
from tests.adapters.conftest import Run
from tests.lint.lived import (
    LONG_AGO,
    MERGED,
    a_push,
    emulator_server,
    hasty,
    of,
    past_of,
    run,
    sent,
    site,
    site_numbers,
)

__all__ = ["emulator_server", "hasty", "run", "sent", "site", "site_numbers"]


def a_pull(**changes: Any) -> dict[str, Any]:
    """A pull request from a fork, opened at ten."""
    pull = {
        "created_at": "2026-03-02T10:00:00Z",
        "closed_at": None,
        "user": {"login": "bob"},
        "base": {"repo": {"full_name": "acme/shop"}, "ref": "main"},
        "head": {"repo": {"full_name": "bob/shop"}, "ref": "x", "sha": "c" * 40},
    }
    return {**pull, **changes}


def committed(name: str, hour: int) -> dict[str, Any]:
    """A commit in a timeline."""
    return {"event": "committed", "sha": name * 40, "committer": {"date": f"2026-03-02T{hour:02}:00:00Z"}}


def at(hour: int) -> datetime:
    return instant(f"2026-03-02T{hour:02}:00:00Z")


def test_commits_that_stand_together_in_the_timeline_came_together() -> None:
    reviewed = {"event": "reviewed", "submitted_at": "2026-03-02T11:00:00Z"}
    timeline = [committed("a", 9), reviewed, committed("b", 12), committed("c", 13)]

    heads = heads_of(a_pull(), timeline, (), reach=LONG_AGO)

    assert [(head.sha[0], head.at, head.by) for head in heads] == [("a", at(10), "bob"), ("c", at(13), "bob")]


def test_a_forced_push_is_told_by_its_event_and_what_it_replaced_is_not() -> None:
    forced = {
        "event": "head_ref_force_pushed",
        "commit_id": "c" * 40,
        "created_at": "2026-03-02T14:00:00Z",
        "actor": {"login": "carol"},
    }

    heads = heads_of(a_pull(), [committed("c", 13), forced], (), reach=None)

    assert [(head.sha[0], head.at) for head in heads] == [("c", at(13))]


def test_a_timeline_that_says_nothing_leaves_the_present_head() -> None:
    heads = heads_of(a_pull(), [], (), reach=None)

    assert [(head.sha[0], head.at, head.by) for head in heads] == [("c", at(10), "bob")]


def test_a_branch_deleted_and_made_again_keeps_the_head_that_it_had(run: Run) -> None:
    run.repository()
    run.perform(a_push("feature/x", "x.py"))
    run.perform(
        do.OpenPullRequest(actor=ALICE, ref=MERGED, branch="feature/x", title="feat: x", body="b"),
    )
    run.site.clock.skip(5)
    run.perform(a_push("feature/x", "y.py"))

    first, second = of(FactKind.PULL_REQUEST_HEAD, past_of(run))

    assert (len(first.detail["commits"]), len(second.detail["commits"])) == (1, 2)
    assert of(FactKind.PULL_REQUEST_OPENED, past_of(run))[0].detail["head_sha"] == first.detail["head_sha"]


# --- branches, where pushes do not tell of them ---------------------------------------------------------------------


def a_look(pull: dict[str, Any], *events: dict[str, Any], reach: datetime | None = None) -> PullPast:
    """A look at a pull request whose answers are given."""
    timeline = [committed("a", 9), *events]
    page = {"number": 7, "html_url": "http://127.0.0.1/7", "title": "feat: x", "body": "", **pull}
    page["base"] = {"ref": "main", "repo": {"full_name": "acme/shop", "html_url": "http://127.0.0.1/acme/shop"}}
    page["base"]["repo"]["default_branch"] = "main"
    look = PullPast(reader=_unasked(), number=7, pushes=(), pull=page, timeline=timeline, reach=reach)
    look.signed = [{"commit": {"committer": {"date": "2026-03-02T08:30:00Z"}}}]
    list(look._opened())
    return look


def _unasked() -> PastReader:
    """A reader that nothing is asked of."""
    return PastReader.__new__(PastReader)


def gone(hour: int) -> dict[str, Any]:
    """The deletion of its branch in a timeline."""
    stamp = f"2026-03-02T{hour:02}:00:00Z"
    return {"event": "head_ref_deleted", "id": hour, "created_at": stamp, "actor": {"login": "carol"}}


HERE = {"repo": {"full_name": "acme/shop"}, "ref": "fix/x", "sha": "a" * 40}


def test_a_branch_without_pushes_is_made_with_its_first_commit_and_deleted_as_the_timeline_says() -> None:
    made, deleted = a_look(a_pull(head=HERE), gone(15)).branch({})

    assert (made.kind, made.subject, made.account) == (FactKind.BRANCH_CREATED, "branch:fix/x", "bob")
    assert made.recorded_at == instant("2026-03-02T08:30:00Z")
    assert (deleted.kind, deleted.account, deleted.recorded_at) == (FactKind.BRANCH_DELETED, "carol", at(15))
    assert deleted.detail == {"sha": "a" * 40}


def test_what_pushes_tell_of_a_branch_is_not_told_twice() -> None:
    assert list(a_look(a_pull(head=HERE), gone(15), reach=LONG_AGO).branch({"fix/x": at(9)})) == []


def test_of_a_branch_in_a_fork_nothing_is_told_and_its_name_bears_its_owner() -> None:
    there = {"repo": {"full_name": "bob/shop"}, "ref": "main", "sha": "a" * 40, "label": "bob:main"}
    look = a_look(a_pull(head=there), gone(15))

    assert list(look.branch({})) == []
    (opened,) = look._opened()
    assert (opened.detail["head"], opened.detail["head_sha"]) == ("bob:main", "a" * 40)


def test_the_default_branch_is_not_made_by_a_pull_request_from_it() -> None:
    assert list(a_look(a_pull(head={**HERE, "ref": "main"})).branch({})) == []


def test_each_new_title_is_told_with_who_gave_it_and_when() -> None:
    def renamed(before: str, after: str, hour: int) -> dict[str, Any]:
        stamp = f"2026-03-02T{hour:02}:00:00Z"
        names = {"from": before, "to": after}
        return {"event": "renamed", "created_at": stamp, "actor": {"login": "carol"}, "rename": names}

    look = a_look(
        a_pull(head=HERE, title="feat: x"),
        renamed("wip", "feat: x", 11),
        renamed("feat: x", "wip", 12),
        renamed("wip", "feat: x", 13),
    )

    (opened,) = look._opened()
    edited = list(look._edited())
    assert opened.detail["title"] == "wip"
    assert [(one.detail["title"], one.recorded_at, one.account) for one in edited] == [
        ("feat: x", at(11), "carol"),
        ("wip", at(12), "carol"),
        ("feat: x", at(13), "carol"),
    ]
    assert len({one.source_id for one in edited}) == 3
