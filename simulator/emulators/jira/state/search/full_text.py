"""Text search as conditions: SQLite's FTS5 or PostgreSQL's tsvector finds the issues, by stems. The tables: `tables/words.py`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    column,
    false,
    func,
    literal_column,
    not_,
    or_,
    select,
    table,
    union_all,
)

from simulator.emulators.jira import tables
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.search.words import Sought, for_postgresql, for_sqlite
from simulator.emulators.kit.tables import metadata

_i = tables.issues.c
_documents = table(tables.words.DOCUMENTS, column("doc"), column("site"), column("issue_id")).c
_words = table(tables.words.WORDS, column("rowid")).c
_matched: ColumnElement[Any] = literal_column(tables.words.WORDS)
_configuration: ColumnElement[Any] = literal_column(f"'{tables.words.CONFIGURATION}'::regconfig")

Matches = Callable[[Context, Sequence[Sought]], ColumnElement[bool]]
"""Whether an issue's text has one of the alternatives."""


def within(name: str) -> Matches:
    """Whether one text of an issue has all that is asked: `summary`, `comment` and so on."""

    def condition(context: Context, alternatives: Sequence[Sought]) -> ColumnElement[bool]:
        return _found(context, (name,), alternatives) if alternatives else false()

    return condition


def anywhere(*names: str) -> Matches:
    """Whether each phrase that is asked for is in any of an issue's texts."""

    def condition(context: Context, alternatives: Sequence[Sought]) -> ColumnElement[bool]:
        def each(sought: Sought) -> ColumnElement[bool]:
            wanted = [_found(context, names, [Sought((phrase,))]) for phrase in sought.wanted]
            unwanted = [not_(_found(context, names, [Sought((phrase,))])) for phrase in sought.unwanted]
            return and_(*wanted, *unwanted)

        return or_(false(), *(each(sought) for sought in alternatives))

    return condition


def _found(context: Context, names: Sequence[str], alternatives: Sequence[Sought]) -> ColumnElement[bool]:
    if context.connection.dialect.name == "sqlite":
        match = _matched.op("MATCH")(for_sqlite(names, alternatives))
        found = select(_documents.issue_id).where(
            match, _documents.doc == _words.rowid, _documents.site == context.site
        )
        return _i.id.in_(found)
    query = func.to_tsquery(_configuration, for_postgresql(alternatives))
    sources: dict[str, list[str]] = {}
    for name in names:
        source, words = tables.words.COLUMNS[name]
        sources.setdefault(source, []).append(words)
    parts = [_in_columns(context, source, columns, query) for source, columns in sources.items()]
    return _i.id.in_(union_all(*parts) if len(parts) > 1 else parts[0])


def _in_columns(context: Context, source: str, words: Sequence[str], query: ColumnElement[Any]) -> Select[Any]:
    own = metadata.tables[source].alias().c
    issue_id = own.id if source == tables.issues.name else own.issue_id
    any_of = or_(*(func.to_tsvector(_configuration, own[name]).op("@@")(query) for name in words))
    return select(issue_id).where(own.site == context.site, any_of)
