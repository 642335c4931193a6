"""Versions and components as the site's configuration keeps them: few, read often, changed seldom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version of a project; `position` counts within it from the earliest. Dates are days without a zone."""

    id: int
    project_id: int
    name: str
    description: str
    released: bool
    archived: bool
    start_on: date | None
    release_on: date | None
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A component of a project; `assignee_type` says who gets its issues when nobody is named."""

    id: int
    project_id: int
    name: str
    description: str
    lead_id: int | None
    assignee_type: str
