"""The labels that issues and pull requests carry."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, bindparam, delete, exists, insert, select

from simulator.emulators.github.state import events
from simulator.emulators.github.state.issues import Issue, touch
from simulator.emulators.github.state.labels import Label, create_label, find_label
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.github.tables import issue_labels, issues, labels
from simulator.emulators.kit.prepared import Prepared

_NEW_COLOR = "ededed"
_COLUMNS = [labels.c[name] for name in Label.__slots__]
_OF_ISSUES = Prepared(
    select(issue_labels.c.issue_id, *_COLUMNS)
    .join_from(issue_labels, labels, (labels.c.site == issue_labels.c.site) & (labels.c.id == issue_labels.c.label_id))
    .where(issue_labels.c.site == bindparam("site"), issue_labels.c.issue_id.in_(bindparam("ids", expanding=True)))
    .order_by(labels.c.id),
    names="ids",
)


def has_label(name: str) -> ColumnElement[bool]:
    """The condition on gh_issues that an issue carries a label of this name, in any case."""
    return exists().where(
        issue_labels.c.site == issues.c.site,
        issue_labels.c.issue_id == issues.c.id,
        labels.c.site == issue_labels.c.site,
        labels.c.id == issue_labels.c.label_id,
        labels.c.name_lower == name.lower(),
    )


def labels_of(place: Place, issue_ids: Iterable[int]) -> dict[int, list[Label]]:
    """Labels by issue, in the order the labels were made; issues without any are left out."""
    found: dict[int, list[Label]] = {}
    for issue_id, *columns in _OF_ISSUES.all(place.connection, site=place.site, ids=issue_ids):
        found.setdefault(issue_id, []).append(Label(**dict(zip(Label.__slots__, columns, strict=True))))
    return found


def add_labels(work: Work, issue: Issue, names: Iterable[str]) -> None:
    """Put labels on an issue; names that the repository lacks become new labels, as on GitHub."""
    wanted = list(names)
    present = {label.id for label in labels_of(work, [issue.id] if wanted else []).get(issue.id, [])}
    for name in wanted:
        label = _found_or_made(work, name)
        if label.id in present:
            continue
        present.add(label.id)
        row = {"site": work.site, "issue_id": issue.id, "label_id": label.id}
        work.connection.execute(insert(issue_labels), row)
        _note(work, issue, "labeled", label)


def remove_label(work: Work, issue: Issue, name: str) -> bool:
    """Take a label off an issue; says whether it was there."""
    here = labels_of(work, [issue.id]).get(issue.id, [])
    found = next((label for label in here if label.name.lower() == name.lower()), None)
    if found is None:
        return False
    work.connection.execute(
        delete(issue_labels).where(
            issue_labels.c.site == work.site,
            issue_labels.c.issue_id == issue.id,
            issue_labels.c.label_id == found.id,
        )
    )
    _note(work, issue, "unlabeled", found)
    return True


def set_labels(work: Work, issue: Issue, names: Iterable[str]) -> None:
    """Make exactly these the labels of an issue."""
    wanted = list(names)
    kept = {name.lower() for name in wanted}
    for label in labels_of(work, [issue.id]).get(issue.id, []):
        if label.name.lower() not in kept:
            remove_label(work, issue, label.name)
    add_labels(work, issue, wanted)


def _found_or_made(work: Work, name: str) -> Label:
    found = find_label(work.connection, work.site, work.repository.id, name)
    if found is not None:
        return found
    return create_label(work.connection, work.site, work.repository.id, name=name.strip(), color=_NEW_COLOR)


def _note(work: Work, issue: Issue, kind: str, label: Label) -> None:
    events.record(work, issue.id, kind, label={"name": label.name, "color": label.color})
    touch(work, issue.id)
    work.tell("pull_request" if issue.is_pull else "issues", kind, issue.id, label=label)
