"""Event `checks`: a build that runs on every head of a pull request and of the default branch.

No workflow is executed: what the build says follows from the files themselves, and now and then from chance. When it runs and
what it finds is in plan/checks.py; what needs the files of a commit is looked up when it is reported.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field, model_validator
from typing_extensions import override

from simulator.model.code import Sighting, TreeRule
from simulator.scenario.events.event import Event
from simulator.scenario.part import Part, TeammateRef, Text
from simulator.scenario.people import PathPattern, PatternText
from simulator.scenario.places import CheckName
from simulator.scenario.values import SpanText, Unreadable, read_span


class FlakePart(Part):
    """A test that fails now and then, for no reason in the change."""

    share: Annotated[float, Field(gt=0, le=1)]
    """How many of the pull requests' heads it fails on at the first run; the seed decides which. Run once more it passes."""
    log: Text


class FailPart(Part):
    """What in a pull request's own changes makes the build fail."""

    added: PatternText | None = None
    """Regular expression, searched in each added line."""
    path: PathPattern = "*"
    """Where it is searched."""
    changed: PathPattern | None = None
    """A file that changes …"""
    without: PathPattern | None = None
    """… while none of these does."""
    log: Text

    @model_validator(mode="after")
    def _says_when(self) -> FailPart:
        if (self.added is None) == (self.changed is None):
            raise Unreadable("nothing says when this fails", "give either `added`, or `changed` and `without`")
        if (self.changed is None) != (self.without is None):
            raise Unreadable("`changed` and `without` go together", "name the file that is missing then")
        return self


class SightingPart(Part):
    """Something that is in the files, whoever brought it there."""

    path: PathPattern
    pattern: PatternText | None = None
    """Regular expression, searched in each line; left out: the file itself."""
    absent: bool = False
    """Whether it is meant that nothing of the kind is there."""


class BreakPart(Part):
    """Files that do not go together, though git merges them without a word."""

    together: Annotated[tuple[SightingPart, ...], Field(min_length=1, max_length=10)]
    log: Text

    def rule(self) -> TreeRule:
        """The rule in the model's words."""
        sightings = tuple(
            Sighting(path=part.path, pattern=part.pattern or "", absent=part.absent) for part in self.together
        )
        return TreeRule(sightings=sightings, log=self.log)


class ChecksEvent(Event):
    """A build under a name, reported by somebody with the right to, on pull requests and on the default branch."""

    type: Literal["checks"]
    who: TeammateRef
    """Whose account reports it: somebody with write access, or a bot."""
    name: CheckName = "tests"
    within: SpanText = Field(default_factory=lambda: read_span("3m..8m"))
    """How long it runs, in working time: what begins at the end of a day ends the next morning."""
    passed: Text = "All tests passed."
    flaky: FlakePart | None = None
    fails: Annotated[tuple[FailPart, ...], Field(max_length=20)] = ()
    breaks: Annotated[tuple[BreakPart, ...], Field(max_length=20)] = ()
    """Judged on the files of the commit: a pull request alone can be green, and the default branch red after two merges."""

    @model_validator(mode="after")
    def _runs_in_time(self) -> ChecksEvent:
        if self.within.longest > timedelta(hours=8):
            raise Unreadable(f"a build of {self.within} is no help to anybody", "let it take 8h at most")
        return self

    @override
    def reactions(self) -> tuple[str, ...]:
        flake = f", fails for no reason in {self.flaky.share:.0%} of them" if self.flaky else ""
        return (f"when something is pushed to a pull request or merged: {self.name} runs for {self.within}{flake}",)
