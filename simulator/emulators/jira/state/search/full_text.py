"""Text search as conditions: SQLite's FTS5 or PostgreSQL's tsvector finds the issues, by stems. The tables: `tables/words.py`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    SelectBase,
    and_,
    column,
    exists,
    false,
    func,
    intersect,
    literal_column,
    not_,
    or_,
    select,
    table,
    union_all,
)

from simulator.emulators.jira import tables
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.search.restricted import RESTRICTED, seen
from simulator.emulators.jira.state.search.words import Phrase, Sought, for_postgresql, for_sqlite
from simulator.emulators.kit.tables import metadata

_i = tables.issues.c
_documents = table(tables.words.DOCUMENTS, *map(column, ("doc", "site", "issue_id", "source", "part_id"))).c
_words = table(tables.words.WORDS, column("rowid")).c
_matched: ColumnElement[Any] = literal_column(tables.words.WORDS)
_own_words = table(tables.custom_words.WORDS, column("rowid")).c
_matched_own: ColumnElement[Any] = literal_column(tables.custom_words.WORDS)
_configuration: ColumnElement[Any] = literal_column(f"'{tables.words.CONFIGURATION}'::regconfig")

_MOST_COMBINED = 4

Matches = Callable[[Context, Sequence[Sought]], ColumnElement[bool]]
"""Whether an issue's text has one of the alternatives."""


def within(name: str) -> Matches:
    """Whether one text of an issue has all that is asked: `summary`, `comment` and so on."""

    def condition(context: Context, alternatives: Sequence[Sought]) -> ColumnElement[bool]:
        return _i.id.in_(_found(context, (name,), alternatives)) if alternatives else false()

    return condition


def anywhere(*names: str) -> Matches:
    """Whether each phrase that is asked for is in any of an issue's texts, those of the site's own fields among them."""

    def condition(context: Context, alternatives: Sequence[Sought]) -> ColumnElement[bool]:
        own = [spec.number for spec in context.meta.custom_fields.values() if spec.kind == "string" and spec.number]

        def found(phrase: Phrase) -> list[SelectBase]:
            one = [Sought((phrase,))]
            return [_found(context, names, one), *([_found_in_fields(context, own, one)] if own else [])]

        def has(sets: list[SelectBase]) -> ColumnElement[bool]:
            return or_(*(_i.id.in_(ids) for ids in sets))

        def each(sought: Sought) -> ColumnElement[bool]:
            together = (
                [found(phrase) for phrase in sought.wanted] if own else [[_together(context, names, sought.wanted)]]
            )
            return and_(*map(has, together), *(not_(has(found(phrase))) for phrase in sought.unwanted))

        return or_(false(), *(each(sought) for sought in alternatives))

    return condition


def within_field(number: int) -> Matches:
    """Whether a text in a field of the site has all that is asked."""

    def condition(context: Context, alternatives: Sequence[Sought]) -> ColumnElement[bool]:
        return _i.id.in_(_found_in_fields(context, [number], alternatives)) if alternatives else false()

    return condition


def _found_in_fields(context: Context, numbers: Sequence[int], alternatives: Sequence[Sought]) -> SelectBase:
    """The issues, by id, that have all of one alternative in one of these fields of the site."""
    if context.connection.dialect.name == "sqlite":
        match = _matched_own.op("MATCH")(for_sqlite(["words"], alternatives))
        own = (_documents.doc == _own_words.rowid, _documents.site == context.site, _documents.part_id.in_(numbers))
        return select(_documents.issue_id).where(match, *own)
    v = tables.custom_values.c
    words = func.to_tsvector(_configuration, getattr(func, tables.custom_words.SAID)(v.value))
    query = func.to_tsquery(_configuration, for_postgresql(alternatives))
    own = (v.site == context.site, v.field_id.in_(numbers), words.op("@@")(query))
    return select(v.issue_id).where(*own)


def _found(context: Context, names: Sequence[str], alternatives: Sequence[Sought]) -> SelectBase:
    """The issues, by id, that have all of one alternative in these texts together."""
    if context.connection.dialect.name == "sqlite":
        match = _matched.op("MATCH")(for_sqlite(names, alternatives))
        own = (_documents.doc == _words.rowid, _documents.site == context.site)
        return select(_documents.issue_id).where(match, *own, *_seen_documents(context, names))
    query = func.to_tsquery(_configuration, for_postgresql(alternatives))
    return _union([_in_columns(context, source, columns, query) for source, columns in _sources(names).items()])


def _together(context: Context, names: Sequence[str], phrases: Sequence[Phrase]) -> SelectBase:
    """The issues, by id, that have each phrase in any of these texts.

    PostgreSQL combines its indexes for those that have all in themselves; the others have one in a comment, of which there are
    fewer: that takes a third of what it takes to bring together the issues of each phrase.
    """
    sets = [_found(context, names, [Sought((phrase,))]) for phrase in phrases]
    if len(sets) == 1:
        return sets[0]
    if context.connection.dialect.name == "sqlite" or len(sets) > _MOST_COMBINED:
        return intersect(*sets)
    queries = [func.to_tsquery(_configuration, for_postgresql([Sought((phrase,))])) for phrase in phrases]
    sources = _sources(names)
    parts = [_in_columns(context, tables.issues.name, sources.pop(tables.issues.name), *queries)]
    for source, columns in sources.items():
        for place, query in enumerate(queries):
            one = _in_columns(context, source, columns, query)
            others = sets[:place] + sets[place + 1 :]
            parts.append(one.where(*(one.selected_columns[0].in_(ids) for ids in others)))
    return _union(parts)


def _union(parts: Sequence[Select[Any]]) -> SelectBase:
    return union_all(*parts) if len(parts) > 1 else parts[0]


def _sources(names: Sequence[str]) -> dict[str, list[str]]:
    """The tables that texts are in, and the columns of their words."""
    sources: dict[str, list[str]] = {}
    for name in names:
        source, words = tables.words.COLUMNS[name]
        sources.setdefault(source, []).append(words)
    return sources


def _seen_documents(context: Context, names: Sequence[str]) -> list[ColumnElement[bool]]:
    """Of whom a restricted text is not, for them it is not found."""
    sources = {tables.words.COLUMNS[name][0] for name in names}
    own = [(one, one.alias("restricted")) for one in RESTRICTED if one.name in sources]
    return [
        or_(
            _documents.source != one.name,
            exists().where(rows.c.site == _documents.site, rows.c.id == _documents.part_id, seen(context, rows)),
        )
        for one, rows in own
    ]


def _in_columns(context: Context, source: str, words: Sequence[str], *queries: ColumnElement[Any]) -> Select[Any]:
    """The issues that have a row of this table in which each query fits a column."""
    rows = metadata.tables[source].alias()
    own, restricted = rows.c, source in {one.name for one in RESTRICTED}
    issue_id = own.id if source == tables.issues.name else own.issue_id
    vectors = [func.to_tsvector(_configuration, own[name]) for name in words]
    fitting = [or_(*(vector.op("@@")(query) for vector in vectors)) for query in queries]
    return select(issue_id).where(own.site == context.site, *fitting, *([seen(context, rows)] if restricted else []))
