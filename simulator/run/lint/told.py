"""The past that a mapping file tells, and the keys of issues that texts name where no tracker is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import Any

from simulator.model.agile import StatusCategory
from simulator.model.facts import FactKind, Observation
from simulator.model.keys import IssueKey, issue_keys_in
from simulator.model.past import Past, Someone, Told
from simulator.run.lint.mapping import IssuePart, MappingPart, SprintPart, as_instant

_FIRST_STATUS = "To Do"
_MOST_KEYS = 20_000


def told_by_mapping(mapping: MappingPart, *, since: datetime, until: datetime) -> Past:
    """The past that the file tells. An issue without `created` is as old as the range."""
    telling = _Telling(mapping, since, until)
    return Past(
        observations=tuple(telling.observations()),
        people=tuple(people_of(mapping)),
        default_branch=mapping.branch,
        project=mapping.project or _project_of(mapping),
        tells=frozenset(telling.tells()),
        names=dict(_names_in(mapping)),
    )


def told_by_names(pasts: Iterable[Past], project: str, *, since: datetime) -> Past:
    """The issues of a project that commits, branches and titles name: that they exist is all that is known of them."""
    texts = (
        str(text)
        for past in pasts
        for seen in past.observations
        for text in (
            seen.subject.partition(":")[2],
            seen.detail.get("message"),
            seen.detail.get("title"),
            seen.detail.get("head"),
        )
        if text
    )
    keys = dict.fromkeys(key for text in texts for key in issue_keys_in(text, projects=(project,)))
    observations = (_known_by_name(key, since) for key in list(keys)[:_MOST_KEYS])
    return Past(observations=tuple(observations), project=project, tells=frozenset({Told.KEYS}))


def people_of(mapping: MappingPart) -> Iterator[Someone]:
    """The people of the file, with all their accounts."""
    for person in mapping.people:
        accounts = (*person.emails, *filter(None, (person.github, person.jira)))
        yield Someone(person.name, tuple(dict.fromkeys(name.lower() for name in accounts)), is_bot=person.bot)


def _names_in(mapping: MappingPart) -> Iterator[tuple[str, IssueKey]]:
    for key, issue in mapping.issues.items():
        if mapping.named_as:
            yield mapping.named_as.replace("{number}", key.rpartition("-")[2]).lower(), IssueKey(key)
        yield from ((name.lower(), IssueKey(key)) for name in issue.named)


def _project_of(mapping: MappingPart) -> str | None:
    return next((key.partition("-")[0] for key in mapping.issues), None)


def _known_by_name(key: IssueKey, since: datetime) -> Observation:
    return Observation(
        source_id=f"name:issue:{key}",
        kind=FactKind.ISSUE_CREATED,
        subject=f"issue:{key}",
        account=None,
        url="",
        recorded_at=since,
        detail={"key": key},
    )


class _Telling:
    """One file's issues and sprints on their way to observations."""

    def __init__(self, mapping: MappingPart, since: datetime, until: datetime) -> None:
        self._mapping = mapping
        self._since, self._until = since, until
        self._numbers = {sprint.name: number for number, sprint in enumerate(mapping.sprints, start=1)}

    def tells(self) -> Iterator[Told]:
        if self._mapping.people:
            yield Told.ACCOUNTS
        if self._mapping.issues:
            yield from (Told.KEYS, Told.ISSUES)
        if any(issue.moves for issue in self._mapping.issues.values()):
            yield Told.ISSUE_HISTORY
        if self._mapping.sprints:
            yield Told.SPRINTS

    def observations(self) -> Iterator[Observation]:
        for number, sprint in enumerate(self._mapping.sprints, start=1):
            yield from self._sprint(number, sprint)
        for key, issue in self._mapping.issues.items():
            yield from self._issue(key, issue)

    def _sprint(self, number: int, sprint: SprintPart) -> Iterator[Observation]:
        start = as_instant(sprint.start, zone=self._mapping.zone, at=self._mapping.hours.start)
        end = as_instant(sprint.end, zone=self._mapping.zone, at=self._mapping.hours.end)
        detail = {"id": number, "name": sprint.name, "goal": sprint.goal, "start": _stamp(start), "end": _stamp(end)}
        subject = f"sprint:{number}"
        yield _seen(
            "created", FactKind.SPRINT_CREATED, subject, start - timedelta(minutes=1), {**detail, "state": "future"}
        )
        yield _seen("started", FactKind.SPRINT_STARTED, subject, start, detail)
        if end <= self._until:
            yield _seen("closed", FactKind.SPRINT_CLOSED, subject, end, {"id": number, "name": sprint.name})

    def _issue(self, key: str, issue: IssuePart) -> Iterator[Observation]:
        created = self._since if issue.created is None else self._instant(issue.created)
        first = min((self._instant(move.at) for move in issue.moves), default=created)
        status = issue.status or _FIRST_STATUS
        detail = {
            "key": key,
            "type": issue.type.value,
            "summary": issue.summary,
            "description": issue.description,
            "priority": issue.priority.value if issue.priority else "",
            "points": issue.points,
            "status": status,
            "category": self._category(status).value,
            "assignee": issue.assignee,
            "reporter": issue.reporter,
            "labels": list(issue.labels),
            "sprints": [self._numbers[issue.sprint]] if issue.sprint else [],
            "parent": issue.parent or "",
            "resolution": issue.resolution or "",
        }
        yield _seen("created", FactKind.ISSUE_CREATED, f"issue:{key}", min(created, first), detail, by=issue.reporter)
        for number, move in enumerate(issue.moves, start=1):
            moved = {
                "key": key,
                "field": "status",
                "from_text": status,
                "to_text": move.to,
                "category": self._category(move.to).value,
            }
            at = self._instant(move.at)
            yield _seen(
                f"move-{number}", FactKind.ISSUE_CHANGED, f"issue:{key}", at, moved, by=move.by or issue.assignee
            )
            status = move.to

    def _category(self, status: str) -> StatusCategory:
        name = status.casefold()
        if name in map(str.casefold, self._mapping.done):
            return StatusCategory.DONE
        is_waiting = name in map(str.casefold, self._mapping.waiting)
        return StatusCategory.TO_DO if is_waiting else StatusCategory.IN_PROGRESS

    def _instant(self, when: Any) -> datetime:  # Any: a day or an instant
        return as_instant(when, zone=self._mapping.zone, at=time(12))


def _seen(
    name: str, kind: FactKind, subject: str, at: datetime, detail: dict[str, Any], *, by: str | None = None
) -> Observation:
    """An observation; `by` is a person's name."""
    return Observation(
        source_id=f"mapping:{subject}:{name}",
        kind=kind,
        subject=subject,
        account=by,
        url="",
        recorded_at=at,
        detail=detail,
    )


def _stamp(at: datetime) -> str:
    return at.isoformat()
