"""What happened to issues: created, changed, commented, deleted.

Searches for what was updated since the last look, with changelog and comments. Jira's search takes minutes in the searching
user's time zone, so looks overlap; what an issue held when it was made is found by taking its changes back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from simulator.adapters.issue_history import first_parent, mark_of, taken_back
from simulator.adapters.jira import MARK, POINTS, search
from simulator.adapters.jira_accounts import JiraAccounts, Json
from simulator.adapters.seen import ISSUE_PRECISION_S, instant
from simulator.errors import AdapterError, NotFound
from simulator.model.facts import FactKind, Observation

_OVERLAP = timedelta(minutes=2)  # a whole minute for the search's stamps, another for the index to follow
_MOST_KNOWN = 500
_MOST_NUMBERS = 2000
_FIELDS = ("summary", "description", "issuetype", "priority", "status", "assignee", "reporter", "creator", "labels")
_MORE_FIELDS = ("created", "updated", "comment", "parent", "resolution", "environment", "duedate")
_PEOPLE = ("assignee", "reporter")


class IssueObserver:
    """Looks at issues as the admin seat."""

    def __init__(self, accounts: JiraAccounts) -> None:
        self._accounts = accounts
        self._project = accounts.services.project
        self._categories: dict[str, str] = {}
        self._zone: ZoneInfo | None = None

    def observe(self, cursor: Mapping[str, Any]) -> tuple[list[Observation], dict[str, Any]]:
        """What happened to issues since the cursor, and the cursor after it. Nothing when there is no project yet."""
        since = instant(cursor["since"]) if cursor.get("since") else None
        known: dict[str, str] = dict(cursor.get("known", {}))
        numbers: set[int] = set(cursor.get("numbers", ()))
        seen: list[Observation] = []
        latest = since
        for issue in self._updated(since):
            updated, mark = instant(issue["fields"]["updated"]), mark_of(issue)
            latest = updated if latest is None else max(latest, updated)
            if known.get(issue["key"]) != mark:
                seen += self._issue(issue, since=since, is_new=_number(issue["key"]) not in numbers)
            known.pop(issue["key"], None)
            known[issue["key"]] = mark
            numbers.add(_number(issue["key"]))
        return seen, {
            **({"renamed": cursor["renamed"]} if "renamed" in cursor else {}),
            "since": latest.isoformat() if latest else None,
            "known": dict(list(known.items())[-_MOST_KNOWN:]),
            "numbers": sorted(numbers)[-_MOST_NUMBERS:],
        }

    def deleted(self, cursor: Mapping[str, Any], *, now: datetime) -> tuple[list[Observation], dict[str, Any]]:
        """Issues of the cursor that are gone, and the cursor without them. Nobody is told when and by whom: it is now."""
        numbers: set[int] = set(cursor.get("numbers", ()))
        there = {_number(issue["key"]) for issue in self._found(f'project = "{self._project}"', ("summary",), None)}
        gone = [number for number in sorted(numbers - there) if self._is_gone(f"{self._project}-{number}")]
        left = {**cursor, "numbers": sorted(numbers.difference(gone))}
        return [self._gone(f"{self._project}-{number}", now) for number in gone], left

    def _updated(self, since: datetime | None) -> list[Mapping[str, Json]]:
        clause = ""
        if since is not None:
            clause = f' AND updated >= "{self.searched(since - _OVERLAP)}"'
        return self.matching(f'project = "{self._project}"{clause} ORDER BY updated ASC, key ASC')

    def matching(self, jql: str, *, most: int | None = None) -> list[Mapping[str, Json]]:
        """The issues that a JQL query finds, with what `told` needs; some more than `most` say that there are more of them."""
        fields = (*_FIELDS, *_MORE_FIELDS, *filter(None, [self._points(), self._sprint()]))
        return self._found(jql, fields, "changelog", most=most)

    def told(self, issue: Mapping[str, Json]) -> list[Observation]:
        """Everything that happened to an issue since it was made, oldest first. Raises AdapterError."""
        return list(self._issue(issue, since=None, is_new=True))

    def _found(
        self, jql: str, fields: Sequence[str], expand: str | None, *, most: int | None = None
    ) -> list[Mapping[str, Json]]:
        admin, properties = self._accounts.services.admin, MARK if expand else None
        found = search(self._accounts, admin, jql, fields=fields, expand=expand, properties=properties, most=most)
        return [{**issue, "key": own_key(self._project, issue["key"])} for issue in found]

    def renamed(self, cursor: Mapping[str, Any], *, now: datetime) -> tuple[list[Observation], dict[str, Any]]:
        """That the project has another key than when the run began, told once, and the cursor after it."""
        with self._accounts.asking("looking at the project"):
            key = str(self._accounts.client(self._accounts.services.admin).project(self._project).key)
        if key == cursor.get("renamed", self._project):
            return [], dict(cursor)
        text = (
            f"The Jira project {self._project} is called {key} now. Its issues keep their numbers, and the old keys still lead "
            f"to them: the run goes on with {self._project}. Go on writing {self._project}-1 in branches and commits, or give "
            "the project its old key back."
        )
        detail = {"what": "project_renamed", "text": text, "key": key}
        seen = self._observation(
            f"jira:project:{self._project}:key:{key}", FactKind.SIGHTED, key, None, now.isoformat(), detail
        )
        return [replace(seen, subject=f"project:{self._project}")], {**cursor, "renamed": key}

    # --- one issue ----------------------------------------------------------------------------------------------

    def _issue(self, issue: Mapping[str, Json], *, since: datetime | None, is_new: bool) -> Iterator[Observation]:
        earliest = None if is_new or since is None else since - _OVERLAP
        histories = self._histories(issue)
        if is_new:
            yield self._created(issue, histories)
        for history in histories:
            if earliest is None or instant(history["created"]) >= earliest:
                yield from self._changes(issue, history)
        for comment in self._comments(issue):
            if earliest is None or instant(comment["created"]) >= earliest:
                yield self._commented(issue, comment)
            reworded = comment.get("updated") or comment["created"]
            if reworded != comment["created"] and (earliest is None or instant(reworded) >= earliest):
                yield self._reworded(issue, comment)

    def _created(self, issue: Mapping[str, Json], histories: Sequence[Json]) -> Observation:
        fields = issue["fields"]
        first = taken_back(histories)
        status = first.get("status", (fields["status"]["id"], fields["status"]["name"]))
        points = first["points"][1] if "points" in first else fields.get(self._points() or "")
        detail = {
            "key": issue["key"],
            "ref": ((issue.get("properties") or {}).get(MARK) or {}).get("ref"),
            "type": first.get("issuetype", (None, fields["issuetype"]["name"]))[1],
            "summary": first.get("summary", (None, fields["summary"]))[1],
            "description": first.get("description", (None, fields.get("description")))[1] or "",
            "priority": first.get("priority", (None, (fields.get("priority") or {}).get("name")))[1],
            "points": float(points) if points not in (None, "") else None,
            "status": status[1],
            "category": self._category(status[0]),
            "labels": first["labels"][1].split() if "labels" in first else list(fields.get("labels") or []),
            "sprints": _ids(first["Sprint"][0]) if "Sprint" in first else self._sprints_of(fields),
            "parent": first_parent(first, fields),
            "environment": first.get("environment", (None, fields.get("environment")))[1] or "",
            "due": first.get("duedate", (fields.get("duedate"), None))[0] or "",
            "resolution": first.get("resolution", (None, (fields.get("resolution") or {}).get("name")))[1] or "",
            **{name: self._person(first, fields, name) for name in _PEOPLE},
        }
        author = self._accounts.account_name(fields.get("creator"))
        source = f"jira:issue:{issue['key']}:created"
        return self._observation(source, FactKind.ISSUE_CREATED, issue["key"], author, fields["created"], detail)

    def _changes(self, issue: Mapping[str, Json], history: Json) -> Iterator[Observation]:
        author = self._accounts.account_name(history.get("author"))
        for number, item in enumerate(history["items"]):
            detail = {
                "key": issue["key"],
                "field": item["field"],
                "from": self._value(item, "from"),
                "to": self._value(item, "to"),
                "from_text": item.get("fromString"),
                "to_text": item.get("toString"),
            }
            if item["field"] == "status":
                detail["category"] = self._category(item["to"])
            source = f"jira:history:{history['id']}:{number}"
            yield self._observation(source, FactKind.ISSUE_CHANGED, issue["key"], author, history["created"], detail)

    def _commented(self, issue: Mapping[str, Json], comment: Json) -> Observation:
        author = self._accounts.account_name(comment.get("author"))
        detail = {"key": issue["key"], "id": comment["id"], "body": comment["body"]}
        source = f"jira:comment:{comment['id']}"
        return self._observation(source, FactKind.ISSUE_COMMENTED, issue["key"], author, comment["created"], detail)

    def _reworded(self, issue: Mapping[str, Json], comment: Json) -> Observation:
        author = self._accounts.account_name(comment.get("updateAuthor") or comment.get("author"))
        detail = {"key": issue["key"], "id": comment["id"], "body": comment["body"], "on": "issue-comment"}
        source = f"jira:comment:{comment['id']}:edited:{comment['updated']}"
        return self._observation(source, FactKind.COMMENT_EDITED, issue["key"], author, comment["updated"], detail)

    def _gone(self, key: str, now: datetime) -> Observation:
        source = f"jira:issue:{key}:deleted"
        return self._observation(source, FactKind.ISSUE_DELETED, key, None, now.isoformat(), {"key": key})

    def _observation(
        self, source: str, kind: FactKind, key: str, account: str | None, at: str, detail: Mapping[str, Any]
    ) -> Observation:
        return Observation(
            source_id=source,
            kind=kind,
            subject=f"issue:{key}",
            account=account,
            url=f"{self._accounts.services.jira_url.rstrip('/')}/browse/{key}",
            recorded_at=instant(at),
            precision_s=ISSUE_PRECISION_S,
            detail=detail,
        )

    # --- what Jira leaves out of a search's answer ----------------------------------------------------------------

    def _histories(self, issue: Mapping[str, Json]) -> list[Json]:
        """The whole changelog, oldest first; a search shows only its latest part."""
        shown = issue.get("changelog") or {}
        histories = list(shown.get("histories") or [])
        if int(shown.get("total") or 0) > len(histories):
            histories = self._pages(
                f"/rest/api/2/issue/{issue['key']}/changelog", "values", f"the history of {issue['key']}"
            )
        return sorted(histories, key=lambda history: (history["created"], int(history["id"])))

    def _comments(self, issue: Mapping[str, Json]) -> list[Json]:
        shown = issue["fields"].get("comment") or {}
        comments = list(shown.get("comments") or [])
        if int(shown.get("total") or 0) > len(comments):
            path = f"/rest/api/2/issue/{issue['key']}/comment"
            comments = self._pages(path, "comments", f"the comments of {issue['key']}")
        return comments

    def _pages(self, path: str, key: str, what: str) -> list[Json]:
        items: list[Json] = []
        while True:
            with self._accounts.asking(f"reading {what}"):
                page = self._accounts.send(
                    self._accounts.services.admin, "GET", path, params={"startAt": len(items), "maxResults": 100}
                )
            items += page[key]
            if not page[key] or len(items) >= int(page["total"]):
                return items

    def _is_gone(self, key: str) -> bool:
        """Whether Jira has no such issue: a search alone may only lag behind."""
        try:
            with self._accounts.asking(f"looking for {key}"):
                self._accounts.client(self._accounts.services.admin).issue(key, fields="summary")
        except NotFound:
            return True
        return False

    # --- what Jira's words mean -----------------------------------------------------------------------------------

    def _person(self, first: Mapping[str, tuple[str | None, Any]], fields: Mapping[str, Json], name: str) -> str | None:
        if name in first:
            account_id = first[name][0]
            return self._accounts.account_name_of_id(account_id) or account_id
        return self._accounts.account_name(fields.get(name))

    def _value(self, item: Json, side: str) -> str | None:
        value: str | None = item.get(side)
        if value and item["field"] in _PEOPLE:
            return self._accounts.account_name_of_id(value) or value
        return value

    def _category(self, status_id: str | None) -> str | None:
        """Key of a status's category (new, indeterminate, done); asked when an unknown status appears."""
        if status_id and status_id not in self._categories:
            with self._accounts.asking("listing the statuses"):
                statuses = self._accounts.client(self._accounts.services.admin).statuses()
            self._categories = {str(status.id): str(status.statusCategory.key) for status in statuses}
        return self._categories.get(status_id or "")

    def searched(self, at: datetime) -> str:
        """An instant as a JQL query takes it, to the minute before it."""
        return f"{at.astimezone(self._search_zone()):%Y-%m-%d %H:%M}"

    def _search_zone(self) -> ZoneInfo:
        if self._zone is None:
            with self._accounts.asking("asking for the time zone"):
                me = self._accounts.client(self._accounts.services.admin).myself()
            self._zone = ZoneInfo(me.get("timeZone") or "UTC")
        return self._zone

    def _points(self) -> str | None:
        return self._accounts.field_id(*POINTS)

    def _sprint(self) -> str | None:
        return self._accounts.field_id("Sprint")

    def _sprints_of(self, fields: Mapping[str, Json]) -> list[int]:
        return [int(sprint["id"]) for sprint in fields.get(self._sprint() or "") or []]


def is_no_project(refused: AdapterError, project: str) -> bool:
    """Whether a refused search means that the project is not there: Jira answers 400 and says so in words."""
    return " 400 " in refused.what and project in refused.what and "field 'project'" in refused.what


def own_key(project: str, key: str) -> str:
    """The key that an issue had when the run began: a project that is given another key keeps its numbers."""
    return f"{project}-{_number(key)}"


def _number(key: str) -> int:
    return int(key.rpartition("-")[2])


def _ids(listed: str | None) -> list[int]:
    return [int(part) for part in (listed or "").split(",") if part.strip()]
