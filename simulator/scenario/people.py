"""The people of a scenario: seats for learners, and colleagues with what they ask for in a review."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from simulator.scenario.expressions import check_expression
from simulator.scenario.part import Part, Text, Written
from simulator.scenario.values import HoursText, SpanText, ZoneText, read_span

# https://docs.github.com/en/enterprise-server/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication
LoginText = Annotated[
    str,
    Written(r"[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}", "a GitHub login", "letters, digits and single hyphens, at most 39"),
]
EmailText = Annotated[
    str,
    Written(
        r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63})+",
        "an e-mail address",
        "write it as name@example.com",
    ),
]
PatternText = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(check_expression)]


PathPattern = Annotated[str, StringConstraints(min_length=1, max_length=200)]
"""A shell pattern over whole paths; `*` also crosses folders: `payments/*.py`."""
Tone = Literal["warm", "terse", "formal"]
Thoroughness = Literal["careless", "hasty", "careful", "thorough"]


class Watch(Part):
    """Something this reviewer never lets pass."""

    pattern: PatternText
    """Regular expression, searched in each added line."""
    path: PathPattern = "*"
    """Files it is meant for."""
    removed: bool = False
    """Whether it is searched in the lines that go, and not in those that come."""
    remark: Text
    """What the reviewer writes on the line."""


class Companion(Part):
    """Files that belong together: when one changes and the other does not, something was forgotten."""

    path: PathPattern
    """The file that changes."""
    wants: PathPattern
    """The file that has to change with it."""
    remark: Text
    """What the reviewer writes when it does not."""


class Reviewing(Part):
    """How a colleague reviews."""

    delay: SpanText = Field(default_factory=lambda: read_span("2h..4h"))
    """Working time from being asked to answering."""
    max_changed_lines: Annotated[int, Field(ge=1, le=100_000)] = 400
    """Larger pull requests are sent back to be split."""
    tests_required: bool = True
    """Whether a change of production code needs a change of tests beside it."""
    description_required: bool = True
    """Whether a change of more than a few lines needs a description."""
    thoroughness: Thoroughness = "thorough"
    """How much of what there is to find they find; what they watch for they always do."""
    rounds: Annotated[int, Field(ge=1, le=10)] = 4
    """How often they ask for changes on one pull request before they let it go or hand it over."""
    watches: tuple[Watch, ...] = ()
    """Patterns that this reviewer looks for."""
    missing: tuple[Companion, ...] = ()
    """Files that this reviewer wants to see change together."""


class PersonPart(Part):
    """One of the people: a seat for a human or a simulated teammate."""

    kind: Literal["human", "teammate"]
    """`human`: a learner sits here. `teammate`: the simulator plays them."""
    name: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    login: LoginText
    """The GitHub account."""
    email: EmailText
    """The Jira account, and the author of commits."""
    role: Annotated[str, StringConstraints(min_length=1, max_length=60)] = "developer"
    access: Literal["pull", "push", "maintain", "admin"] = "push"
    """The right on the repository. The first teammate with `admin` sets the run up."""
    review: Reviewing | None = None
    """How they review; without it they never do."""
    skills: tuple[Annotated[str, StringConstraints(min_length=1, max_length=100)], ...] = ()
    """What they may review: languages (`python`, `sql`), folders, or shell patterns (`payments/*.py`). None named: everything."""
    tone: Tone = "warm"
    """How they write where the scenario gives no words."""
    hours: HoursText | None = None
    """Their own hours; left out: the calendar's. What they do of themselves comes inside them."""
    days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] | None = Field(
        default=None, min_length=1
    )
    """Their own working days; left out: the calendar's."""
    zone: ZoneText | None = None
    """The clock on their wall; left out: the calendar's."""
    about: Annotated[str, StringConstraints(max_length=2_000)] = ""
    """Who they are, for the dashboard."""
