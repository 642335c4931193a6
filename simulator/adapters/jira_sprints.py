"""What is done to the project, its board and its sprints, by the jira client."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from simulator.adapters.jira import search
from simulator.adapters.jira_accounts import JiraAccounts, Json, cloud_only
from simulator.errors import AuthenticationFailed, NotFound
from simulator.model.agile import SprintDraft
from simulator.model.keys import IssueKey, SeatId

# Company-managed templates: their projects have the field Story Points and a workflow that all issue types share.
# https://developer.atlassian.com/cloud/jira/platform/rest/v2/api-group-projects/#api-rest-api-2-project-post
_TEMPLATES = {
    "scrum": "com.pyxis.greenhopper.jira:gh-simplified-scrum-classic",
    "kanban": "com.pyxis.greenhopper.jira:gh-simplified-kanban-classic",
}
_AT_ONCE = 50  # issues that Jira moves in one request


class JiraSprints:
    """Creates the project with its board; creates, starts, fills and closes sprints."""

    def __init__(self, accounts: JiraAccounts) -> None:
        self._accounts = accounts
        self._asking = accounts.asking

    def create_project(
        self, seat: SeatId, *, key: str, name: str, template: str, lead: SeatId, again: bool = False
    ) -> str:
        """Create the project with its board (template scrum or kanban) and return the board's id."""
        if not (again and self._has_project(seat, key)):
            body = {
                "key": key,
                "name": name,
                "projectTypeKey": "software",
                "projectTemplateKey": _TEMPLATES[template],
                "leadAccountId": self._accounts.account_id(lead),
                "assigneeType": "UNASSIGNED",
            }
            with self._asking(f"creating the project {key}"):
                self._accounts.send(seat, "POST", "/rest/api/2/project", body)
        with self._asking(f"looking for the board of {key}"):
            boards = self._accounts.client(seat).boards(projectKeyOrID=key)
        if not boards:
            raise NotFound(f"the project {key} has no board", service="Jira", to_do="create a board for the project")
        return str(boards[0].id)

    def create_sprint(self, seat: SeatId, board: str, sprint: SprintDraft, *, again: bool = False) -> str:
        """Create a sprint on a board and return its id."""
        client = self._accounts.client(seat)
        if again:
            with self._asking("listing the sprints"):
                known = [known for known in client.sprints(int(board), maxResults=0) if known.name == sprint.name]
            if known:
                return str(known[-1].id)
        with self._asking(f"creating the sprint {sprint.name}"):
            made = client.create_sprint(
                sprint.name, int(board), startDate=_stamp(sprint.start), endDate=_stamp(sprint.end), goal=sprint.goal
            )
        return str(made.id)

    def start_sprint(self, seat: SeatId, sprint_id: str) -> None:
        """Start a sprint; one that runs already is fine."""
        if self._sprint(seat, sprint_id)["state"] != "active":
            self._change(seat, sprint_id, "starting", {"state": "active"})

    def close_sprint(self, seat: SeatId, sprint_id: str, *, carry_to: str | None) -> None:
        """Close a sprint; what is not done goes to the sprint `carry_to`, or, without one that is still to end, to the backlog.

        Closed first: Jira's reports call an issue that left before the end removed, and one that was there to the end unfinished.
        In a closed sprint alone an issue is in the backlog already. Jira closes none while an issue is done and a sub-task of it
        is not: these are finished. https://support.atlassian.com/jira-software-cloud/docs/complete-a-sprint/
        """
        if self._sprint(seat, sprint_id)["state"] != "closed":
            for key in self._forgotten(seat, sprint_id):
                self._finish(seat, key)
            self._change(seat, sprint_id, "closing", {"state": "closed"})
        if carry_to is not None and self._takes_issues(seat, carry_to):
            self.move_issues(seat, self._left_behind(seat, sprint_id), carry_to)

    def edit_sprint(self, seat: SeatId, sprint_id: str, *, goal: str | None, name: str | None) -> None:
        """Change goal or name of a sprint; None leaves it alone."""
        change = {key: value for key, value in (("goal", goal), ("name", name)) if value is not None}
        if change:
            self._change(seat, sprint_id, "editing", change)

    def _left_behind(self, seat: SeatId, sprint_id: str) -> list[IssueKey]:
        """The issues of a closed sprint that are not done and in no other one; sub-tasks go with their parents."""
        open_ones = "sprint in openSprints() OR sprint in futureSprints()"
        jql = f"sprint = {sprint_id} AND statusCategory != Done AND NOT ({open_ones}) ORDER BY rank"
        found = search(self._accounts, seat, jql, fields=("issuetype",))
        return [IssueKey(issue["key"]) for issue in found if not issue["fields"]["issuetype"]["subtask"]]

    def _forgotten(self, seat: SeatId, sprint_id: str) -> list[IssueKey]:
        """The sub-tasks of a sprint that are not done while their parents are."""
        jql = f"sprint = {sprint_id} AND statusCategory != Done AND issuetype in subTaskIssueTypes() ORDER BY rank"
        found = search(self._accounts, seat, jql, fields=("parent",))
        return [IssueKey(issue["key"]) for issue in found if _is_done(issue["fields"]["parent"]["fields"]["status"])]

    def _finish(self, seat: SeatId, key: IssueKey) -> None:
        """Let an issue take a transition that ends in a done status, if there is one."""
        client = self._accounts.client(seat)
        with self._asking(f"finishing {key}"):
            step = next((step for step in client.transitions(key) if _is_done(step["to"])), None)
            if step:
                client.transition_issue(key, step["id"])

    def move_issues(self, seat: SeatId, keys: Sequence[IssueKey], sprint_id: str | None) -> None:
        """Put issues into a sprint, or into the backlog."""
        client = self._accounts.client(seat)
        for first in range(0, len(keys), _AT_ONCE):
            some: list[str] = [str(key) for key in keys[first : first + _AT_ONCE]]
            with self._asking(f"moving {', '.join(some)}"):
                if sprint_id is None:
                    client.move_to_backlog(some)
                else:
                    client.add_issues_to_sprint(int(sprint_id), some)

    def _has_project(self, seat: SeatId, key: str) -> bool:
        try:
            with self._asking(f"looking for the project {key}"):
                self._accounts.client(seat).project(key)
        except NotFound:
            return False
        return True

    def _takes_issues(self, seat: SeatId, sprint_id: str) -> bool:
        """Whether a sprint is there and has not ended."""
        try:
            return bool(self._sprint(seat, sprint_id)["state"] != "closed")
        except NotFound:
            return False

    def _sprint(self, seat: SeatId, sprint_id: str) -> Json:
        try:
            with self._asking(f"looking at the sprint {sprint_id}"):
                return self._accounts.client(seat).sprint(int(sprint_id)).raw
        except NotFound as exc:
            what = "the sprint is no longer in Jira; somebody has deleted it"
            raise NotFound(what, service="Jira", where=exc.where, to_do="create another one on the board") from exc

    def _change(self, seat: SeatId, sprint_id: str, doing: str, change: Json) -> None:
        # POST changes these values only; PUT, which the client's update_sprint sends, would empty all others.
        with self._asking(f"{doing} the sprint {sprint_id}"):
            self._accounts.send(seat, "POST", f"/rest/agile/1.0/sprint/{sprint_id}", change)


def _is_done(status: Json) -> bool:
    return bool(status["statusCategory"]["key"] == "done")


def check_jira(accounts: JiraAccounts, seat: SeatId) -> None:
    """Raises AuthenticationFailed when a seat's e-mail and Jira token are not accepted."""
    email = accounts.services.credentials[seat].email
    try:
        accounts.account_id(seat)
    except AuthenticationFailed as refused:
        raise AuthenticationFailed(
            f"Jira does not accept the e-mail and token of the seat {seat} ({email})",
            service="Jira",
            where=accounts.services.jira_url,
            to_do="make a new API token for this account and give it again",
        ) from refused


def check_jira_kind(accounts: JiraAccounts) -> None:
    """Raises AdapterError when the service at the address is no Jira Cloud."""
    with accounts.asking("asking what it is"):
        info = accounts.client(accounts.services.admin).server_info()
    cloud_only(info, url=accounts.services.jira_url)


def _stamp(instant: datetime) -> str:
    return instant.isoformat(timespec="milliseconds")
