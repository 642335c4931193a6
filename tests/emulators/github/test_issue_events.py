"""Events and timelines: everything in order, each thing in its own shape."""

from __future__ import annotations

from tests.emulators.conftest import Site
from tests.emulators.github.pulls import a_commit, a_pull, a_repository, seen_by


def test_the_timeline_of_a_whole_life_is_in_order(site: Site) -> None:
    pull = a_pull(site)
    pull.create_review_request(reviewers=["alice"])
    pull.as_issue().add_to_labels("bug")
    seen_by(site, "alice", pull).create_review(body="no tests", event="REQUEST_CHANGES")
    a_commit(site, "feature", {"test.txt": "x\n"}, message="test: it")
    pull.create_issue_comment("done")
    seen_by(site, "alice", pull).create_review(event="APPROVE")
    pull.edit(title="Add a feature, tested")
    pull.merge()
    a_repository(site, "bob").get_git_ref("heads/feature").delete()

    timeline = list(pull.as_issue().get_timeline())

    assert [event.event for event in timeline] == [
        "committed",
        "review_requested",
        "labeled",
        "reviewed",
        "committed",
        "commented",
        "reviewed",
        "renamed",
        "merged",
        "closed",
        "head_ref_deleted",
    ]
    assert [event.raw_data["message"] for event in timeline if event.event == "committed"] == [
        "feat: feature",
        "test: it",
    ]
    assert [event.raw_data["state"] for event in timeline if event.event == "reviewed"] == [
        "changes_requested",
        "approved",
    ]
    assert timeline[1].raw_data["requested_reviewer"]["login"] == "alice"
    assert timeline[7].raw_data["rename"] == {"from": "Add a feature", "to": "Add a feature, tested"}


def test_issue_events_leave_comments_reviews_and_commits_out(site: Site) -> None:
    pull = a_pull(site)
    pull.create_issue_comment("hello")
    pull.edit(state="closed")

    [event] = pull.as_issue().get_events()

    assert (event.event, event.actor.login, event.commit_id) == ("closed", "bob", None)
    assert a_repository(site).get_issues_event(event.id).issue.number == 1
    assert [each.id for each in a_repository(site).get_issues_events()] == [event.id]
    assert site.session().get(f"{site.api_url}/repos/acme/payments/issues/events/99").status_code == 404


def test_mentions_show_in_the_timeline_of_the_mentioned_once(site: Site) -> None:
    repository = a_repository(site)
    issue = repository.create_issue("Wanted", body="see #1")
    pull = a_pull(site, body="Towards #1")
    pull.create_issue_comment("still #1, and #99")

    [event] = issue.get_timeline()

    assert (event.event, event.source.issue.number, event.source.type) == ("cross-referenced", pull.number, "issue")
    assert list(issue.get_events()) == []


def test_a_deleted_comment_leaves_the_timeline(site: Site) -> None:
    issue = a_repository(site).create_issue("One")
    comment = issue.create_comment("oops")

    comment.delete()

    assert list(issue.get_timeline()) == []


def test_lists_are_paged(site: Site) -> None:
    issue = a_repository(site).create_issue("One")
    issue.add_to_labels("bug", "question", "wontfix")

    page = site.session().get(f"{issue.url}/timeline?per_page=2")

    assert len(page.json()) == 2
    assert f'<{issue.url}/timeline?per_page=2&page=2>; rel="next"' in page.headers["Link"]
    assert len(site.session().get(f"{issue.url}/events?per_page=2&page=2").json()) == 1
