"""What Jira tells of a past, against the emulated Jira, beside what was seen while it happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from simulator.adapters import past_jira
from simulator.adapters.past_sprints import dates
from simulator.adapters.seen import instant
from simulator.errors import AdapterError, AuthenticationFailed, NotFound
from simulator.model import actions as do
from simulator.model.facts import FactKind, Observation
from simulator.model.past import Past, Someone, Told
from tests.adapters.builders import ALICE, a_draft
from tests.adapters.conftest import Run
from tests.lint.lived import LATER, LONG_AGO, emulator_server, hasty, of, run, sent, silent, site, site_numbers
from tests.lint.lived import a_fault as a_fault_of
from tests.lint.planned import kept, planned, told_by_jira

__all__ = ["emulator_server", "hasty", "kept", "planned", "run", "sent", "site", "site_numbers"]


a_fault = partial(a_fault_of, service="jira")


def in_logins(observations: Iterable[Observation], past: Past) -> Mapping[str, Observation]:
    """By id, and with people under the logins that a run's roster has for them."""
    logins = {account: one.name.lower() for one in past.people for account in one.accounts}

    def known(value: Any) -> Any:
        return logins.get(value, value) if isinstance(value, str) else value

    return {
        one.source_id: replace(
            one, account=known(one.account), detail={name: known(value) for name, value in one.detail.items()}
        )
        for one in observations
        if one.kind is not FactKind.BOARD_SEEN
    }


def test_what_is_told_afterwards_is_what_was_seen_while_it_happened(planned: Run) -> None:
    past = told_by_jira(planned)

    assert in_logins(past.observations, past) == in_logins(planned.seen, past)
    assert {FactKind.SPRINT_CLOSED, FactKind.ISSUE_CHANGED, FactKind.ISSUE_COMMENTED} <= {
        one.kind for one in past.observations
    }


def test_the_board_is_told_as_it_is_now_from_the_beginning_of_the_range_on(planned: Run) -> None:
    past = told_by_jira(planned)

    (told,), (seen,) = of(FactKind.BOARD_SEEN, past), of(FactKind.BOARD_SEEN, planned)
    assert (told.source_id, told.detail, told.recorded_at) == (seen.source_id, seen.detail, LONG_AGO)


def test_an_issue_is_told_as_it_was_made_though_it_was_changed_since(kept: Run) -> None:
    made = {one.detail["key"]: one.detail for one in of(FactKind.ISSUE_CREATED, told_by_jira(kept))}

    refund = made["SHOP-2"]
    assert (refund["summary"], refund["points"], refund["category"]) == ("Summary of refund", 3.0, "new")
    assert (refund["assignee"], refund["sprints"], refund["labels"]) == (None, [], ["money"])


def test_each_source_that_answered_is_told_of(kept: Run) -> None:
    past = told_by_jira(kept)

    assert past.tells == {Told.ISSUES, Told.ISSUE_HISTORY, Told.KEYS, Told.SPRINTS, Told.BOARD}
    assert past.project == "SHOP"
    assert past.missing == ()


def test_looking_back_twice_tells_the_same(kept: Run) -> None:
    first = told_by_jira(kept)
    kept.site.clock.skip(86_400)

    assert told_by_jira(kept) == first
    assert len({one.source_id for one in first.observations}) == len(first.observations)


def test_nothing_after_the_range_is_told(kept: Run) -> None:
    closed = of(FactKind.SPRINT_CLOSED, told_by_jira(kept))[0].recorded_at

    past = told_by_jira(kept, until=closed)

    assert max(one.recorded_at for one in past.observations) < closed
    assert not of(FactKind.SPRINT_CLOSED, past)
    assert [one.detail["name"] for one in of(FactKind.SPRINT_STARTED, past)] == ["Sprint one"]


def test_what_ended_before_the_range_is_left_out_and_what_goes_on_is_told_from_its_beginning(kept: Run) -> None:
    last = max(
        one.recorded_at for one in told_by_jira(kept).observations if one.subject.startswith(("issue:", "sprint:"))
    )

    past = told_by_jira(kept, since=last + timedelta(minutes=2))

    assert {one.subject for one in past.observations if one.subject.startswith("issue:")} == {"issue:SHOP-3"}
    assert of(FactKind.ISSUE_CREATED, past)[0].recorded_at < last
    assert [one.detail["name"] for one in of(FactKind.SPRINT_CREATED, past)] == ["Sprint two"]


def test_an_issue_made_after_the_range_is_left_out(kept: Run) -> None:
    kept.site.clock.skip(3_600)
    end = kept.site.clock()
    kept.site.clock.skip(3_600)
    kept.perform(do.CreateIssues(actor=ALICE, issues=(a_draft("later"),)))

    assert "issue:SHOP-5" not in {one.subject for one in told_by_jira(kept, until=end).observations}
    assert "issue:SHOP-5" in {one.subject for one in told_by_jira(kept).observations}


def test_people_come_with_what_jira_knows_them_by(kept: Run) -> None:
    people = {one.name: one for one in told_by_jira(kept).people}

    bob = kept.site.jira("bob").myself()["accountId"]
    assert people["Bob"] == Someone("Bob", (bob, "bob@example.com"))
    changed = [one for one in told_by_jira(kept).observations if one.detail.get("field") == "assignee"]
    assert [one.detail["to"] for one in changed] == [bob]


def test_an_app_is_a_bot(kept: Run) -> None:
    author = {"accountId": "app:1", "displayName": "Automation", "accountType": "app"}
    history = {"id": "1", "author": author, "created": "2026-03-02T08:00:00.000+0000", "items": []}
    page = {"startAt": 0, "maxResults": 100, "total": 1, "values": [history]}
    issue = kept.site.jira("alice").issue("SHOP-1", expand="changelog").raw
    issue["changelog"] = {"startAt": 0, "maxResults": 0, "total": 1, "histories": []}
    a_fault(kept, "/rest/api/2/search/jql", status=200, body={"issues": [issue], "isLast": True})
    a_fault(kept, "/rest/api/2/issue/SHOP-1/changelog", status=200, body=page)

    assert Someone("Automation", ("app:1",), is_bot=True) in told_by_jira(kept).people


def test_somebody_whom_only_a_history_names_is_known(kept: Run) -> None:
    accounts = past_jira._PatientAccounts(kept.services, None)  # type: ignore[arg-type]
    item = {"field": "assignee", "from": "gone:7", "fromString": "Dora Gone", "to": None, "toString": None}
    accounts._hear({"changelog": {"histories": [{"items": [item]}]}})

    assert accounts.people() == (Someone("Dora Gone", ("gone:7",)),)


# --- sprints ------------------------------------------------------------------------------------------------------


def test_a_sprint_without_stamps_is_told_at_its_planned_dates() -> None:
    plan = {"state": "closed", "startDate": "2026-03-02T09:00:00.000Z", "endDate": "2026-03-13T15:00:00.000Z"}

    assert dates(plan) == {
        "created": instant("2026-03-02T08:59:00Z"),
        "started": instant("2026-03-02T09:00:00Z"),
        "closed": instant("2026-03-13T15:00:00Z"),
    }
    assert dates({"state": "future"}) == {}


def test_a_project_without_a_board_tells_its_issues_all_the_same(kept: Run) -> None:
    kept.site.jira_session("alice").delete(f"{kept.site.jira_url}/rest/agile/1.0/board/{kept.bindings['board']}")

    past = told_by_jira(kept)

    assert {Told.SPRINTS, Told.BOARD}.isdisjoint(past.tells)
    assert any("no board" in sentence for sentence in past.missing)
    assert len(of(FactKind.ISSUE_CREATED, past)) == 4


def test_a_kanban_board_has_no_sprints_and_that_is_said(run: Run) -> None:
    run.perform(do.CreateProject(actor=ALICE, key="SHOP", name="Shop", lead=ALICE, template="kanban"))
    run.perform(do.CreateIssues(actor=ALICE, issues=(a_draft("a"),)))

    past = told_by_jira(run)

    assert past.tells & {Told.BOARD, Told.SPRINTS} == {Told.BOARD}
    assert any("Kanban" in sentence for sentence in past.missing)
    assert len(of(FactKind.ISSUE_CREATED, past)) == 1


def test_a_board_that_the_project_does_not_have_is_refused_with_those_it_has(kept: Run) -> None:
    with pytest.raises(NotFound) as caught:
        told_by_jira(kept, board=77)

    assert caught.value.what == "the project SHOP has no board 77"
    assert kept.bindings["board"] in caught.value.to_do


def test_of_several_boards_one_is_read_and_the_others_are_named(kept: Run) -> None:
    jira = kept.site.jira("alice")
    shown = jira.create_filter("All", jql="project = SHOP")
    place = {"type": "project", "projectKeyOrId": "SHOP"}
    board = {"name": "Second", "type": "kanban", "filterId": int(shown.id), "location": place}
    made = kept.site.jira_session("alice").post(f"{kept.site.jira_url}/rest/agile/1.0/board", json=board)
    assert made.status_code == 201

    past = told_by_jira(kept)

    assert Told.SPRINTS in past.tells
    assert any("Second" in sentence and "--board" in sentence for sentence in past.missing)


# --- what goes wrong ----------------------------------------------------------------------------------------------


def test_a_wrong_token_is_refused_and_stands_in_no_message(kept: Run) -> None:
    with pytest.raises(AuthenticationFailed) as caught:
        told_by_jira(kept, token="wrong-secret")

    assert "wrong-secret" not in f"{caught.value.what}{caught.value.where}{caught.value.to_do}"
    assert "JIRA_TOKEN" in caught.value.to_do


@pytest.mark.parametrize("lacking", ["email", "token"])
def test_without_an_account_it_says_what_to_set(kept: Run, lacking: str) -> None:
    with pytest.raises(AuthenticationFailed) as caught:
        told_by_jira(kept, **{lacking: ""})

    assert "JIRA_EMAIL" in caught.value.to_do


@pytest.mark.parametrize("token", ["ali\nce-secret", "alic€-secret"])
def test_a_token_that_no_header_takes_is_refused_without_being_shown(kept: Run, token: str) -> None:
    with pytest.raises(AuthenticationFailed) as caught:
        told_by_jira(kept, token=token)

    assert "secret" not in f"{caught.value.what}{caught.value.where}{caught.value.to_do}"


def test_an_absent_project_is_named(kept: Run) -> None:
    with pytest.raises(NotFound) as caught:
        told_by_jira(kept, project="NOPE")

    assert "NOPE" in caught.value.what
    assert "--project" in caught.value.to_do


def test_a_jira_that_is_no_cloud_is_refused(kept: Run) -> None:
    a_fault(kept, "/rest/api/2/serverInfo", status=200, body={"deploymentType": "Server", "versionNumbers": [9]})

    with pytest.raises(AdapterError, match="not Jira Cloud"):
        told_by_jira(kept)


def test_an_address_that_is_no_jiras_is_refused_with_what_one_looks_like(kept: Run) -> None:
    with pytest.raises(AdapterError) as caught:
        told_by_jira(kept, url=kept.site.html_url)

    assert "atlassian.net" in caught.value.to_do


@pytest.mark.parametrize("body", [{"hello": "world"}, {"issues": [{"key": "SHOP-1"}], "isLast": True}, "<html>"])
def test_what_is_no_answer_of_jiras_is_an_error_and_no_traceback(kept: Run, body: object) -> None:
    a_fault(kept, "/rest/api/2/search/jql", status=200, body=body)

    with pytest.raises(AdapterError) as caught:
        told_by_jira(kept)

    assert "really" in caught.value.to_do


def test_no_answer_is_an_error_that_says_so() -> None:
    with pytest.raises(AdapterError) as caught:
        past_jira.jira_past(
            url="http://127.0.0.1:9/jira",
            email="a@example.com",
            token="t",
            project="SHOP",
            board=None,
            since=LONG_AGO,
            until=LATER,
            progress=silent,
        )

    assert caught.value.what.startswith("no answer from Jira")
    assert caught.value.to_do


def test_a_project_with_too_many_issues_is_cut_and_it_is_said(kept: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(past_jira, "MOST_ISSUES", 2)

    past = told_by_jira(kept)

    assert len(of(FactKind.ISSUE_CREATED, past)) == 2
    assert any("only the 2 issues that were changed last" in sentence for sentence in past.missing)


def test_it_waits_as_long_as_jira_asks_and_says_so(kept: Run) -> None:
    whole = told_by_jira(kept)
    told: list[str] = []
    a_fault(kept, "/rest/api/2/search/jql", rate_limit="primary", retry_after_s=0, times=1)

    past = told_by_jira(kept, progress=lambda what, _done, _all: told.append(what))

    assert past == whole
    assert "Jira, which asks to wait 0 seconds" in told
    assert "issues" in told
