"""A tour of people, catalogues, projects and settings of the emulated Jira, with the jira package, unmodified."""

from __future__ import annotations

from jira import JIRA

from tests.contract.jira_client import SCRUM, an_issue, keys, refusal
from tests.emulators.conftest import Site


def test_what_is_there(jira: JIRA, site: Site) -> None:
    told, me = jira.server_info(), jira.myself()

    assert (told["deploymentType"], told["baseUrl"]) == ("Cloud", site.jira_url)
    assert (told["versionNumbers"][0], told["serverTitle"]) == (1001, "Jira")
    assert (me["displayName"], me["emailAddress"], me["active"]) == ("Alice", "alice@example.com", True)
    assert jira.current_user() == me["accountId"]
    assert jira.user(me["accountId"]).displayName == "Alice"
    assert jira.user(me["accountId"]).accountType == "atlassian"
    assert [each.displayName for each in jira.search_users(query="bob")] == ["Bob"]
    able = jira.search_assignable_users_for_issues(query="bob", project="AUTOTEST")
    assert [each.displayName for each in able] == ["Bob"]
    everybody = jira.search_assignable_users_for_projects("", "AUTOTEST")
    assert [each.displayName for each in everybody] == ["Alice", "Bob", "Carol"]
    assert "Bob" in [each.displayName for each in jira.search_allowed_users_for_issue("bob", projectKey="AUTOTEST")]
    rights = jira.my_permissions(projectKey="AUTOTEST", permissions="ADMINISTER,EDIT_ISSUES")["permissions"]
    assert {name: right["havePermission"] for name, right in rights.items()} == {
        "ADMINISTER": True,
        "EDIT_ISSUES": True,
    }
    lesser = site.jira("bob").my_permissions(permissions="ADMINISTER")["permissions"]
    assert lesser["ADMINISTER"]["havePermission"] is False
    assert refusal(404, jira.user, "nobody").text


def test_a_bad_token_gets_nothing(site: Site) -> None:
    stranger = JIRA(site.jira_url, basic_auth=("alice@example.com", "wrong"), max_retries=0, get_server_info=False)

    assert refusal(401, stranger.myself).status_code == 401
    refusal(401, stranger.issue, "AUTOTEST-1")


def test_a_client_may_ask_for_its_session_first(site: Site) -> None:
    checked = JIRA(site.jira_url, basic_auth=("bob@example.com", "bob-token"), max_retries=0, validate=True)

    assert checked.session().raw["name"]
    assert checked.myself()["displayName"] == "Bob"


def test_the_catalogues(jira: JIRA) -> None:
    fields = {each["name"]: each for each in jira.fields()}

    assert fields["Story Points"]["schema"]["type"] == "number"
    assert fields["Sprint"]["schema"]["custom"] == "com.pyxis.greenhopper.jira:gh-sprint"
    assert fields["Summary"]["custom"] is False
    assert [each.name for each in jira.issue_types()] == ["Epic", "Story", "Task", "Bug", "Sub-task"]
    sub_task = jira.issue_type_by_name("Sub-task")
    assert (sub_task.subtask, jira.issue_type(sub_task.id).hierarchyLevel) == (True, -1)
    assert [each.name for each in jira.priorities()] == ["Highest", "High", "Medium", "Low", "Lowest"]
    assert jira.priority("3").name == "Medium"
    assert [each.name for each in jira.resolutions()][:2] == ["Done", "Won't Do"]
    assert jira.resolution("10002").name == "Duplicate"
    assert {each.name for each in jira.statuses()} >= {"To Do", "In Progress", "In Review", "Done"}
    assert jira.status("In Progress").statusCategory.key == "indeterminate"
    assert {each.key for each in jira.statuscategories()} == {"undefined", "new", "indeterminate", "done"}
    assert jira.statuscategory(3).name == "Done"
    blocks = next(each for each in jira.issue_link_types() if each.name == "Blocks")
    assert (blocks.inward, blocks.outward) == ("is blocked by", "blocks")
    assert jira.issue_link_type(blocks.id).name == "Blocks"
    assert refusal(404, jira.issue_type, "77").text
    refusal(404, jira.priority, "77")


def test_a_project_s_life(jira: JIRA, site: Site) -> None:
    jira.create_project("SHOP", "The shop", template_name=SCRUM)

    project = jira.project("SHOP")
    assert (project.name, project.projectTypeKey, project.lead.displayName) == ("The shop", "software", "Alice")
    assert [each.key for each in jira.projects()] == ["AUTOTEST", "SHOP"]
    project.update(name="The new shop", description="We sell.")
    again = jira.project("SHOP")
    assert (again.name, again.description) == ("The new shop", "We sell.")
    assert [each.name for each in jira.issue_types_for_project("SHOP")] == ["Epic", "Story", "Task", "Bug", "Sub-task"]
    assert [each.name for each in project.issueTypes if each.subtask] == ["Sub-task"]
    assert len(jira.boards(projectKeyOrID="SHOP")) == 1
    taken = refusal(400, jira.create_project, "SHOP", "Another", template_name=SCRUM)
    assert "projectKey" in taken.response.json()["errors"]
    assert jira.delete_project("SHOP")
    assert "No project could be found with key 'SHOP'" in refusal(404, jira.project, "SHOP").text
    refusal(403, site.jira("bob").create_project, "MINE", "Mine", template_name=SCRUM)


def test_versions_and_components(jira: JIRA, accounts: dict[str, str]) -> None:
    first = jira.create_version("1.0", "AUTOTEST", description="The first", releaseDate="2026-03-31")
    second = jira.create_version("2.0", "AUTOTEST")
    part = jira.create_component("Refunds", "AUTOTEST", description="Money back")
    bug = an_issue(
        jira, kind="Bug", fixVersions=[{"name": "2.0"}], versions=[{"id": first.id}], components=[{"name": "Refunds"}]
    )

    assert [each.name for each in jira.project_versions("AUTOTEST")] == ["1.0", "2.0"]
    assert (first.released, first.releaseDate, first.description) == (False, "2026-03-31", "The first")
    assert [each.name for each in bug.fields.fixVersions] == ["2.0"]
    assert [each.name for each in bug.fields.components] == ["Refunds"]
    assert keys(jira, 'fixVersion = "2.0" AND affectedVersion = "1.0" AND component = Refunds') == [bug.key]
    assert jira.version_count_unresolved_issues(second.id) == 1
    assert jira.version_count_related_issues(first.id)["issuesAffectedCount"] == 1
    first.update(released=True)
    assert jira.get_project_version_by_name("AUTOTEST", "1.0").released is True
    assert keys(jira, "affectedVersion in releasedVersions()") == [bug.key]
    jira.move_version(second.id, position="First")
    assert [each.name for each in jira.project_versions("AUTOTEST")] == ["2.0", "1.0"]
    jira.rename_version("AUTOTEST", "2.0", "2.1")
    assert jira.version(second.id).name == "2.1"
    assert "name" in refusal(400, jira.create_version, "1.0", "AUTOTEST").response.json()["errors"]
    second.delete()
    assert jira.issue(bug.key).fields.fixVersions == []

    assert [each.name for each in jira.project_components("AUTOTEST")] == ["Refunds"]
    part.update(name="Money", leadAccountId=accounts["bob"])
    assert (jira.component(part.id).name, jira.component(part.id).lead.displayName) == ("Money", "Bob")
    assert jira.component_count_related_issues(part.id) == 1
    jira.delete_component(part.id)
    refusal(404, jira.component, part.id)


def test_groups_roles_and_schemes(jira: JIRA, site: Site, accounts: dict[str, str]) -> None:
    assert jira.add_group("reviewers")
    assert "reviewers" in jira.groups()
    assert jira.groups(query="review") == ["reviewers"]
    refusal(400, jira.add_user_to_group, "bob", "reviewers")  # Cloud takes accountIds, which the client cannot send
    assert jira.group_members("reviewers") == {}
    everybody = jira.group_members("jira-software-users").values()
    assert sorted(each["fullname"] for each in everybody) == ["Alice", "Bob", "Carol"]
    assert jira.remove_group("reviewers")
    assert "reviewers" not in jira.groups()
    refusal(403, site.jira("bob").add_group, "mine")

    roles = jira.project_roles("AUTOTEST")
    role = jira.project_role("AUTOTEST", roles["Administrators"]["id"])
    role.add_user(users=[accounts["bob"]])
    role = jira.project_role("AUTOTEST", roles["Administrators"]["id"])
    assert (role.name, "Bob" in [each.displayName for each in role.actors]) == ("Administrators", True)
    assert "Administrators" in [each["name"] for each in jira.role()]
    refusal(404, jira.project_role, "AUTOTEST", "77")

    assert [each["name"] for each in jira.permissionschemes()]
    assert jira.project_permissionscheme("AUTOTEST").name in [each["name"] for each in jira.permissionschemes()]
    assert isinstance(jira.issuesecurityschemes(), list)
    assert isinstance(jira.notificationschemes(), list)
    assert jira.projectcategories() == []
    assert jira.applicationlinks() == []


def test_dashboards_are_there_to_be_read(jira: JIRA) -> None:
    listed = jira.dashboards()

    assert "Default dashboard" in [each.name for each in listed]
    one = jira.dashboard(listed[0].id)
    assert (one.id, one.name) == (listed[0].id, listed[0].name)
    refusal(404, jira.dashboard, "99999")
