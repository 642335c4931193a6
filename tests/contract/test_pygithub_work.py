"""A tour of the emulated GitHub with PyGithub, unmodified: issues, pull requests, protection."""

from __future__ import annotations

from datetime import UTC, datetime

from github.Repository import Repository

from tests.contract.pygithub_tour import a_pull, refusal
from tests.emulators.conftest import START, Site


def test_issues_labels_and_milestones(repo: Repository, site: Site) -> None:
    label = repo.create_label("flaky", "ff8800", "Fails at times")
    milestone = repo.create_milestone("Sprint 1", description="The first", due_on=datetime(2026, 4, 1, tzinfo=UTC))
    issue = repo.create_issue("Refunds", "They fail", assignee="bob", milestone=milestone, labels=[label.name, "bug"])

    assert (issue.number, issue.state, issue.user.login) == (1, "open", "alice")
    assert {each.name for each in issue.labels} == {"flaky", "bug"}
    assert [each.login for each in issue.assignees] == ["bob"]
    assert issue.milestone.title == "Sprint 1"
    assert repo.get_milestone(1).open_issues == 1
    assert repo.get_label("flaky").color == "ff8800"
    assert issue.created_at > START.replace(microsecond=0)
    comment = issue.create_comment("Seen again")
    assert comment.body == "Seen again"
    comment.edit("Seen twice")
    assert [each.body for each in issue.get_comments()] == ["Seen twice"]
    issue.edit(title="Refunds fail", state="closed", state_reason="not_planned")
    assert issue.closed_by is not None
    assert (issue.title, issue.state, issue.state_reason, issue.closed_by.login) == (
        "Refunds fail",
        "closed",
        "not_planned",
        "alice",
    )
    assert repo.get_milestone(1).closed_issues == 1
    assert [each.event for each in issue.get_events()][-2:] in (["renamed", "closed"], ["closed", "renamed"])
    assert "commented" in {each.event for each in issue.get_timeline()}
    issue.remove_from_labels("bug")
    issue.add_to_assignees("alice")
    assert {each.login for each in repo.get_issue(1).assignees} == {"alice", "bob"}
    assert [each.name for each in repo.get_issue(1).labels] == ["flaky"]
    reaction = issue.create_reaction("rocket")
    assert [(each.content, each.user.login) for each in issue.get_reactions()] == [("rocket", "alice")]
    assert issue.delete_reaction(reaction.id)
    issue.lock("resolved")
    assert (repo.get_issue(1).locked, repo.get_issue(1).active_lock_reason) == (True, "resolved")
    refusal(403, site.github("carol").get_repo("acme/payments").get_issue(1).create_comment, "Me too")
    issue.unlock()
    assert repo.get_issue(1).locked is False
    milestone.edit("Sprint 1", state="closed")
    assert [each.title for each in repo.get_milestones(state="closed")] == ["Sprint 1"]
    refusal(422, repo.create_label, "flaky", "000000")
    refusal(422, repo.create_issue, "")


def test_lists_have_pages_and_filters(repo: Repository, site: Site) -> None:
    for number in range(1, 36):
        repo.create_issue(f"Number {number}", labels=["bug"] if number % 5 == 0 else [])

    found = repo.get_issues(state="all", sort="created", direction="asc")

    assert found.totalCount == 35
    assert [issue.number for issue in found] == list(range(1, 36))
    assert [issue.number for issue in found.get_page(1)] == [31, 32, 33, 34, 35]
    assert [issue.number for issue in repo.get_issues(labels=["bug"])] == [35, 30, 25, 20, 15, 10, 5]
    assert repo.get_issues(assignee="none").totalCount == 35
    assert repo.get_issues(creator=site.github().get_user("bob")).totalCount == 0
    assert site.github("alice").search_issues("Number 7 repo:acme/payments in:title")[0].number == 7
    assert site.github("alice").search_issues("repo:acme/payments label:bug is:open").totalCount == 7


def test_a_pull_request_is_reviewed_and_merged(repo: Repository, site: Site) -> None:
    issue = repo.create_issue("Refunds")
    pull = a_pull(repo)
    pull.edit(body=f"Closes #{issue.number}")
    theirs = site.github("bob").get_repo("acme/payments").get_pull(pull.number)

    assert (pull.state, pull.merged, pull.draft, pull.commits, pull.changed_files) == ("open", False, False, 1, 1)
    assert (pull.head.ref, pull.base.ref, pull.user.login) == ("feat/refunds", "main", "alice")
    assert (pull.mergeable, pull.mergeable_state, pull.rebaseable) == (True, "clean", True)
    assert [(file.filename, file.additions, file.status) for file in pull.get_files()] == [("refunds.py", 1, "added")]
    assert "+def refund(): ..." in pull.get_files()[0].patch
    assert [commit.commit.message for commit in pull.get_commits()] == ["feat: add refunds"]
    pull.create_review_request(reviewers=["bob"])
    assert [user.login for user in pull.get_review_requests()[0]] == ["bob"]
    own = refusal(422, pull.create_review, event="APPROVE")
    assert "Can not approve your own pull request" in str(own.data)
    line = theirs.create_review_comment("Why?", repo.get_commit(pull.head.sha), "refunds.py", line=1)
    assert (line.path, line.line, line.side) == ("refunds.py", 1, "RIGHT")
    reply = pull.create_review_comment_reply(line.id, "Because")
    assert reply.in_reply_to_id == line.id
    review = theirs.create_review(body="Not yet", event="REQUEST_CHANGES")
    assert (review.state, review.user.login) == ("CHANGES_REQUESTED", "bob")
    before = pull.head.sha
    file = repo.get_contents("refunds.py", ref="feat/refunds")
    assert not isinstance(file, list)
    repo.update_file("refunds.py", "fix: refunds", "def refund(): return 1\n", file.sha, branch="feat/refunds")
    assert repo.get_pull(pull.number).head.sha != before
    theirs.create_review(event="APPROVE")
    assert [each.state for each in pull.get_reviews()][-1] == "APPROVED"
    assert repo.get_pull(pull.number).review_comments == 2
    merged = repo.get_pull(pull.number).merge(merge_method="squash", commit_title="feat: refunds (#2)")
    assert merged.merged
    assert repo.get_commits()[0].commit.message.startswith("feat: refunds (#2)")
    assert len(repo.get_commits()[0].parents) == 1
    after = repo.get_pull(pull.number)
    assert (after.state, after.merged, after.merged_by.login) == ("closed", True, "alice")
    assert after.merge_commit_sha == merged.sha
    assert after.is_merged()
    assert repo.get_issue(issue.number).state == "closed"
    assert {"reviewed", "merged", "closed", "review_requested"} <= {e.event for e in after.as_issue().get_timeline()}
    refusal(405, after.merge)


def test_conflicts_and_updates(repo: Repository) -> None:
    pull, other = a_pull(repo, "feat/one"), a_pull(repo, "feat/two")
    repo.create_git_ref("refs/heads/clash", repo.get_branch("main").commit.sha)
    readme = repo.get_contents("README.md")
    assert not isinstance(readme, list)
    repo.update_file("README.md", "docs: ours", "# Ours\n", readme.sha, branch="clash")
    clash = repo.create_pull(base="main", head="clash", title="docs: ours")
    repo.update_file("README.md", "docs: theirs", "# Theirs\n", readme.sha)

    assert repo.get_pull(clash.number).mergeable is False
    assert repo.get_pull(clash.number).mergeable_state == "dirty"
    refusal(405, repo.get_pull(clash.number).merge)
    assert pull.update_branch()
    assert repo.compare("main", "feat/one").behind_by == 0
    assert repo.get_pull(other.number).merge(merge_method="rebase").merged
    assert len(repo.get_commits()[0].parents) == 1
    refusal(409, repo.get_pull(pull.number).merge, sha="0" * 40)
    assert repo.get_pull(pull.number).merge(merge_method="merge").merged
    assert len(repo.get_commits()[0].parents) == 2
    repo.get_git_ref("heads/clash").delete()
    assert repo.get_pull(clash.number).state == "closed"
    same = refusal(422, repo.create_pull, base="main", head="feat/one", title="again")
    assert "No commits between main and feat/one" in str(same.data)


def test_protection_holds(repo: Repository, site: Site) -> None:
    main = repo.get_branch("main")
    main.edit_protection(strict=True, contexts=["ci"], required_approving_review_count=1, enforce_admins=True)
    pull = a_pull(repo)
    theirs = site.github("bob").get_repo("acme/payments")

    kept = repo.get_branch("main").get_protection()
    assert kept.required_status_checks.contexts == ["ci"]
    assert kept.required_pull_request_reviews.required_approving_review_count == 1
    assert repo.get_branch("main").protected
    assert repo.get_pull(pull.number).mergeable_state == "blocked"
    no = refusal(405, repo.get_pull(pull.number).merge)
    assert "review" in no.data["message"]
    refusal(409, theirs.create_file, "b.txt", "chore: b", "b")
    theirs.get_pull(pull.number).create_review(event="APPROVE")
    refusal(405, repo.get_pull(pull.number).merge)
    commit = repo.get_commit(pull.head.sha)
    status = commit.create_status("success", "https://ci.example.com/1", "fine", "ci")
    assert (status.state, status.context) == ("success", "ci")
    assert commit.get_combined_status().state == "success"
    run = repo.create_check_run("lint", commit.sha, status="completed", conclusion="neutral")
    assert (run.status, run.conclusion) == ("completed", "neutral")
    assert [each.name for each in commit.get_check_runs()] == ["lint"]
    assert repo.get_pull(pull.number).mergeable_state == "clean"
    assert repo.get_pull(pull.number).merge().merged
    main.remove_protection()
    refusal(404, main.get_protection)
