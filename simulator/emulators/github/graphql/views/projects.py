"""Projects, of which there are none: connections are empty, and nothing has a number."""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.graphql.connections import Connection, Window


class OwnsProjects:
    """Whoever could have projects."""

    def projects(self, window: Window, **_wanted: Any) -> Connection:
        """Classic projects: none."""
        return Connection.of(window, [])

    def projects_v2(self, window: Window, **_wanted: Any) -> Connection:
        """Projects: none."""
        return Connection.of(window, [])


class InProjects(OwnsProjects):
    """What could be part of projects."""

    def project_cards(self, window: Window, **_wanted: Any) -> Connection:
        """Cards of classic projects: none."""
        return Connection.of(window, [])

    def project_items(self, window: Window, **_wanted: Any) -> Connection:
        """Items of projects: none."""
        return Connection.of(window, [])
