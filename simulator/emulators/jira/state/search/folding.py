"""Texts without regard to case: ordered alike whatever the database's language is, and compared."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, func, or_

from simulator.emulators.jira.state.context import Context


def folded(context: Context, text: ColumnElement[Any]) -> ColumnElement[Any]:
    """A text to order by."""
    lower = func.lower(text, type_=String)
    return lower if context.connection.dialect.name == "sqlite" else lower.collate("C")


def called(text: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Whether a text is a name. SQLite knows the case of no letters but A to Z: a name as it is written always fits."""
    return or_(text == name, func.lower(text) == name.lower())
