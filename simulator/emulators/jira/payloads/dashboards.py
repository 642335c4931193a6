"""The dashboard that every site begins with. Nobody makes others here."""

from __future__ import annotations

from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.session import Session

DASHBOARD_ID = 10000
_GADGETS = (("Introduction", "blue", 0, 0), ("Assigned to Me", "blue", 0, 1), ("Activity Streams", "blue", 1, 0))


def dashboard(session: Session) -> Json:
    """The system dashboard: everybody sees it, nobody owns it."""
    return {
        "id": str(DASHBOARD_ID),
        "isFavourite": False,
        "name": "Default dashboard",
        "popularity": 0,
        "self": session.rest(f"/dashboard/{DASHBOARD_ID}"),
        "sharePermissions": [{"type": "global"}],
        "editPermissions": [],
        "view": session.urls.jira(f"/secure/Dashboard.jspa?selectPageId={DASHBOARD_ID}"),
        "isWritable": False,
        "systemDashboard": True,
    }


def gadgets() -> list[Json]:
    """What stands on it."""
    return [
        {"id": 10000 + place, "color": color, "position": {"row": row, "column": column}, "title": title}
        for place, (title, color, column, row) in enumerate(_GADGETS)
    ]
