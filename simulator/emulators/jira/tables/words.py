"""Full text of issues, comments and worklogs: kept by the database itself, in the transaction that changes a text.

SQLite: an FTS5 table without contents of its own, beside a table that says whose words a document of it are; triggers write
both, so copies and removals of a site need not know of them. PostgreSQL: indexes over the words' columns, in a configuration
that stems as FTS5's `porter` does and drops no words. Refuses to be in the metadata: migrations run the statements as they are.
"""

from __future__ import annotations

from simulator.emulators.kit.tables import OWN_STATEMENTS

CONFIGURATION = "jr_words"
"""PostgreSQL's text search configuration."""

WORDS, DOCUMENTS = "ft_jr_words", "ft_jr_documents"
"""SQLite's full-text table and the owners of its rows."""

_SOURCES = {  # table: (whose issue, which part, the words' columns by their names in the full text)
    "jr_issues": (
        "id",
        "0",
        {"summary": "summary_words", "description": "description_words", "environment": "environment_words"},
    ),
    "jr_comments": ("issue_id", "id", {"comment": "body_words"}),
    "jr_worklogs": ("issue_id", "id", {"worklog": "comment_words"}),
}
COLUMNS = {name: (table, column) for table, (_, _, names) in _SOURCES.items() for name, column in names.items()}
"""What can be searched: name in the full text → table and column of the words."""

_NAMES = ", ".join(COLUMNS)
_POSTGRESQL = f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_ts_config WHERE cfgname = '{CONFIGURATION}' AND pg_ts_config_is_visible(oid)) THEN
    CREATE TEXT SEARCH DICTIONARY {CONFIGURATION} (TEMPLATE = snowball, LANGUAGE = porter);
    CREATE TEXT SEARCH CONFIGURATION {CONFIGURATION} (COPY = pg_catalog.simple);
    ALTER TEXT SEARCH CONFIGURATION {CONFIGURATION} ALTER MAPPING REPLACE pg_catalog.simple WITH {CONFIGURATION};
  END IF;
END $$
"""


def _part(table: str, row: str) -> str:
    part = _SOURCES[table][1]
    return part if part == "0" else f"{row}.{part}"


def _values(table: str, row: str) -> str:
    """The words of a row, in the order of COLUMNS; the row is `new` or `old` in a trigger."""
    names = _SOURCES[table][2]
    return ", ".join(f"{row}.{names[name]}" if name in names else "''" for name in COLUMNS)


def _of(table: str, row: str) -> str:
    issue = _SOURCES[table][0]
    return f"site = {row}.site AND source = '{table}' AND issue_id = {row}.{issue} AND part_id = {_part(table, row)}"


def _add(table: str) -> str:
    owner = f"new.site, '{table}', new.{_SOURCES[table][0]}, {_part(table, 'new')}"
    lines = (
        f"INSERT INTO {DOCUMENTS} (site, source, issue_id, part_id) VALUES ({owner});",  # noqa: S608 - of the names above
        f"INSERT INTO {WORDS} (rowid, {_NAMES})",
        f"SELECT doc, {_values(table, 'new')} FROM {DOCUMENTS}",  # noqa: S608 - of the names above
        f"WHERE {_of(table, 'new')};",
    )
    return "\n".join(lines)


def _take_away(table: str) -> str:
    lines = (
        f"INSERT INTO {WORDS} ({WORDS}, rowid, {_NAMES})",
        f"SELECT 'delete', doc, {_values(table, 'old')} FROM {DOCUMENTS}",  # noqa: S608 - of the names above
        f"WHERE {_of(table, 'old')};",
        f"DELETE FROM {DOCUMENTS} WHERE {_of(table, 'old')};",  # noqa: S608 - of the names above
    )
    return "\n".join(lines)


def _triggers(table: str) -> list[str]:
    columns = _SOURCES[table][2].values()
    changed = "\nOR ".join(f"old.{column} IS NOT new.{column}" for column in columns)
    name = f"CREATE TRIGGER IF NOT EXISTS ft_{table}"
    return [
        f"{name}_added AFTER INSERT ON {table} BEGIN\n{_add(table)}\nEND",
        f"{name}_changed AFTER UPDATE OF\n{', '.join(columns)} ON {table}\nWHEN {changed} BEGIN\n"
        f"{_take_away(table)}\n{_add(table)}\nEND",
        f"{name}_removed AFTER DELETE ON {table} BEGIN\n{_take_away(table)}\nEND",
    ]


def _present(table: str) -> list[str]:
    """Statements for what was there before the triggers were."""
    number = f"(SELECT coalesce(max(doc), 0) FROM {DOCUMENTS}) + row_number() OVER (ORDER BY own.rowid)"  # noqa: S608 - of the names above
    unknown = f"FROM {table} AS own\nWHERE NOT EXISTS (SELECT 1 FROM {DOCUMENTS}\nWHERE {_of(table, 'own')})"  # noqa: S608 - of the names above
    owner = f"own.site, '{table}', own.{_SOURCES[table][0]}, {_part(table, 'own')}"
    return [
        f"INSERT INTO {WORDS} (rowid, {_NAMES})\nSELECT {number},\n{_values(table, 'own')}\n{unknown}",
        f"INSERT INTO {DOCUMENTS} (doc, site, source, issue_id, part_id)\nSELECT {number},\n{owner}\n{unknown}",
    ]


def _sqlite() -> list[str]:
    tables = [
        f"CREATE TABLE IF NOT EXISTS {DOCUMENTS} (doc INTEGER PRIMARY KEY, site VARCHAR(80) NOT NULL,\n"
        "source VARCHAR(16) NOT NULL, issue_id INTEGER NOT NULL, part_id INTEGER NOT NULL,\n"
        "UNIQUE (site, source, issue_id, part_id))",
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {WORDS} USING fts5({', '.join(COLUMNS)},\ncontent='',\n"
        "tokenize='porter unicode61 remove_diacritics 0')",
    ]
    rows = [statement for table in _SOURCES for statement in _present(table)]
    return tables + rows + [statement for table in _SOURCES for statement in _triggers(table)]


def _postgresql() -> list[str]:
    indexes = [
        f"CREATE INDEX IF NOT EXISTS ft_{table}_{name} ON {table}\nUSING gin (to_tsvector('{CONFIGURATION}', {column}))"
        for name, (table, column) in COLUMNS.items()
    ]
    return [_POSTGRESQL.strip(), *indexes]


OWN_STATEMENTS["sqlite"] += _sqlite()
OWN_STATEMENTS["postgresql"] += _postgresql()
