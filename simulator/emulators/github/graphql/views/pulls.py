"""Pull requests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

from simulator.emulators.github.graphql.connections import Connection, Window
from simulator.emulators.github.graphql.views.actors import ActorView, actor_view
from simulator.emulators.github.graphql.views.auto_merge import AutoMergeView
from simulator.emulators.github.graphql.views.commits import CommitView, commit_view
from simulator.emulators.github.graphql.views.line_comments import thread_views
from simulator.emulators.github.graphql.views.pull_branches import PullBranches
from simulator.emulators.github.graphql.views.reviews import ReviewRequestView, ReviewView, review_views
from simulator.emulators.github.state import changes, merge_messages, requirements
from simulator.emulators.github.state.holding import demands_on
from simulator.emulators.github.state.mergeability import Mergeability, assess
from simulator.emulators.github.state.permissions import allows
from simulator.emulators.github.state.reviews import APPROVED, CHANGES_REQUESTED, PENDING, Review

_OPINIONS = (APPROVED, CHANGES_REQUESTED, "DISMISSED")


class PullView(PullBranches):
    """A proposal to merge one branch into another."""

    typename = "PullRequest"
    is_in_merge_queue = is_merge_queue_enabled = False

    @property
    def state(self) -> str:
        """OPEN, CLOSED or MERGED."""
        return "MERGED" if self.merged else self.issue_row.state.upper()

    # --- merging it ---

    @property
    def merged(self) -> bool:
        """Whether it is merged."""
        return self.pull.is_merged

    @property
    def merged_at(self) -> datetime | None:
        """When it was merged."""
        return self.pull.row.merged_at

    @property
    def merged_by(self) -> ActorView | None:
        """Who merged it."""
        return actor_view(self.reader, self.reader.accounts.get(self.pull.row.merged_by_id))

    @property
    def merge_commit(self) -> CommitView | None:
        """The commit that the merge made."""
        return commit_view(self.reader, self.home, self.pull.row.merge_commit_sha) if self.merged else None

    @cached_property
    def _assessed(self) -> Mergeability:
        return assess(self.place, self.pull)

    @property
    def potential_merge_commit(self) -> CommitView | None:
        """The test merge."""
        return commit_view(self.reader, self.home, self._assessed.merge_sha)

    @property
    def mergeable(self) -> str:
        """MERGEABLE, CONFLICTING or UNKNOWN."""
        return {True: "MERGEABLE", False: "CONFLICTING", None: "UNKNOWN"}[self._assessed.mergeable]

    @property
    def merge_state_status(self) -> str:
        """What REST calls mergeable_state."""
        return self._assessed.state.upper()

    @property
    def can_be_rebased(self) -> bool:
        """Whether its commits can be replayed onto the base."""
        return bool(self._assessed.rebaseable)

    @property
    def auto_merge_request(self) -> AutoMergeView | None:
        """The wish to merge it as soon as that is possible."""
        wish = self.pull.row.auto_merge
        return AutoMergeView(self, wish) if wish else None

    def viewer_merge_headline_text(self, merge_type: str | None = None) -> str:
        """The title that a merge commit would get."""
        return self._merge_text(merge_type)[0]

    def viewer_merge_body_text(self, merge_type: str | None = None) -> str:
        """The text that a merge commit would get."""
        return self._merge_text(merge_type)[1]

    def _merge_text(self, merge_type: str | None) -> tuple[str, str]:
        settings = self.home.settings
        if merge_type == "SQUASH":
            return merge_messages.of_squash(self.pull, changes.commits_of(self.place, self.pull), settings)
        return merge_messages.of_merge(self.pull, self.home.owner.login, settings)

    # --- what people say of it ---

    @cached_property
    def _reviews(self) -> Sequence[Review]:
        return self.around.reviews.get(self.pull.id) or ()

    def _review_connection(self, window: Window, rows: Sequence[Review]) -> Connection:
        return Connection.of(window, review_views(self.reader, self.home, self.pull, rows))

    def reviews(self, window: Window, author: str | None = None, states: Sequence[str] | None = None) -> Connection:
        """Its reviews, oldest first."""
        rows = [row for row in self._reviews if not states or row.state in states]
        if author is not None:
            self.around.people.expect(row.author_id for row in rows)
            rows = [row for row in rows if self._login(row).lower() == author.lower()]
        return self._review_connection(window, rows)

    def latest_reviews(self, window: Window) -> Connection:
        """The last review of each person who is not asked for another one."""
        asked = set(self.around.requested.get(self.pull.id) or ())
        last = {row.author_id: row for row in self._reviews if row.state != PENDING}
        rows = [row for row in last.values() if row.author_id not in asked and row.author_id != self.author_id]
        return self._review_connection(window, sorted(rows, key=lambda row: row.id))

    def latest_opinionated_reviews(self, window: Window, writers_only: bool | None = None) -> Connection:
        """The last review of each person that approves, asks for changes, or did and was dismissed."""
        last = {row.author_id: row for row in self._reviews if row.state in _OPINIONS}
        views = review_views(self.reader, self.home, self.pull, sorted(last.values(), key=lambda row: row.id))
        return Connection.of(window, [each for each in views if not writers_only or each.author_can_push_to_repository])

    @property
    def viewer_latest_review(self) -> ReviewView | None:
        """The caller's last review."""
        own = [row for row in self._reviews if row.author_id == self.reader.viewer.id]
        return review_views(self.reader, self.home, self.pull, own[-1:])[0] if own else None

    @property
    def review_decision(self) -> str | None:
        """What the required reviews add up to; None when none are required."""
        demands = demands_on(self.place, self.pull)
        required = demands.reviews
        if required is None or not (required.approvals or required.code_owners):
            return None
        return requirements.decision_of(self.place, self.pull, required)

    @cached_property
    def _requests(self) -> list[ReviewRequestView]:
        people = self.around.requested.get(self.pull.id) or []
        teams = self.around.requested_teams.get(self.pull.id) or []
        self.reader.accounts.expect(people)
        of_people = [ReviewRequestView(self.reader, self.home, self.pull, account_id=each) for each in people]
        return of_people + [ReviewRequestView(self.reader, self.home, self.pull, team=each) for each in teams]

    def review_requests(self, window: Window) -> Connection:
        """Who is asked for a review."""
        return Connection.of(window, self._requests)

    @property
    def viewer_latest_review_request(self) -> ReviewRequestView | None:
        """The request to the caller."""
        return next((each for each in self._requests if each.database_id == self.reader.viewer.id), None)

    def review_threads(self, window: Window) -> Connection:
        """Its conversations about lines."""
        return Connection.of(window, thread_views(self.reader, self.home, self.pull))

    @property
    def total_comments_count(self) -> int:
        """Comments of the conversation and on lines."""
        return self.issue_row.comments + len(self.around.line_comments.get(self.pull.id) or ())

    def _login(self, row: Review) -> str:
        person = self.around.people.get(row.author_id)
        return person.account.login if person else ""

    # --- what the caller may do ---

    @property
    def viewer_can_update(self) -> bool:
        """Whether the caller may change it."""
        return (self.viewer_did_author and not self.home.archived) or self.may("push")

    @property
    def viewer_can_update_branch(self) -> bool:
        """Whether the caller may bring it up to date."""
        return self.pull.is_open and self.may("push") and requirements.is_behind(self.place, self.pull)

    @property
    def viewer_can_delete_head_ref(self) -> bool:
        """Whether the caller may delete the branch it comes from."""
        home = self.head_home
        writes = home is not None and allows(self.reader.permission(home), "push")
        return writes and not self.pull.is_open and self.head_ref is not None

    @property
    def viewer_can_enable_auto_merge(self) -> bool:
        """Whether the caller may have it merged as soon as that is possible."""
        waits = self.pull.row.auto_merge is None and self.merge_state_status in ("BLOCKED", "BEHIND")
        return self.home.allow_auto_merge and self.pull.is_open and waits and self.may("push")

    @property
    def viewer_can_disable_auto_merge(self) -> bool:
        """Whether the caller may take that wish back."""
        return self.pull.row.auto_merge is not None and self.viewer_can_update

    @property
    def viewer_can_merge_as_admin(self) -> bool:
        """Whether the caller could merge it past the protection."""
        protection = self.around.protections.get(self.base_ref_name)
        return self.may("admin") and not (protection and protection.enforce_admins)
