"""Roles and what they let people do: 404 for what may not be seen, 403 or 400 for what may not be done."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from jira import JIRA
from jira.exceptions import JIRAError

from tests.emulators.conftest import Site
from tests.emulators.jira.conftest import Api

V3 = "/rest/api/3"
EVERYBODY = "jira-software-users"
MEMBER, VIEWER = 10003, 10004


@pytest.fixture
def bob(api_of: Callable[[str], Api]) -> Api:
    """Bob's requests: a member as everybody, until a test says otherwise."""
    return api_of("bob")


def shut_out(api: Api) -> None:
    """Nobody is a member any longer; administrators still are."""
    api.delete(f"{V3}/project/AUTOTEST/role/{MEMBER}?group={EVERYBODY}")


def look_only(api: Api, account_id: str) -> None:
    """Somebody is a viewer and nothing else."""
    shut_out(api)
    api.post(f"{V3}/project/AUTOTEST/role/{VIEWER}", {"user": [account_id]}, status=200)


def test_the_client_reads_and_changes_the_roles_of_a_project(jira: JIRA, account_ids: dict[str, str]) -> None:
    found = jira.project_roles("AUTOTEST")
    assert sorted(found) == ["Administrators", "Member", "Viewer"]
    member = jira.project_role("AUTOTEST", found["Member"]["id"])
    assert [(actor.type, actor.name) for actor in member.actors] == [("atlassian-group-role-actor", EVERYBODY)]

    viewer = jira.project_role("AUTOTEST", found["Viewer"]["id"])
    viewer.add_user(users=[account_ids["bob"]])
    member.update(users=account_ids["alice"])

    actors = jira.project_role("AUTOTEST", found["Viewer"]["id"]).actors
    assert [(actor.displayName, actor.actorUser.accountId) for actor in actors] == [("Bob", account_ids["bob"])]
    assert [a.displayName for a in jira.project_role("AUTOTEST", found["Member"]["id"]).actors] == ["Alice"]
    assert [role["name"] for role in jira.role()] == ["Administrators", "Member", "Viewer"]


def test_a_project_is_as_if_it_did_not_exist_for_who_may_not_browse_it(api: Api, bob: Api) -> None:
    key = api.issue(summary="Secret plans")
    other = api.post(f"{V3}/project", {"key": "OPEN", "name": "Open", "projectTypeKey": "software"}, status=201)
    shut_out(api)

    bob.refused("GET", f"{V3}/issue/{key}", 404)
    bob.refused("POST", f"{V3}/issue/{key}/comment", 404, json={"body": {}})
    bob.refused("GET", f"{V3}/project/AUTOTEST", 404)
    bob.refused("GET", f"{V3}/mypermissions?permissions=BROWSE_PROJECTS&projectKey=AUTOTEST", 404)
    assert [p["key"] for p in bob.get(f"{V3}/project/search")["values"]] == [other["key"]]
    assert bob.found("summary ~ secret ORDER BY key") == []
    given = {"project": {"key": "AUTOTEST"}, "issuetype": {"name": "Task"}, "summary": "s"}
    assert "project" in bob.refused("POST", f"{V3}/issue", 400, json={"fields": given})[1]
    assert api.found("summary ~ secret") == [key]


def test_a_viewer_reads_and_comments_and_does_nothing_else(api: Api, bob: Api, account_ids: dict[str, str]) -> None:
    key, sprint = api.issue(), api.sprint()
    look_only(api, account_ids["bob"])

    assert bob.get(f"{V3}/issue/{key}", fields="summary")["key"] == key
    bob.post("/rest/api/2/issue/" + key + "/comment", {"body": "I see"}, status=201)
    bob.refused("PUT", f"{V3}/issue/{key}", 403, json={"fields": {"summary": "mine"}})
    bob.refused("PUT", f"{V3}/issue/{key}/assignee", 403, json={"accountId": None})
    bob.refused("DELETE", f"{V3}/issue/{key}", 403)
    bob.refused("PUT", "/rest/agile/1.0/issue/rank", 403, json={"issues": [key], "rankAfterIssue": api.issue()})
    bob.refused("POST", f"/rest/agile/1.0/sprint/{sprint}", 403, json={"state": "active"})
    assert bob.get(f"{V3}/issue/{key}/transitions")["transitions"] == []
    bob.refused("POST", f"{V3}/issue/{key}/transitions", 400, json={"transition": {"id": "11"}})
    given = {"project": {"key": "AUTOTEST"}, "issuetype": {"name": "Task"}, "summary": "s"}
    _, errors = bob.refused("POST", f"{V3}/issue", 400, json={"fields": given})
    assert errors == {"project": "You do not have permission to create issues in this project."}
    _, errors = api.refused(
        "PUT", f"{V3}/issue/{key}", 400, json={"fields": {"assignee": {"accountId": account_ids["bob"]}}}
    )
    assert errors == {"assignee": f"User '{account_ids['bob']}' cannot be assigned issues."}


def test_fields_that_need_a_permission_of_their_own(api: Api, bob: Api, account_ids: dict[str, str]) -> None:
    kinds = ("BROWSE_PROJECTS", "CREATE_ISSUES", "EDIT_ISSUES")
    grants = [{"permission": kind, "holder": {"type": "user", "value": account_ids["bob"]}} for kind in kinds]
    scheme = api.post(f"{V3}/permissionscheme", {"name": "Plain", "permissions": grants}, status=201)
    api.put(f"{V3}/project/AUTOTEST/permissionscheme", {"id": scheme["id"]}, status=200)
    one, two = bob.issue(), bob.issue(reporter={"accountId": account_ids["bob"]})

    for name in ("assignee", "reporter"):
        given = {"fields": {name: {"accountId": account_ids["alice"]}}}
        assert list(bob.refused("PUT", f"{V3}/issue/{one}", 400, json=given)[1]) == [name]
    link = {"type": {"name": "Blocks"}, "inwardIssue": {"key": one}, "outwardIssue": {"key": two}}
    bob.refused("POST", f"{V3}/issueLink", 401, json=link)
    verb = {"add": {"type": {"name": "Blocks"}, "outwardIssue": {"key": two}}}
    assert list(bob.refused("PUT", f"{V3}/issue/{one}", 400, json={"update": {"issuelinks": [verb]}})[1]) == [
        "issuelinks"
    ]
    bob.refused("POST", f"{V3}/issue/{one}/comment", 400, json={"body": {"type": "doc", "version": 1, "content": []}})
    assert bob.get(f"{V3}/issue/{one}")["fields"]["issuelinks"] == []


def test_nothing_of_a_hidden_issue_shows_through_others(api: Api, bob: Api) -> None:
    api.post(f"{V3}/project", {"key": "OPEN", "name": "Open", "projectTypeKey": "software"}, status=201)
    hidden, epic = api.issue(summary="Secret"), api.issue(kind="Epic", summary="Secret too")
    seen = api.issue(project="OPEN", parent={"key": epic})
    link = {"type": {"name": "Blocks"}, "inwardIssue": {"key": hidden}, "outwardIssue": {"key": seen}}
    api.post(f"{V3}/issueLink", link, status=201)
    number = api.get(f"{V3}/issue/{seen}")["fields"]["issuelinks"][0]["id"]
    shut_out(api)

    fields = bob.get(f"{V3}/issue/{seen}")["fields"]

    assert (fields["issuelinks"], fields["parent"]) == ([], None)
    bob.refused("GET", f"{V3}/issueLink/{number}", 404)
    bob.refused("POST", f"{V3}/issueLink", 404, json=link)
    assert bob.found(f"issue in linkedIssues({seen})") == []
    assert [p["displayName"] for p in api.get(f"{V3}/user/viewissue/search", query="", projectKey="AUTOTEST")] == [
        "Alice"
    ]
    assert [p["displayName"] for p in api.get(f"{V3}/user/assignable/search", project="OPEN")] == [
        "Alice",
        "Bob",
        "Carol",
    ]


def test_mypermissions_follow_project_and_issue(api: Api, bob: Api, account_ids: dict[str, str]) -> None:
    keys = ["BROWSE_PROJECTS", "EDIT_ISSUES", "DELETE_ISSUES", "ADMINISTER_PROJECTS", "ADMINISTER", "USER_PICKER"]

    def granted(**about: str) -> list[str]:
        found = bob.get(f"{V3}/mypermissions", permissions=",".join(keys), **about)["permissions"]
        return [key for key in keys if found[key]["havePermission"]]

    own, other = bob.issue(), api.issue()
    assert granted() == ["BROWSE_PROJECTS", "EDIT_ISSUES", "USER_PICKER"]
    assert granted(issueKey=own) == ["BROWSE_PROJECTS", "EDIT_ISSUES", "DELETE_ISSUES", "USER_PICKER"]
    assert "DELETE_ISSUES" not in granted(issueKey=other)
    look_only(api, account_ids["bob"])
    assert granted(projectKey="AUTOTEST") == ["BROWSE_PROJECTS", "USER_PICKER"]
    checked = bob.post(
        f"{V3}/permissions/check",
        {
            "globalPermissions": ["ADMINISTER"],
            "projectPermissions": [{"permissions": ["EDIT_ISSUES"], "projects": [10000]}],
        },
    )
    assert checked["projectPermissions"] == [{"permission": "EDIT_ISSUES", "projects": [], "issues": []}]
    assert bob.post(f"{V3}/permissions/project", {"permissions": ["EDIT_ISSUES"]}) == {"projects": []}
    assert "BROWSE_PROJECTS" in api.get(f"{V3}/permissions")["permissions"]
    bob.refused("GET", f"{V3}/permissions", 403)


def test_administrators_let_themselves_in_again(api: Api, bob: Api) -> None:
    key = api.issue()
    api.put(f"{V3}/project/AUTOTEST/role/10002", {"categorisedActors": {}}, status=200)
    shut_out(api)
    api.refused("GET", f"{V3}/issue/{key}", 404)

    api.post(f"{V3}/project/AUTOTEST/role/{MEMBER}", {"group": [EVERYBODY]}, status=200)

    assert bob.get(f"{V3}/issue/{key}", fields="summary")["key"] == key


def test_a_role_of_ones_own_and_a_scheme_that_grants_it(api: Api, bob: Api, account_ids: dict[str, str]) -> None:
    key = api.issue()
    role = api("POST", f"{V3}/role", status=200, json={"name": "Tester", "description": "Tests"})["id"]
    grants = [
        {"permission": "BROWSE_PROJECTS", "holder": {"type": "anyone"}},
        {"permission": "TRANSITION_ISSUES", "holder": {"type": "projectRole", "value": str(role)}},
        {"permission": "EDIT_ISSUES", "holder": {"type": "reporter"}},
    ]
    scheme = api("POST", f"{V3}/permissionscheme", status=201, json={"name": "Strict", "permissions": grants})
    api("PUT", f"{V3}/project/AUTOTEST/permissionscheme", status=200, json={"id": scheme["id"]})

    bob.refused("PUT", f"{V3}/issue/{key}", 403, json={"fields": {"summary": "x"}})
    assert bob.get(f"{V3}/issue/{key}/transitions")["transitions"] == []
    api.post(f"{V3}/project/AUTOTEST/role/{role}", {"user": [account_ids["bob"]]}, status=200)
    assert len(bob.get(f"{V3}/issue/{key}/transitions")["transitions"]) == 4
    assert [g["holder"]["type"] for g in scheme["permissions"]] == ["anyone", "projectRole", "reporter"]
    api.refused("DELETE", f"{V3}/permissionscheme/{scheme['id']}", 400)
    api.refused("DELETE", f"{V3}/role/{role}", 409)
    api("PUT", f"{V3}/project/AUTOTEST/permissionscheme", status=200, json={"id": 0})
    api.delete(f"{V3}/permissionscheme/{scheme['id']}")
    api.delete(f"{V3}/role/{role}")
    assert [s["name"] for s in api.get(f"{V3}/permissionscheme")["permissionSchemes"]] == ["Default Permission Scheme"]


def test_the_default_scheme_is_changed_like_any_other(api: Api, bob: Api, site: Site) -> None:
    key = api.issue()
    scheme = api.get(f"{V3}/permissionscheme/0", expand="permissions")
    edits = [g for g in scheme["permissions"] if g["permission"] == "EDIT_ISSUES"]
    assert [g["holder"].get("value") for g in edits] == ["10002", str(MEMBER)]

    bob.refused("DELETE", f"{V3}/permissionscheme/0/permission/{edits[1]['id']}", 403)
    api.delete(f"{V3}/permissionscheme/0/permission/{edits[1]['id']}")

    bob.refused("PUT", f"{V3}/issue/{key}", 403, json={"fields": {"summary": "x"}})
    assert len(api.get(f"{V3}/permissionscheme/0/permission")["permissions"]) == len(scheme["permissions"]) - 1
    again = {"permission": "EDIT_ISSUES", "holder": {"type": "reporter"}}
    api("POST", f"{V3}/permissionscheme/0/permission", status=201, json=again)
    api.refused("POST", f"{V3}/permissionscheme/0/permission", 400, json=again)
    own = site.jira("bob").create_issue(project="AUTOTEST", summary="Mine", issuetype="Task")
    own.update(summary="Mine, edited")
    api("PUT", f"{V3}/permissionscheme/0", status=200, json={"name": "Ours", "permissions": []})
    assert [s["name"] for s in api.get(f"{V3}/permissionscheme")["permissionSchemes"]] == ["Ours"]
    bob.refused("GET", f"{V3}/issue/{key}", 404)


@pytest.mark.parametrize(
    ("method", "path", "status", "body"),
    [
        ("POST", "/role", 409, {"name": "member"}),
        ("POST", "/role", 400, {"name": ""}),
        ("DELETE", f"/role/{MEMBER}", 409, None),
        ("GET", "/role/7", 404, None),
        ("GET", "/project/AUTOTEST/role/7", 404, None),
        ("POST", f"/project/AUTOTEST/role/{MEMBER}", 400, {"group": [EVERYBODY]}),
        ("POST", f"/project/AUTOTEST/role/{MEMBER}", 400, {"user": ["nobody"]}),
        ("POST", f"/project/AUTOTEST/role/{MEMBER}", 400, {}),
        ("DELETE", f"/project/AUTOTEST/role/{VIEWER}?group={EVERYBODY}", 404, None),
        (
            "POST",
            "/permissionscheme",
            400,
            {"name": "x", "permissions": [{"permission": "FLY", "holder": {"type": "anyone"}}]},
        ),
        ("POST", "/permissionscheme", 400, {"name": "x", "permissions": ["all"]}),
        ("PUT", "/permissionscheme/0", 400, {"name": ""}),
        ("DELETE", "/permissionscheme/0", 400, None),
        ("GET", "/permissionscheme/7", 404, None),
        ("PUT", "/project/AUTOTEST/permissionscheme", 400, {"id": "0"}),
        ("GET", "/project/AUTOTEST/issuesecuritylevelscheme", 404, None),
        ("GET", "/notificationscheme/1", 404, None),
    ],
)
def test_what_is_wrong_with_roles_and_schemes_is_said(
    api: Api, method: str, path: str, status: int, body: dict[str, object] | None
) -> None:
    messages, errors = api.refused(method, V3 + path, status, json=body)

    assert messages or errors


def test_only_administrators_see_roles_and_change_schemes(site: Site, bob: Api) -> None:
    with pytest.raises(JIRAError) as caught:
        site.jira("bob").project_roles("AUTOTEST")

    assert caught.value.status_code == 404
    bob.refused("GET", f"{V3}/role", 403)
    bob.refused("POST", f"{V3}/permissionscheme", 403, json={"name": "Mine"})
    bob.refused("GET", f"{V3}/project/AUTOTEST/permissionscheme", 403)


def test_the_client_sets_a_project_up_by_the_schemes_it_finds(jira: JIRA) -> None:
    assert jira.create_project("SETUP", "Set up")["key"] == "SETUP"
    assert [scheme["name"] for scheme in jira.notificationschemes()] == ["Default Notification Scheme"]
