"""What a code host tells of issues: the branches, commits and pull requests that name them.

Kept as the host told it; where a thing lies is said by its repository, which may change its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import bindparam, delete, insert, select, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.state.context import Context
from simulator.emulators.kit.prepared import Prepared

BRANCH, COMMIT, PULL = "branch", "commit", "pullrequest"

DRAFT, OPEN, MERGED, DECLINED = "DRAFT", "OPEN", "MERGED", "DECLINED"
"""States of pull requests."""

APPROVED, NEEDS_WORK, UNDECIDED = "APPROVED", "NEEDSWORK", "UNAPPROVED"
"""What a reviewer says of one, in the words of github.com/atlassian/github-for-jira, as those of the states."""

MOST = 500
"""Things that one issue shows of each kind, the latest."""

_t = tables.development
_d, _r = tables.development.c, tables.development_repositories.c
_KNOWN = Prepared(select(_r.name, _r.private).where(_r.site == bindparam("site"), _r.id == bindparam("id")))


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRepository:
    """A repository of the code host: its number there, `owner/name`."""

    id: int
    name: str
    private: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A thing that names issues. `ref` is a branch's name, a commit's id or a pull request's number; `at` when it last changed.

    `state` is that of a pull request, "" for the others. `content` is by kind what `integration/traces.py` puts there.
    """

    repository: CodeRepository
    kind: str
    ref: str
    content: Mapping[str, Any]
    at: datetime
    state: str = ""


def is_known(context: Context, repository_id: int) -> bool:
    """Whether anything of a repository was ever kept."""
    return _KNOWN.first(context.connection, site=context.site, id=repository_id) is not None


def keep(context: Context, trace: Trace, issue_ids: Iterable[int]) -> tuple[set[int], set[int]]:
    """Show a thing on these issues and on no others; returns those that have not shown it before, and those that did."""
    wanted = set(issue_ids)
    if wanted:
        keep_repository(context, trace.repository)
    of = _is(context, trace.repository.id, trace.kind, [trace.ref])
    shown = set(context.connection.execute(select(_d.issue_id).where(*of)).scalars())
    values = {"state": trace.state, "content": orjson.dumps(trace.content).decode(), "at": trace.at}
    if shown - wanted:
        context.connection.execute(delete(_t).where(*of, _d.issue_id.in_(shown - wanted)))
    if shown & wanted:
        context.connection.execute(update(_t).where(*of, _d.issue_id.in_(shown & wanted)).values(**values))
    if wanted - shown:
        key = {"site": context.site, "repository_id": trace.repository.id, "kind": trace.kind, "ref": trace.ref}
        rows = [{**key, **values, "issue_id": number} for number in sorted(wanted - shown)]
        context.connection.execute(insert(_t), rows)
    return wanted - shown, shown - wanted


def drop(context: Context, repository_id: int, kind: str, refs: Sequence[str]) -> dict[str, list[int]]:
    """Show things no more; returns the issues that each was shown on."""
    gone: dict[str, list[int]] = {}
    for start in range(0, len(refs), MOST):
        of = _is(context, repository_id, kind, refs[start : start + MOST])
        for ref, issue_id in context.connection.execute(select(_d.ref, _d.issue_id).where(*of)).all():
            gone.setdefault(ref, []).append(issue_id)
        context.connection.execute(delete(_t).where(*of))
    return gone


def traces_of(context: Context, issue_id: int, kind: str) -> list[Trace]:
    """What an issue shows of a kind, the latest first."""
    query = (
        select(_d.ref, _d.state, _d.content, _d.at, _r.id, _r.name, _r.private)
        .join_from(
            tables.development, tables.development_repositories, (_r.site == _d.site) & (_r.id == _d.repository_id)
        )
        .where(_d.site == context.site, _d.issue_id == issue_id, _d.kind == kind)
        .order_by(_d.at.desc(), _d.ref.desc())
        .limit(MOST)
    )
    return [
        Trace(
            repository=CodeRepository(id=row.id, name=row.name, private=row.private),
            kind=kind,
            ref=row.ref,
            content=orjson.loads(row.content),
            at=row.at,
            state=row.state,
        )
        for row in context.connection.execute(query)
    ]


def keep_repository(context: Context, repository: CodeRepository) -> None:
    """Note what a repository is called now."""
    of = (_r.site == context.site) & (_r.id == repository.id)
    values = {"name": repository.name, "private": repository.private}
    known = _KNOWN.first(context.connection, site=context.site, id=repository.id)
    if known is None:
        context.connection.execute(
            insert(tables.development_repositories), {"site": context.site, "id": repository.id, **values}
        )
    elif tuple(known) != (repository.name, repository.private):
        context.connection.execute(update(tables.development_repositories).where(of).values(**values))


def forget_repository(context: Context, repository_id: int, *, links: str) -> None:
    """Show nothing of a repository any more, nor the remote links whose global ids begin with `links`."""
    of = (_r.site == context.site) & (_r.id == repository_id)
    context.connection.execute(delete(tables.development_repositories).where(of))
    r = tables.remote_links.c
    linked = r.global_id.startswith(links, autoescape=True)
    context.connection.execute(delete(tables.remote_links).where(r.site == context.site, linked))


def first_obeyed(context: Context, mark: str) -> bool:
    """Note that a commit or a command acts; False when it has acted before."""
    o = tables.obeyed.c
    if context.connection.execute(select(o.mark).where(o.site == context.site, o.mark == mark)).first():
        return False
    context.connection.execute(insert(tables.obeyed), {"site": context.site, "mark": mark})
    return True


def _is(
    context: Context, repository_id: int, kind: str, refs: Sequence[str]
) -> list[Any]:  # Any: SQLAlchemy's conditions
    return [_d.site == context.site, _d.repository_id == repository_id, _d.kind == kind, _d.ref.in_(refs)]
