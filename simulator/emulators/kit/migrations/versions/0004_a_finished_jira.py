"""a finished Jira"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "jr_former_keys",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("key", sa.String(length=10), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "project_id"],
            ["jr_projects.site", "jr_projects.id"],
            name=op.f("fk_jr_former_keys_site_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "key", name=op.f("pk_jr_former_keys")),
    )
    op.create_table(
        "jr_project_properties",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "project_id"],
            ["jr_projects.site", "jr_projects.id"],
            name=op.f("fk_jr_project_properties_site_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "project_id", "key", name=op.f("pk_jr_project_properties")),
    )
    op.create_table(
        "jr_comment_properties",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("note_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "note_id"],
            ["jr_comments.site", "jr_comments.id"],
            name=op.f("fk_jr_comment_properties_site_note_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "note_id", "key", name=op.f("pk_jr_comment_properties")),
    )
    op.create_table(
        "jr_worklog_properties",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("note_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "note_id"],
            ["jr_worklogs.site", "jr_worklogs.id"],
            name=op.f("fk_jr_worklog_properties_site_note_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "note_id", "key", name=op.f("pk_jr_worklog_properties")),
    )
    with op.batch_alter_table("jr_projects", schema=None) as batch_op:
        batch_op.add_column(sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("deleted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )

    for statement in STATEMENTS[op.get_bind().dialect.name]:
        op.execute(sa.text(statement))


STATEMENTS = {
    "sqlite": [
        """CREATE TABLE IF NOT EXISTS ft_jr_documents (doc INTEGER PRIMARY KEY, site VARCHAR(80) NOT NULL,
source VARCHAR(16) NOT NULL, issue_id INTEGER NOT NULL, part_id INTEGER NOT NULL,
UNIQUE (site, source, issue_id, part_id))""",
        """CREATE VIRTUAL TABLE IF NOT EXISTS ft_jr_words USING fts5(summary, description, environment, comment, worklog,
content='',
tokenize='porter unicode61 remove_diacritics 0')""",
        """INSERT INTO ft_jr_words (rowid, summary, description, environment, comment, worklog)
SELECT (SELECT coalesce(max(doc), 0) FROM ft_jr_documents) + row_number() OVER (ORDER BY own.rowid),
own.summary_words, own.description_words, own.environment_words, '', ''
FROM jr_issues AS own
WHERE NOT EXISTS (SELECT 1 FROM ft_jr_documents
WHERE site = own.site AND source = 'jr_issues' AND issue_id = own.id AND part_id = 0)""",
        """INSERT INTO ft_jr_documents (doc, site, source, issue_id, part_id)
SELECT (SELECT coalesce(max(doc), 0) FROM ft_jr_documents) + row_number() OVER (ORDER BY own.rowid),
own.site, 'jr_issues', own.id, 0
FROM jr_issues AS own
WHERE NOT EXISTS (SELECT 1 FROM ft_jr_documents
WHERE site = own.site AND source = 'jr_issues' AND issue_id = own.id AND part_id = 0)""",
        """INSERT INTO ft_jr_words (rowid, summary, description, environment, comment, worklog)
SELECT (SELECT coalesce(max(doc), 0) FROM ft_jr_documents) + row_number() OVER (ORDER BY own.rowid),
'', '', '', own.body_words, ''
FROM jr_comments AS own
WHERE NOT EXISTS (SELECT 1 FROM ft_jr_documents
WHERE site = own.site AND source = 'jr_comments' AND issue_id = own.issue_id AND part_id = own.id)""",
        """INSERT INTO ft_jr_documents (doc, site, source, issue_id, part_id)
SELECT (SELECT coalesce(max(doc), 0) FROM ft_jr_documents) + row_number() OVER (ORDER BY own.rowid),
own.site, 'jr_comments', own.issue_id, own.id
FROM jr_comments AS own
WHERE NOT EXISTS (SELECT 1 FROM ft_jr_documents
WHERE site = own.site AND source = 'jr_comments' AND issue_id = own.issue_id AND part_id = own.id)""",
        """INSERT INTO ft_jr_words (rowid, summary, description, environment, comment, worklog)
SELECT (SELECT coalesce(max(doc), 0) FROM ft_jr_documents) + row_number() OVER (ORDER BY own.rowid),
'', '', '', '', own.comment_words
FROM jr_worklogs AS own
WHERE NOT EXISTS (SELECT 1 FROM ft_jr_documents
WHERE site = own.site AND source = 'jr_worklogs' AND issue_id = own.issue_id AND part_id = own.id)""",
        """INSERT INTO ft_jr_documents (doc, site, source, issue_id, part_id)
SELECT (SELECT coalesce(max(doc), 0) FROM ft_jr_documents) + row_number() OVER (ORDER BY own.rowid),
own.site, 'jr_worklogs', own.issue_id, own.id
FROM jr_worklogs AS own
WHERE NOT EXISTS (SELECT 1 FROM ft_jr_documents
WHERE site = own.site AND source = 'jr_worklogs' AND issue_id = own.issue_id AND part_id = own.id)""",
        """CREATE TRIGGER IF NOT EXISTS ft_jr_issues_added AFTER INSERT ON jr_issues BEGIN
INSERT INTO ft_jr_documents (site, source, issue_id, part_id) VALUES (new.site, 'jr_issues', new.id, 0);
INSERT INTO ft_jr_words (rowid, summary, description, environment, comment, worklog)
SELECT doc, new.summary_words, new.description_words, new.environment_words, '', '' FROM ft_jr_documents
WHERE site = new.site AND source = 'jr_issues' AND issue_id = new.id AND part_id = 0;
END""",
        """CREATE TRIGGER IF NOT EXISTS ft_jr_issues_changed AFTER UPDATE OF
summary_words, description_words, environment_words ON jr_issues
WHEN old.summary_words IS NOT new.summary_words
OR old.description_words IS NOT new.description_words
OR old.environment_words IS NOT new.environment_words BEGIN
INSERT INTO ft_jr_words (ft_jr_words, rowid, summary, description, environment, comment, worklog)
SELECT 'delete', doc, old.summary_words, old.description_words, old.environment_words, '', '' FROM ft_jr_documents
WHERE site = old.site AND source = 'jr_issues' AND issue_id = old.id AND part_id = 0;
DELETE FROM ft_jr_documents WHERE site = old.site AND source = 'jr_issues' AND issue_id = old.id AND part_id = 0;
INSERT INTO ft_jr_documents (site, source, issue_id, part_id) VALUES (new.site, 'jr_issues', new.id, 0);
INSERT INTO ft_jr_words (rowid, summary, description, environment, comment, worklog)
SELECT doc, new.summary_words, new.description_words, new.environment_words, '', '' FROM ft_jr_documents
WHERE site = new.site AND source = 'jr_issues' AND issue_id = new.id AND part_id = 0;
END""",
        """CREATE TRIGGER IF NOT EXISTS ft_jr_issues_removed AFTER DELETE ON jr_issues BEGIN
INSERT INTO ft_jr_words (ft_jr_words, rowid, summary, description, environment, comment, worklog)
SELECT 'delete', doc, old.summary_words, old.description_words, old.environment_words, '', '' FROM ft_jr_documents
WHERE site = old.site AND source = 'jr_issues' AND issue_id = old.id AND part_id = 0;
DELETE FROM ft_jr_documents WHERE site = old.site AND source = 'jr_issues' AND issue_id = old.id AND part_id = 0;
END""",
        """CREATE TRIGGER IF NOT EXISTS ft_jr_comments_added AFTER INSERT ON jr_comments BEGIN
INSERT INTO ft_jr_documents (site, source, issue_id, part_id) VALUES (new.site, 'jr_comments', new.issue_id, new.id);
INSERT INTO ft_jr_words (rowid, summary, description, environment, comment, worklog)
SELECT doc, '', '', '', new.body_words, '' FROM ft_jr_documents
WHERE site = new.site AND source = 'jr_comments' AND issue_id = new.issue_id AND part_id = new.id;
END""",
        """CREATE TRIGGER IF NOT EXISTS ft_jr_comments_changed AFTER UPDATE OF
body_words ON jr_comments
WHEN old.body_words IS NOT new.body_words BEGIN
INSERT INTO ft_jr_words (ft_jr_words, rowid, summary, description, environment, comment, worklog)
SELECT 'delete', doc, '', '', '', old.body_words, '' FROM ft_jr_documents
WHERE site = old.site AND source = 'jr_comments' AND issue_id = old.issue_id AND part_id = old.id;
DELETE FROM ft_jr_documents WHERE site = old.site AND source = 'jr_comments' AND issue_id = old.issue_id AND part_id = old.id;
INSERT INTO ft_jr_documents (site, source, issue_id, part_id) VALUES (new.site, 'jr_comments', new.issue_id, new.id);
INSERT INTO ft_jr_words (rowid, summary, description, environment, comment, worklog)
SELECT doc, '', '', '', new.body_words, '' FROM ft_jr_documents
WHERE site = new.site AND source = 'jr_comments' AND issue_id = new.issue_id AND part_id = new.id;
END""",
        """CREATE TRIGGER IF NOT EXISTS ft_jr_comments_removed AFTER DELETE ON jr_comments BEGIN
INSERT INTO ft_jr_words (ft_jr_words, rowid, summary, description, environment, comment, worklog)
SELECT 'delete', doc, '', '', '', old.body_words, '' FROM ft_jr_documents
WHERE site = old.site AND source = 'jr_comments' AND issue_id = old.issue_id AND part_id = old.id;
DELETE FROM ft_jr_documents WHERE site = old.site AND source = 'jr_comments' AND issue_id = old.issue_id AND part_id = old.id;
END""",
        """CREATE TRIGGER IF NOT EXISTS ft_jr_worklogs_added AFTER INSERT ON jr_worklogs BEGIN
INSERT INTO ft_jr_documents (site, source, issue_id, part_id) VALUES (new.site, 'jr_worklogs', new.issue_id, new.id);
INSERT INTO ft_jr_words (rowid, summary, description, environment, comment, worklog)
SELECT doc, '', '', '', '', new.comment_words FROM ft_jr_documents
WHERE site = new.site AND source = 'jr_worklogs' AND issue_id = new.issue_id AND part_id = new.id;
END""",
        """CREATE TRIGGER IF NOT EXISTS ft_jr_worklogs_changed AFTER UPDATE OF
comment_words ON jr_worklogs
WHEN old.comment_words IS NOT new.comment_words BEGIN
INSERT INTO ft_jr_words (ft_jr_words, rowid, summary, description, environment, comment, worklog)
SELECT 'delete', doc, '', '', '', '', old.comment_words FROM ft_jr_documents
WHERE site = old.site AND source = 'jr_worklogs' AND issue_id = old.issue_id AND part_id = old.id;
DELETE FROM ft_jr_documents WHERE site = old.site AND source = 'jr_worklogs' AND issue_id = old.issue_id AND part_id = old.id;
INSERT INTO ft_jr_documents (site, source, issue_id, part_id) VALUES (new.site, 'jr_worklogs', new.issue_id, new.id);
INSERT INTO ft_jr_words (rowid, summary, description, environment, comment, worklog)
SELECT doc, '', '', '', '', new.comment_words FROM ft_jr_documents
WHERE site = new.site AND source = 'jr_worklogs' AND issue_id = new.issue_id AND part_id = new.id;
END""",
        """CREATE TRIGGER IF NOT EXISTS ft_jr_worklogs_removed AFTER DELETE ON jr_worklogs BEGIN
INSERT INTO ft_jr_words (ft_jr_words, rowid, summary, description, environment, comment, worklog)
SELECT 'delete', doc, '', '', '', '', old.comment_words FROM ft_jr_documents
WHERE site = old.site AND source = 'jr_worklogs' AND issue_id = old.issue_id AND part_id = old.id;
DELETE FROM ft_jr_documents WHERE site = old.site AND source = 'jr_worklogs' AND issue_id = old.issue_id AND part_id = old.id;
END""",
        """CREATE VIRTUAL TABLE IF NOT EXISTS ft_jr_custom_words USING fts5(words, content='',
tokenize='porter unicode61 remove_diacritics 0')""",
        """INSERT OR IGNORE INTO ft_jr_documents (site, source, issue_id, part_id)
SELECT site, 'jr_custom_values', issue_id, field_id FROM jr_custom_values""",
        """INSERT INTO ft_jr_custom_words (rowid, words)
SELECT doc, replace(replace((SELECT group_concat(atom, ' ') FROM json_tree(own.value) WHERE type = 'text' AND (key IS NULL OR key = 'text')),
'ß', 'ss'), 'ẞ', 'ss')
FROM jr_custom_values AS own JOIN ft_jr_documents AS known ON known.site = own.site
AND source = 'jr_custom_values' AND known.issue_id = own.issue_id AND part_id = field_id
WHERE doc NOT IN (SELECT rowid FROM ft_jr_custom_words)""",
        """CREATE TRIGGER IF NOT EXISTS ft_jr_custom_values_added AFTER INSERT ON jr_custom_values BEGIN
INSERT INTO ft_jr_documents (site, source, issue_id, part_id)
VALUES (new.site, 'jr_custom_values', new.issue_id, new.field_id);
INSERT INTO ft_jr_custom_words (rowid, words)
SELECT doc, replace(replace((SELECT group_concat(atom, ' ') FROM json_tree(new.value) WHERE type = 'text' AND (key IS NULL OR key = 'text')),
'ß', 'ss'), 'ẞ', 'ss')
FROM ft_jr_documents WHERE site = new.site AND source = 'jr_custom_values' AND issue_id = new.issue_id AND part_id = new.field_id;
END""",
        """CREATE TRIGGER IF NOT EXISTS ft_jr_custom_values_changed AFTER UPDATE OF value ON jr_custom_values BEGIN
INSERT INTO ft_jr_custom_words (ft_jr_custom_words, rowid, words)
SELECT 'delete', doc, replace(replace((SELECT group_concat(atom, ' ') FROM json_tree(old.value) WHERE type = 'text' AND (key IS NULL OR key = 'text')),
'ß', 'ss'), 'ẞ', 'ss')
FROM ft_jr_documents WHERE site = old.site AND source = 'jr_custom_values' AND issue_id = old.issue_id AND part_id = old.field_id;
DELETE FROM ft_jr_documents WHERE site = old.site AND source = 'jr_custom_values' AND issue_id = old.issue_id AND part_id = old.field_id;
INSERT INTO ft_jr_documents (site, source, issue_id, part_id)
VALUES (new.site, 'jr_custom_values', new.issue_id, new.field_id);
INSERT INTO ft_jr_custom_words (rowid, words)
SELECT doc, replace(replace((SELECT group_concat(atom, ' ') FROM json_tree(new.value) WHERE type = 'text' AND (key IS NULL OR key = 'text')),
'ß', 'ss'), 'ẞ', 'ss')
FROM ft_jr_documents WHERE site = new.site AND source = 'jr_custom_values' AND issue_id = new.issue_id AND part_id = new.field_id;
END""",
        """CREATE TRIGGER IF NOT EXISTS ft_jr_custom_values_removed AFTER DELETE ON jr_custom_values BEGIN
INSERT INTO ft_jr_custom_words (ft_jr_custom_words, rowid, words)
SELECT 'delete', doc, replace(replace((SELECT group_concat(atom, ' ') FROM json_tree(old.value) WHERE type = 'text' AND (key IS NULL OR key = 'text')),
'ß', 'ss'), 'ẞ', 'ss')
FROM ft_jr_documents WHERE site = old.site AND source = 'jr_custom_values' AND issue_id = old.issue_id AND part_id = old.field_id;
DELETE FROM ft_jr_documents WHERE site = old.site AND source = 'jr_custom_values' AND issue_id = old.issue_id AND part_id = old.field_id;
END""",
    ],
    "postgresql": [
        """DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_ts_config WHERE cfgname = 'jr_words' AND pg_ts_config_is_visible(oid)) THEN
    CREATE TEXT SEARCH DICTIONARY jr_words (TEMPLATE = snowball, LANGUAGE = porter);
    CREATE TEXT SEARCH CONFIGURATION jr_words (COPY = pg_catalog.simple);
    ALTER TEXT SEARCH CONFIGURATION jr_words ALTER MAPPING REPLACE pg_catalog.simple WITH jr_words;
  END IF;
END $$""",
        """CREATE INDEX IF NOT EXISTS ft_jr_issues_summary ON jr_issues
USING gin (to_tsvector('jr_words', summary_words))""",
        """CREATE INDEX IF NOT EXISTS ft_jr_issues_description ON jr_issues
USING gin (to_tsvector('jr_words', description_words))""",
        """CREATE INDEX IF NOT EXISTS ft_jr_issues_environment ON jr_issues
USING gin (to_tsvector('jr_words', environment_words))""",
        """CREATE INDEX IF NOT EXISTS ft_jr_comments_comment ON jr_comments
USING gin (to_tsvector('jr_words', body_words))""",
        """CREATE INDEX IF NOT EXISTS ft_jr_worklogs_worklog ON jr_worklogs
USING gin (to_tsvector('jr_words', comment_words))""",
        """CREATE OR REPLACE FUNCTION jr_said(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $said$
SELECT translate(replace(lower(CASE left(value, 1)
WHEN '{' THEN (SELECT string_agg(one #>> '{}', ' ')
FROM jsonb_path_query(CAST(value AS jsonb), 'strict $.**.text') AS one)
WHEN '"' THEN CAST(value AS jsonb) #>> '{}' END), 'ß', 'ss'), './@_-:', '      ')
$said$""",
        """CREATE INDEX IF NOT EXISTS ft_jr_custom_values_words ON jr_custom_values
USING gin (to_tsvector('jr_words', jr_said(value)))""",
    ],
}
