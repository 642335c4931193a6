"""Pull requests changed through GraphQL: opened, reviewed, discussed, merged."""

from __future__ import annotations

import base64
from typing import Any

from tests.emulators.conftest import Site
from tests.emulators.github.graphql.asking import change, change_refused, ids, payments
from tests.emulators.github.pulls import a_commit, a_repository


def test_a_branch_is_made_committed_to_and_taken_away(site: Site) -> None:
    tip = payments(site, "defaultBranchRef{target{oid}}")["defaultBranchRef"]["target"]["oid"]
    wanted = {"repositoryId": ids(site)["repository"], "name": "refs/heads/feat", "oid": tip}
    ref = change(site, "createRef", "ref{id name}", "bob", **wanted)["ref"]
    commit = {
        "branch": {"repositoryNameWithOwner": "acme/payments", "branchName": "feat"},
        "expectedHeadOid": tip,
        "message": {"headline": "Add a", "body": "Why"},
        "fileChanges": {"additions": [{"path": "src/a.py", "contents": base64.b64encode(b"1\n2\n").decode()}]},
    }
    made = change(site, "createCommitOnBranch", "commit{oid message author{user{login}}}", "bob", **commit)["commit"]
    change(site, "deleteRef", "clientMutationId", "bob", refId=ref["id"])
    stale = change_refused(site, "createCommitOnBranch", "bob", **commit)

    assert (made["message"], made["author"]["user"]["login"]) == ("Add a\n\nWhy", "bob")
    assert stale == ("NOT_FOUND", 'No branch named "feat" in acme/payments.')


def test_a_pull_request_from_its_draft_to_its_merge(site: Site) -> None:
    names, tip = ids(site), a_repository(site).get_branch("main").commit.sha
    a_commit(site, "feat", {"src/a.py": "1\n2\n"})
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

    assert pull == {"id": pull["id"], "number": 1, "isDraft": True}
    assert draft == ("UNPROCESSABLE", "Pull Request is still a draft")
    assert asked["pullRequest"]["reviewRequests"]["nodes"] == [{"requestedReviewer": {"login": "alice"}}]
    assert own == ("UNPROCESSABLE", "Can not approve your own pull request")
    assert moved == ("UNPROCESSABLE", "Head branch was modified. Review and try the merge again.")
    assert merged["pullRequest"]["state"] == "MERGED"
    assert merged["pullRequest"]["mergeCommit"] == {"message": "Head\n\nBody"}


def test_a_pull_request_that_cannot_be_is_refused_in_github_s_words(site: Site) -> None:
    repository = ids(site)["repository"]
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


def test_a_conversation_about_a_line_begins_with_a_review(site: Site) -> None:
    place = _a_line(site)
    begun = _begun(site, place)
    unseen = payments(site, _THREADS, "bob")["pullRequest"]["reviewThreads"]["nodes"]
    misplaced = change_refused(site, "addPullRequestReviewThread", **place | {"line": 9}, body="Why?")
    submitted = _submitted(site, place)

    assert begun["comments"]["nodes"] == [{"state": "PENDING"}]
    assert unseen == []
    assert misplaced == ("UNPROCESSABLE", "Pull request review thread line must be part of the diff")
    assert submitted == {"state": "CHANGES_REQUESTED", "body": "Hm", "comments": {"totalCount": 1}}


def test_a_conversation_about_a_line_is_answered_and_resolved(site: Site) -> None:
    place = _a_line(site)
    thread_id = _begun(site, place)["id"]
    _submitted(site, place)

    answered = change(
        site,
        "addPullRequestReviewThreadReply",
        "comment{body state replyTo{body}}",
        "bob",
        pullRequestReviewThreadId=thread_id,
        body="So",
    )["comment"]
    stranger = change_refused(site, "resolveReviewThread", "carol", threadId=thread_id)
    resolved = change(site, "resolveReviewThread", "thread{isResolved resolvedBy{login}}", "bob", threadId=thread_id)
    (thread,) = payments(site, _THREADS, "carol")["pullRequest"]["reviewThreads"]["nodes"]
    opened = change(site, "unresolveReviewThread", "thread{isResolved resolvedBy{login}}", threadId=thread_id)

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


def _a_line(site: Site) -> dict[str, Any]:
    """The second line of a new pull request of Bob's."""
    a_commit(site, "feat", {"a.py": "1\n2\n"})
    a_repository(site, "bob").create_pull(base="main", head="feat", title="Add")
    pull = payments(site, "pullRequest(number:1){id}")["pullRequest"]["id"]
    return {"pullRequestId": pull, "path": "a.py", "line": 2, "side": "RIGHT"}


def _begun(site: Site, place: dict[str, Any]) -> dict[str, Any]:
    """Alice's question about the line, in a review that she has not sent yet."""
    shown = "thread{id isResolved comments(first:5){nodes{state}}}"
    thread: dict[str, Any] = change(site, "addPullRequestReviewThread", shown, **place, body="Why?")["thread"]
    return thread


def _submitted(site: Site, place: dict[str, Any]) -> dict[str, Any]:
    """That review, sent."""
    verdict = {"pullRequestId": place["pullRequestId"], "event": "REQUEST_CHANGES", "body": "Hm"}
    shown = "pullRequestReview{state body comments(first:5){totalCount}}"
    review: dict[str, Any] = change(site, "submitPullRequestReview", shown, **verdict)["pullRequestReview"]
    return review


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
