"""What views of one repository's things load, together for all that a reply shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from simulator.emulators.github.graphql.batches import Batch
from simulator.emulators.github.state import gathering
from simulator.emulators.github.state.assignees import assignees_of
from simulator.emulators.github.state.checks import CheckRun
from simulator.emulators.github.state.comments import Comment
from simulator.emulators.github.state.gathering import Part, Reacted, SuiteRun
from simulator.emulators.github.state.issue_labels import labels_of
from simulator.emulators.github.state.issues import Issue, issues_by_id
from simulator.emulators.github.state.labels import Label
from simulator.emulators.github.state.milestones import Milestone, milestones_by_id
from simulator.emulators.github.state.people import load_people
from simulator.emulators.github.state.protections import Protection, protected_branches
from simulator.emulators.github.state.pull_rows import Pull, pulls_by_id
from simulator.emulators.github.state.review_comments import ReviewComment
from simulator.emulators.github.state.review_requests import requested_of
from simulator.emulators.github.state.reviews import Review
from simulator.emulators.github.state.statuses import Status
from simulator.emulators.github.state.sub_issues import summaries_of
from simulator.emulators.github.state.team_review_requests import requested_teams_of
from simulator.emulators.github.state.teams import Team
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.accounts import Account


class Person(NamedTuple):
    """An account, and how it is associated with the repository."""

    account: Account
    association: str


class Around:
    """A repository and the batches of everything in it. `permission` is the caller's, None as long as nobody asked."""

    def __init__(self, place: Place, *, viewer_id: int) -> None:
        self.place = place
        self.viewer_id = viewer_id
        self.permission: str | None = None
        self.people: Batch[int, Person] = Batch(self._load_people)
        self.labels: Batch[int, list[Label]] = Batch(lambda ids: labels_of(place, ids))
        self.assignees: Batch[int, list[int]] = Batch(lambda ids: assignees_of(place, ids))
        self.issues: Batch[int, Issue] = Batch(lambda ids: issues_by_id(place, ids))
        self.pulls: Batch[int, Pull] = Batch(lambda ids: pulls_by_id(place, set(ids)))
        self.milestones: Batch[int, Milestone] = Batch(lambda ids: milestones_by_id(place, ids))
        self.sub_issues: Batch[int, tuple[int, int]] = Batch(lambda ids: summaries_of(place, ids))
        self.requested: Batch[int, list[int]] = Batch(lambda ids: requested_of(place, ids))
        self.requested_teams: Batch[int, list[Team]] = Batch(lambda ids: requested_teams_of(place, ids))
        self.participants: Batch[int, list[int]] = Batch(lambda ids: gathering.participants_of(place, ids))
        self.comment_counts: Batch[int, int] = Batch(lambda ids: gathering.comment_counts(place, ids))
        self.check_runs: Batch[str, list[CheckRun]] = Batch(lambda shas: gathering.check_runs_of(place, shas))
        self.suite_runs: Batch[int, SuiteRun] = Batch(lambda ids: gathering.runs_of_suites(place, ids))
        self.statuses: Batch[str, list[Status]] = Batch(lambda shas: gathering.statuses_of(place, shas))
        self.reviews: Batch[int, list[Review]] = Batch(
            lambda ids: gathering.reviews_of(place, ids, viewer_id=viewer_id)
        )
        self.line_comments: Batch[int, list[ReviewComment]] = Batch(
            lambda ids: gathering.line_comments_of(place, ids, viewer_id=viewer_id)
        )
        self._comments: dict[Part, Batch[int, list[Comment]]] = {}
        self._conversations: dict[int, None] = {}
        self._reactions: dict[str, Batch[int, list[Reacted]]] = {}

    @cached_property
    def protections(self) -> Mapping[str, Protection]:
        """The protections of the repository's branches."""
        return protected_branches(self.place.connection, self.place.site, self.place.repository.id)

    def comments(self, part: Part) -> Batch[int, list[Comment]]:
        """The comments in a part of each issue's conversation."""
        if part not in self._comments:
            self._comments[part] = Batch(lambda ids: gathering.comments_of(self.place, ids, part))
            self._comments[part].expect(self._conversations)
        return self._comments[part]

    def reactions(self, subject: str) -> Batch[int, list[Reacted]]:
        """The reactions to things of one kind."""
        if subject not in self._reactions:
            place = self.place
            self._reactions[subject] = Batch(lambda ids: gathering.reactions_to(place, subject, ids))
        return self._reactions[subject]

    def expect_issues(self, found: Iterable[Issue]) -> None:
        """These issues and pull requests will be shown."""
        listed = list(found)
        ids = [issue.id for issue in listed]
        pull_ids = [issue.id for issue in listed if issue.is_pull]
        of_all: list[Batch[int, Any]] = [
            self.labels,
            self.assignees,
            self.participants,
            self.comment_counts,
            self.sub_issues,
            self.reactions("issue"),
            *self._comments.values(),
        ]
        of_pulls: list[Batch[int, Any]] = [
            self.pulls,
            self.requested,
            self.requested_teams,
            self.reviews,
            self.line_comments,
        ]
        for batch in of_all:
            batch.expect(ids)
        for batch in of_pulls:
            batch.expect(pull_ids)
        self.milestones.expect(issue.milestone_id for issue in listed)
        self._conversations.update(dict.fromkeys(ids))
        self.people.expect(issue.author_id for issue in listed)

    def _load_people(self, ids: Collection[int]) -> dict[int, Person]:
        people = load_people(self.place, ids)
        return {each: Person(account, people.association(each)) for each, account in people.accounts.items()}
