"""The base of moments that an issue brings: one that comes up, or one that is there already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Self

from pydantic import model_validator
from typing_extensions import override

from simulator.model.agile import StatusCategory
from simulator.model.history import Issue
from simulator.scenario.backlog import IssuePart
from simulator.scenario.moments.moment import Moment, Scene
from simulator.scenario.part import IssueId, SprintId
from simulator.scenario.values import Unreadable
from simulator.scenario.view import View


class AboutAnIssue(Moment):
    """A moment with an issue of its own, `new` or one of the backlog."""

    brings: ClassVar[str]
    """What the issue is, for messages."""

    new: IssuePart | None = None
    """The issue, as it is created; or `issue`, one that is there."""
    issue: IssueId | None = None
    """The issue that is meant; or `new`."""
    sprint: SprintId
    """The sprint that it comes into."""

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.issue is None) == (self.new is None):
            raise Unreadable(f"{self.brings} needs either `new` or `issue`", "name the issue that it is about")
        return self

    @override
    def obstacle(self, view: View, about: Mapping[str, str]) -> str:
        issue = view.issue(self.ref)
        gone = issue is None or issue.deleted_at is not None or issue.state.category is StatusCategory.DONE
        return f"the issue {self.ref} is not there to be done" if self.issue and gone else ""

    @override
    def where(self, scene: Scene) -> str:
        issue = scene.view.issue(self.ref)
        return issue.url if issue else super().where(scene)

    @property
    def ref(self) -> str:
        """The scenario's id of the issue."""
        return self.new.id if self.new else self.issue or ""

    def undone(self, scene: Scene) -> Issue | None:
        """The issue, None when it is done, or was never there."""
        issue = scene.view.issue(self.ref)
        return None if issue is None or issue.state.category is StatusCategory.DONE else issue
