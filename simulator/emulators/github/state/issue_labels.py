"""The labels that issues and pull requests carry."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, delete, insert, select

from simulator.emulators.github.state import events
from simulator.emulators.github.state.issues import Issue, touch
from simulator.emulators.github.state.labels import Label, create_label, find_label
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.github.tables import issue_labels, labels

_NEW_COLOR = "ededed"
_COLUMNS = [labels.c[name] for name in Label.__slots__]
_OF_ISSUES = (
    select(issue_labels.c.issue_id, *_COLUMNS)
    .join_from(issue_labels, labels, (labels.c.site == issue_labels.c.site) & (labels.c.id == issue_labels.c.label_id))
    .where(issue_labels.c.site == bindparam("site"), issue_labels.c.issue_id.in_(bindparam("ids", expanding=True)))
    .order_by(labels.c.id)
)


def labels_of(place: Place, issue_ids: Iterable[int]) -> dict[int, list[Label]]:
    """Labels by issue, in the order the labels were made; issues without any are left out."""
    keys = {"site": place.site, "ids": list(issue_ids)}
    found: dict[int, list[Label]] = {}
    for row in place.connection.execute(_OF_ISSUES, keys).mappings():
        label = Label(**{name: row[name] for name in Label.__slots__})
        found.setdefault(row["issue_id"], []).append(label)
    return found


def add_labels(work: Work, issue: Issue, names: Iterable[str]) -> None:
    """Put labels on an issue; names that the repository lacks become new labels, as on GitHub."""
    present = {label.id for label in labels_of(work, [issue.id]).get(issue.id, [])}
    for name in names:
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
