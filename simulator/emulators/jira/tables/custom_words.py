"""Full text of the fields that a site added, by statements of its own as `words`: of a value the text, of a document its texts.

Values are JSON: a text, or a document in ADF. Lists, numbers and people have no words.
"""

from __future__ import annotations

from simulator.emulators.jira.tables.words import CONFIGURATION, DOCUMENTS
from simulator.emulators.kit.tables import OWN_STATEMENTS

WORDS = "ft_jr_custom_words"
"""SQLite's full-text table; the owners of its rows are among the other documents, a field's number being the part."""

SOURCE = "jr_custom_values"
SAID = "jr_said"
"""PostgreSQL's function that gives the words of a value."""

_POSTGRESQL = (
    f"CREATE OR REPLACE FUNCTION {SAID}"
    + """(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $said$
SELECT translate(replace(lower(CASE left(value, 1)
WHEN '{' THEN (SELECT string_agg(one #>> '{}', ' ')
FROM jsonb_path_query(CAST(value AS jsonb), 'strict $.**.text') AS one)
WHEN '"' THEN CAST(value AS jsonb) #>> '{}' END), 'ß', 'ss'), './@_-:', '      ')
$said$"""
)


def _said(row: str) -> str:
    """The words of a value, null for none; the row is `new`, `old` or `own`."""
    texts = "SELECT group_concat(atom, ' ')"
    among = f"FROM json_tree({row}.value) WHERE type = 'text' AND (key IS NULL OR key = 'text')"
    return f"replace(replace(({texts} {among}),\n'ß', 'ss'), 'ẞ', 'ss')"


def _of(row: str) -> str:
    return f"site = {row}.site AND source = '{SOURCE}' AND issue_id = {row}.issue_id AND part_id = {row}.field_id"


def _add(row: str) -> str:
    return (
        f"INSERT INTO {DOCUMENTS} (site, source, issue_id, part_id)\n"
        f"VALUES ({row}.site, '{SOURCE}', {row}.issue_id, {row}.field_id);\n"
        f"INSERT INTO {WORDS} (rowid, words)\n"
        f"SELECT doc, {_said(row)}\nFROM {DOCUMENTS} WHERE {_of(row)};"
    )


def _take_away(row: str) -> str:
    return (
        f"INSERT INTO {WORDS} ({WORDS}, rowid, words)\n"
        f"SELECT 'delete', doc, {_said(row)}\nFROM {DOCUMENTS} WHERE {_of(row)};\n"
        f"DELETE FROM {DOCUMENTS} WHERE {_of(row)};"
    )


def _sqlite() -> list[str]:
    name = f"CREATE TRIGGER IF NOT EXISTS ft_{SOURCE}"
    return [
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {WORDS} USING fts5(words, content='',\n"
        "tokenize='porter unicode61 remove_diacritics 0')",
        f"INSERT OR IGNORE INTO {DOCUMENTS} (site, source, issue_id, part_id)\n"
        f"SELECT site, '{SOURCE}', issue_id, field_id FROM {SOURCE}",
        f"INSERT INTO {WORDS} (rowid, words)\nSELECT doc, {_said('own')}\n"  # noqa: S608 - of the names above
        f"FROM {SOURCE} AS own JOIN {DOCUMENTS} AS known ON known.site = own.site\n"
        f"AND source = '{SOURCE}' AND known.issue_id = own.issue_id AND part_id = field_id\n"
        f"WHERE doc NOT IN (SELECT rowid FROM {WORDS})",
        f"{name}_added AFTER INSERT ON {SOURCE} BEGIN\n{_add('new')}\nEND",
        f"{name}_changed AFTER UPDATE OF value ON {SOURCE} BEGIN\n{_take_away('old')}\n{_add('new')}\nEND",
        f"{name}_removed AFTER DELETE ON {SOURCE} BEGIN\n{_take_away('old')}\nEND",
    ]


def _postgresql() -> list[str]:
    index = f"CREATE INDEX IF NOT EXISTS ft_{SOURCE}_words ON {SOURCE}"
    return [_POSTGRESQL, f"{index}\nUSING gin (to_tsvector('{CONFIGURATION}', {SAID}(value)))"]


OWN_STATEMENTS["sqlite"] += _sqlite()
OWN_STATEMENTS["postgresql"] += _postgresql()
