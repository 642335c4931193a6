"""GitHub and Jira together on PostgreSQL: the same, and two that change one site wait for each other in one order only."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from tests.emulators.conftest import Site
from tests.emulators.github.worktree import Clone
from tests.emulators.integration import test_automation, test_development, test_smart_commits
from tests.emulators.integration.panels import comments_on, listed
from tests.emulators.jira.conftest import Api

_TURNS = 8


@pytest.fixture
def site(postgresql_site: Site) -> Site:
    """The same for the shared fixtures."""
    return postgresql_site


def test_pushes_and_changes_of_the_issues_they_name_go_on_at_the_same_time(site: Site, tmp_path: Path) -> None:
    api, clone = Api(site.jira_url, site.jira_session("alice")), Clone(site, tmp_path / "clone")
    test_development.test_an_issue_lists_branch_commit_and_pull_request_with_its_state(
        site, api, clone, partial(listed, api)
    )
    test_smart_commits.test_a_smart_commit_moves_the_issue_and_comments_as_its_author_once(site, api, clone)
    test_automation.test_pull_requests_move_issues_only_where_a_rule_says_so(site, api, clone)
    key = api.issue()
    hook = {"name": "Listener", "url": "http://127.0.0.1:9/", "events": ["jira:issue_updated", "comment_created"]}
    api.post("/rest/webhooks/1.0/webhook", hook, status=201)
    site.github().get_repo("acme/payments").create_hook("web", {"url": "http://127.0.0.1:9/"}, ["*"])

    def push(turn: int) -> None:
        clone.commit(f"{turn}.txt", "1", f"{key} #comment number {turn}")
        pushed = clone.push("HEAD:refs/heads/busy")
        assert (pushed.returncode, "Jira" in pushed.stderr) == (0, False), pushed.stderr

    def edit(turn: int) -> None:
        api.put(f"/rest/api/3/issue/{key}", {"fields": {"summary": f"Turn {turn}"}}, status=204)
        site.github().get_repo("acme/payments").create_issue(f"Turn {turn}")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda work: [work(turn) for turn in range(_TURNS)], (push, edit)))

    assert comments_on(api, key) == [("Bob", f"number {turn}") for turn in range(_TURNS)]
    assert sum(item[0] == "summary" for item in api.changes(key)) == _TURNS
