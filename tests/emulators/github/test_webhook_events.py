"""Every webhook event that the operations cause, each payload held against GitHub's own description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.emulators.conftest import Site
from tests.emulators.github.pulls import a_commit, a_pull, a_repository, seen_by
from tests.emulators.github.test_announce import NOWHERE, told
from tests.emulators.github.webhook_description import flaws

ROOT = "/repos/acme/payments"


class Caller:
    """Makes changes and insists that they are taken."""

    def __init__(self, site: Site, login: str) -> None:
        self._session: requests.Session = site.session(login)
        self._base = site.api_url

    def __call__(self, method: str, path: str, **body: Any) -> Any:
        answer = self._session.request(method, self._base + path, json=body or None)
        assert answer.status_code < 300, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def graphql(self, document: str, **variables: Any) -> Any:
        """The answer to a GraphQL document that has no errors."""
        address = self._base.replace("/v3", "/graphql")
        answer = self._session.post(address, json={"query": document, "variables": variables}).json()
        assert "errors" not in answer, answer
        return answer["data"]


@pytest.fixture
def alice(site: Site) -> Caller:
    """The owner of everything."""
    return Caller(site, "alice")


@pytest.fixture
def bob(site: Site) -> Caller:
    """Somebody who may push."""
    return Caller(site, "bob")


@pytest.fixture
def hearing(site: Site, alice: Caller) -> Iterator[None]:
    """A hook of the organization hears everything; after the test each payload is held against the description."""
    alice("POST", "/orgs/acme/hooks", name="web", events=["*"], config={"url": NOWHERE, "content_type": "json"})
    yield
    payloads = told(site)
    assert sorted({flaw for event, payload in payloads for flaw in flaws(event, payload)}) == []
    assert all(payload["organization"]["login"] == "acme" and payload["sender"]["login"] for _, payload in payloads)


def heard(site: Site) -> set[str]:
    """Which events were told so far, with their actions."""
    return {f"{event}.{payload['action']}" if "action" in payload else event for event, payload in told(site)}


@pytest.mark.usefixtures("hearing")
def test_issues_and_what_hangs_on_them(site: Site, alice: Caller) -> None:
    alice("POST", f"{ROOT}/milestones", title="One")
    alice("POST", f"{ROOT}/issues", title="One", labels=["bug"], assignees=["bob"], milestone=1)
    alice("POST", f"{ROOT}/issues", title="Two")
    alice("PATCH", f"{ROOT}/issues/1", title="Uno", milestone=None)
    alice("DELETE", f"{ROOT}/issues/1/labels/bug")
    alice("DELETE", f"{ROOT}/issues/1/assignees", assignees=["bob"])
    comment = alice("POST", f"{ROOT}/issues/1/comments", body="hi")
    alice("PATCH", f"{ROOT}/issues/comments/{comment['id']}", body="ho")
    alice("DELETE", f"{ROOT}/issues/comments/{comment['id']}")
    alice("PUT", f"{ROOT}/issues/1/lock", lock_reason="spam")
    alice("DELETE", f"{ROOT}/issues/1/lock")
    alice("PATCH", f"{ROOT}/issues/1", state="closed")
    alice("PATCH", f"{ROOT}/issues/1", state="open")
    alice("POST", f"{ROOT}/labels", name="new", color="ffffff")
    alice("PATCH", f"{ROOT}/labels/new", new_name="newer")
    alice("DELETE", f"{ROOT}/labels/newer")
    alice("PATCH", f"{ROOT}/milestones/1", description="x")
    alice("PATCH", f"{ROOT}/milestones/1", state="closed")
    alice("PATCH", f"{ROOT}/milestones/1", state="open")
    alice("DELETE", f"{ROOT}/milestones/1")

    actions = (
        "opened edited closed reopened labeled unlabeled assigned unassigned milestoned demilestoned locked unlocked"
    )
    assert {f"issues.{action}" for action in actions.split()} <= heard(site)
    assert {f"issue_comment.{action}" for action in ("created", "edited", "deleted")} <= heard(site)
    assert {f"label.{action}" for action in ("created", "edited", "deleted")} <= heard(site)
    assert {f"milestone.{action}" for action in ("created", "edited", "closed", "opened", "deleted")} <= heard(site)


@pytest.mark.usefixtures("hearing")
def test_pull_requests_and_what_hangs_on_them(site: Site, alice: Caller, bob: Caller) -> None:
    alice("PATCH", ROOT, allow_auto_merge=True)
    pull = a_pull(site, files={"a.txt": "one\n"})
    bob("POST", f"{ROOT}/pulls/1/requested_reviewers", reviewers=["alice"])
    bob("DELETE", f"{ROOT}/pulls/1/requested_reviewers", reviewers=["alice"])
    review = seen_by(site, "alice", pull).create_review(
        body="no", event="REQUEST_CHANGES", comments=[{"path": "a.txt", "line": 1, "body": "Why?"}]
    )
    comment = alice("GET", f"{ROOT}/pulls/1/comments")[0]
    bob("POST", f"{ROOT}/pulls/1/comments/{comment['id']}/replies", body="So")
    alice("PATCH", f"{ROOT}/pulls/comments/{comment['id']}", body="Why, oh why?")
    thread = alice.graphql(
        'query { repository(owner: "acme", name: "payments") { pullRequest(number: 1) {'
        " reviewThreads(first: 1) { nodes { id } } id } } }"
    )["repository"]["pullRequest"]
    for name in ("resolveReviewThread", "unresolveReviewThread"):
        alice.graphql(
            f"mutation($id: ID!) {{ {name}(input: {{threadId: $id}}) {{ thread {{ id }} }} }}",
            id=thread["reviewThreads"]["nodes"][0]["id"],
        )
    for name in ("convertPullRequestToDraft", "markPullRequestReadyForReview"):
        bob.graphql(
            f"mutation($id: ID!) {{ {name}(input: {{pullRequestId: $id}}) {{ pullRequest {{ id }} }} }}",
            id=thread["id"],
        )
    alice("PUT", f"{ROOT}/pulls/1/reviews/{review.id}", body="still no")
    alice("PUT", f"{ROOT}/pulls/1/reviews/{review.id}/dismissals", message="fine")
    a_commit(site, "feature", {"b.txt": "x\n"})
    bob("PATCH", f"{ROOT}/pulls/1", title="Better", state="closed")
    bob("PATCH", f"{ROOT}/pulls/1", state="open")
    bob("PUT", f"{ROOT}/issues/1/labels", labels=["bug"])
    bob("POST", f"{ROOT}/issues/1/assignees", assignees=["alice"])
    bob("PUT", f"{ROOT}/pulls/1/merge")

    actions = (
        "opened edited closed reopened synchronize review_requested review_request_removed labeled assigned "
        "converted_to_draft ready_for_review"
    )
    assert {f"pull_request.{action}" for action in actions.split()} <= heard(site)
    assert {f"pull_request_review.{action}" for action in ("submitted", "edited", "dismissed")} <= heard(site)
    assert {f"pull_request_review_comment.{action}" for action in ("created", "edited")} <= heard(site)
    assert {f"pull_request_review_thread.{action}" for action in ("resolved", "unresolved")} <= heard(site)


@pytest.mark.usefixtures("hearing")
def test_repositories_their_refs_and_their_builds(site: Site, alice: Caller, bob: Caller) -> None:
    sha = a_repository(site).get_branch("main").commit.sha
    alice("POST", f"{ROOT}/git/refs", ref="refs/heads/x", sha=sha)
    alice("DELETE", f"{ROOT}/git/refs/heads/x")
    alice("POST", f"{ROOT}/statuses/{sha}", state="success")
    alice("POST", f"{ROOT}/check-runs", name="ci", head_sha=sha, conclusion="success")
    alice("POST", f"{ROOT}/commits/{sha}/comments", body="nice")
    release = alice("POST", f"{ROOT}/releases", tag_name="v1", name="First", body="All of it", draft=True)
    alice("PATCH", f"{ROOT}/releases/{release['id']}", draft=False)
    alice("PATCH", f"{ROOT}/releases/{release['id']}", name="One")
    alice("DELETE", f"{ROOT}/releases/{release['id']}")
    bob("POST", f"{ROOT}/forks")
    bob("PUT", "/user/starred/acme/payments")
    bob("DELETE", "/user/starred/acme/payments")
    alice("PUT", f"{ROOT}/collaborators/bob", permission="maintain")
    alice("DELETE", f"{ROOT}/collaborators/bob")
    alice("PUT", f"{ROOT}/collaborators/bob", permission="push")
    protection = {"required_status_checks": None, "restrictions": None, "required_pull_request_reviews": None}
    alice("PUT", f"{ROOT}/branches/main/protection", **protection, enforce_admins=True)
    alice("DELETE", f"{ROOT}/branches/main/protection")
    alice("PATCH", ROOT, description="new")
    alice("PATCH", ROOT, private=True)
    alice("PATCH", ROOT, private=False)
    alice("PATCH", ROOT, name="money")
    alice("PATCH", "/repos/acme/money", archived=True)
    alice("PATCH", "/repos/acme/money", archived=False)
    alice("POST", "/orgs/acme/repos", name="fresh")
    alice("DELETE", "/repos/acme/fresh")

    assert {"create", "delete", "push", "status", "check_run.created", "check_run.completed"} <= heard(site)
    assert {"check_suite.completed", "commit_comment.created", "fork", "star.created", "star.deleted"} <= heard(site)
    assert {f"release.{action}" for action in ("created", "published", "released", "edited", "deleted")} <= heard(site)
    assert {f"member.{action}" for action in ("added", "edited", "removed")} <= heard(site)
    assert {f"branch_protection_rule.{action}" for action in ("created", "deleted")} <= heard(site)
    actions = "created deleted edited privatized publicized renamed archived unarchived"
    assert {f"repository.{action}" for action in actions.split()} <= heard(site)
    assert "public" in heard(site)


@pytest.mark.usefixtures("hearing")
def test_organizations_and_teams(site: Site, alice: Caller) -> None:
    alice("PUT", "/orgs/acme/memberships/carol", role="member")
    alice("POST", "/orgs/acme/teams", name="Core")
    alice("PATCH", "/orgs/acme/teams/core", description="x")
    alice("PUT", "/orgs/acme/teams/core/memberships/carol", role="member")
    alice("PUT", "/orgs/acme/teams/core/repos/acme/payments", permission="push")
    alice("DELETE", "/orgs/acme/teams/core/repos/acme/payments")
    alice("DELETE", "/orgs/acme/teams/core/memberships/carol")
    alice("DELETE", "/orgs/acme/teams/core")
    alice("DELETE", "/orgs/acme/memberships/carol")

    actions = ("created", "edited", "added_to_repository", "removed_from_repository", "deleted")
    assert {f"team.{action}" for action in actions} <= heard(site)
    assert {"team_add", "membership.added", "membership.removed"} <= heard(site)
    assert {"organization.member_added", "organization.member_removed"} <= heard(site)


def test_every_event_that_is_told_may_be_asked_for(site: Site, alice: Caller) -> None:
    for event in ("push", "member", "repository_ruleset", "sub_issues", "workflow_job"):
        alice("POST", f"{ROOT}/hooks", events=[event], config={"url": NOWHERE})

    refused = site.session().post(f"{site.api_url}{ROOT}/hooks", json={"events": ["team"], "config": {"url": NOWHERE}})

    assert refused.status_code == 422
