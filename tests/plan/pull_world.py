"""One pull request and its reviewers, without services: what they decide becomes facts at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from simulator.model import actions as do
from simulator.model.code import ChangedFile
from simulator.model.diff_lines import shown_lines
from simulator.model.facts import Fact, FactKind
from simulator.model.keys import PullRef, SeatId
from simulator.plan.reviews.teammates import decide
from simulator.scenario.loaded import LoadedScenario
from tests.plan.builders import BINDINGS, a_fact, at, head, opened

_STATES = {"APPROVE": "APPROVED", "REQUEST_CHANGES": "CHANGES_REQUESTED", "COMMENT": "COMMENTED"}
_ENOUGH_LOOKS = 4


class PullWorld:
    """A learner's pull request 3. Each step takes a minute; remarks must stand on lines that the diff shows."""

    def __init__(self, scenario: LoadedScenario, *files: Mapping[str, Any], seed: int = 1, body: str = "") -> None:
        self.scenario = scenario
        self.seed = seed
        self.facts: list[Fact] = []
        self.files: Sequence[Mapping[str, Any]] = files
        self.heads = 0
        self.now = at(1, 10)
        self.facts.append(opened(head_sha="", body=body, when=self.now))
        self.push(*files)

    def push(self, *files: Mapping[str, Any]) -> None:
        """The learner pushes a new head with these files."""
        self.heads += 1
        self.files = files
        self.facts.append(head(head_sha=self.head, files=files, commits=[self.head], when=self._later()))

    @property
    def head(self) -> str:
        """The present tip."""
        return f"{self.heads:07}aa"

    def reply(self, body: str, *, thread: int = 0) -> None:
        """The learner answers the n-th remark."""
        root = self.remarks()[thread]
        detail = {"id": len(self.facts), "path": root.detail["path"], "line": root.detail["line"], "body": body}
        self.tell(FactKind.REVIEW_COMMENTED, "learner", in_reply_to=root.detail["id"], **detail)

    def comment(self, body: str) -> None:
        """The learner writes on the conversation."""
        self.tell(FactKind.PULL_REQUEST_COMMENTED, "learner", id=len(self.facts), body=body)

    def ask(self, login: str = "mira") -> None:
        """The learner asks for a review again."""
        self.tell(FactKind.REVIEW_REQUESTED, "learner", reviewer=login)

    def look(self, by: str = "mira", **asked: Any) -> list[do.Action]:
        """A reviewer looks, and looks again until there is nothing more to say; everything that was done, in order."""
        done: list[do.Action] = []
        action = do.ReviewWhenRead(actor=SeatId(by), pull=PullRef("#3"), **asked)
        for _ in range(_ENOUGH_LOOKS):
            chosen = decide(action, facts=self.facts, scenario=self.scenario, bindings=BINDINGS, seed=self.seed)
            done += chosen
            if not chosen:
                return done
            for step in chosen:
                self.perform(step)
        raise AssertionError(f"{by} does not come to an end: {done[-3:]}")

    def remarks(self, by: str = "mira") -> list[Fact]:
        """First comments of a reviewer's threads."""
        said = (fact for fact in self.facts if fact.kind is FactKind.REVIEW_COMMENTED and fact.actor == by)
        return [fact for fact in said if not fact.detail.get("in_reply_to")]

    def verdicts(self, by: str = "mira") -> list[str]:
        """A reviewer's reviews, by their state."""
        said = (fact for fact in self.facts if fact.kind is FactKind.REVIEW_SUBMITTED and fact.actor == by)
        return [str(fact.detail["state"]) for fact in said]

    def sentences(self) -> list[str]:
        """Everything that colleagues wrote."""
        return [str(f.detail["body"]) for f in self.facts if f.actor != "learner" and f.detail.get("body")]

    def perform(self, action: do.Action) -> None:
        """Do what somebody decided."""
        match action:
            case do.SubmitReview():
                review = len(self.facts)
                self.tell(
                    FactKind.REVIEW_SUBMITTED,
                    action.actor,
                    id=review,
                    state=_STATES[action.verdict],
                    body=action.body,
                    commit_sha=self.head,
                )
                for remark in action.remarks:
                    file = next(file for file in self.files if file["path"] == remark.path)
                    assert remark.line in shown_lines(ChangedFile(**file).patch)
                    detail = {"path": remark.path, "line": remark.line, "body": remark.body, "review_id": review}
                    self.tell(FactKind.REVIEW_COMMENTED, action.actor, id=len(self.facts), **detail)
            case do.ReplyToRemark():
                number = len(self.facts)
                self.tell(
                    FactKind.REVIEW_COMMENTED, action.actor, id=number, in_reply_to=action.remark, body=action.body
                )
            case do.CommentOnPullRequest():
                self.tell(FactKind.PULL_REQUEST_COMMENTED, action.actor, id=len(self.facts), body=action.body)
            case do.DismissReview():
                told = [f for f in self.facts if f.kind is FactKind.REVIEW_SUBMITTED and f.actor == action.of]
                self.tell(FactKind.REVIEW_DISMISSED, action.actor, id=told[-1].detail["id"])
            case do.RequestReview():
                for seat in action.reviewers:
                    login = self.scenario.spec.people[seat].login
                    self.tell(FactKind.REVIEW_REQUESTED, action.actor, reviewer=login)
            case _:
                assert isinstance(action, do.ResolveThread)

    def tell(self, kind: FactKind, actor: str, **detail: Any) -> None:
        """A fact about the pull request, a minute later."""
        self.facts.append(a_fact(kind, "pull:3", actor=actor, when=self._later(), **detail))

    def _later(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now
