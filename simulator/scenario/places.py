"""Where a scenario plays: its calendar, its Jira project, its repository."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from simulator.scenario.part import FolderPath, Part, Written
from simulator.scenario.people import LoginText
from simulator.scenario.values import (
    WEEKDAYS,
    DateText,
    HoursText,
    PaceText,
    ZoneText,
    read_hours,
    read_pace,
    read_zone,
)

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Colour = Annotated[str, Written(r"[0-9A-Fa-f]{6}", "a colour", 'six hexadecimal digits in quotes, such as "d73a4a"')]
CheckName = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class CalendarPart(Part):
    """When the team works, and how fast the learner's clock runs."""

    start: DateText
    """The first working day of the first sprint, in simulated time."""
    days: tuple[Weekday, ...] = Field(default=("mon", "tue", "wed", "thu", "fri"), min_length=1, max_length=7)
    hours: HoursText = Field(default_factory=lambda: read_hours("09:00-17:00"))
    zone: ZoneText = Field(default_factory=lambda: read_zone("UTC"))
    pace: PaceText = Field(default_factory=lambda: read_pace("10m"))

    @property
    def weekdays(self) -> frozenset[int]:
        """The working weekdays, Monday being 0."""
        return frozenset(WEEKDAYS.index(day) for day in self.days)

    @property
    def first_day(self) -> date:
        """The first working day."""
        return self.start


class ProjectPart(Part):
    """The Jira project."""

    key: Annotated[str, Written(r"[A-Z][A-Z0-9]{1,9}", "a Jira project key", "2 to 10 capital letters and digits: PAY")]
    name: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    template: Literal["scrum", "kanban"] = "scrum"


class ProtectionPart(Part):
    """What the default branch demands of a merge."""

    approvals: Annotated[int, Field(ge=0, le=6)] = 1
    checks: tuple[CheckName, ...] = ()
    dismiss_stale: bool = False
    """Whether a push takes earlier approvals away."""
    enforce_admins: bool = True


class RepositoryPart(Part):
    """The GitHub repository and the folder of its starter code."""

    owner: LoginText
    name: Annotated[
        str, Written(r"[A-Za-z0-9_\-][A-Za-z0-9._\-]{0,99}", "a repository name", "letters, digits, . _ and -")
    ]
    description: Annotated[str, StringConstraints(max_length=350)] = ""
    private: bool = True
    default_branch: Annotated[str, Written(r"[A-Za-z0-9][A-Za-z0-9._/\-]{0,99}", "a branch name", "such as main")] = (
        "main"
    )
    folder: FolderPath = "repo"
    """The starter code, beside the scenario file."""
    protection: ProtectionPart | None = Field(default_factory=ProtectionPart)
    """`null` leaves the default branch open."""
    labels: dict[Annotated[str, StringConstraints(min_length=1, max_length=50)], Colour] = Field(default_factory=dict)
