"""What queries show, beside what REST says of the same things."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from simulator.emulators.github.graphql.connections import cursor_of
from tests.emulators.conftest import Site
from tests.emulators.github.graphql.asking import ask, of_payments, payments, refused
from tests.emulators.github.pulls import a_commit, a_repository


def test_lists_of_issues_are_filtered_and_sorted_as_gh_asks_for_them(site: Site) -> None:
    repository = a_repository(site)
    for number in range(1, 4):
        repository.create_issue(f"Issue {number}", body="for @bob" if number == 2 else "", labels=["bug"])
    repository.get_issue(1).edit(state="closed", state_reason="not_planned")
    repository.get_issue(3).edit(assignees=["bob"], labels=["wontfix"])
    a_repository(site, "bob").get_issue(2).create_comment("last")
    selection = (
        "issues(first:10,states:$s,filterBy:$f,orderBy:$o,labels:$l){totalCount nodes{number state stateReason}}"
    )
    query = of_payments(selection, "($s:[IssueState!],$f:IssueFilters,$o:IssueOrder,$l:[String!])")

    def numbers(**wanted: Any) -> list[int]:
        found = ask(site, query, **wanted)["repository"]["issues"]
        assert found["totalCount"] == len(found["nodes"])
        return [node["number"] for node in found["nodes"]]

    assert numbers() == [1, 2, 3]
    assert numbers(s=["OPEN"], o={"field": "CREATED_AT", "direction": "DESC"}) == [3, 2]
    assert numbers(s=["CLOSED"]) == [1]
    assert numbers(f={"assignee": "bob"}) == numbers(f={"assignee": "*"}) == numbers(l=["wontfix"]) == [3]
    assert numbers(f={"assignee": None}) == numbers(l=["bug"]) == [1, 2]
    assert numbers(f={"mentioned": "bob"}) == numbers(f={"mentioned": "bob", "states": ["OPEN"]}) == [2]
    assert numbers(f={"createdBy": "nobody"}) == []
    assert numbers(o={"field": "COMMENTS", "direction": "DESC"})[0] == 2
    closed = ask(site, query, s=["CLOSED"])["repository"]["issues"]["nodes"]
    assert closed == [{"number": 1, "state": "CLOSED", "stateReason": "NOT_PLANNED"}]


def test_a_pull_request_shows_what_rest_shows(site: Site) -> None:
    repository = a_repository(site)
    repository.create_issue("Wanted")
    head = a_commit(site, "feat", {"a.py": "1\n2\n", "README.md": None}, message="feat: a\n\nwhy")
    made = repository.create_pull(base="main", head="feat", title="Add", body="Fixes #1", draft=True)
    selection = """pullRequest(number: 2) {
      id databaseId url state isDraft mergeable mergeStateStatus additions deletions changedFiles isCrossRepository
      headRefName headRefOid baseRefName baseRefOid headRepositoryOwner {login} headRepository {nameWithOwner}
      author {login __typename} authorAssociation createdAt updatedAt reviewDecision
      commits(last: 1) {totalCount nodes {commit {oid messageHeadline messageBody author {name user {login}}}}}
      files(first: 5) {nodes {path additions deletions changeType}}
      closingIssuesReferences(first: 5) {nodes {number closedByPullRequestsReferences(first: 5) {nodes {number}}}}
      baseRef {name target {oid} branchProtectionRule {id}}
    }"""

    shown = payments(site, selection)["pullRequest"]

    rest = repository.get_pull(2)
    assert shown["id"] == rest.raw_data["node_id"]
    assert (shown["databaseId"], shown["url"]) == (made.id, rest.html_url)
    assert (shown["state"], shown["isDraft"], shown["mergeStateStatus"]) == ("OPEN", True, "DRAFT")
    assert (shown["mergeable"], shown["reviewDecision"]) == ("MERGEABLE", None)
    assert [shown[name] for name in ("additions", "deletions", "changedFiles")] == [2, 1, 2]
    assert (shown["headRefOid"], shown["baseRefOid"]) == (head, rest.base.sha)
    assert shown["headRepositoryOwner"] == {"login": "acme"}
    assert shown["headRepository"] == {"nameWithOwner": "acme/payments"}
    assert shown["author"] == {"login": "alice", "__typename": "User"}
    assert shown["createdAt"] == rest.raw_data["created_at"]
    (commit,) = shown["commits"]["nodes"]
    assert (commit["commit"]["messageHeadline"], commit["commit"]["messageBody"]) == ("feat: a", "why")
    assert [(file["path"], file["changeType"]) for file in shown["files"]["nodes"]] == [
        ("README.md", "DELETED"),
        ("a.py", "ADDED"),
    ]
    (issue,) = shown["closingIssuesReferences"]["nodes"]
    assert issue == {"number": 1, "closedByPullRequestsReferences": {"nodes": [{"number": 2}]}}
    assert shown["baseRef"]["branchProtectionRule"] is None


def test_checks_add_up_and_say_which_are_required(site: Site) -> None:
    repository = a_repository(site)
    head = a_commit(site, "feat", {"a.py": "1\n"})
    repository.create_pull(base="main", head="feat", title="Add")
    commit = repository.get_commit(head)
    commit.create_status("pending", context="ci")
    commit.create_status("success", context="ci", target_url="https://ci.example.com/1")
    repository.get_branch("main").edit_protection(strict=True, contexts=["lint"])
    run = {"name": "lint", "head_sha": head, "status": "in_progress"}
    site.session().post(f"{site.api_url}/repos/acme/payments/check-runs", json=run)
    selection = """pullRequest(number: 1) {statusCheckRollup {state contexts(first: 10) {
      totalCount checkRunCount checkRunCountsByState {state count}
      nodes {__typename
        ... on StatusContext {context state targetUrl isRequired(pullRequestNumber: 1)}
        ... on CheckRun {name status conclusion isRequired(pullRequestNumber: 1) checkSuite {app {slug} workflowRun {id}}}
      }
    }}}"""

    pending = payments(site, selection)["pullRequest"]["statusCheckRollup"]
    site.session().patch(
        f"{site.api_url}/repos/acme/payments/check-runs/1", json={"status": "completed", "conclusion": "failure"}
    )
    failed = payments(site, selection)["pullRequest"]["statusCheckRollup"]

    assert (pending["state"], failed["state"]) == ("PENDING", "FAILURE")
    lint, ci = failed["contexts"]["nodes"]
    assert (lint["name"], lint["conclusion"], lint["isRequired"]) == ("lint", "FAILURE", True)
    assert lint["checkSuite"] == {"app": {"slug": "github-actions"}, "workflowRun": None}
    assert (ci["context"], ci["state"], ci["isRequired"]) == ("ci", "SUCCESS", False)
    assert failed["contexts"]["checkRunCountsByState"] == [{"state": "FAILURE", "count": 1}]


def test_git_is_read_by_names_expressions_and_histories(site: Site) -> None:
    repository = a_repository(site)
    first = repository.get_branch("main").commit.sha
    head = a_commit(
        site, "feat", {"src/a.py": "one\ntwo\n"}, message="feat: a\n\nCo-authored-by: Carol <carol@example.com>"
    )
    tag = repository.create_git_tag("v1", "a tag", head, "commit")
    repository.create_git_ref("refs/tags/v1", tag.sha)
    repository.create_git_release("v1", "One", "First")
    selection = """
      ref(qualifiedName: "refs/heads/feat") {name prefix target {oid} compare(headRef: "main") {status behindBy}}
      refs(refPrefix: "refs/heads/", first: 10) {totalCount nodes {name}}
      file: object(expression: "feat:src/a.py") {... on Blob {text byteSize isBinary}}
      folder: object(expression: "feat:src") {... on Tree {entries {name path type mode size}}}
      tag: object(expression: "v1") {__typename ... on Tag {message target {oid}}}
      missing: object(expression: "feat:nope") {id}
      commit: object(oid: $oid) {... on Commit {
        additions changedFilesIfAvailable parents(first: 5) {nodes {oid}} authors(first: 5) {nodes {user {login}}}
        history(first: 5, path: "src") {totalCount} all: history(first: 5) {nodes {oid}}
      }}
      latestRelease {tagName isLatest tagCommit {oid}}
    """

    found = ask(site, of_payments(selection, "($oid:GitObjectID!)"), oid=head)["repository"]

    assert found["ref"]["compare"] == {"status": "BEHIND", "behindBy": 1}
    assert (found["ref"]["name"], found["ref"]["prefix"], found["ref"]["target"]["oid"]) == (
        "feat",
        "refs/heads/",
        head,
    )
    assert [ref["name"] for ref in found["refs"]["nodes"]] == ["feat", "main"]
    assert found["file"] == {"text": "one\ntwo\n", "byteSize": 8, "isBinary": False}
    (entry,) = found["folder"]["entries"]
    assert entry == {"name": "a.py", "path": "src/a.py", "type": "blob", "mode": 0o100644, "size": 8}
    assert (found["tag"]["__typename"], found["tag"]["target"]["oid"], found["missing"]) == ("Tag", head, None)
    assert [node["oid"] for node in found["commit"]["parents"]["nodes"]] == [first]
    assert [node["user"]["login"] for node in found["commit"]["authors"]["nodes"]] == ["bob", "carol"]
    assert found["commit"]["history"]["totalCount"] == 1
    assert [node["oid"] for node in found["commit"]["all"]["nodes"]] == [head, first]
    assert found["latestRelease"]["isLatest"] is True


def test_a_timeline_shows_what_happened_in_its_order(site: Site) -> None:
    issue = a_repository(site).create_issue("Old")
    issue.add_to_labels("bug")
    issue.edit(title="New", assignees=["bob"])
    issue.create_comment("Look")
    issue.edit(state="closed")
    selection = """issue(number: 1) {
      timelineItems(first: 20, itemTypes: $kinds) {totalCount nodes {__typename ... on Node {id}
        ... on LabeledEvent {label {name}} ... on RenamedTitleEvent {previousTitle currentTitle}
        ... on AssignedEvent {assignee {... on User {login}}} ... on IssueComment {body}
        ... on ClosedEvent {stateReason actor {login}}
      }}}"""
    query = of_payments(selection, "($kinds:[IssueTimelineItemsItemType!])")

    everything = ask(site, query)["repository"]["issue"]["timelineItems"]["nodes"]
    closing = ask(site, query, kinds=["CLOSED_EVENT"])["repository"]["issue"]["timelineItems"]

    events = {node.pop("__typename"): node for node in everything}
    assert set(events) == {"LabeledEvent", "RenamedTitleEvent", "AssignedEvent", "IssueComment", "ClosedEvent"}
    assert events["RenamedTitleEvent"]["previousTitle"] == "Old"
    assert events["LabeledEvent"]["label"] == {"name": "bug"}
    assert events["ClosedEvent"]["stateReason"] == "COMPLETED"
    assert closing["totalCount"] == 1
    by_id = ask(site, "query($id:ID!){node(id:$id){__typename}}", id=events["ClosedEvent"]["id"])
    assert by_id["node"] == {"__typename": "ClosedEvent"}


def test_comments_are_paged_within_a_list_of_issues(site: Site) -> None:
    repository = a_repository(site)
    written = {text: repository.create_issue(text or "none") for text in ("abc", "d", "")}
    comments = {text: issue.create_comment(text) for texts, issue in written.items() for text in texts}
    comments["a"].edit("a!")
    selection = """issues(first: 5) {nodes {
      first: comments(first: 2) {totalCount nodes {body} pageInfo {hasNextPage}}
      last: comments(last: 1) {nodes {body}}
      middle: comments(last: 1, before: "%s") {nodes {body}}
      newest: comments(first: 1, orderBy: {field: UPDATED_AT, direction: DESC}) {nodes {body includesCreatedEdit}}
    }}""".replace("%s", cursor_of(3))

    three, one, none = payments(site, selection)["issues"]["nodes"]

    def texts_of(issue: dict[str, Any]) -> dict[str, list[str]]:
        return {name: [node["body"] for node in issue[name]["nodes"]] for name in ("first", "last", "middle", "newest")}

    assert (three["first"]["totalCount"], three["first"]["pageInfo"]["hasNextPage"]) == (3, True)
    assert texts_of(three) == {"first": ["a!", "b"], "last": ["c"], "middle": ["b"], "newest": ["a!"]}
    assert texts_of(one) == {"first": ["d"], "last": ["d"], "middle": ["d"], "newest": ["d"]}
    assert texts_of(none) == {"first": [], "last": [], "middle": [], "newest": []}
    assert three["newest"]["nodes"][0]["includesCreatedEdit"] is True


def test_what_rest_calls_node_id_leads_to_the_same_thing(site: Site) -> None:
    repository = a_repository(site)
    issue = repository.create_issue("One", milestone=repository.create_milestone("M"))
    comment = issue.create_comment("Two")
    a_commit(site, "feat", {"a.py": "1\n"})
    pull = repository.create_pull(base="main", head="feat", title="Add")
    review = pull.create_review(body="hm", event="COMMENT")
    things = {
        "Repository": repository,
        "Issue": issue,
        "IssueComment": comment,
        "PullRequest": pull,
        "PullRequestReview": review,
        "User": site.github().get_user("bob"),
        "Organization": site.github().get_organization("acme"),
        "Label": repository.get_label("bug"),
        "Milestone": repository.get_milestone(1),
        "Ref": repository.get_git_ref("heads/feat"),
        "Commit": repository.get_commit("feat"),
    }
    ids = [thing.raw_data["node_id"] for thing in things.values()]

    found = ask(site, "query($ids:[ID!]!){nodes(ids:$ids){__typename id}}", ids=ids)["nodes"]

    assert found == [{"__typename": name, "id": each} for name, each in zip(things, ids, strict=True)]


@pytest.mark.parametrize(
    "text", ["", "x", "MDA0", "005:Issue1", "MDA1Oklzc3Vl", "MDA1Oklzc3VlOTk5OTk5OTk5OTk5OTk5OTk5OTk=", "=" * 5000]
)
def test_an_id_that_is_none_leads_to_nothing(site: Site, text: str) -> None:
    error = refused(site, "query($id:ID!){node(id:$id){id}}", id=text)

    assert error["type"] == "NOT_FOUND"
    assert error["message"] == f"Could not resolve to a node with the global id of '{text[:200]}'."


def test_an_id_of_nothing_there_leads_to_nothing(site: Site) -> None:
    for text in (
        "005:Issue77",
        "003:Ref1:refs/heads/nope",
        "006:Commit1:zz",
        "006:Commit1:" + "a" * 40,
        "003:Foo1",
        "004:Team1",
    ):
        node_id = base64.b64encode(text.encode()).decode()
        assert refused(site, "query($id:ID!){node(id:$id){id}}", id=node_id)["type"] == "NOT_FOUND"
