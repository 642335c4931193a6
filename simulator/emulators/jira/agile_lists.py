"""Lists of issues as Jira Software gives them: within a board's filter, narrowed, ordered, in pages of two kinds.

`/rest/agile/1.0` pages by startAt and total, `/rest/software/1.0` by token.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, request

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.fields import selected
from simulator.emulators.jira.page_tokens import INVALID, make_page_token, read_page_token
from simulator.emulators.jira.params import page, words
from simulator.emulators.jira.payloads.agile_fields import AGILE_BUILDERS
from simulator.emulators.jira.payloads.field_names import names, schemas
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.showing import show_issues
from simulator.emulators.jira.state.board_issues import ranked
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.search.paging import BadMark, find_after
from simulator.emulators.jira.state.search.query import Found, both, compile_jql, count, find_page
from simulator.emulators.jira.state.search.terms import Condition
from simulator.emulators.kit.web import reply


def list_issues(session: Session, *, base: Found, extra: Sequence[Condition] = ()) -> Response:
    """A page of the issues that `base`, `extra` and the caller's `jql` allow, by rank where nothing orders them."""
    jql = request.args.get("jql", "")
    found = ranked(both(base, compile_jql(session.context, jql)) if jql else base, extra)
    by_token = request.path.startswith("/rest/software/")
    return reply((_after if by_token else _from)(session, found) | _described(session))


def _from(session: Session, found: Found) -> dict[str, object]:
    asked = page()
    issues = find_page(session.context, found, start=asked.start, limit=asked.limit)
    head = {"startAt": asked.start, "maxResults": asked.limit, "total": count(session.context, found)}
    return {"expand": "schema,names"} | head | {"issues": _shown(session, issues)}


def _after(session: Session, found: Found) -> dict[str, object]:
    """A page by token: it says after which issue the page begins, so that none is missed when others move."""
    context, person = session.context, session.context.account.jira_id
    query, token = f"{request.path} {request.args.get('jql', '')}", request.args.get("nextPageToken", "")
    mark = read_page_token(query, person, token)[1] if token else None
    try:
        issues, following = find_after(context, found, mark=mark, limit=max(1, page().limit))
    except BadMark:
        raise BadRequest(INVALID) from None
    more = {"nextPageToken": make_page_token(query, person, begun=context.now, mark=following)} if following else {}
    return {"expand": "schema,names", "issues": _shown(session, issues), "isLast": not following, **more}


def _shown(session: Session, issues: list[Issue]) -> object:
    expand = [name for name in words("expand") if name not in {"names", "schema"}]
    return show_issues(session, issues, fields=agile_fields(), expand=expand)


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
