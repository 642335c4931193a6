"""What GitHub does not tell of a past, and what goes wrong while it is asked, against the emulated GitHub."""

from __future__ import annotations

import pytest

from simulator.adapters import past_pulls
from simulator.adapters.past_github import github_past
from simulator.adapters.past_reader import PastReader
from simulator.emulators.kit.faults import fault_of
from simulator.errors import AdapterError, AuthenticationFailed, NotFound
from simulator.model.facts import FactKind
from simulator.model.past import Past, Told
from tests.adapters.conftest import Run
from tests.lint.lived import (
    LATER,
    LONG_AGO,
    REPOSITORY,
    a_fault,
    emulator_server,
    hasty,
    made,
    of,
    past_of,
    run,
    sent,
    silent,
    site,
    site_numbers,
)

__all__ = ["emulator_server", "hasty", "made", "run", "sent", "site", "site_numbers"]


@pytest.mark.parametrize("status", [403, 404, 501])
def test_without_an_activity_list_pushes_are_left_out_and_heads_come_from_the_timeline(made: Run, status: int) -> None:
    whole = past_of(made)
    a_fault(made, f"{REPOSITORY}/activity", status=status)

    past = past_of(made)

    assert Told.PUSHES not in past.tells
    assert not of(FactKind.PUSHED, past)
    assert any("pushes" in sentence and str(status) in sentence for sentence in past.missing)
    heads = [head for head in of(FactKind.PULL_REQUEST_HEAD, past) if head.subject == "pull:1"]
    seen = [head for head in of(FactKind.PULL_REQUEST_HEAD, whole) if head.subject == "pull:1"]
    assert [head.detail["head_sha"] for head in heads] == [head.detail["head_sha"] for head in seen]
    assert [head.detail["files"] for head in heads] == [head.detail["files"] for head in seen]
    assert {made.subject for made in of(FactKind.BRANCH_CREATED, past)} == {
        "branch:feature/a",
        "branch:feature/b",
        "branch:feature/c",
    }


def test_without_graphql_conversations_are_left_out(made: Run) -> None:
    made.site.emulators.faults.add(made.site.key, fault_of({"path": "/graphql", "status": 404}))

    past = past_of(made)

    assert Told.THREADS not in past.tells
    assert not of(FactKind.THREAD_RESOLVED, past)
    assert any("conversations" in sentence for sentence in past.missing)


def test_without_the_right_to_see_checks_they_are_left_out(made: Run) -> None:
    a_fault(made, f"{REPOSITORY}/commits/*/check-runs", status=403)

    past = past_of(made)

    assert Told.CHECKS not in past.tells
    assert any("did not tell checks" in sentence for sentence in past.missing)


def test_a_commit_that_is_gone_keeps_no_others_checks_back(made: Run) -> None:
    gone = of(FactKind.PULL_REQUEST_HEAD, past_of(made))[0].detail["head_sha"]
    a_fault(made, f"{REPOSITORY}/commits/{gone}/**", status=422)

    past = past_of(made)

    assert Told.CHECKS in past.tells
    assert gone not in {check.detail["sha"] for check in of(FactKind.CHECK_COMPLETED, past)}
    assert of(FactKind.CHECK_COMPLETED, past)


def test_a_protection_that_only_administrators_see_is_not_taken_for_none(made: Run) -> None:
    past = past_of(made, token="carol-token")

    assert Told.PROTECTION not in past.tells
    assert not of(FactKind.PROTECTION_SEEN, past)
    assert any("protected" in sentence for sentence in past.missing)


def test_a_public_repository_is_read_without_a_token(made: Run) -> None:
    past = past_of(made, token="")

    assert of(FactKind.PULL_REQUEST_MERGED, past)
    assert {Told.PULL_REQUESTS, Told.REVIEWS, Told.CHECKS} <= past.tells
    assert Told.THREADS not in past.tells


def test_lists_that_are_too_long_are_cut_and_it_is_said(made: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(past_pulls, "MOST_PULLS", 1)
    monkeypatch.setattr(PastReader, "most_pages", 0)

    past = past_of(made)

    assert any("only the first 0 were read" in sentence for sentence in past.missing)
    monkeypatch.setattr(PastReader, "most_pages", 100)
    past = past_of(made)
    assert [sentence for sentence in past.missing if "of 3 pull requests only the last 1" in sentence]
    assert len(of(FactKind.PULL_REQUEST_OPENED, past)) == 1


# --- what goes wrong ----------------------------------------------------------------------------------------------


def test_a_wrong_token_is_refused_and_stands_in_no_message(made: Run) -> None:
    with pytest.raises(AuthenticationFailed) as caught:
        past_of(made, token="wrong-secret")

    assert "wrong-secret" not in f"{caught.value.what}{caught.value.where}{caught.value.to_do}"
    assert "401" in caught.value.what
    assert "GITHUB_TOKEN" in caught.value.to_do


@pytest.mark.parametrize("token", ["ali\nce-secret", "ali ce-secret", "alic€-secret"])
def test_a_token_that_no_header_takes_is_refused_without_being_shown(made: Run, token: str) -> None:
    with pytest.raises(AuthenticationFailed) as caught:
        past_of(made, token=token)

    assert "secret" not in f"{caught.value.what}{caught.value.where}{caught.value.to_do}"
    assert "GITHUB_TOKEN" in caught.value.to_do


def test_a_line_end_behind_a_token_does_no_harm(made: Run) -> None:
    assert past_of(made, token="alice-token\r\n") == past_of(made)


def test_an_absent_repository_is_named(made: Run) -> None:
    with pytest.raises(NotFound) as caught:
        past_of(made, name="nothing")

    assert "acme/nothing" in caught.value.what
    assert caught.value.where.endswith("/github/acme/nothing")
    assert "GITHUB_TOKEN" in caught.value.to_do


def test_a_repository_without_a_commit_has_no_past(run: Run) -> None:
    run.site.github("alice").get_organization("acme").create_repo("empty")

    past = past_of(run, name="empty")

    assert past.observations == ()
    assert past.default_branch == "main"
    assert past.missing == ()


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (REPOSITORY, {"hello": "world"}),
        (REPOSITORY, "<html>Welcome</html>"),
        (f"{REPOSITORY}/pulls", {"hello": "world"}),
        (f"{REPOSITORY}/issues/1/timeline", [{"event": "labeled"}]),
    ],
)
def test_what_is_no_answer_of_githubs_is_an_error_and_no_traceback(made: Run, path: str, body: object) -> None:
    a_fault(made, path, status=200, body=body)

    with pytest.raises(AdapterError) as caught:
        past_of(made)

    assert "really" in caught.value.to_do


def test_a_repository_is_found_under_its_former_name(made: Run) -> None:
    whole = past_of(made)
    made.site.github("alice").get_repo("acme/shop").edit(name="store")

    past = past_of(made)

    assert {one.source_id for one in past.observations} == {one.source_id for one in whole.observations}


def test_no_answer_is_an_error_that_says_so() -> None:
    with pytest.raises(AdapterError) as caught:
        github_past(
            api_url="http://127.0.0.1:9/api/v3",
            html_url="http://127.0.0.1:9",
            repository="acme/shop",
            token="",
            since=LONG_AGO,
            until=LATER,
            progress=silent,
        )

    assert caught.value.what.startswith("no answer from GitHub")
    assert caught.value.to_do


def test_it_waits_as_long_as_github_asks_and_says_so(made: Run) -> None:
    whole = past_of(made)
    told: list[str] = []
    a_fault(made, f"{REPOSITORY}/pulls/1", rate_limit="secondary", retry_after_s=0, times=1)

    past = _past_telling(made, told)

    assert past == whole
    assert "GitHub, which asks to wait 0 seconds" in told
    assert "pull requests" in told


def test_without_a_token_nobody_waits_an_hour(made: Run) -> None:
    a_fault(made, f"{REPOSITORY}/pulls/1", rate_limit="primary", retry_after_s=3_000)

    with pytest.raises(AdapterError) as caught:
        past_of(made, token="")

    assert "rate limit" in caught.value.what.lower()
    assert "GITHUB_TOKEN" in caught.value.to_do


def test_a_lost_connection_in_the_middle_is_tried_again(made: Run) -> None:
    whole = past_of(made)
    a_fault(made, f"{REPOSITORY}/issues/2/timeline", drop=True, times=1)

    assert past_of(made) == whole


def _past_telling(run: Run, told: list[str]) -> Past:
    return github_past(
        api_url=run.services.github_api_url,
        html_url=run.services.github_html_url,
        repository="acme/shop",
        token="alice-token",
        since=LONG_AGO,
        until=LATER,
        progress=lambda what, _done, _all: told.append(what),
    )
