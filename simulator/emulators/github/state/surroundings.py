"""What bodies of issues and pull requests show beside their own rows, loaded for a whole page at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from simulator.emulators.github.state.assignees import assignees_of
from simulator.emulators.github.state.issue_labels import labels_of
from simulator.emulators.github.state.issues import Issue
from simulator.emulators.github.state.labels import Label
from simulator.emulators.github.state.people import People, load_people
from simulator.emulators.github.state.pull_rows import Pull, pulls_by_id
from simulator.emulators.github.state.review_requests import requested_of
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.accounts import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Labels, assignees, pull requests, requested reviewers by issue id, and all the people among them."""

    labels: Mapping[int, Sequence[Label]]
    assignees: Mapping[int, Sequence[int]]
    pulls: Mapping[int, Pull]
    requested: Mapping[int, Sequence[int]]
    people: People

    def assigned_to(self, issue_id: int) -> list[Account]:
        """The assignees of an issue."""
        return self._known(self.assignees.get(issue_id, ()))

    def asked_to_review(self, pull_id: int) -> list[Account]:
        """The people asked to review a pull request."""
        return self._known(self.requested.get(pull_id, ()))

    def _known(self, account_ids: Sequence[int]) -> list[Account]:
        return [account for account_id in account_ids if (account := self.people.get(account_id))]


def surroundings_of(place: Place, issues: Iterable[Issue]) -> Surroundings:
    """What the bodies of these issues and pull requests need, in a handful of statements however many they are."""
    listed = list(issues)
    ids = {issue.id for issue in listed}
    pull_ids = {issue.id for issue in listed if issue.is_pull}
    pulls = pulls_by_id(place, pull_ids) if pull_ids else {}
    assignees = assignees_of(place, ids)
    requested = requested_of(place, pull_ids) if pull_ids else {}
    shown: set[int | None] = set()
    for issue in listed:
        shown |= {issue.author_id, issue.closed_by_id}
    shown |= {pull.row.merged_by_id for pull in pulls.values()}
    for group in (*assignees.values(), *requested.values()):
        shown |= set(group)
    return Surroundings(
        labels=labels_of(place, ids),
        assignees=assignees,
        pulls=pulls,
        requested=requested,
        people=load_people(place, shown),
    )
