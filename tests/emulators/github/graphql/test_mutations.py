"""Changes through GraphQL: what they do, and that they permit no more than REST does."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from github import UnknownObjectException

from simulator.emulators.kit import accounts
from tests.emulators.conftest import START, Site
from tests.emulators.github.graphql.asking import PAYMENTS, ask, change, change_refused, payments, refused
from tests.emulators.github.pulls import a_commit, a_repository


def test_an_issue_from_its_opening_to_its_end(site: Site) -> None:
    names = _ids(site)
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


def test_a_pull_request_from_its_branch_to_its_merge(site: Site) -> None:
    names = _ids(site)
    tip = payments(site, "defaultBranchRef{target{oid}}")["defaultBranchRef"]["target"]["oid"]
    ref = change(
        site, "createRef", "ref{id name}", "bob", repositoryId=names["repository"], name="refs/heads/feat", oid=tip
    )["ref"]
    commit = {
        "branch": {"repositoryNameWithOwner": "acme/payments", "branchName": "feat"},
        "expectedHeadOid": tip,
        "message": {"headline": "Add a", "body": "Why"},
        "fileChanges": {"additions": [{"path": "src/a.py", "contents": base64.b64encode(b"1\n2\n").decode()}]},
    }
    made = change(site, "createCommitOnBranch", "commit{oid message author{user{login}}}", "bob", **commit)["commit"]
    wish = {"repositoryId": names["repository"], "baseRefName": "main", "headRefName": "feat", "title": "Add"}

    pull = change(site, "createPullRequest", "pullRequest{id number isDraft}", "bob", **wish, draft=True)["pullRequest"]
    draft = change_refused(site, "mergePullRequest", pullRequestId=pull["id"])
    change(site, "markPullRequestReadyForReview", "pullRequest{isDraft}", "bob", pullRequestId=pull["id"])
    asked = change(
        site,
        "requestReviews",
        "pullRequest{reviewRequests(first:5){nodes{requestedReviewer{...on User{login}}}}}",
        "bob",
        pullRequestId=pull["id"],
        userIds=[names["alice"]],
        union=True,
    )
    own = change_refused(site, "addPullRequestReview", "bob", pullRequestId=pull["id"], event="APPROVE")
    change(site, "addPullRequestReview", "clientMutationId", pullRequestId=pull["id"], event="APPROVE", body="Good")
    moved = change_refused(site, "mergePullRequest", pullRequestId=pull["id"], expectedHeadOid=tip)
    merged = change(
        site,
        "mergePullRequest",
        "pullRequest{state merged mergedBy{login} mergeCommit{message}} actor{login}",
        pullRequestId=pull["id"],
        mergeMethod="SQUASH",
        commitHeadline="Head",
        commitBody="Body",
    )

    assert (made["message"], made["author"]["user"]["login"]) == ("Add a\n\nWhy", "bob")
    assert pull == {"id": pull["id"], "number": 1, "isDraft": True}
    assert draft == ("UNPROCESSABLE", "Pull Request is still a draft")
    assert asked["pullRequest"]["reviewRequests"]["nodes"] == [{"requestedReviewer": {"login": "alice"}}]
    assert own == ("UNPROCESSABLE", "Can not approve your own pull request")
    assert moved == ("UNPROCESSABLE", "Head branch was modified. Review and try the merge again.")
    assert merged["pullRequest"]["state"] == "MERGED"
    assert merged["pullRequest"]["mergeCommit"] == {"message": "Head\n\nBody"}
    change(site, "deleteRef", "clientMutationId", "bob", refId=ref["id"])
    stale = change_refused(site, "createCommitOnBranch", "bob", **commit)
    assert stale == ("NOT_FOUND", 'No branch named "feat" in acme/payments.')


def test_a_pull_request_that_cannot_be_is_refused_in_github_s_words(site: Site) -> None:
    repository = _ids(site)["repository"]
    a_commit(site, "feat", {"a.py": "1\n"})
    wish: dict[str, Any] = {"repositoryId": repository, "baseRefName": "main", "headRefName": "feat", "title": "Add"}
    change(site, "createPullRequest", "clientMutationId", "bob", **wish)

    twice = change_refused(site, "createPullRequest", "bob", **wish)
    nothing = change_refused(site, "createPullRequest", "bob", **wish | {"headRefName": "main"})
    no_branch = change_refused(site, "createPullRequest", "bob", **wish | {"headRefName": "nope"})
    untitled = change_refused(site, "createPullRequest", "bob", **wish | {"title": " "})

    assert twice == ("UNPROCESSABLE", "A pull request already exists for acme:feat.")
    assert nothing == ("UNPROCESSABLE", "No commits between main and main")
    assert no_branch[1].endswith("No commits between main and nope, Head ref must be a branch")
    assert untitled == ("UNPROCESSABLE", "Title can't be blank")


def test_a_conversation_about_a_line_is_begun_answered_and_resolved(site: Site) -> None:
    a_commit(site, "feat", {"a.py": "1\n2\n"})
    number = a_repository(site, "bob").create_pull(base="main", head="feat", title="Add").number
    pull = payments(site, "pullRequest(number:1){id}")["pullRequest"]["id"]
    place = {"pullRequestId": pull, "path": "a.py", "line": 2, "side": "RIGHT"}

    begun = change(
        site,
        "addPullRequestReviewThread",
        "thread{id isResolved comments(first:5){nodes{state}}}",
        **place,
        body="Why?",
    )["thread"]
    unseen = payments(site, _THREADS, "bob")["pullRequest"]["reviewThreads"]["nodes"]
    misplaced = change_refused(site, "addPullRequestReviewThread", **place | {"line": 9}, body="Why?")
    submitted = change(
        site,
        "submitPullRequestReview",
        "pullRequestReview{state body comments(first:5){totalCount}}",
        pullRequestId=pull,
        event="REQUEST_CHANGES",
        body="Hm",
    )["pullRequestReview"]
    answered = change(
        site,
        "addPullRequestReviewThreadReply",
        "comment{body state replyTo{body}}",
        "bob",
        pullRequestReviewThreadId=begun["id"],
        body="So",
    )["comment"]
    stranger = change_refused(site, "resolveReviewThread", "carol", threadId=begun["id"])
    resolved = change(site, "resolveReviewThread", "thread{isResolved resolvedBy{login}}", "bob", threadId=begun["id"])
    (thread,) = payments(site, _THREADS, "carol")["pullRequest"]["reviewThreads"]["nodes"]
    opened = change(site, "unresolveReviewThread", "thread{isResolved resolvedBy{login}}", threadId=begun["id"])

    assert number == 1
    assert begun["comments"]["nodes"] == [{"state": "PENDING"}]
    assert unseen == []
    assert misplaced == ("UNPROCESSABLE", "Pull request review thread line must be part of the diff")
    assert submitted == {"state": "CHANGES_REQUESTED", "body": "Hm", "comments": {"totalCount": 1}}
    assert answered == {"body": "So", "state": "SUBMITTED", "replyTo": {"body": "Why?"}}
    assert stranger == ("FORBIDDEN", "carol does not have the correct permissions to execute `ResolveReviewThread`")
    assert resolved["thread"] == {"isResolved": True, "resolvedBy": {"login": "bob"}}
    assert thread == {
        "isResolved": True,
        "isOutdated": False,
        "path": "a.py",
        "line": 2,
        "resolvedBy": {"login": "bob"},
        "comments": {
            "nodes": [{"body": "Why?", "author": {"login": "alice"}}, {"body": "So", "author": {"login": "bob"}}]
        },
    }
    assert opened["thread"] == {"isResolved": False, "resolvedBy": None}


_THREADS = (
    "pullRequest(number:1){reviewThreads(first:5){nodes{isResolved isOutdated path line resolvedBy{login} "
    "comments(first:5){nodes{body author{login}}}}}}"
)


def test_a_pull_request_merges_by_itself_once_it_may(site: Site) -> None:
    repository = a_repository(site)
    repository.edit(allow_auto_merge=True)
    a_commit(site, "feat", {"a.py": "1\n"})
    pull = repository.create_pull(base="main", head="feat", title="Add").raw_data["node_id"]

    too_early = change_refused(site, "enablePullRequestAutoMerge", pullRequestId=pull)
    repository.get_branch("main").edit_protection(required_approving_review_count=1, enforce_admins=True)
    shown = "pullRequest{reviewDecision mergeStateStatus autoMergeRequest{mergeMethod enabledAt enabledBy{login}}}"
    waiting = change(site, "enablePullRequestAutoMerge", shown, pullRequestId=pull, mergeMethod="SQUASH")["pullRequest"]
    withdrawn = change(site, "disablePullRequestAutoMerge", shown, pullRequestId=pull)["pullRequest"]
    change(site, "enablePullRequestAutoMerge", shown, pullRequestId=pull)
    change(site, "addPullRequestReview", "clientMutationId", "bob", pullRequestId=pull, event="APPROVE")

    assert too_early == ("UNPROCESSABLE", "Pull request Pull request is in clean status")
    assert (waiting["reviewDecision"], waiting["mergeStateStatus"]) == ("REVIEW_REQUIRED", "BLOCKED")
    assert waiting["autoMergeRequest"]["mergeMethod"] == "SQUASH"
    assert waiting["autoMergeRequest"]["enabledBy"] == {"login": "alice"}
    assert withdrawn["autoMergeRequest"] is None
    found = payments(site, "pullRequest(number:1){state reviewDecision mergedBy{login}}")["pullRequest"]
    assert found == {"state": "MERGED", "reviewDecision": "APPROVED", "mergedBy": {"login": "alice"}}


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
    bob = _ids(site)["bob"]

    assert (made["url"], made["visibility"]) == (f"{site.html_url}/alice/tools", "PRIVATE")
    assert twice == ("UNPROCESSABLE", "Name already exists on this account")
    assert edited["repository"] == {"description": "Tools", "hasIssuesEnabled": False}
    assert starred["starrable"] == {"stargazerCount": 1, "viewerHasStarred": True}
    assert archived["repository"] == {"isArchived": True}
    assert change_refused(site, "createIssue", repositoryId=made["id"], title="x")[0] in ("FORBIDDEN", "UNPROCESSABLE")
    assert change_refused(site, "createRepository", ownerId=bob, name="x", visibility="PUBLIC")[0] == "FORBIDDEN"


def test_strangers_may_change_no_more_than_through_rest(site: Site) -> None:
    names = _ids(site)
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
    names = _ids(site)

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


def _ids(site: Site) -> dict[str, str]:
    """Global ids of the seed's repository, of some labels and of people."""
    labels = " ".join(f'{name}:label(name:"{name}"){{id}}' for name in ("bug", "wontfix", "duplicate"))
    people = " ".join(f'{login}:user(login:"{login}"){{id}}' for login in ("alice", "bob", "carol"))
    found = ask(site, f"{{{PAYMENTS}{{id {labels}}} {people}}}")
    repository = found.pop("repository")
    ids = {"repository": repository.pop("id")}
    return ids | {name: each["id"] for name, each in {**repository, **found}.items()}
