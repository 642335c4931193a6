"""A tour of the emulated GitHub with PyGithub, unmodified: what comes back is looked at, not only that something does."""

from __future__ import annotations

import io
import tarfile
from datetime import UTC, datetime

import pytest
import requests
from github import Auth, BadCredentialsException, Github, GithubException, InputGitTreeElement, UnknownObjectException
from github.InputGitAuthor import InputGitAuthor
from github.PullRequest import PullRequest
from github.Repository import Repository

from tests.emulators.conftest import START, Site


def refusal(wanted: int, call: object, *args: object, **kwargs: object) -> GithubException:
    """The exception of a call that must fail with a status."""
    with pytest.raises(GithubException) as caught:
        call(*args, **kwargs)  # type: ignore[operator]
    assert caught.value.status == wanted, caught.value
    return caught.value


def a_pull(repo: Repository, branch: str = "feat/refunds", text: str = "def refund(): ...\n") -> PullRequest:
    """A pull request that adds refunds.py."""
    repo.create_git_ref(f"refs/heads/{branch}", repo.get_branch("main").commit.sha)
    repo.create_file(f"{branch.rpartition('/')[2]}.py", "feat: add refunds", text, branch=branch)
    return repo.create_pull(base="main", head=branch, title="feat: refunds", body="Refunds.")


@pytest.fixture
def repo(site: Site) -> Repository:
    """acme/payments as Alice has it."""
    return site.github("alice").get_repo("acme/payments")


def test_who_is_there(site: Site) -> None:
    hub = site.github("alice")

    me, bob, acme = hub.get_user(), hub.get_user("bob"), hub.get_organization("acme")

    assert (me.login, me.name, me.type) == ("alice", "Alice", "User")
    assert (bob.name, bob.html_url) == ("Bob", f"{site.html_url}/bob")
    assert [email.email for email in me.get_emails() if email.primary] == ["alice@example.com"]
    assert acme.type == "Organization"
    assert {member.login for member in acme.get_members()} == {"alice", "bob"}
    assert acme.has_in_members(bob)
    assert not acme.has_in_members(hub.get_user("carol"))
    assert {each.login for each in hub.get_users()} >= {"alice", "bob", "carol"}
    assert [each.login for each in me.get_orgs()] == ["acme"]
    refusal(404, hub.get_user, "nobody")
    assert hub.get_rate_limit().rate.limit >= 5000
    me.edit(bio="Payments", company="Acme")
    assert (hub.get_user("alice").bio, hub.get_user("alice").company) == ("Payments", "Acme")


def test_a_bad_token_gets_nothing(site: Site) -> None:
    stranger = Github(
        auth=Auth.Token("no-such-token"), base_url=site.api_url, retry=None, seconds_between_requests=None
    )

    with pytest.raises(BadCredentialsException) as caught:
        stranger.get_repo("acme/payments")

    assert caught.value.status == 401
    assert caught.value.data["message"] == "Bad credentials"


def test_a_repository_s_life(site: Site) -> None:
    hub = site.github("alice")

    made = hub.get_user().create_repo("tool", description="A tool", private=True, auto_init=True, has_wiki=False)

    assert (made.full_name, made.private, made.has_wiki, made.visibility) == ("alice/tool", True, False, "private")
    assert made.default_branch == "main"
    assert made.get_readme().decoded_content.startswith(b"# tool")
    assert made.owner.login == "alice"
    refusal(404, site.github("bob").get_repo, "alice/tool")
    made.edit(description="A better tool", private=False, homepage="https://example.com")
    again = site.github("bob").get_repo("alice/tool")
    assert (again.description, again.homepage, again.private) == ("A better tool", "https://example.com", False)
    assert again.permissions.admin is False
    taken = refusal(422, hub.get_user().create_repo, "tool")
    assert taken.data["errors"][0]["message"] == "name already exists on this account"
    made.replace_topics(["git", "payments"])
    assert made.get_topics() == ["git", "payments"]
    made.edit(name="instrument")
    assert hub.get_repo("alice/tool").full_name == "alice/instrument"
    assert {each.name for each in hub.get_user().get_repos(affiliation="owner")} == {"instrument"}
    hub.get_repo("alice/instrument").delete()
    refusal(404, hub.get_repo, "alice/instrument")


def test_files(repo: Repository) -> None:
    made = repo.create_file("src/pay.py", "feat: pay", "print('pay')\n")

    file = repo.get_contents("src/pay.py")
    assert not isinstance(file, list)
    assert (file.decoded_content, file.size, file.type, file.encoding) == (b"print('pay')\n", 13, "file", "base64")
    assert made["content"].sha == file.sha
    assert repo.get_commit(made["commit"].sha).commit.message == "feat: pay"
    changed = repo.update_file("src/pay.py", "fix: pay", "print('paid')\n", file.sha)
    assert repo.get_commit(changed["commit"].sha).parents[0].sha == made["commit"].sha
    refusal(409, repo.update_file, "src/pay.py", "stale", "x", file.sha)
    listing = repo.get_contents("src")
    assert isinstance(listing, list)
    assert [entry.path for entry in listing] == ["src/pay.py"]
    repo.delete_file("src/pay.py", "chore: away", changed["content"].sha)
    refusal(404, repo.get_contents, "src/pay.py")


def test_the_git_database(repo: Repository) -> None:
    tip = repo.get_git_ref("heads/main").object.sha
    author = InputGitAuthor("Ada", "ada@example.com", "2026-01-02T03:04:05Z")

    blob = repo.create_git_blob("héllo", "utf-8")
    tree = repo.create_git_tree(
        [InputGitTreeElement("a/b.txt", "100644", "blob", sha=blob.sha)], repo.get_git_tree(tip)
    )
    commit = repo.create_git_commit("chore: by hand", tree, [repo.get_git_commit(tip)], author, author)
    ref = repo.create_git_ref("refs/heads/by-hand", commit.sha)

    assert repo.get_git_blob(blob.sha).size == len("héllo".encode())
    assert {entry.path for entry in repo.get_git_tree(tree.sha, recursive=True).tree} == {"README.md", "a", "a/b.txt"}
    assert commit.author.date == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert ref.ref == "refs/heads/by-hand"
    assert [each.ref for each in repo.get_git_matching_refs("heads/by")] == ["refs/heads/by-hand"]
    compared = repo.compare("main", "by-hand")
    assert (compared.status, compared.ahead_by, compared.behind_by) == ("ahead", 1, 0)
    assert [(file.filename, file.status, file.additions) for file in compared.files] == [("a/b.txt", "added", 1)]
    refusal(422, repo.create_git_ref, "refs/heads/by-hand", commit.sha)
    refusal(422, ref.edit, "0" * 39 + "1")
    ref.delete()
    refusal(404, repo.get_git_ref, "heads/by-hand")


def test_commits_tags_and_releases(repo: Repository, site: Site) -> None:
    first = repo.get_commits()[0]
    tag = repo.create_git_tag("v0.9", "the first", first.sha, "commit")
    repo.create_git_ref("refs/tags/v0.9", tag.sha)

    release = repo.create_git_release("v1.0", "One", "All of it", target_commitish="main")

    assert first.commit.message == "Initial commit"
    assert repo.get_git_tag(tag.sha).object.sha == first.sha
    assert {each.name for each in repo.get_tags()} == {"v0.9", "v1.0"}
    assert (release.tag_name, release.name, release.draft, release.author.login) == ("v1.0", "One", False, "alice")
    assert repo.get_latest_release().id == release.id
    assert repo.get_release("v1.0").body == "All of it"
    draft = repo.create_git_release("v2.0", "Two", "Soon", draft=True)
    assert "v2.0" not in {each.name for each in repo.get_tags()}
    assert [each.tag_name for each in site.github("carol").get_repo("acme/payments").get_releases()] == ["v1.0"]
    assert draft.update_release("Two!", "Sooner", draft=True).name == "Two!"
    draft.delete_release()
    assert [each.tag_name for each in repo.get_releases()] == ["v1.0"]
    refusal(422, repo.create_git_release, "v1.0", "Again", "")


def test_what_git_knows_of_a_repository(repo: Repository) -> None:
    repo.create_file("LICENSE", "docs: license", MIT)
    repo.create_file("pay.py", "feat: pay", "print('pay')\n")

    assert repo.get_languages()["Python"] == 13
    assert repo.get_license().license.spdx_id == "MIT"
    assert ("alice", 2) in [(each.login, each.contributions) for each in repo.get_contributors()]
    link = repo.get_archive_link("tarball", "main")
    packed = requests.get(link, timeout=10).content
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert names >= {"README.md", "LICENSE", "pay.py"}
    comment = repo.get_commits()[0].create_comment("Nice")
    assert [(each.body, each.user.login) for each in repo.get_commits()[0].get_comments()] == [("Nice", "alice")]
    assert comment.commit_id == repo.get_branch("main").commit.sha


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


def test_people_of_a_repository(repo: Repository, site: Site) -> None:
    assert repo.get_collaborator_permission("alice") == "admin"
    assert repo.get_collaborator_permission("bob") == "write"
    assert {each.login for each in repo.get_collaborators()} >= {"alice", "bob"}

    repo.add_to_collaborators("carol", "triage")

    assert repo.has_in_collaborators("carol")
    assert repo.get_collaborator_role_name("carol") == "triage"
    carols = site.github("carol").get_repo("acme/payments")
    refusal(403, carols.create_file, "c.txt", "chore: c", "c")
    repo.remove_from_collaborators("carol")
    assert not repo.has_in_collaborators("carol")
    assert repo.has_in_assignees("bob")
    team = site.github("alice").get_organization("acme").create_team("Core Team", privacy="closed")
    team.add_membership(site.github("alice").get_user("bob"), role="member")
    team.update_team_repository(repo, "maintain")
    assert team.slug == "core-team"
    assert {each.login for each in team.get_members()} == {"alice", "bob"}  # who makes a team is its maintainer
    assert [each.name for each in repo.get_teams()] == ["Core Team"]
    assert repo.get_collaborator_role_name("bob") == "maintain"


def test_forks_and_hooks(repo: Repository, site: Site) -> None:
    fork = site.github("carol").get_repo("acme/payments").create_fork()
    fork.create_git_ref("refs/heads/mine", fork.get_branch("main").commit.sha)
    fork.create_file("mine.txt", "feat: mine", "mine\n", branch="mine")

    pull = (
        site.github("carol").get_repo("acme/payments").create_pull(base="main", head="carol:mine", title="feat: mine")
    )

    assert (fork.fork, fork.parent.full_name) == (True, "acme/payments")
    assert (pull.head.label, pull.head.repo.full_name) == ("carol:mine", "carol/payments")
    assert repo.get_pull(pull.number).merge().merged
    assert not isinstance(repo.get_contents("mine.txt"), list)
    assert [each.full_name for each in repo.get_forks()] == ["carol/payments"]
    hook = repo.create_hook("web", {"url": "http://127.0.0.1:9/", "content_type": "json", "secret": "s"}, ["push"])
    assert hook.config["secret"] == "********"
    assert [each.id for each in repo.get_hooks()] == [hook.id]
    hook.edit("web", {"url": "http://127.0.0.1:9/x"}, active=False)
    assert repo.get_hook(hook.id).active is False
    hook.delete()
    refusal(404, repo.get_hook, hook.id)


def test_what_happened_is_told(repo: Repository, site: Site) -> None:
    repo.create_issue("One")
    a_pull(repo)

    kinds = [event.type for event in repo.get_events()]

    assert kinds[0] == "PullRequestEvent"
    assert {"IssuesEvent", "PushEvent", "CreateEvent"} <= set(kinds)
    assert {event.type for event in site.github("alice").get_user("alice").get_events()} >= {"IssuesEvent"}
    assert [each.event for each in repo.get_issues_events()] == []
    with pytest.raises(UnknownObjectException):
        repo.get_issue(99)


MIT = """MIT License

Copyright (c) 2026 Acme

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""
