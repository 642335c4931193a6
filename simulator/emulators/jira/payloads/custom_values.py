"""What an issue holds in a custom field, as Jira writes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from simulator.emulators.jira.custom_types import type_of
from simulator.emulators.jira.fields import FieldSpec
from simulator.emulators.jira.payloads import shapes
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.text.wiki import write_wiki
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.web import stamp_millis


def custom_value(session: Session, spec: FieldSpec, value: Any, people: Mapping[int, Account]) -> Any:  # Any: JSON
    """A kept value in the version that the caller speaks; None for nothing."""
    if value is None:
        return None
    if type_of(spec) == "textarea":
        return value if session.api == "3" else write_wiki(value)
    if spec.kind == "datetime":
        return stamp_millis(datetime.fromisoformat(value))
    if spec.kind == "user":
        return shapes.user(session, people[value]) if value in people else None
    if spec.items == "user":
        return [shapes.user(session, people[number]) for number in value if number in people]
    return value
