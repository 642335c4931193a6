"""Comments on conversations."""

from __future__ import annotations

from datetime import timedelta

import pytest
from github import GithubException

from tests.emulators.conftest import Site
from tests.emulators.github.pulls import a_pull, a_repository, refusal


def test_a_comment_is_added_counted_and_listed(site: Site) -> None:
    pull = a_pull(site)

    comment = pull.create_issue_comment("Hello ☃\r\n> quote")

    assert (comment.body, comment.user.login) == ("Hello ☃\r\n> quote", "bob")
    assert comment.html_url.endswith(f"/pull/1#issuecomment-{comment.id}")
    assert [each.id for each in pull.get_issue_comments()] == [comment.id]
    assert a_repository(site).get_pull(1).comments == 1
    assert a_repository(site).get_issue(1).comments == 1


def test_a_comment_is_edited_and_deleted_by_its_author_or_a_writer(site: Site) -> None:
    issue = a_repository(site, "carol").create_issue("One")
    comment = issue.create_comment("first")

    comment.edit("second")
    assert issue.get_comment(comment.id).body == "second"
    assert issue.get_comment(comment.id).updated_at >= comment.created_at
    a_repository(site, "bob").get_issue(1).get_comment(comment.id).edit("third")
    bobs = a_repository(site, "bob").get_issue(1).create_comment("mine")
    with pytest.raises(GithubException) as caught:
        a_repository(site, "carol").get_issue(1).get_comment(bobs.id).delete()
    assert caught.value.status == 403
    issue.get_comment(comment.id).delete()

    assert [each.body for each in issue.get_comments()] == ["mine"]
    assert a_repository(site).get_issue(1).comments == 1


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"body": ""}, "Body cannot be blank"),
        ({"body": " \n"}, "Body cannot be blank"),
        ({"body": "x" * 65_537}, "Body is too long (maximum is 65536 characters)"),
    ],
)
def test_blank_and_overlong_comments_are_422(site: Site, body: dict[str, str], detail: str) -> None:
    issue = a_repository(site).create_issue("One")

    reply = site.session().post(f"{issue.url}/comments", json=body)

    assert (reply.status_code, reply.json()["message"]) == (422, "Validation Failed")
    assert reply.json()["errors"] == [
        {"resource": "IssueComment", "field": "data", "code": "unprocessable", "message": detail}
    ]


def test_the_longest_comment_is_taken(site: Site) -> None:
    issue = a_repository(site).create_issue("One")

    assert len(issue.create_comment("ü" * 65_536).body) == 65_536


@pytest.mark.parametrize("content", [b"{", b"[]", b'"x"', b'{"body": "\xff"}', b'{"body": 7}'])
def test_a_body_that_is_no_comment_is_refused(site: Site, content: bytes) -> None:
    issue = a_repository(site).create_issue("One")

    reply = site.session().post(f"{issue.url}/comments", data=content)

    assert reply.status_code in (400, 422)
    assert set(reply.json()) >= {"message", "documentation_url", "status"}


def test_the_repository_lists_all_of_them_since_an_instant(site: Site) -> None:
    repository = a_repository(site)
    early = repository.create_issue("One").create_comment("early")
    site.clock.skip(3600)
    repository.create_issue("Two").create_comment("late")
    site.clock.skip(3600)
    early.edit("early, edited")

    def bodies(**wanted: object) -> list[str]:
        return [comment.body for comment in repository.get_issues_comments(**wanted)]  # type: ignore[arg-type]

    assert bodies() == ["early, edited", "late"]
    assert bodies(sort="updated", direction="asc") == ["late", "early, edited"]
    assert bodies(since=site.clock() - timedelta(minutes=30)) == ["early, edited"]


def test_a_comment_that_is_not_there_is_404(site: Site) -> None:
    for number in ("1", "999999999999"):
        reply = site.session().get(f"{site.api_url}/repos/acme/payments/issues/comments/{number}")
        assert (reply.status_code, reply.json()["message"]) == (404, "Not Found")
    with pytest.raises(GithubException) as caught:
        a_repository(site).get_issue(5)
    assert refusal(caught.value)[0] == 404
