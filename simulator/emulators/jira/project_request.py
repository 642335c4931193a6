"""Projects as requests describe them, read and checked."""

from __future__ import annotations

from typing import Any

from simulator.emulators.jira.errors import BadRequest, Forbidden, NotFound
from simulator.emulators.jira.params import text
from simulator.emulators.jira.payloads.notifications import SCHEME_ID as NOTIFICATIONS
from simulator.emulators.jira.state.configuration import Project
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.people import person_by_account_id
from simulator.emulators.jira.state.permissions import require_admin
from simulator.emulators.jira.state.schemes import find_scheme, give_scheme
from simulator.emulators.kit.accounts import Account

LONGEST_URL = 255
SECURITY_SCHEME = 10000
"""The one issue security scheme of a site: /rest/api/3/issuesecurityschemes"""

_GREENHOPPER = "com.pyxis.greenhopper.jira"
_TEMPLATES = {
    f"{_GREENHOPPER}:gh-simplified-scrum-classic": "scrum",
    f"{_GREENHOPPER}:gh-simplified-agility-scrum": "scrum",
    f"{_GREENHOPPER}:gh-scrum-template": "scrum",
    f"{_GREENHOPPER}:gh-simplified-kanban-classic": "kanban",
    f"{_GREENHOPPER}:gh-simplified-agility-kanban": "kanban",
    f"{_GREENHOPPER}:gh-kanban-template": "kanban",
    f"{_GREENHOPPER}:gh-simplified-basic": "kanban",
    f"{_GREENHOPPER}:basic-software-development-template": "kanban",
}
_TEAM_MANAGED = frozenset(f"{_GREENHOPPER}:gh-simplified-agility-{kind}" for kind in ("scrum", "kanban"))
_LACKING = ("fieldConfigurationScheme", "fieldScheme", "issueTypeScheme", "issueTypeScreenScheme", "workflowScheme")


def new_values(context: Context, given: dict[str, Any]) -> dict[str, Any]:
    """What a request says of a new project, as `create_project` takes it. Raises BadRequest."""
    if not text(given, "key"):
        raise BadRequest(errors={"projectKey": "You must specify a unique project key, at least 2 characters long."})
    return {
        "key": text(given, "key"),
        "name": text(given, "name"),
        "template": _template(given),
        "lead": _lead(context, given) or context.account,
        "description": text(given, "description"),
        "url": _url(given),
        "assignee_type": _assignee_type(given) or "UNASSIGNED",
        "style": "next-gen" if str(given.get("projectTemplateKey")) in _TEAM_MANAGED else "classic",
    }


def changed_values(context: Context, project: Project, given: dict[str, Any]) -> dict[str, Any]:
    """What a request changes of a project's columns. Raises BadRequest, and Forbidden for a key that only admins change."""
    changes: dict[str, Any] = {name: text(given, name) for name in ("name", "description") if name in given}
    if "url" in given:
        changes["url"] = _url(given)
    if lead := _lead(context, given):
        changes["lead_id"] = lead.id
    if given.get("assigneeType") is not None:
        changes["assignee_type"] = _assignee_type(given)
    key = text(given, "key", project.key)
    if key != project.key:
        if not context.account.admin:
            raise Forbidden("You must have global administrator rights in order to change the key of a project.")
        changes["key"] = key
    return changes


def give_schemes(context: Context, project_id: int, given: dict[str, Any]) -> None:
    """Let the schemes that a request names count for a project. Raises BadRequest for unknown ones, Forbidden."""
    known: dict[str, int | None] = {"notificationScheme": NOTIFICATIONS, "issueSecurityScheme": SECURITY_SCHEME}
    known |= {"categoryId": -1, **dict.fromkeys(_LACKING)}
    if type(given.get("avatarId", 0)) is not int:
        raise BadRequest(errors={"avatarId": "The avatar with that id does not exist."})
    for name, number in known.items():
        if given.get(name) is not None and given[name] != number:
            raise BadRequest(errors={name: f"The {name} with id '{str(given[name])[:40]}' does not exist."})
    wanted = given.get("permissionScheme")
    if wanted is None:
        return
    require_admin(context)
    try:
        give_scheme(context, project_id, find_scheme(context, str(wanted)))
    except NotFound as exc:
        raise BadRequest(errors={"permissionScheme": str(exc)}) from exc


def _lead(context: Context, given: dict[str, Any]) -> Account | None:
    wanted = given.get("leadAccountId")
    if wanted is None or wanted == "":
        return None
    person = person_by_account_id(context, wanted) if isinstance(wanted, str) else None
    if person is None or not person.active:
        raise BadRequest(errors={"projectLead": "The user specified as the project lead does not exist."})
    return person


def _url(given: dict[str, Any]) -> str:
    url = text(given, "url")
    if url and (len(url) > LONGEST_URL or not url.lower().startswith(("http://", "https://"))):
        raise BadRequest(errors={"projectUrl": f"The URL must be valid and not exceed {LONGEST_URL} characters."})
    return url


def _template(given: dict[str, Any]) -> str:
    kind, key = given.get("projectTypeKey", "software"), given.get("projectTemplateKey")
    if kind != "software":
        raise BadRequest(errors={"projectTypeKey": f"The project type '{kind}' is not available."})
    if key is None:
        return "scrum"
    if not isinstance(key, str) or key not in _TEMPLATES:
        raise BadRequest(errors={"projectTemplateKey": f"The project template '{key}' does not exist."})
    return _TEMPLATES[key]


def _assignee_type(given: dict[str, Any]) -> str | None:
    wanted = given.get("assigneeType")
    if wanted not in (None, "PROJECT_LEAD", "UNASSIGNED"):
        raise BadRequest(errors={"assigneeType": f"The default assignee type '{wanted}' is not valid."})
    return str(wanted) if wanted else None
