"""Reactions: given once, summed up, filtered, taken back."""

from __future__ import annotations

import pytest
from github import GithubException

from tests.emulators.conftest import Site
from tests.emulators.github.description import flaws
from tests.emulators.github.pulls import a_pull, a_repository, seen_by

ROOT = "/repos/acme/payments"


def test_reactions_are_given_once_and_summed_up(site: Site) -> None:
    issue = a_repository(site, "bob").create_issue("One")
    comment = issue.create_comment("hello")
    session = site.session("carol")

    issue.create_reaction("+1")
    answers = [session.post(f"{site.api_url}{ROOT}/issues/1/reactions", json={"content": "+1"}) for _ in range(2)]
    comment.create_reaction("heart")

    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    sums = a_repository(site).get_issue(1).reactions
    assert (sums["+1"], sums["heart"], sums["total_count"]) == (2, 0, 2)
    assert issue.get_comment(comment.id).reactions["heart"] == 1
    assert [(each.user.login, each.content) for each in issue.get_reactions()] == [("bob", "+1"), ("carol", "+1")]
    assert session.get(f"{site.api_url}{ROOT}/issues/1/reactions?content=eyes").json() == []


def test_one_takes_back_one_s_own_only(site: Site) -> None:
    issue = a_repository(site, "bob").create_issue("One")
    reaction = issue.create_reaction("rocket")
    url = f"{site.api_url}{ROOT}/issues/1/reactions/{reaction.id}"

    assert site.session("carol").delete(url).status_code == 403
    assert issue.delete_reaction(reaction.id)
    assert site.session("bob").delete(url).status_code == 404
    assert list(issue.get_reactions()) == []


def test_comments_on_lines_have_reactions_too(site: Site) -> None:
    pull = a_pull(site, files={"a.txt": "one\n"})
    commit = a_repository(site).get_commit(pull.head.sha)
    comment = seen_by(site, "alice", pull).create_review_comment("Why?", commit, "a.txt", line=1)

    reaction = comment.create_reaction("confused")

    assert [each.content for each in comment.get_reactions()] == ["confused"]
    assert pull.get_review_comment(comment.id).raw_data["reactions"]["confused"] == 1
    assert comment.delete_reaction(reaction.id)


def test_an_unknown_reaction_is_422(site: Site) -> None:
    a_repository(site, "bob").create_issue("One")

    for body in ({}, {"content": None}, {"content": "thumbs"}, {"content": ["+1"]}, {"content": 1}):
        assert site.session().post(f"{site.api_url}{ROOT}/issues/1/reactions", json=body).status_code == 422


def test_what_is_not_there_gets_no_reactions(site: Site) -> None:
    for path in ("issues/9", "issues/comments/9", "pulls/comments/9", "comments/9", "releases/9"):
        answer = site.session().post(f"{site.api_url}{ROOT}/{path}/reactions", json={"content": "heart"})
        assert answer.status_code == 404, path
    a_repository(site).create_issue("One")
    assert site.session(None).post(f"{site.api_url}{ROOT}/issues/1/reactions", json={}).status_code in (401, 422)


def test_a_deleted_comment_takes_its_reactions_along(site: Site) -> None:
    comment = a_repository(site, "bob").create_issue("One").create_comment("hello")
    comment.create_reaction("eyes")

    comment.delete()

    with pytest.raises(GithubException) as caught:
        list(comment.get_reactions())
    assert caught.value.status == 404


def test_replies_are_as_described(site: Site) -> None:
    session, url = site.session("bob"), f"{site.api_url}{ROOT}"
    a_repository(site, "bob").create_issue("One").create_comment("hello")

    for path in ("/issues/1/reactions", "/issues/comments/1/reactions"):
        made = session.post(url + path, json={"content": "hooray"})
        assert flaws("POST", ROOT + path, 201, made.json()) == []
        assert flaws("GET", ROOT + path, 200, session.get(url + path).json()) == []


def test_releases_and_comments_on_commits_have_reactions(site: Site) -> None:
    repository = a_repository(site)
    release = repository.create_git_release("v1", "One", "First")
    comment = repository.get_commit("main").create_comment("Nice")
    url = f"{site.api_url}{ROOT}/releases/{release.id}/reactions"

    comment.create_reaction("heart")
    session = site.session("bob")

    assert session.post(url, json={"content": "rocket"}).status_code == 201
    assert session.post(url, json={"content": "-1"}).status_code == 422  # releases are not frowned upon
    assert repository.get_release(release.id).raw_data["reactions"]["rocket"] == 1
    assert [each.content for each in comment.get_reactions()] == ["heart"]
