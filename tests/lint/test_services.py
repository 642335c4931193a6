"""A repository and a project read from all sides: the clone, GitHub and Jira, against both emulated services."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from simulator.errors import AuthenticationFailed, SetupError
from simulator.model.past import Told
from simulator.run.lint.linting import Choice, Linted, lint
from simulator.run.lint.looking_back import Range
from simulator.run.lint.services import ServiceChoice, github_address, reader_of
from tests.adapters.conftest import Run
from tests.lint.lived import emulator_server, hasty, made, run, sent, silent, site, site_numbers
from tests.lint.planned import plan
from tests.timekeeping.builders import utc

__all__ = ["emulator_server", "hasty", "made", "run", "sent", "site", "site_numbers"]

OVER = Range(since=utc("2026-03-01 00:00"), until=utc("2026-03-20 00:00"))
TOKENS = {"GITHUB_TOKEN": "alice-token", "JIRA_EMAIL": "alice@example.com", "JIRA_TOKEN": "alice-token"}


@pytest.mark.parametrize(
    ("text", "api", "html"),
    [
        ("acme/payments", "https://api.github.com", "https://github.com"),
        ("https://github.com/acme/payments", "https://api.github.com", "https://github.com"),
        ("https://github.com/acme/payments.git/", "https://api.github.com", "https://github.com"),
        ("https://git.acme.org/acme/payments", "https://git.acme.org/api/v3", "https://git.acme.org"),
        (
            "http://127.0.0.1:8000/github/acme/payments",
            "http://127.0.0.1:8000/github/api/v3",
            "http://127.0.0.1:8000/github",
        ),
    ],
)
def test_a_repository_is_named_by_its_name_or_its_address(text: str, api: str, html: str) -> None:
    found = github_address(text)

    assert (found.api_url, found.html_url, found.repository) == (api, html, "acme/payments")


@pytest.mark.parametrize(
    "text", ["payments", "https://github.com/acme", "ftp://github.com/acme/payments", "a/../b", ""]
)
def test_what_names_no_repository_is_refused(text: str) -> None:
    with pytest.raises(SetupError) as caught:
        github_address(text)

    assert "OWNER/NAME" in caught.value.to_do


def test_a_password_in_an_address_stands_in_no_message() -> None:
    with pytest.raises(SetupError) as caught:
        github_address("https://bob:secret@github.com/acme")

    assert "secret" not in f"{caught.value.what}{caught.value.where}{caught.value.to_do}"


def test_a_jira_without_a_project_is_refused() -> None:
    with pytest.raises(SetupError) as caught:
        reader_of(ServiceChoice(jira="https://acme.atlassian.net"), {})

    assert "--project" in caught.value.to_do


def test_nothing_is_read_when_nothing_was_asked_for() -> None:
    assert reader_of(ServiceChoice(), TOKENS) is None


@pytest.fixture
def both(made: Run) -> Run:
    """A repository and a project with a past."""
    made.project()
    plan(made)
    return made


@pytest.fixture
def judged(both: Run, tmp_path: Path) -> Callable[..., Linted]:
    """What comes of judging it."""
    clone = tmp_path / "clone"
    url = both.site.clone_url("alice", "acme/shop")
    subprocess.run(["git", "clone", "--quiet", url, str(clone)], check=True)

    def lint_it(*, since: datetime = OVER.since, **choice: Any) -> Linted:
        services = reader_of(ServiceChoice(**choice), TOKENS)
        over = Range(since=since, until=OVER.until)
        asked = Choice(clone=clone, over=over, project=choice.get("project"), services=services)
        return lint(asked, progress=silent)

    return lint_it


def test_both_services_leave_hardly_a_rule_unjudged(both: Run, judged: Callable[..., Linted]) -> None:
    address = f"{both.site.html_url}/acme/shop"

    alone, whole = judged(), judged(github=address, jira=both.site.jira_url, project="SHOP")

    left = [one["rule"] for one in whole.beside["not_judged"]]
    assert set(left) <= {"SP-10"}  # a retrospective is held in a run only
    assert len(alone.beside["not_judged"]) > len(left) + 50
    assert [sentence[:48] for sentence in whole.beside["missing"]] == [
        "commits of pull requests that are not in the clo"
    ]
    assert whole.beside["seen"]["pull_requests"] == 3
    assert whole.beside["seen"]["issues"] == 4
    assert {one["name"] for one in whole.beside["people"]} == {"Alice", "Bob", "Carol"}


def test_what_the_clone_and_github_both_know_is_one_thing(both: Run, judged: Callable[..., Linted]) -> None:
    history = judged(github=f"{both.site.html_url}/acme/shop").history

    assert set(history.pulls) == {1, 2, 3}
    merged = {number: pull.merge_sha for number, pull in history.pulls.items() if pull.merged_at}
    assert sorted(merged) == [1, 3]
    landed = {landing.sha: landing.pulls for landing in history.landings}
    assert all(landed[sha] == (number,) for number, sha in merged.items() if sha is not None)
    assert [pull.author for pull in history.pulls.values()] == ["bob", "bob", "bob"]
    assert [len(head.commits) for head in history.pulls[1].heads] == [1, 2]
    (direct,) = history.direct_pushes
    assert direct.message.startswith("feat: hotfix.py")


def test_a_range_that_begins_in_the_middle_is_judged_by_what_went_on_in_it(
    both: Run, judged: Callable[..., Linted]
) -> None:
    address = f"{both.site.html_url}/acme/shop"
    whole = judged(github=address, jira=both.site.jira_url, project="SHOP")
    (first, _) = sorted(whole.history.sprints.values(), key=lambda sprint: sprint.id)
    assert first.closed_at is not None
    since = first.closed_at + timedelta(minutes=1)

    late = judged(github=address, jira=both.site.jira_url, project="SHOP", since=since)

    assert [sprint.name for sprint in late.history.sprints.values()] == ["Sprint two"]
    assert set(late.history.issues) == {"SHOP-3"}
    assert set(late.history.pulls) == {2}
    assert late.history.direct_pushes == ()


def test_a_token_that_is_refused_ends_it(both: Run) -> None:
    read = reader_of(ServiceChoice(github=f"{both.site.html_url}/acme/shop"), {"GITHUB_TOKEN": "nobodys"})

    assert read is not None
    with pytest.raises(AuthenticationFailed) as caught:
        read(OVER, silent)
    assert "nobodys" not in str(caught.value)


def test_both_pasts_are_read_with_the_tokens_of_the_environment(both: Run) -> None:
    choice = ServiceChoice(github=f"{both.site.html_url}/acme/shop", jira=both.site.jira_url, project="SHOP")
    read = reader_of(choice, TOKENS)

    assert read is not None
    github, jira = read(OVER, silent)
    assert Told.PULL_REQUESTS in github.tells
    assert Told.SPRINTS in jira.tells
