"""Repositories."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.emulators.github.graphql.connections import Connection, Window
from simulator.emulators.github.graphql.problems import not_found
from simulator.emulators.github.graphql.views.actors import user_views
from simulator.emulators.github.graphql.views.issue_lists import issue_connection, pull_connection
from simulator.emulators.github.graphql.views.labels import LabelView, label_connection
from simulator.emulators.github.graphql.views.milestones import MilestoneView, milestone_connection
from simulator.emulators.github.graphql.views.owned import repository_connection
from simulator.emulators.github.graphql.views.projects import OwnsProjects
from simulator.emulators.github.graphql.views.releases import (
    ReleaseView,
    latest_view,
    release_connection,
    release_named,
)
from simulator.emulators.github.graphql.views.repository_code import RepositoryCode
from simulator.emulators.github.graphql.views.topics import RepositoryTopicView
from simulator.emulators.github.state import collaborators, followers, forks
from simulator.emulators.github.state.issues import find_issue
from simulator.emulators.github.state.labels import find_label
from simulator.emulators.github.state.milestones import find_milestone
from simulator.emulators.github.state.people import insiders
from simulator.emulators.github.state.permissions import permissions_of
from simulator.emulators.kit.accounts import Account

_PERMISSIONS = {"admin": "ADMIN", "maintain": "MAINTAIN", "push": "WRITE", "triage": "TRIAGE", "pull": "READ"}
_MOST = 1000


class RepositoryView(OwnsProjects, RepositoryCode):
    """A repository with everything around its code."""

    typename = "Repository"

    # --- issues and pull requests ---

    def issues(self, window: Window, **wanted: Any) -> Connection:
        """Its issues."""
        return issue_connection(self.reader, self.home, window, **wanted)

    def pull_requests(self, window: Window, **wanted: Any) -> Connection:
        """Its pull requests."""
        return pull_connection(self.reader, self.home, window, **wanted)

    def issue(self, number: int) -> Any:
        """An issue by its number. Raises Problem when there is none."""
        return self._numbered(number, kinds=("Issue",), what="an Issue")

    def pull_request(self, number: int) -> Any:
        """A pull request by its number. Raises Problem when there is none."""
        return self._numbered(number, kinds=("PullRequest",), what="a PullRequest")

    def issue_or_pull_request(self, number: int) -> Any:
        """Either by its number. Raises Problem when there is none."""
        return self._numbered(number, kinds=("Issue", "PullRequest"), what="an issue or pull request")

    def _numbered(self, number: int, *, kinds: tuple[str, ...], what: str) -> Any:
        found = find_issue(self.place, number) if 0 < number < 2**31 else None
        typename = "PullRequest" if found is not None and found.is_pull else "Issue"
        if found is None or typename not in kinds:
            raise not_found(f"Could not resolve to {what} with the number of {number}.")
        self.around.expect_issues([found])
        return self.show(typename, self.home, found)

    def label(self, name: str) -> LabelView | None:
        """A label by its name."""
        found = find_label(self.reader.connection, self.reader.site, self.home.id, name)
        return LabelView(self.reader, self.home, found) if found else None

    def labels(self, window: Window, **wanted: Any) -> Connection:
        """Its labels."""
        return label_connection(self.reader, self.home, window, **wanted)

    def milestone(self, number: int) -> MilestoneView | None:
        """A milestone by its number."""
        found = find_milestone(self.place, number)
        return MilestoneView(self.reader, self.home, found) if found else None

    def milestones(self, window: Window, **wanted: Any) -> Connection:
        """Its milestones."""
        return milestone_connection(self.reader, self.home, window, **wanted)

    # --- releases and topics ---

    def release(self, tag_name: str) -> ReleaseView | None:
        """A release by its tag."""
        return release_named(self.reader, self.home, tag_name)

    @property
    def latest_release(self) -> ReleaseView | None:
        """The latest release."""
        return latest_view(self.reader, self.home)

    def releases(self, window: Window, order_by: Mapping[str, str] | None = None) -> Connection:
        """Its releases."""
        return release_connection(self.reader, self.home, window, order_by=order_by)

    def repository_topics(self, window: Window) -> Connection:
        """The words that it is found by."""
        topics = self.home.topics or ()
        return Connection.of(window, [RepositoryTopicView(self.reader, self.home, name) for name in topics])

    # --- the network ---

    @property
    def parent(self) -> RepositoryView | None:
        """What it was forked from."""
        found = self.reader.repository_by_id(self.home.parent_id)
        return RepositoryView(self.reader, found) if found else None

    def forks(self, window: Window, order_by: Mapping[str, str] | None = None, **_wanted: Any) -> Connection:
        """Its forks."""
        found, _ = forks.list_forks(
            self.reader.connection, self.home, self.reader.reads_as, sort="oldest", offset=0, limit=_MOST
        )
        return repository_connection(self.reader, window, found, order_by)

    # --- people ---

    def assignable_users(self, window: Window, query: str | None = None) -> Connection:
        """Who can work on issues."""
        return Connection.of(window, user_views(self.reader, _called(insiders(self.place), query)))

    def mentionable_users(self, window: Window, query: str | None = None) -> Connection:
        """Who can be mentioned."""
        return self.assignable_users(window, query)

    def collaborators(
        self,
        window: Window,
        affiliation: str | None = None,
        login: str | None = None,
        query: str | None = None,
    ) -> Connection | None:
        """Who works in it, for those who may push; None for others."""
        if not self.may("push"):
            return None
        connection = self.reader.connection
        everybody, _ = collaborators.page_of(
            connection, self.home, affiliation=(affiliation or "ALL").lower(), offset=0, limit=_MOST
        )
        found = [each for each in _called(everybody, query) if login in (None, each.login)]
        granted = permissions_of(connection, self.home, found) if found else {}
        return Connection.of(
            window,
            user_views(self.reader, found),
            edge_fields=lambda _, node: {"permission": _PERMISSIONS.get(granted[node.account.id], "READ")},
        )

    def stargazers(self, window: Window, order_by: Mapping[str, str] | None = None) -> Connection:
        """Who keeps a star for it."""
        newest = bool(order_by and order_by["direction"] == "DESC")
        return self._followers(window, followers.STAR, newest_first=newest)

    def watchers(self, window: Window) -> Connection:
        """Who watches it."""
        return self._followers(window, followers.WATCH)

    def _followers(self, window: Window, kind: str, *, newest_first: bool = False) -> Connection:
        connection, since = self.reader.connection, {}

        def fetch(start: int, end: int) -> list[Any]:
            rows = followers.followers_of(
                connection, self.home, kind, offset=start, limit=end - start, newest_first=newest_first
            )
            since.update({row.account_id: row.since for row in rows})
            self.reader.accounts.expect(since)
            return user_views(self.reader, [self.reader.accounts.get(row.account_id) for row in rows])

        return Connection(
            window,
            count=lambda: followers.count_followers(connection, self.home, kind),
            fetch=fetch,
            edge_fields=lambda _, node: {"starred_at": since[node.account.id]},
        )

    @property
    def viewer_has_starred(self) -> bool:
        """Whether the caller keeps a star for it."""
        return followers.follows(self.reader.connection, self.home, self.reader.viewer, followers.STAR)

    @property
    def viewer_subscription(self) -> str:
        """Whether the caller watches it."""
        watches = followers.follows(self.reader.connection, self.home, self.reader.viewer, followers.WATCH)
        return "SUBSCRIBED" if watches else "UNSUBSCRIBED"


def _called(found: list[Account], query: str | None) -> list[Account]:
    words = (query or "").lower()
    return [each for each in found if words in each.login.lower() or words in each.name.lower()]
