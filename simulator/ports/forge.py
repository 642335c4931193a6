"""What is asked of a GitHub-like service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from simulator.model.code import MergeMethod, ReviewRemark, ReviewVerdict
from simulator.model.keys import SeatId
from simulator.ports.services import RemarkChoice


class Forge(Protocol):
    """The run's repository as a GitHub-like service sees it. Every call is made as a seat. Raises AdapterError."""

    def create_repository(self, seat: SeatId, *, description: str, private: bool, again: bool = False) -> None:
        """Create the repository, or adopt an empty one of that name; a filled one is a Conflict unless `again`."""
        ...

    def set_default_branch(self, seat: SeatId, branch: str) -> None:
        """Make a branch the default one, if it isn't."""
        ...

    def add_collaborators(self, seat: SeatId, permissions: Mapping[SeatId, str]) -> None:
        """Give seats access (pull, push, maintain, admin); invitations are accepted at once."""
        ...

    def create_labels(self, seat: SeatId, labels: Mapping[str, str]) -> None:
        """Create labels, name → colour; those that exist keep theirs."""
        ...

    def protect_branch(
        self,
        seat: SeatId,
        branch: str,
        *,
        approvals: int,
        checks: Sequence[str],
        dismiss_stale: bool,
        enforce_admins: bool,
    ) -> None:
        """Let a branch change through pull requests only, under these conditions."""
        ...

    def delete_branch(self, seat: SeatId, branch: str) -> None:
        """Delete a branch; one that is gone already is fine."""
        ...

    def open_pull(
        self, seat: SeatId, *, branch: str, base: str, title: str, body: str, draft: bool, again: bool = False
    ) -> int:
        """Open a pull request and return its number."""
        ...

    def request_reviews(self, seat: SeatId, number: int, reviewers: Sequence[SeatId]) -> None:
        """Ask people to review a pull request."""
        ...

    def review(
        self,
        seat: SeatId,
        number: int,
        *,
        verdict: ReviewVerdict,
        body: str,
        remarks: Sequence[ReviewRemark],
        head: str = "",
        again: bool = False,
    ) -> None:
        """Review a pull request, if `head` (when given) is its tip still; remarks on lines outside the diff go into the body."""
        ...

    def comment(self, seat: SeatId, number: int, body: str, *, again: bool = False) -> None:
        """Comment on the conversation of a pull request."""
        ...

    def keep_comment(self, seat: SeatId, number: int, body: str, *, mark: str) -> None:
        """Have one comment of the seat's on a pull request that begins with `mark`: new words for it, or a first one."""
        ...

    def edit_pull(self, seat: SeatId, number: int, *, title: str | None, body: str | None) -> None:
        """Change title or body of a pull request; None leaves it alone."""
        ...

    def merge(self, seat: SeatId, number: int, *, method: MergeMethod, title: str | None) -> None:
        """Merge a pull request; one that is merged already is fine. Conflict when the service refuses."""
        ...

    def head_branch(self, seat: SeatId, number: int) -> str:
        """Name of the branch a pull request comes from."""
        ...

    def close_pull(self, seat: SeatId, number: int) -> None:
        """Close a pull request without merging it."""
        ...

    def reopen_pull(self, seat: SeatId, number: int) -> None:
        """Open a closed pull request again."""
        ...

    def set_draft(self, seat: SeatId, number: int, *, draft: bool) -> None:
        """Turn a pull request into a draft, or mark it as ready."""
        ...

    def reply(self, seat: SeatId, number: int, remark: RemarkChoice, body: str, *, again: bool = False) -> None:
        """Reply to a remark on a line, the last one of those meant. NotFound when there is none."""
        ...

    def settle_threads(self, seat: SeatId, number: int, remarks: RemarkChoice, *, resolved: bool) -> None:
        """Resolve the threads of the remarks that are meant, or open them again. NotFound when there is none."""
        ...

    def dismiss_review(self, seat: SeatId, number: int, *, of: SeatId, message: str) -> None:
        """Dismiss somebody's last approval or request for changes; one that is dismissed already is fine."""
        ...

    def withdraw_reviews(self, seat: SeatId, number: int, reviewers: Sequence[SeatId]) -> None:
        """Ask people no longer for a review."""
        ...

    def label_pull(self, seat: SeatId, number: int, *, add: Sequence[str], remove: Sequence[str]) -> None:
        """Put labels on a pull request and take some off."""
        ...

    def assign_pull(self, seat: SeatId, number: int, *, add: Sequence[SeatId], remove: Sequence[SeatId]) -> None:
        """Assign people to a pull request and take some off."""
        ...

    def tip(self, seat: SeatId, branch: str) -> str:
        """The sha of a branch's tip."""
        ...

    def report_check(
        self,
        seat: SeatId,
        sha: str,
        *,
        name: str,
        conclusion: str,
        summary: str,
        log: str = "",
        attempt: int = 1,
        again: bool = False,
    ) -> None:
        """Report a check of a commit; without a conclusion it has only begun."""
        ...

    def rerun_checks(self, seat: SeatId, branch: str) -> None:
        """Ask for all checks of a branch's tip once more."""
        ...

    def publish_release(self, seat: SeatId, tag: str, *, name: str, notes: str, branch: str) -> None:
        """Release a branch's tip under a tag; a release of that tag is taken as it is."""
        ...
