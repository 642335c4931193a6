"""What else is done to pull requests, by PyGithub: reopened, turned into drafts, labelled, assigned, no longer to be reviewed."""

from __future__ import annotations

from collections.abc import Sequence

from github.PullRequest import PullRequest

from simulator.adapters.github_accounts import GithubAccounts
from simulator.errors import NotFound
from simulator.model.keys import SeatId


class GithubPullCare:
    """Looks after pull requests."""

    def __init__(self, accounts: GithubAccounts) -> None:
        self._accounts = accounts
        self._asking = accounts.asking

    def reopen_pull(self, seat: SeatId, number: int) -> None:
        """Open a closed pull request again."""
        with self._asking(f"reopening the pull request {number}"):
            self._pull(seat, number).edit(state="open")

    def set_draft(self, seat: SeatId, number: int, *, draft: bool) -> None:
        """Turn a pull request into a draft, or mark it as ready."""
        with self._asking(f"looking at the pull request {number}"):
            pull = self._pull(seat, number)
            if pull.draft == draft:
                return
        with self._asking(f"turning the pull request {number} into {'a draft' if draft else 'one that is ready'}"):
            pull.convert_to_draft() if draft else pull.mark_ready_for_review()

    def withdraw_reviews(self, seat: SeatId, number: int, reviewers: Sequence[SeatId]) -> None:
        """Ask people no longer for a review."""
        logins = [str(self._accounts.login(reviewer)) for reviewer in reviewers]
        with self._asking(f"asking {', '.join(logins)} no longer for a review"):
            self._pull(seat, number).delete_review_request(reviewers=logins)

    def label_pull(self, seat: SeatId, number: int, *, add: Sequence[str], remove: Sequence[str]) -> None:
        """Put labels on a pull request and take some off; one that is not there is fine."""
        if add:
            with self._asking(f"labelling the pull request {number}"):
                self._pull(seat, number).add_to_labels(*add)
        for label in remove:
            try:
                with self._asking(f"taking the label {label} off the pull request {number}"):
                    self._pull(seat, number).remove_from_labels(label)
            except NotFound as refused:
                if "label" not in refused.what.lower().partition(":")[2]:
                    raise

    def assign_pull(self, seat: SeatId, number: int, *, add: Sequence[SeatId], remove: Sequence[SeatId]) -> None:
        """Assign people to a pull request and take some off."""
        with self._asking(f"assigning the pull request {number}"):
            pull = self._pull(seat, number)
            if add:
                pull.add_to_assignees(*[str(self._accounts.login(person)) for person in add])
            if remove:
                pull.remove_from_assignees(*[str(self._accounts.login(person)) for person in remove])

    def _pull(self, seat: SeatId, number: int) -> PullRequest:
        return self._accounts.repository(seat).get_pull(number)
