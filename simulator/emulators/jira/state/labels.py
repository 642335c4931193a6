"""Labels: whatever words people put on issues."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, delete, insert, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.state.changes import Change
from simulator.emulators.jira.state.context import Context

_l = tables.labels.c
_OF_ISSUES = select(_l.issue_id, _l.label).where(
    _l.site == bindparam("site"), _l.issue_id.in_(bindparam("ids", expanding=True))
)


def labels_of(context: Context, issue_ids: Iterable[int]) -> dict[int, list[str]]:
    """The labels of issues, sorted."""
    wanted = list(issue_ids)
    found: dict[int, list[str]] = {issue_id: [] for issue_id in wanted}
    for issue_id, label in context.connection.execute(_OF_ISSUES, {"site": context.site, "ids": wanted}):
        found[issue_id].append(label)
    return {issue_id: sorted(labels) for issue_id, labels in found.items()}


def set_labels(context: Context, issue_id: int, labels: Iterable[str]) -> Change | None:
    """Give an issue exactly these labels; returns the history item, None when it had them."""
    before, after = labels_of(context, [issue_id])[issue_id], sorted(set(labels))
    if before == after:
        return None
    of = (_l.site == context.site) & (_l.issue_id == issue_id)
    context.connection.execute(delete(tables.labels).where(of))
    if after:
        rows = [{"site": context.site, "issue_id": issue_id, "label": label} for label in after]
        context.connection.execute(insert(tables.labels), rows)
    return Change(
        field="labels",
        field_id="labels",
        from_value="",
        from_text=" ".join(before),
        to_value="",
        to_text=" ".join(after),
    )


def all_labels(context: Context) -> list[str]:
    """All labels of the site, sorted."""
    query = select(_l.label).where(_l.site == context.site).distinct().order_by(_l.label)
    return list(context.connection.execute(query).scalars())
