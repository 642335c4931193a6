"""Filters, boards and sprints.

A sprint notes which history entry and which issue were the newest when it was started and closed: so its reports tell what
came before from what came after, even when two things happened at one instant.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from simulator.emulators.jira.tables.keys import of
from simulator.emulators.kit.tables import Id, Instant, metadata, site_column

filters = Table(
    "jr_filters",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("name", String(255), nullable=False),
    Column("description", Text, nullable=False),
    Column("jql", Text, nullable=False),
    Column("owner_id", Id, nullable=False),
)

boards = Table(
    "jr_boards",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("name", String(255), nullable=False),
    Column("kind", String(16), nullable=False),  # scrum, kanban, simple
    Column("filter_id", Id, nullable=False),
    Column("project_id", Id),  # None: it belongs to a person
    Column("owner_id", Id, nullable=False),
    Column("columns", Text, nullable=False),  # JSON: [{name, statuses: [id], min, max}]
    Column("parallel_sprints", Boolean, nullable=False),
    of("jr_filters", "filter_id"),
    of("jr_projects", "project_id"),
)

quick_filters = Table(
    "jr_quick_filters",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("board_id", Id, nullable=False),
    Column("name", String(255), nullable=False),
    Column("jql", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("position", Integer, nullable=False),
    of("jr_boards", "board_id"),
    Index("ix_jr_quick_filters_board", "site", "board_id", "position"),
)

board_properties = Table(
    "jr_board_properties",
    metadata,
    site_column(),
    Column("board_id", Id, primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("value", Text, nullable=False),  # JSON
    of("jr_boards", "board_id"),
)

sprints = Table(
    "jr_sprints",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("board_id", Id, nullable=False),
    Column("name", String(60), nullable=False),
    Column("goal", Text, nullable=False),
    Column("state", String(16), nullable=False),  # future, active, closed
    Column("start_at", Instant),
    Column("end_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("activated_at", Instant),
    Column("completed_at", Instant),
    Column("position", Integer, nullable=False, server_default=text("0")),  # among the sprints of its board
    Column("incomplete_to", Id),  # the sprint that unfinished issues go to when it is closed; None: the backlog
    Column("activated_by", Id),
    Column("closed_by", Id),
    Column("opened_history", Id),
    Column("opened_issue", Id),
    Column("closed_history", Id),
    Column("closed_issue", Id),
    of("jr_boards", "board_id"),
    Index("ix_jr_sprints_board", "site", "board_id", "state"),
)

issue_sprints = Table(
    "jr_issue_sprints",
    metadata,
    site_column(),
    Column("issue_id", Id, primary_key=True),
    Column("sprint_id", Id, primary_key=True),
    of("jr_issues", "issue_id"),
    of("jr_sprints", "sprint_id"),
    Index("ix_jr_issue_sprints_sprint", "site", "sprint_id", "issue_id"),
)
