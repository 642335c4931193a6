"""What a code host tells of issues: branches, commits and pull requests that name them; and which commands were obeyed."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, String, Table, Text

from simulator.emulators.jira.tables.keys import of
from simulator.emulators.kit.tables import Id, Instant, metadata, site_column

development_repositories = Table(
    "jr_development_repositories",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),  # the code host's number
    Column("name", Text, nullable=False),  # owner/name
    Column("private", Boolean, nullable=False),
)

development = Table(
    "jr_development",
    metadata,
    site_column(),
    Column("issue_id", Id, primary_key=True),
    Column("repository_id", Id, primary_key=True),
    Column("kind", String(16), primary_key=True),  # branch, commit, pullrequest
    Column("ref", Text, primary_key=True),  # the branch's name, the commit's id, the pull request's number
    Column("state", String(16), nullable=False),  # of a pull request: OPEN, MERGED, DECLINED; else ""
    Column("content", Text, nullable=False),  # JSON, by kind
    Column("at", Instant, nullable=False),  # when it last changed
    of("jr_issues", "issue_id"),
    of("jr_development_repositories", "repository_id"),
    Index("ix_jr_development_ref", "site", "repository_id", "kind", "ref"),
)

obeyed = Table(  # commits and commands of smart commits that have acted already
    "jr_obeyed",
    metadata,
    site_column(),
    Column("mark", String(64), primary_key=True),
)
