"""What a fresh Jira site has before anybody touched it: types, statuses, priorities, resolutions, link types.

Names and ids as a new Jira Cloud site with company-managed software projects has them.
"""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import Connection, insert, select

from simulator.emulators.jira import tables
from simulator.emulators.kit.tables import counters

_STATUSES = [
    {"id": 10000, "name": "To Do", "category": "new", "position": 0},
    {"id": 3, "name": "In Progress", "category": "indeterminate", "position": 1},
    {"id": 10001, "name": "In Review", "category": "indeterminate", "position": 2},
    {"id": 10002, "name": "Done", "category": "done", "position": 3},
]
_ISSUE_TYPES = [
    (10000, "Epic", 1, 10307, "A big user story that needs to be broken down."),
    (10001, "Story", 0, 10315, "Functionality or a feature expressed as a user goal."),
    (10002, "Task", 0, 10318, "A small, distinct piece of work."),
    (10004, "Bug", 0, 10303, "A problem or error."),
    (10003, "Sub-task", -1, 10316, "A small piece of work that's part of a larger task."),
]
_PRIORITIES = [
    (1, "Highest", "#d04437", "This problem will block progress."),
    (2, "High", "#f15C75", "Serious problem that could block progress."),
    (3, "Medium", "#f79232", "Has the potential to affect progress."),
    (4, "Low", "#707070", "Minor problem or easily worked around."),
    (5, "Lowest", "#999999", "Trivial problem with little or no impact on progress."),
]
_RESOLUTIONS = [
    (10000, "Done", "Work has been completed on this issue."),
    (10001, "Won't Do", "This issue won't be actioned."),
    (10002, "Duplicate", "The problem is a duplicate of an existing issue."),
    (10003, "Cannot Reproduce", "All attempts at reproducing this issue failed."),
]
_LINK_TYPES = [
    (10000, "Blocks", "is blocked by", "blocks"),
    (10001, "Cloners", "is cloned by", "clones"),
    (10002, "Duplicate", "is duplicated by", "duplicates"),
    (10003, "Relates", "relates to", "relates to"),
]
DONE_RESOLUTION = 10000
_FIRST = {"issue": 9999, "project": 9999, "comment": 9999, "history": 9999, "workflow": 0, "filter": 9999}


def set_up(connection: Connection, site: str) -> None:
    """Give a site its configuration. Does nothing when it has one."""
    if connection.execute(select(tables.sites.c.site).where(tables.sites.c.site == site)).first():
        return
    connection.execute(insert(tables.sites), {"site": site, "stamp": secrets.token_hex(16)})
    connection.execute(insert(tables.statuses), [{"site": site, "description": "", **row} for row in _STATUSES])
    connection.execute(insert(tables.issue_types), _issue_types(site))
    connection.execute(insert(tables.priorities), _priorities(site))
    connection.execute(
        insert(tables.resolutions),
        [
            {"site": site, "id": number, "name": name, "description": text, "position": position}
            for position, (number, name, text) in enumerate(_RESOLUTIONS)
        ],
    )
    connection.execute(
        insert(tables.link_types),
        [
            {"site": site, "id": number, "name": name, "inward": inward, "outward": outward}
            for number, name, inward, outward in _LINK_TYPES
        ],
    )
    connection.execute(
        insert(counters),
        [{"site": site, "name": counter(name), "value": value} for name, value in _FIRST.items()],
    )


def counter(thing: str) -> str:
    """The name of the site's counter for ids of a thing."""
    return f"jira:{thing}"


def status_ids() -> list[int]:
    """The statuses that a new project's workflow has, in order."""
    return [int(str(row["id"])) for row in _STATUSES]


def status_names() -> dict[int, str]:
    """Their names."""
    return {int(str(row["id"])): str(row["name"]) for row in _STATUSES}


def done_status_ids() -> set[int]:
    """Those of them that mean done."""
    return {int(str(row["id"])) for row in _STATUSES if row["category"] == "done"}


def issue_type_ids() -> list[int]:
    """The issue types that a new project has."""
    return [row[0] for row in _ISSUE_TYPES]


def _issue_types(site: str) -> list[dict[str, Any]]:
    return [
        {
            "site": site,
            "id": number,
            "name": name,
            "level": level,
            "avatar_id": avatar,
            "description": text,
            "position": position,
        }
        for position, (number, name, level, avatar, text) in enumerate(_ISSUE_TYPES)
    ]


def _priorities(site: str) -> list[dict[str, Any]]:
    return [
        {"site": site, "id": number, "name": name, "color": color, "description": text, "position": position}
        for position, (number, name, color, text) in enumerate(_PRIORITIES)
    ]
