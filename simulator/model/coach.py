"""Who the coach is on the services: an account of its own where they are ours, and the marks by which its comments are known.

Refuses to know what it says.
"""

from __future__ import annotations

from simulator.model.keys import Login, SeatId

SEAT = SeatId("@coach")
"""The coach's place among the credentials; no scenario can call a seat so, and nobody's work is counted under it."""
LOGIN = Login("sprintdojo-coach")
NAME = "Sprintdojo coach"
EMAIL = "coach@sprintdojo.invalid"
MARK_ON_PULLS = "<!-- sprintdojo-coach -->"
"""How its comment on a pull request begins; GitHub does not show it."""
MARK_ON_ISSUES = "*Sprintdojo coach*"
"""How its comment on an issue begins; Jira shows it as a heading."""


def is_coachs(body: str) -> bool:
    """Whether a comment with this body, on either service, is one that the coach keeps."""
    return body.lstrip().startswith((MARK_ON_PULLS, MARK_ON_ISSUES))
