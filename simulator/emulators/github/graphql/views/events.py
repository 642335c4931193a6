"""Events of issues and pull requests: one view for all kinds, since they differ in little more than what they point at."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from simulator.emulators.github.graphql.views.actors import ActorView, actor_view
from simulator.emulators.github.graphql.views.base import InRepository, Paged
from simulator.emulators.github.graphql.views.labels import LabelView
from simulator.emulators.github.payloads.users import node_id
from simulator.emulators.github.state import changes, mentions
from simulator.emulators.github.state.events import Event
from simulator.emulators.github.state.issues import Issue, issues_by_id
from simulator.emulators.github.state.labels import Label, find_label
from simulator.emulators.github.state.reviews import reviews_by_id
from simulator.emulators.github.state.teams import team_by_id

if TYPE_CHECKING:
    from simulator.emulators.github.graphql.views.conversations import ConversationView


class EventView(Paged, InRepository):
    """Any event: the type says which, and so which of these fields there are."""

    def __init__(self, conversation: ConversationView, event: Event, typename: str) -> None:
        super().__init__(conversation.reader, conversation.home)
        self.typename = typename  # type: ignore[misc]
        self.conversation = conversation
        self.event = event
        self.detail = event.detail
        self.database_id = event.id
        self.created_at: datetime = event.created_at
        self.assignable = self.labelable = self.closable = self.lockable = self.subject = conversation
        self.pull_request = self.target = conversation

    @property
    def id(self) -> str:
        """The global id."""
        return node_id("Event", self.event.id)

    @property
    def resource_path(self) -> str:
        """Its place on the page of the conversation."""
        return f"{self.conversation.resource_path}#event-{self.event.id}"

    @property
    def actor(self) -> ActorView | None:
        """Who did it."""
        return actor_view(self.reader, self.reader.accounts.get(self.event.actor_id))

    enabler = disabler = actor

    @property
    def assignee(self) -> ActorView | None:
        """Who is assigned, or was."""
        return actor_view(self.reader, self.reader.accounts.get(self.detail.get("assignee_id")))

    user = assignee

    @property
    def requested_reviewer(self) -> Any:
        """Who is asked for a review, or was."""
        if self.detail.get("team_id"):
            team = team_by_id(self.reader.connection, self.reader.site, self.detail["team_id"])
            return self.show("Team", team) if team else None
        return actor_view(self.reader, self.reader.accounts.get(self.detail.get("reviewer_id")))

    @property
    def label(self) -> LabelView:
        """The label, as it is called now or was when it was deleted."""
        named = self.detail["label"]
        found = find_label(self.reader.connection, self.reader.site, self.home.id, named["name"])
        gone = Label(id=0, name=named["name"], color=named["color"], description=None, default=False)
        return LabelView(self.reader, self.home, found or gone)

    @property
    def milestone_title(self) -> str:
        """The milestone's title at that time."""
        return str(self.detail["milestone"]["title"])

    @property
    def previous_title(self) -> str:
        """The title before."""
        return str(self.detail["from"])

    @property
    def current_title(self) -> str:
        """The title after."""
        return str(self.detail["to"])

    @property
    def lock_reason(self) -> str | None:
        """Why it was locked."""
        reason = self.detail.get("lock_reason")
        return reason.upper().replace("-", "_").replace(" ", "_") if reason else None

    @property
    def state_reason(self) -> str | None:
        """Why it was closed."""
        reason = self.detail.get("state_reason")
        return reason.upper() if reason else None

    # --- commits and branches ---

    def _commit(self, name: str) -> Any:
        sha = self.detail.get(name)
        found = changes.git(self.place).get(sha) if sha else None
        return self.show("Commit", self.home, found) if found else None

    @property
    def commit(self) -> Any:
        """The commit that it is about."""
        return self._commit("commit_id")

    closer = commit

    @property
    def before_commit(self) -> Any:
        """Where the branch was."""
        return self._commit("before")

    @property
    def after_commit(self) -> Any:
        """Where the branch went."""
        return self._commit("after")

    @property
    def commit_repository(self) -> Any:
        """Where that commit is."""
        return self.repository

    @property
    def ref(self) -> Any:
        """The head branch."""
        return self.conversation.head_ref  # type: ignore[attr-defined]

    head_ref = ref

    @property
    def head_ref_name(self) -> str:
        """The head branch's name."""
        return str(self.conversation.head_ref_name)  # type: ignore[attr-defined]

    @property
    def merge_ref(self) -> Any:
        """The branch that was merged into."""
        return self.conversation.base_ref  # type: ignore[attr-defined]

    @property
    def merge_ref_name(self) -> str:
        """Its name."""
        return str(self.conversation.base_ref_name)  # type: ignore[attr-defined]

    @property
    def previous_ref_name(self) -> str:
        """The base before."""
        return str(self.detail["old_base"])

    @property
    def current_ref_name(self) -> str:
        """The base after."""
        return str(self.detail["new_base"])

    old_base, new_base = previous_ref_name, current_ref_name

    # --- dismissed reviews ---

    @property
    def _dismissed(self) -> Any:
        return self.detail["dismissed_review"]

    @property
    def dismissal_message(self) -> str | None:
        """Why the review was dismissed."""
        return self._dismissed.get("dismissal_message") or None

    @property
    def dismissal_message_html(self) -> str | None:
        """The same as a page shows it."""
        return escape(self.dismissal_message) if self.dismissal_message else None

    @property
    def previous_review_state(self) -> str:
        """What the review had said."""
        return str(self._dismissed["state"]).upper()

    @property
    def review(self) -> Any:
        """The review."""
        row = reviews_by_id(self.place, [self._dismissed["review_id"]]).get(self._dismissed["review_id"])
        return (
            self.show("PullRequestReview", self.home, self.around.pulls.get(self.conversation.issue_row.id), row)
            if row
            else None
        )

    pull_request_commit = None
    reason = reason_code = None

    # --- references ---

    @cached_property
    def source(self) -> Any:
        """What refers to it."""
        found = issues_by_id(self.place, [self.detail["source_id"]])[self.detail["source_id"]]
        return self.show("PullRequest" if found.is_pull else "Issue", self.home, found)

    is_cross_repository = False
    is_direct_reference = False

    @property
    def referenced_at(self) -> datetime:
        """When."""
        return self.created_at

    @property
    def will_close_target(self) -> bool:
        """Whether merging the source closes this."""
        text = f"{self.source.title}\n{self.source.body}"
        return self.conversation.number in mentions.closed_by(text, full_name=self.home.full_name)

    # --- issues below issues ---

    @property
    def sub_issue(self) -> Any:
        """The part."""
        return self._issue("sub_issue_id")

    @property
    def parent(self) -> Any:
        """The whole."""
        return self._issue("parent_issue_id")

    def _issue(self, name: str) -> Any:
        found: Issue | None = issues_by_id(self.place, [self.detail[name]]).get(self.detail[name])
        home = self.reader.repository_by_id(found.repository_id) if found else None
        return self.show("Issue", home, found) if home else None
