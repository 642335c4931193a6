"""The coach's comments through the real clients: one of each, and no news to anybody."""

from __future__ import annotations

import pytest

from simulator.model import actions as do
from simulator.model.coach import MARK_ON_ISSUES, MARK_ON_PULLS
from simulator.model.facts import FactKind
from simulator.model.keys import IssueKey
from tests.adapters.builders import ALICE, CAROL, a_draft
from tests.adapters.conftest import Run
from tests.adapters.test_github_pulls import OPEN, a_push

SAID = (FactKind.PULL_REQUEST_COMMENTED, FactKind.ISSUE_COMMENTED, FactKind.COMMENT_EDITED)


@pytest.fixture
def coached(run: Run) -> Run:
    """A pull request and an issue; Carol's account is the coach's."""
    run.repository()
    run.project()
    run.perform(a_push(), OPEN, do.CreateIssues(actor=ALICE, issues=(a_draft(),)))
    run.connection.close()
    run.connection = run.connect(coach=CAROL)
    run.look()
    return run


def on_pull(body: str) -> do.KeepPullComment:
    return do.KeepPullComment(actor=CAROL, pull=1, body=f"{MARK_ON_PULLS}\n{body}", mark=MARK_ON_PULLS)


def on_issue(body: str) -> do.KeepIssueComment:
    body = f"{MARK_ON_ISSUES}\n\n{body}"
    return do.KeepIssueComment(actor=CAROL, issue=IssueKey("SHOP-1"), body=body, mark=MARK_ON_ISSUES)


def comments(run: Run) -> tuple[list[str], list[str]]:
    pull = run.site.github().get_repo("acme/shop").get_issue(1)
    return [one.body for one in pull.get_comments()], [one.body for one in run.site.jira().comments("SHOP-1")]


def test_a_comment_is_kept_and_never_a_second_one(coached: Run) -> None:
    coached.perform(on_pull("one"), on_issue("one"))
    coached.perform(on_pull("two {issue:none}"), on_issue("two {issue:none}"))

    [said], [noted] = comments(coached)

    assert said == f"{MARK_ON_PULLS}\ntwo {{issue:none}}"  # no placeholder: somebody's words
    assert "two" in noted


def test_the_same_words_are_not_written_again(coached: Run) -> None:
    coached.perform(on_pull("one"))

    sent = coached.requests_of(lambda: coached.perform(on_pull("one")))

    assert {line.split()[0] for line in sent} == {"GET"}


def test_what_the_coach_says_is_nobodys_deed(coached: Run) -> None:
    coached.perform(on_pull("one"), on_issue("one"))
    coached.perform(on_pull("two"), on_issue("two"))

    assert [seen for seen in coached.look() if seen.kind in SAID] == []


def test_what_a_person_says_under_the_same_account_is_a_deed(coached: Run) -> None:
    coached.perform(on_pull("one"))
    coached.site.github("carol").get_repo("acme/shop").get_issue(1).create_comment("I read it.")

    [seen] = coached.look_for(FactKind.PULL_REQUEST_COMMENTED)

    assert (seen.account, seen.detail["body"]) == ("carol", "I read it.")


def test_nobody_hides_a_comment_from_the_judge_by_the_coachs_mark(coached: Run) -> None:
    coached.site.github("bob").get_repo("acme/shop").get_issue(1).create_comment(f"{MARK_ON_PULLS}\nNot me.")

    [seen] = coached.look_for(FactKind.PULL_REQUEST_COMMENTED)

    assert seen.account == "bob"
