"""What bodies of issues and pull requests show beside their own rows, loaded for a whole page at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from simulator.emulators.github.state.assignees import assignees_of
from simulator.emulators.github.state.issue_labels import labels_of
from simulator.emulators.github.state.issues import Issue
from simulator.emulators.github.state.labels import Label
from simulator.emulators.github.state.milestones import Milestone, milestones_by_id
from simulator.emulators.github.state.people import People, load_people
from simulator.emulators.github.state.pull_rows import Pull, pulls_by_id
from simulator.emulators.github.state.reactions import ISSUE, reaction_counts
from simulator.emulators.github.state.review_requests import requested_of
from simulator.emulators.github.state.sub_issues import Parent, parents_of, summaries_of
from simulator.emulators.github.state.team_review_requests import TeamWithParent, requested_with_parents
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.accounts import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What there is by issue id, milestones by their own, and all the people among it.

    `sub_issues` has how many there are and how many of them are closed.
    """

    labels: Mapping[int, Sequence[Label]]
    assignees: Mapping[int, Sequence[int]]
    pulls: Mapping[int, Pull]
    requested: Mapping[int, Sequence[int]]
    requested_teams: Mapping[int, Sequence[TeamWithParent]]
    milestones: Mapping[int, Milestone]
    reactions: Mapping[int, Mapping[str, int]]
    sub_issues: Mapping[int, tuple[int, int]]
    parents: Mapping[int, Parent]
    people: People

    def assigned_to(self, issue_id: int) -> list[Account]:
        """The assignees of an issue."""
        return self._known(self.assignees.get(issue_id, ()))

    def asked_to_review(self, pull_id: int) -> list[Account]:
        """The people asked to review a pull request."""
        return self._known(self.requested.get(pull_id, ()))

    def asked_teams(self, pull_id: int) -> Sequence[TeamWithParent]:
        """The teams asked to review a pull request, with those that they are nested in."""
        return self.requested_teams.get(pull_id, ())

    def _known(self, account_ids: Sequence[int]) -> list[Account]:
        return [account for account_id in account_ids if (account := self.people.get(account_id))]


def surroundings_of(
    place: Place,
    issues: Iterable[Issue],
    *,
    new: bool = False,
    bare: bool = False,
    unasked: bool = False,
    pulls: Mapping[int, Pull] | None = None,
) -> Surroundings:
    """What the bodies of these issues and pull requests need, in a handful of statements however many they are.

    `new` ones were made a moment ago: nobody has reacted to them yet or put anything below them. `bare` ones have neither
    labels nor assignees, and nobody was asked to review `unasked` ones. `pulls` are the pull requests among them when they
    have been read already.
    """
    listed = list(issues)
    ids = {issue.id for issue in listed}
    pull_ids = {issue.id for issue in listed if issue.is_pull}
    if pulls is None:
        pulls = pulls_by_id(place, pull_ids) if pull_ids else {}
    sorted_out = set() if bare else ids
    assignees = assignees_of(place, sorted_out)
    asked = set() if unasked else pull_ids
    requested = requested_of(place, asked) if asked else {}
    requested_teams = requested_with_parents(place, asked) if asked else {}
    milestone_ids = {issue.milestone_id for issue in listed if issue.milestone_id is not None}
    milestones = milestones_by_id(place, milestone_ids) if milestone_ids else {}
    settled = set() if new else ids
    shown: set[int | None] = set()
    for issue in listed:
        shown |= {issue.author_id, issue.closed_by_id}
    for pull in pulls.values():
        shown |= {pull.row.merged_by_id, pull.row.head_owner_id}
    shown |= {milestone.creator_id for milestone in milestones.values()}
    for group in (*assignees.values(), *requested.values()):
        shown |= set(group)
    return Surroundings(
        labels=labels_of(place, sorted_out),
        assignees=assignees,
        pulls=pulls,
        requested=requested,
        requested_teams=requested_teams,
        milestones=milestones,
        reactions=reaction_counts(place, ISSUE, settled),
        sub_issues=summaries_of(place, settled - pull_ids),
        parents=parents_of(place, settled - pull_ids),
        people=load_people(place, shown),
    )
