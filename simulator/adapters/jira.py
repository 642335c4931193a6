"""What is done to issues, by the jira client. The same code for Jira Cloud and for the emulated one.

Refuses to keep anything but who is who and what fields are called (in JiraAccounts).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from simulator.adapters.jira_accounts import JiraAccounts, Json
from simulator.adapters.refusals import error_words
from simulator.errors import AdapterError, Conflict, NotFound
from simulator.model.agile import IssueChanges, IssueDraft
from simulator.model.keys import IssueKey, SeatId

MARK = "sprintdojo"
"""Key of the issue property that holds the scenario's own id of an issue: {"ref": …}."""
POINTS = ("Story Points", "Story point estimate")
_BATCH = (
    50  # https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-bulk-post
)


class JiraIssues:
    """Creates, edits, moves and comments issues."""

    def __init__(self, accounts: JiraAccounts) -> None:
        self._accounts = accounts
        self._asking = accounts.asking

    def create_issues(
        self, seat: SeatId, drafts: Sequence[IssueDraft], *, parents: Mapping[str, IssueKey], again: bool = False
    ) -> Mapping[str, IssueKey]:
        """Create issues in order and return ref → key. `parents` holds keys of issues that drafts name as their parent."""
        wanted = {str(draft.ref) for draft in drafts}
        made = {ref: key for ref, key in self._marked(seat).items() if ref in wanted} if again else {}
        for batch in _batches([draft for draft in drafts if draft.ref not in made]):
            made.update(self._create_batch(seat, batch, {**parents, **made}))
        return made

    def edit_issue(self, seat: SeatId, key: IssueKey, changes: IssueChanges) -> None:
        """Change fields of an issue. Raises NotFound for a field that this Jira has not."""
        fields: dict[str, Json] = {}
        if changes.summary is not None:
            fields["summary"] = changes.summary
        if changes.description is not None or changes.append is not None:
            fields["description"] = self._description(seat, key, changes)
        if changes.priority is not None:
            fields["priority"] = {"name": str(changes.priority)}
        if changes.points is not None:
            fields[self._points_field()] = changes.points
        if changes.labels is not None:
            fields["labels"] = list(changes.labels)
        if changes.due is not None:
            fields["duedate"] = changes.due or None
        if changes.flagged is not None:
            flag, _ = self._field("Flagged", "")
            fields[flag] = [{"value": "Impediment"}] if changes.flagged else None
        fields.update(self._field(name, value) for name, value in changes.extra.items())
        turned = _labels_turned(changes)
        if fields or turned:
            body = {"fields": fields, **({"update": {"labels": turned}} if turned else {})}
            with self._asking(f"editing {key}"):
                self._accounts.send(seat, "PUT", f"/rest/api/2/issue/{key}", body)

    def comment(self, seat: SeatId, key: IssueKey, body: str, *, again: bool = False) -> None:
        """Comment on an issue."""
        if again:
            me = self._accounts.account_id(seat)
            with self._asking(f"reading the comments of {key}"):
                comments = self._accounts.client(seat).comments(key)
            mine = [comment.body for comment in comments if comment.author.accountId == me]
            if mine and mine[-1].strip() == body.strip():
                return
        with self._asking(f"commenting on {key}"):
            self._accounts.client(seat).add_comment(key, body)

    def keep_comment(self, seat: SeatId, key: IssueKey, body: str, *, mark: str) -> None:
        """Have one comment of the seat's on an issue that begins with `mark`: new words for it, or a first one."""
        me = self._accounts.account_id(seat)
        with self._asking(f"commenting on {key}"):
            client = self._accounts.client(seat)
            mine = (comment for comment in client.comments(key) if comment.author.accountId == me)
            kept = next((comment for comment in mine if comment.body.startswith(mark)), None)
            if kept is None:
                client.add_comment(key, body)
            elif kept.body.strip() != body.strip():
                kept.update(body=body)

    def transition(self, seat: SeatId, key: IssueKey, status: str) -> None:
        """Move an issue to the status of this name; one that is there already is fine.

        Raises Conflict, with the statuses that can be reached, when there is no way to this one.
        """
        client = self._accounts.client(seat)
        with self._asking(f"reading the transitions of {key}"):
            reachable = {t["to"]["name"]: t["id"] for t in client.transitions(key)}
        way = next((way for name, way in reachable.items() if name.lower() == status.lower()), None)
        with self._asking(f"moving {key} to {status}"):
            if way is not None:
                client.transition_issue(key, way)
                return
            now = str(client.issue(key, fields="status").fields.status.name)
        if now.lower() != status.lower():
            raise Conflict(
                f"{key} cannot go from {now} to {status}",
                service="Jira",
                where=f"{self._accounts.services.jira_url}/browse/{key}",
                to_do=f"it can go to: {', '.join(reachable) or 'nowhere'}",
            )

    def assign(self, seat: SeatId, key: IssueKey, assignee: SeatId | None) -> None:
        """Assign an issue to a seat, or to nobody."""
        account = None if assignee is None else self._accounts.account_id(assignee)
        with self._asking(f"assigning {key}"):
            self._accounts.send(seat, "PUT", f"/rest/api/2/issue/{key}/assignee", {"accountId": account})

    def _description(self, seat: SeatId, key: IssueKey, changes: IssueChanges) -> str:
        """The description as it shall be; what is to be added and stands at its end already is not added again."""
        if changes.description is not None:
            before = changes.description
        else:
            with self._asking(f"reading {key}"):
                before = str(self._accounts.client(seat).issue(key, fields="description").fields.description or "")
        added = (changes.append or "").strip()
        if not added or before.rstrip().endswith(added):
            return before
        return f"{before.rstrip()}\n\n{added}".lstrip()

    def _create_batch(
        self, seat: SeatId, batch: Sequence[IssueDraft], parents: Mapping[str, IssueKey]
    ) -> dict[str, IssueKey]:
        updates = [
            {"fields": self._fields(draft, parents), "properties": [{"key": MARK, "value": {"ref": draft.ref}}]}
            for draft in batch
        ]
        with self._asking(f"creating {len(batch)} issues"):
            answer = self._accounts.send(seat, "POST", "/rest/api/2/issue/bulk", {"issueUpdates": updates})
        failed = {int(error["failedElementNumber"]): error for error in answer.get("errors", [])}
        if failed:
            number, error = min(failed.items())
            raise AdapterError(
                f"Jira did not create {len(failed)} of {len(batch)} issues, the first: "
                f"{batch[number].ref}: {error_words(error.get('elementErrors') or {})}",
                service="Jira",
                to_do="mend the issue in the scenario and start the run again: what exists is not made twice",
            )
        return {draft.ref: self._own(issue["key"]) for draft, issue in zip(batch, answer["issues"], strict=True)}

    def _fields(self, draft: IssueDraft, parents: Mapping[str, IssueKey]) -> dict[str, Json]:
        fields: dict[str, Json] = {
            "project": {"key": self._accounts.services.project},
            "issuetype": {"name": str(draft.type)},
            "summary": draft.summary,
            "priority": {"name": str(draft.priority)},
        }
        if draft.description:
            fields["description"] = draft.description
        if draft.labels:
            fields["labels"] = list(draft.labels)
        if draft.points is not None:
            fields[self._points_field()] = draft.points
        if draft.parent is not None:
            fields["parent"] = {"key": parents.get(draft.parent, draft.parent)}
        for name, person in (("reporter", draft.reporter), ("assignee", draft.assignee)):
            if person is not None:
                fields[name] = {"accountId": self._accounts.account_id(person)}
        return fields

    def _marked(self, seat: SeatId) -> dict[str, IssueKey]:
        """Issues that an earlier attempt made: ref → key."""
        found: dict[str, IssueKey] = {}
        jql = f'project = "{self._accounts.services.project}" ORDER BY created ASC'
        for issue in search(self._accounts, seat, jql, fields=("summary",), properties=MARK):
            ref = (issue.get("properties") or {}).get(MARK, {}).get("ref")
            if ref:
                found.setdefault(ref, self._own(issue["key"]))
        return found

    def _own(self, key: str) -> IssueKey:
        """The key by the project's name when the run began: its issues keep their numbers, and the old keys lead to them."""
        return IssueKey(f"{self._accounts.services.project}-{key.rpartition('-')[2]}")

    def _points_field(self) -> str:
        found = self._accounts.field_id(*POINTS)
        if found is None:
            raise NotFound(
                "Jira has no field for story points",
                service="Jira",
                to_do='add the field "Story Points" to the project',
            )
        return found

    def _field(self, name: str, value: str) -> tuple[str, Json]:
        """A field by its name and its value in the shape that Jira wants for the field's type."""
        for field in self._accounts.fields():
            if str(field["name"]).lower() == name.lower():
                schema: Mapping[str, str] = field.get("schema") or {}
                return str(field["id"]), _shaped(value, schema.get("type", "string"), schema.get("items", "string"))
        raise NotFound(f"Jira has no field {name!r}", service="Jira", to_do="check the name on Jira's field list")


def search(
    accounts: JiraAccounts,
    seat: SeatId,
    jql: str,
    *,
    fields: Sequence[str],
    expand: str | None = None,
    properties: str | None = None,
    most: int | None = None,
) -> list[Mapping[str, Json]]:
    """All issues that a JQL query finds, or the first ones when there are more than `most`, as JSON. Raises AdapterError."""
    found: list[Mapping[str, Json]] = []
    token: str | None = None

    def read() -> Json:
        with accounts.asking("searching for issues"):
            return accounts.client(seat).enhanced_search_issues(
                jql,
                nextPageToken=token,
                maxResults=100,
                fields=list(fields),
                expand=expand,
                properties=properties,
                json_result=True,
            )

    while True:
        page = accounts.page(read)
        found += page["issues"]
        token = page.get("nextPageToken")
        if not token or page.get("isLast") or (most is not None and len(found) > most):
            return found


def _batches(drafts: Sequence[IssueDraft]) -> list[list[IssueDraft]]:
    """Batches in order; an issue never shares one with its parent, whose key must be known first."""
    batches: list[list[IssueDraft]] = []
    for draft in drafts:
        if not batches or len(batches[-1]) == _BATCH or draft.parent in {other.ref for other in batches[-1]}:
            batches.append([])
        batches[-1].append(draft)
    return batches


def _labels_turned(changes: IssueChanges) -> list[dict[str, str]]:
    """Labels to be added and removed, as Jira's `update` wants them."""
    turned = [("add", label) for label in changes.add_labels] + [("remove", label) for label in changes.remove_labels]
    return [{verb: label} for verb, label in turned]


def _shaped(value: str, kind: str, items: str) -> Json:
    shapes: dict[str, Callable[[], Json]] = {
        "number": lambda: float(value),
        "option": lambda: {"value": value},
        "array": lambda: [_shaped(item.strip(), items, "string") for item in value.split(",") if item.strip()],
        "priority": lambda: {"name": value},
        "resolution": lambda: {"name": value},
        "version": lambda: {"name": value},
        "component": lambda: {"name": value},
    }
    return shapes.get(kind, lambda: value)()
