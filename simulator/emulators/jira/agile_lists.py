"""Lists of issues as Jira Software gives them: within a board's filter, narrowed, ordered, in pages of two kinds.

`/rest/agile/1.0` pages by startAt and total, `/rest/software/1.0` by token.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from flask import Response, request

from simulator.emulators.jira.fields import selected
from simulator.emulators.jira.params import page, words
from simulator.emulators.jira.payloads.field_names import names, schemas
from simulator.emulators.jira.payloads.issues import AGILE_BUILDERS
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.showing import show_issues
from simulator.emulators.jira.state.board_issues import by_rank
from simulator.emulators.jira.state.search.query import Found, both, compile_jql, count, find_page
from simulator.emulators.jira.state.search.terms import Condition
from simulator.emulators.jira.tokens import make_token, read_token
from simulator.emulators.kit.web import reply


def list_issues(session: Session, *, base: Found, extra: Sequence[Condition] = ()) -> Response:
    """A page of the issues that `base`, `extra` and the caller's `jql` allow, by rank where nothing orders them."""
    jql = request.args.get("jql", "")
    found = both(base, compile_jql(session.context, jql)) if jql else base
    if not found.order:
        found = dataclasses.replace(found, order=by_rank())
    software = request.path.startswith("/rest/software/")
    asked = page()
    start = read_token(request.path + jql, request.args.get("nextPageToken", "")) if software else asked.start
    issues = find_page(session.context, found, start=start, limit=asked.limit + 1, extra=extra)
    more = len(issues) > asked.limit
    expand = [name for name in words("expand") if name not in {"names", "schema"}]
    shown = show_issues(session, issues[: asked.limit], fields=agile_fields(), expand=expand)
    body: dict[str, object] = {"expand": "schema,names", "issues": shown}
    if software:
        body["isLast"] = not more
        body |= {"nextPageToken": make_token(request.path + jql, start + asked.limit)} if more else {}
    else:
        total = count(session.context, found, extra=extra)
        body |= {"startAt": start, "maxResults": asked.limit, "total": total, "isLast": not more}
    return reply(body | _described(session))


def agile_fields() -> list[str]:
    """The fields that the caller asks for: the platform's and those that only the agile API knows."""
    wanted = request.args.getlist("fields")
    chosen = selected(wanted, ("*all",))
    names_asked = {name.strip() for part in wanted for name in part.split(",") if name.strip()}
    everything = not names_asked or bool({"*all", "*navigable"} & names_asked)
    return chosen + [name for name in AGILE_BUILDERS if everything or name in names_asked]


def _described(session: Session) -> dict[str, object]:
    expand, fields, custom = words("expand"), agile_fields(), session.context.meta.custom_fields
    described: dict[str, object] = {"names": names(fields, custom)} if "names" in expand else {}
    return described | ({"schema": schemas(fields, custom)} if "schema" in expand else {})
