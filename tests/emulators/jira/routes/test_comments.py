"""Comments on issues."""

from __future__ import annotations

from collections.abc import Callable

from jira import JIRA

from tests.emulators.jira.conftest import Api


def test_the_client_comments(jira: JIRA, api: Api) -> None:
    key = api.issue()

    comment = jira.add_comment(key, "first *bold*")
    comment.update(body="changed")
    jira.add_comment(key, "second")

    assert [c.body for c in jira.comments(key)] == ["changed", "second"]
    assert jira.comment(key, comment.id).author.displayName == "Alice"
    jira.comment(key, comment.id).delete()
    assert [c.body for c in jira.comments(key)] == ["second"]
    assert jira.issue(key).fields.comment.total == 1


def test_comments_come_in_pages_and_in_both_orders(api: Api) -> None:
    key = api.issue()
    for number in range(3):
        api.post(f"/rest/api/2/issue/{key}/comment", {"body": f"c{number}"}, status=201)

    page = api.get(f"/rest/api/2/issue/{key}/comment", startAt=1, maxResults=1)
    newest = api.get(f"/rest/api/2/issue/{key}/comment", orderBy="-created", maxResults=1, expand="renderedBody")

    assert (page["total"], [c["body"] for c in page["comments"]]) == (3, ["c1"])
    assert newest["comments"][0]["renderedBody"] == "<p>c2</p>"


def test_a_comment_marks_the_issue_as_updated_and_leaves_no_history(api: Api) -> None:
    key = api.issue()
    before = api.get(f"/rest/api/2/issue/{key}")["fields"]["updated"]

    api.post(f"/rest/api/2/issue/{key}/comment", {"body": "hm"}, status=201)

    assert api.get(f"/rest/api/2/issue/{key}")["fields"]["updated"] > before
    assert api.changes(key) == []


def test_bad_comments_are_refused(api: Api) -> None:
    key = api.issue()
    path = f"/rest/api/2/issue/{key}/comment"

    assert api.refused("POST", path, 400, json={"body": ""})[1] == {"comment": "Comment body can not be empty!"}
    assert "comment" in api.refused("POST", path, 400, json={"body": "x" * 32_768})[1]
    assert "comment" in api.refused("POST", path.replace("/2/", "/3/"), 400, json={"body": "text"})[1]
    assert api.refused("GET", f"{path}/99", 404)[0] == ["Can not find a comment for the id: 99."]


def test_only_its_author_and_administrators_change_a_comment(api: Api, api_of: Callable[[str], Api]) -> None:
    key = api.issue()
    number = api_of("bob").post(f"/rest/api/2/issue/{key}/comment", {"body": "mine"}, status=201)["id"]

    api_of("carol").refused("PUT", f"/rest/api/2/issue/{key}/comment/{number}", 400, json={"body": "theirs"})
    api_of("carol").refused("DELETE", f"/rest/api/2/issue/{key}/comment/{number}", 400)
    api.put(f"/rest/api/2/issue/{key}/comment/{number}", {"body": "edited"}, status=200)

    shown = api.get(f"/rest/api/2/issue/{key}/comment/{number}")
    assert (shown["author"]["displayName"], shown["updateAuthor"]["displayName"]) == ("Bob", "Alice")


def test_a_restricted_comment_is_there_for_its_role_only(api: Api, api_of: Callable[[str], Api]) -> None:
    only, bob = {"type": "role", "value": "Administrators"}, api_of("bob")
    key = api.issue()
    path = f"/rest/api/2/issue/{key}/comment"
    number = api.post(path, {"body": "secret", "visibility": only}, status=201)["id"]

    assert api.get(path)["comments"][0]["visibility"]["value"] == "Administrators"
    assert bob.get(path)["comments"] == []
    bob.refused("GET", f"{path}/{number}", 404)
    bob.refused("POST", path, 400, json={"body": "x", "visibility": only})
    api.refused("POST", path, 400, json={"body": "x", "visibility": {"type": "role", "value": "Nobody"}})


def test_no_search_finds_the_words_of_a_restricted_comment(api: Api, api_of: Callable[[str], Api]) -> None:
    key, only = api.issue(), {"type": "role", "value": "Administrators"}
    path = f"/rest/api/2/issue/{key}/comment"
    number = api.post(path, {"body": "zebra", "visibility": only}, status=201)["id"]
    opened = api.post(path, {"body": "giraffe"}, status=201)["id"]

    def found(word: str) -> list[str]:
        body = {"jql": f'text ~ "{word}"', "fields": ["summary"]}
        return [each["key"] for each in api_of("bob").post("/rest/api/3/search/jql", body, status=200)["issues"]]

    assert (found("zebra"), found("giraffe")) == ([], [key])
    api.put(f"{path}/{number}", {"body": "zebra zebra"}, status=200)
    api.put(f"{path}/{opened}", {"body": "giraffe", "visibility": only}, status=200)
    assert (found("zebra"), found("giraffe")) == ([], [])
