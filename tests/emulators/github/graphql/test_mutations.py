"""Changes through GraphQL: what they do, and that they permit no more than REST does."""

from __future__ import annotations

from typing import Any

import pytest
from github import UnknownObjectException

from simulator.emulators.kit import accounts
from tests.emulators.conftest import START, Site
from tests.emulators.github.graphql.asking import change, change_refused, ids, payments, refused
from tests.emulators.github.pulls import a_commit, a_repository


def test_an_issue_from_its_opening_to_its_end(site: Site) -> None:
    names = ids(site)
    wish = {"repositoryId": names["repository"], "title": " One ", "body": "b"}

    made = change(
        site,
        "createIssue",
        "clientMutationId issue{id number labels(first:5){nodes{name}} assignees(first:5){nodes{login}}}",
        **wish,
        labelIds=[names["bug"]],
        assigneeIds=[names["bob"]],
        clientMutationId="mine",
    )
    issue = made["issue"]["id"]
    change(site, "addLabelsToLabelable", "__typename", labelableId=issue, labelIds=[names["wontfix"]])
    change(
        site, "removeLabelsFromLabelable", "__typename", labelableId=issue, labelIds=[names["bug"], names["duplicate"]]
    )
    change(site, "removeAssigneesFromAssignable", "__typename", assignableId=issue, assigneeIds=[names["bob"]])
    edited = change(site, "updateIssue", "issue{title body} actor{login}", id=issue, title="Two")
    closed = change(site, "closeIssue", "issue{state stateReason}", issueId=issue, stateReason="NOT_PLANNED")
    opened = change(site, "reopenIssue", "issue{state stateReason}", issueId=issue)

    assert made["clientMutationId"] == "mine"
    assert made["issue"]["labels"]["nodes"] == [{"name": "bug"}]
    assert made["issue"]["assignees"]["nodes"] == [{"login": "bob"}]
    assert edited == {"issue": {"title": "Two", "body": "b"}, "actor": {"login": "alice"}}
    assert closed["issue"] == {"state": "CLOSED", "stateReason": "NOT_PLANNED"}
    assert opened["issue"] == {"state": "OPEN", "stateReason": "REOPENED"}
    rest = a_repository(site).get_issue(1)
    assert ([label.name for label in rest.labels], rest.assignees) == (["wontfix"], [])
    assert change_refused(site, "deleteIssue", "bob", issueId=issue)[0] == "FORBIDDEN"
    change(site, "deleteIssue", "repository{issues{totalCount}}", issueId=issue)
    with pytest.raises(UnknownObjectException):
        a_repository(site).get_issue(1)
    assert a_repository(site).create_issue("Next").number == 2


def test_a_conversation_is_commented_on_answered_and_locked(site: Site) -> None:
    issue = a_repository(site).create_issue("One").raw_data["node_id"]

    shown = "commentEdge{cursor node{id url body viewerDidAuthor}} subject{...on Issue{comments{totalCount}}}"
    made = change(site, "addComment", shown, subjectId=issue, body="Hello")
    comment = made["commentEdge"]["node"]
    edited = change(site, "updateIssueComment", "issueComment{body includesCreatedEdit}", id=comment["id"], body="Bye")
    reacted = change(
        site, "addReaction", "reaction{content user{login}}", "carol", subjectId=comment["id"], content="HEART"
    )
    locked = change(
        site, "lockLockable", "lockedRecord{locked activeLockReason}", lockableId=issue, lockReason="TOO_HEATED"
    )
    outsider = change_refused(site, "addComment", "carol", subjectId=issue, body="But")

    assert comment["url"].endswith("/acme/payments/issues/1#issuecomment-1")
    assert made["subject"]["comments"]["totalCount"] == 1
    assert edited["issueComment"] == {"body": "Bye", "includesCreatedEdit": True}
    assert reacted["reaction"] == {"content": "HEART", "user": {"login": "carol"}}
    assert locked["lockedRecord"] == {"locked": True, "activeLockReason": "TOO_HEATED"}
    assert outsider == ("FORBIDDEN", "Unable to create comment because issue is locked.")
    change(site, "unlockLockable", "unlockedRecord{locked}", lockableId=issue)
    change(site, "removeReaction", "subject{id}", "carol", subjectId=comment["id"], content="HEART")
    assert (
        change_refused(site, "removeReaction", "carol", subjectId=comment["id"], content="HEART")[0] == "UNPROCESSABLE"
    )
    change(site, "deleteIssueComment", "clientMutationId", id=comment["id"])
    assert a_repository(site).get_issue(1).comments == 0


def test_repositories_are_made_and_changed(site: Site) -> None:
    made = change(
        site, "createRepository", "repository{id url visibility owner{login}}", name="tools", visibility="PRIVATE"
    )["repository"]

    twice = change_refused(site, "createRepository", name="tools", visibility="PUBLIC")
    edited = change(
        site,
        "updateRepository",
        "repository{description hasIssuesEnabled}",
        repositoryId=made["id"],
        description="Tools",
        hasIssuesEnabled=False,
    )
    starred = change(site, "addStar", "starrable{stargazerCount viewerHasStarred}", starrableId=made["id"])
    archived = change(site, "archiveRepository", "repository{isArchived}", repositoryId=made["id"])
    bob = ids(site)["bob"]

    assert (made["url"], made["visibility"]) == (f"{site.html_url}/alice/tools", "PRIVATE")
    assert twice == ("UNPROCESSABLE", "Name already exists on this account")
    assert edited["repository"] == {"description": "Tools", "hasIssuesEnabled": False}
    assert starred["starrable"] == {"stargazerCount": 1, "viewerHasStarred": True}
    assert archived["repository"] == {"isArchived": True}
    assert change_refused(site, "createIssue", repositoryId=made["id"], title="x")[0] in ("FORBIDDEN", "UNPROCESSABLE")
    assert change_refused(site, "createRepository", ownerId=bob, name="x", visibility="PUBLIC")[0] == "FORBIDDEN"


def test_strangers_may_change_no_more_than_through_rest(site: Site) -> None:
    names = ids(site)
    issue = a_repository(site).create_issue("One").raw_data["node_id"]
    a_commit(site, "feat", {"a.py": "1\n"})
    pull = a_repository(site).create_pull(base="main", head="feat", title="Add").raw_data["node_id"]
    wishes: dict[str, dict[str, Any]] = {
        "closeIssue": {"issueId": issue},
        "updateIssue": {"id": issue, "title": "x"},
        "addLabelsToLabelable": {"labelableId": issue, "labelIds": [names["bug"]]},
        "addAssigneesToAssignable": {"assignableId": issue, "assigneeIds": [names["bob"]]},
        "lockLockable": {"lockableId": issue},
        "deleteIssue": {"issueId": issue},
        "createLabel": {"repositoryId": names["repository"], "name": "x", "color": "ffffff"},
        "mergePullRequest": {"pullRequestId": pull},
        "updatePullRequest": {"pullRequestId": pull, "title": "x"},
        "closePullRequest": {"pullRequestId": pull},
        "convertPullRequestToDraft": {"pullRequestId": pull},
        "enablePullRequestAutoMerge": {"pullRequestId": pull},
        "requestReviews": {"pullRequestId": pull, "userIds": [names["bob"]], "union": True},
        "createRef": {"repositoryId": names["repository"], "name": "refs/heads/x", "oid": "0" * 40},
        "updateRepository": {"repositoryId": names["repository"], "description": "x"},
    }

    said = {name: change_refused(site, name, "carol", **fields) for name, fields in wishes.items()}

    expected = "carol does not have the correct permissions to execute `{}`"
    assert said == {name: ("FORBIDDEN", expected.format(name[:1].upper() + name[1:])) for name in wishes}


def test_things_of_the_wrong_kind_are_not_found(site: Site) -> None:
    names = ids(site)

    on_a_label = change_refused(site, "addComment", subjectId=names["bug"], body="x")
    no_label = change_refused(site, "closeIssue", issueId=names["repository"])

    assert on_a_label[0] == no_label[0] == "NOT_FOUND"
    assert on_a_label[1] == f"Could not resolve to a node with the global id of '{names['bug']}'."


def test_a_token_without_scopes_changes_nothing(site: Site) -> None:
    with site.emulators.database.writing() as connection:
        alice = accounts.by_login(connection, site.key, "alice")
        assert alice is not None
        accounts.create_token(connection, alice, token="weak-token", now=START, scopes=["read:org"])
    issue = a_repository(site).create_issue("One").raw_data["node_id"]

    kind, message = change_refused(site, "addComment", "weak", subjectId=issue, body="x")
    read = payments(site, "issue(number:1){title}", "weak")

    assert kind == "INSUFFICIENT_SCOPES"
    assert message.startswith("Your token has not been granted the required scopes to execute this query.")
    assert read["issue"] == {"title": "One"}


def test_one_change_that_fails_undoes_no_other(site: Site) -> None:
    issue = a_repository(site).create_issue("One").raw_data["node_id"]
    document = """mutation($id: ID!) {
      first: addComment(input: {subjectId: $id, body: "one"}) {commentEdge {node {body}}}
      second: addComment(input: {subjectId: $id, body: " "}) {commentEdge {node {body}}}
      third: addComment(input: {subjectId: $id, body: "three"}) {subject {... on Issue {comments {totalCount}}}}
    }"""

    error = refused(site, document, id=issue)

    assert (error["type"], error["path"]) == ("UNPROCESSABLE", ["second"])
    assert [comment.body for comment in a_repository(site).get_issue(1).get_comments()] == ["one", "three"]
