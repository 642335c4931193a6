"""Conditions that nothing can ever meet, and events that nothing ever lets take place, by what they say themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from simulator.errors import Problem
from simulator.scenario.builds import reported_checks
from simulator.scenario.conditions.code import BranchCondition, CheckCondition
from simulator.scenario.conditions.issues import IssueCondition
from simulator.scenario.conditions.pulls import PullCondition
from simulator.scenario.conditions.when import WhenPart
from simulator.scenario.conditions.whose import fits
from simulator.scenario.moments.moment import Moment
from simulator.scenario.source import Source, Spot
from simulator.scenario.values import SprintOffset, StoryTime
from simulator.scenario.whole import Whole
from simulator.scenario.wording import nearest

_CONDITIONS = frozenset({"when", "unless"})
_LABELS = frozenset({"labels", "add_labels"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a scenario brings forth, gathered once: what conditions may wait for."""

    checks: tuple[str, ...]
    labels: tuple[str, ...]
    moments: tuple[str, ...]
    others: frozenset[str]
    """Events that are no moments."""
    colleagues: frozenset[str]
    has_reviews: bool
    """Whether somebody reviews the pull requests of a learner."""

    @classmethod
    def by(cls, source: Source, whole: Whole) -> Given:
        """What a scenario's parts give, also those that are not right by themselves."""
        events = whole.events.values()
        return cls(
            checks=tuple(sorted(reported_checks(source.value))),
            labels=tuple(sorted(set(_labels(source.value)))),
            moments=tuple(event.id for event in events if isinstance(event, Moment)),
            others=frozenset(event.id for event in events if not isinstance(event, Moment)),
            colleagues=frozenset(seat for seat, person in whole.people.items() if person.kind == "teammate"),
            has_reviews=_has_reviews(source, whole),
        )


def contradictions(source: Source, spot: Spot, when: WhenPart, given: Given) -> Iterator[Problem]:
    """What in a condition cannot be together, or is never there."""
    for number, part in enumerate(when.any):
        yield from contradictions(source, (*spot, "any", number), part, given)
    for key, words in _at_once(when):
        yield source.problem((*spot, key), words, "leave one of the two out")
    if when.sprint and when.sprint.started is False and when.sprint.closed:
        yield source.problem((*spot, "sprint"), "a sprint is closed only after it has started", "leave `started` out")
    if when.check:
        yield from _unreported(source, (*spot, "check", "name"), when.check, given)
    if when.issue and when.issue.label is not None:
        yield from _ungiven(source, (*spot, "issue", "label"), when.issue.label, given)
    if when.pull_request:
        yield from _unreviewed(source, (*spot, "pull_request"), when.pull_request, given)
    if when.moment and when.moment.id in given.others:
        known = ", ".join(f"`{name}`" for name in given.moments) or "none"
        message = f"`{when.moment.id}` is an event, not a moment"
        yield source.problem((*spot, "moment", "id"), message, f"moments here: {known}")


def repeats_itself(source: Source, spot: Spot, when: WhenPart | None, unless: WhenPart | None) -> Iterator[Problem]:
    """An `unless` that holds whenever the `when` does."""
    if when is None or unless is None:
        return
    asked = when.model_dump(exclude_unset=True)
    if all(asked.get(key) == part for key, part in unless.model_dump(exclude_unset=True).items()):
        message = "`unless` holds whenever `when` does: this never takes place"
        yield source.problem((*spot, "unless"), message, "let `unless` ask for something else, or leave it out")


def too_soon(source: Source, spot: Spot, when: WhenPart, deadline: StoryTime, whole: Whole) -> Iterator[Problem]:
    """A sprint that starts only after the deadline of what waits for it."""
    part = when.sprint
    if part is None or part.id is None or not (part.started or part.closed):
        return
    start = StoryTime(0, offset=SprintOffset(timedelta(0), before=False, sprint=part.id, of_end=False))
    if whole.is_before(deadline, start):
        message = f"the sprint `{part.id}` starts after the deadline {deadline}"
        yield source.problem((*spot, "sprint", "id"), message, "choose a later deadline, or an earlier sprint")


def _at_once(when: WhenPart) -> Iterator[tuple[str, str]]:
    """Pairs of things that nothing is at once, each as a sentence, with the key that holds them."""
    if when.pull_request:
        yield from (("pull_request", f"no pull request is {words}") for words in _of_pull(when.pull_request))
    if when.issue:
        yield from (("issue", f"no issue is {words}") for words in _of_issue(when.issue))
    if when.branch:
        yield from (("branch", f"no branch is {words}") for words in _of_branch(when.branch))
    if when.check and when.check.failed and when.check.passed:
        yield "check", "no check has both failed and passed last"


def _of_pull(part: PullCondition) -> Iterator[str]:
    if part.draft and part.state == "merged":
        yield "a draft and merged"
    if part.approved and part.changes_requested:
        yield "approved while somebody waits for changes"
    if part.reviewed is False and (part.approved or part.changes_requested):
        yield "approved or sent back without a review"
    if part.unreviewed_for and (part.reviewed or part.approved or part.changes_requested):
        yield "reviewed and still waiting for its first review"
    if part.unreviewed_for and part.draft:
        yield "a draft that waits for its review"


def _of_issue(part: IssueCondition) -> Iterator[str]:
    if part.unassigned and part.assignee:
        yield "assigned to somebody and to nobody"
    if part.flagged and part.blocked is False:
        yield "flagged and not blocked: the flag says that it is"


def _of_branch(part: BranchCondition) -> Iterator[str]:
    if part.without_pull and part.not_merged is False:
        yield "merged without a pull request"


def _unreported(source: Source, spot: Spot, part: CheckCondition, given: Given) -> Iterator[Problem]:
    if not any(fits(name, (part.name,)) for name in given.checks):
        hint = nearest(part.name, given.checks) or "add an event `checks`, or an act `report_check`"
        message = "no build reports any check" if part.name == "*" else f"no build reports a check `{part.name}`"
        yield source.problem(spot, message, hint)


def _ungiven(source: Source, spot: Spot, label: str, given: Given) -> Iterator[Problem]:
    """A label that neither the backlog, nor an event, nor a persona gives to an issue."""
    if label not in given.labels:
        hint = nearest(label, given.labels) or "give it to an issue, in the backlog or by `edit_issue`"
        yield source.problem(spot, f"nothing in this scenario gives an issue the label `{label}`", hint)


def _labels(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key in _LABELS and isinstance(item, list):
                yield from (label for label in item if isinstance(label, str))
            elif key not in _CONDITIONS:
                yield from _labels(item)
    elif isinstance(value, list):
        for item in value:
            yield from _labels(item)


def _unreviewed(source: Source, spot: Spot, part: PullCondition, given: Given) -> Iterator[Problem]:
    """A verdict on a pull request that there is nobody to give."""
    if given.has_reviews or part.named or given.colleagues.intersection(part.of):
        return
    for key in ("reviewed", "approved", "changes_requested"):
        if getattr(part, key):
            message = "nobody here reviews the pull requests of a learner"
            yield source.problem((*spot, key), message, "give one of the people a `review:`")


def _has_reviews(source: Source, whole: Whole) -> bool:
    """Whether somebody reviews, as far as that can be told: somebody who is written wrongly may."""
    people = source.value.get("people")
    if not isinstance(people, dict) or len(people) != len(whole.people):
        return True
    if sum(person.kind == "human" for person in whole.people.values()) > 1:
        return True
    return any(person.review for person in whole.people.values()) or _does(source.value.get("events"), "review")


def _does(value: Any, act: str) -> bool:
    if isinstance(value, dict):
        return value.get("do") == act or any(_does(item, act) for item in value.values())
    return isinstance(value, list) and any(_does(item, act) for item in value)
