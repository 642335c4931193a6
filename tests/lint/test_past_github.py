"""What GitHub tells of a past, against the emulated GitHub, beside what was seen while it happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from simulator.model import actions as do
from simulator.model.facts import FactKind, Observation
from simulator.model.past import Someone, Told
from tests.adapters.builders import ALICE
from tests.adapters.conftest import Run
from tests.lint.lived import (
    DRAFT,
    LATER,
    LONG_AGO,
    REPOSITORY,
    a_fault,
    emulator_server,
    hasty,
    lived,
    made,
    of,
    past_of,
    run,
    sent,
    site,
    site_numbers,
)

__all__ = ["emulator_server", "hasty", "lived", "made", "run", "sent", "site", "site_numbers"]

_OF_A_CLONE = {FactKind.COMMITTED, FactKind.LANDED}
_OF_NOW = {FactKind.PROTECTION_SEEN, FactKind.THREAD_RESOLVED}


def comparable(seen: Observation) -> Observation:
    """Without what GitHub does not tell afterwards: whether a head could be merged when it came."""
    detail = {name: value for name, value in seen.detail.items() if name != "mergeable"}
    return replace(seen, detail=detail)


def by_id(observations: Any, *, without: set[FactKind]) -> Mapping[str, Observation]:
    return {
        one.source_id: comparable(one)
        for one in observations
        if one.kind not in without and one.source_id.startswith("github:")
    }


def test_what_is_told_afterwards_is_what_was_seen_while_it_happened(lived: Run) -> None:
    past = past_of(lived)

    told = by_id(past.observations, without=_OF_NOW)
    seen = by_id(lived.seen, without=_OF_A_CLONE | _OF_NOW)

    assert told == seen
    assert {FactKind.PULL_REQUEST_MERGED, FactKind.RELEASED, FactKind.PUSHED, FactKind.CHECK_COMPLETED} <= {
        one.kind for one in past.observations
    }
    assert not of(FactKind.COMMITTED, past)
    assert not of(FactKind.LANDED, past)


def test_each_source_that_answered_is_told_of(made: Run) -> None:
    past = past_of(made)

    told = {Told.PULL_REQUESTS, Told.REVIEWS, Told.THREADS, Told.CHECKS, Told.PUSHES, Told.BRANCHES, Told.RELEASES}
    assert past.tells == told | {Told.PROTECTION}
    assert past.default_branch == "main"
    assert past.missing == ()


def test_looking_back_twice_tells_the_same(made: Run) -> None:
    first = past_of(made)
    made.site.clock.skip(86_400)

    assert past_of(made) == first
    assert len({one.source_id for one in first.observations}) == len(first.observations)


def test_a_resolved_conversation_is_so_since_its_last_comment_and_before_the_merge(lived: Run) -> None:
    past = past_of(lived)

    (resolved,), (remark,) = of(FactKind.THREAD_RESOLVED, past), of(FactKind.REVIEW_COMMENTED, past)
    (seen,) = of(FactKind.THREAD_RESOLVED, lived)
    assert resolved.recorded_at == remark.recorded_at < seen.recorded_at
    assert (resolved.source_id, resolved.account, resolved.detail) == (seen.source_id, seen.account, seen.detail)
    assert resolved.recorded_at < of(FactKind.PULL_REQUEST_MERGED, past)[0].recorded_at


def test_protection_is_told_as_it_is_now_but_a_check_is_required_only_since_it_first_ran(made: Run) -> None:
    since = LONG_AGO + timedelta(days=1)
    past = past_of(made, since=since)

    bare, whole = of(FactKind.PROTECTION_SEEN, past)

    assert (bare.recorded_at, bare.detail["checks"], bare.detail["reviews"]) == (since, [], 1)
    first = next(one for one in of(FactKind.CHECK_COMPLETED, past) if one.detail["name"] == "tests")
    assert (whole.recorded_at, whole.detail["checks"]) == (first.recorded_at, ["tests"])
    assert whole.url.endswith("/acme/shop/settings/branches")
    assert whole.source_id != bare.source_id


def test_a_required_check_that_never_ran_is_told_at_the_end_of_the_range(made: Run) -> None:
    made.perform(do.ProtectBranch(actor=ALICE, branch="main", approvals=1, checks=("audit",)))

    bare, whole = of(FactKind.PROTECTION_SEEN, past_of(made))

    assert (bare.recorded_at, bare.detail["checks"]) == (LONG_AGO, [])
    assert (LATER - whole.recorded_at < timedelta(seconds=1), whole.detail["checks"]) == (True, ["audit"])


def test_nothing_after_the_range_is_told(made: Run) -> None:
    merged = of(FactKind.PULL_REQUEST_MERGED, past_of(made))[0].recorded_at

    past = past_of(made, until=merged)

    assert max(one.recorded_at for one in past.observations) < merged
    assert {one.subject for one in past.observations if one.subject.startswith("pull:")} == {"pull:1"}
    assert not of(FactKind.PULL_REQUEST_MERGED, past)
    assert of(FactKind.REVIEW_SUBMITTED, past)


def test_a_pull_request_that_ended_before_the_range_is_left_out_and_an_open_one_is_told_from_its_opening(
    made: Run,
) -> None:
    end = of(FactKind.PULL_REQUEST_REOPENED, past_of(made))[0].recorded_at

    past = past_of(made, since=end + timedelta(seconds=1))

    pulls = {one.subject for one in past.observations if one.subject.startswith("pull:")}
    assert pulls == {f"pull:{made.bindings[f'pull:{DRAFT}']}"}
    assert of(FactKind.PULL_REQUEST_OPENED, past)[0].detail["draft"] is True
    assert of(FactKind.PULL_REQUEST_OPENED, past)[0].recorded_at < end


def test_a_pull_request_opened_after_the_range_is_not_asked_for(made: Run) -> None:
    first = of(FactKind.PULL_REQUEST_OPENED, past_of(made))[0].recorded_at

    sent = made.requests_of(lambda: past_of(made, until=first + timedelta(seconds=1)))

    assert any("/pulls/1" in one for one in sent)
    assert not any("/pulls/2" in one for one in sent)


def test_of_pushes_before_the_range_only_those_to_branches_that_it_concerns_are_told(made: Run) -> None:
    hotfix = next(one for one in of(FactKind.PUSHED, past_of(made)) if one.subject == "branch:main")

    past = past_of(made, since=hotfix.recorded_at + timedelta(seconds=1))

    moved = [one for one in past.observations if one.subject.startswith("branch:") and "protected" not in one.detail]
    assert {one.subject for one in moved} == {"branch:feature/b"}
    assert of(FactKind.BRANCH_CREATED, past)[0].recorded_at < hotfix.recorded_at


def test_people_come_with_their_addresses_as_their_commits_have_them(made: Run) -> None:
    people = past_of(made).people

    assert Someone("Bob", ("bob", "bob@example.com")) in people
    assert Someone("Carol", ("carol", "carol@example.com")) in people  # who only reviewed: her profile says so
    assert not any(one.is_bot for one in people)


def test_a_bot_is_marked(made: Run) -> None:
    said = {
        "event": "commented",
        "id": 1,
        "user": {"login": "tidy[bot]", "type": "Bot"},
        "created_at": "2026-03-02T08:00:00Z",
        "html_url": "http://127.0.0.1/tidy",
        "body": "Tidied.",
    }
    a_fault(made, f"{REPOSITORY}/issues/1/timeline", status=200, body=[said])

    people = past_of(made).people

    assert Someone("tidy[bot]", ("tidy[bot]",), is_bot=True) in people
