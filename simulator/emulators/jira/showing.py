"""From issues to replies: the page is read in a few statements and rendered with the fields that the caller asked for."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.emulators.jira.fields import present
from simulator.emulators.jira.payloads.issues import full_issue
from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.bundle import read_bundle
from simulator.emulators.jira.state.issues import Issue


def show_issues(
    session: Session,
    issues: Sequence[Issue],
    *,
    fields: Sequence[str],
    expand: Sequence[str] = (),
    properties: Sequence[str] = (),
) -> list[Json]:
    """Issues as Jira writes them."""
    fields = present(fields, session.context.meta.custom_fields)
    bundle = read_bundle(session.context, issues, fields=fields, changelog="changelog" in expand, properties=properties)
    return [full_issue(session, bundle, issue, fields=fields, expand=expand) for issue in issues]
