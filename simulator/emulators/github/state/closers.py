"""Which pull requests promise to close which issues, read from their descriptions.

Source: https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue
"""

from __future__ import annotations

from sqlalchemy import select

from simulator.emulators.github.state import events, mentions
from simulator.emulators.github.state.issues import Issue, issues_by_id
from simulator.emulators.github.state.pull_rows import Pull, pulls_by_id
from simulator.emulators.github.state.work import Place
from simulator.emulators.github.tables import events as rows


def issues_closed_by(place: Place, pull: Pull) -> list[Issue]:
    """The issues of the repository that a pull request into its default branch promises to close, by number."""
    if pull.row.base_ref != place.repository.default_branch:
        return []
    ids = events.issue_ids_by_number(place, _promised(place, pull))
    found = issues_by_id(place, ids.values()) if ids else {}
    return sorted((each for each in found.values() if not each.is_pull), key=lambda issue: issue.number)


def pulls_closing(place: Place, issue: Issue) -> list[Pull]:
    """The pull requests that promise to close an issue, oldest first."""
    query = select(rows.c.detail).where(
        rows.c.site == place.site, rows.c.issue_id == issue.id, rows.c.kind == events.CROSS_REFERENCED
    )
    sources = {detail["source_id"] for detail in place.connection.execute(query).scalars()}
    mentioning = pulls_by_id(place, sources).values() if sources else ()
    base = place.repository.default_branch
    return [pull for pull in mentioning if pull.row.base_ref == base and issue.number in _promised(place, pull)]


def _promised(place: Place, pull: Pull) -> set[int]:
    text = f"{pull.issue.title}\n{pull.issue.body or ''}"
    return mentions.closed_by(text, full_name=place.repository.full_name)
