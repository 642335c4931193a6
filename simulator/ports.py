"""What the engine asks of Jira-, GitHub- and git-like things: narrow protocols, and the values that cross them.

Refuses to know any client library. `adapters` implements these; tests fake them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from simulator.model.actions import Action
from simulator.model.agile import IssueChanges, IssueDraft, SprintDraft
from simulator.model.code import FileChange, MergeMethod, ReviewRemark, ReviewVerdict
from simulator.model.facts import Observation
from simulator.model.keys import IssueKey, Login, SeatId, Sha


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """A seat's accounts on both services. Tokens never show in a repr or a log."""

    login: Login
    email: str
    name: str
    github_token: str = field(repr=False)
    jira_token: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Where a run's two services are and who may act there.

    `github_api_url` is the REST base (…/api/v3 or https://api.github.com), `github_html_url` the base of pages and of git,
    `jira_url` the base that the jira client takes. `admin` is the seat that sets things up.
    """

    github_api_url: str
    github_html_url: str
    jira_url: str
    owner: Login
    repository: str
    project: str
    credentials: Mapping[SeatId, Credentials] = field(repr=False)
    admin: SeatId


Bindings = Mapping[str, str]
"""What the scenario's own ids became on the services: `issue:<ref>` → PAY-1, `pull:<ref>` → 3, `sprint:<ref>` → 1,
`board` → 1, `seed` → sha of the starter commit."""


class Performer(Protocol):
    """Does actions on the services, each under its actor's account."""

    def perform(self, action: Action, *, bindings: Bindings, again: bool = False) -> Bindings:
        """Do one action and return the bindings it made.

        With `again` an earlier attempt may have got through (the process died between doing and writing down): then what
        exists already is found and taken, never made twice. Raises AdapterError.
        """
        ...


class Observer(Protocol):
    """Looks at the services for what is new."""

    def observe(self, cursor: Mapping[str, Any]) -> tuple[Sequence[Observation], Mapping[str, Any]]:
        """Everything new since the cursor, oldest first, and the next cursor (JSON values; {} to begin with).

        May report known things again; their source ids tell. Raises AdapterError; then nothing is lost, the old cursor holds.
        """
        ...


class GitRemote(Protocol):
    """The run's repository as git sees it. Each push goes out under its seat's token; author and committer are that person.

    With `again`, a commit of the same author and message whose files are in place already is taken, never made twice.
    Raises AdapterError: Conflict when the remote refuses the push (its own words are in the message).
    """

    def push_folder(self, seat: SeatId, folder: Path, *, branch: str, message: str) -> Sha:
        """Push all files of a folder as the first commit of an empty repository; of a filled one, find that commit."""
        ...

    def push_files(
        self,
        seat: SeatId,
        files: Sequence[FileChange],
        *,
        branch: str,
        base: str,
        message: str,
        force: bool = False,
        again: bool = False,
    ) -> Sha:
        """Commit changes on the branch (from `base` when it is new) and push it; `force` replaces its last own commit."""
        ...


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
        again: bool = False,
    ) -> None:
        """Review a pull request; remarks on lines outside the diff go into the body."""
        ...

    def comment(self, seat: SeatId, number: int, body: str, *, again: bool = False) -> None:
        """Comment on the conversation of a pull request."""
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

    def report_check(
        self, seat: SeatId, branch: str, *, name: str, conclusion: str, summary: str, again: bool = False
    ) -> None:
        """Report a finished check on the tip of a branch."""
        ...


class Tracker(Protocol):
    """The run's project as a Jira-like service sees it. Every call is made as a seat. Raises AdapterError."""

    def create_project(
        self, seat: SeatId, *, key: str, name: str, template: str, lead: SeatId, again: bool = False
    ) -> str:
        """Create the project with its board (template scrum or kanban) and return the board's id."""
        ...

    def create_issues(
        self, seat: SeatId, drafts: Sequence[IssueDraft], *, parents: Mapping[str, IssueKey], again: bool = False
    ) -> Mapping[str, IssueKey]:
        """Create issues in order and return ref → key. `parents` holds keys of issues that drafts name as their parent."""
        ...

    def create_sprint(self, seat: SeatId, board: str, sprint: SprintDraft, *, again: bool = False) -> str:
        """Create a sprint on a board and return its id."""
        ...

    def start_sprint(self, seat: SeatId, sprint_id: str) -> None:
        """Start a sprint; one that runs already is fine."""
        ...

    def close_sprint(self, seat: SeatId, sprint_id: str, *, carry_to: str | None) -> None:
        """Close a sprint; what is not done goes to the sprint `carry_to`, or to the backlog."""
        ...

    def move_issues(self, seat: SeatId, keys: Sequence[IssueKey], sprint_id: str | None) -> None:
        """Put issues into a sprint, or into the backlog."""
        ...

    def edit_issue(self, seat: SeatId, key: IssueKey, changes: IssueChanges) -> None:
        """Change fields of an issue."""
        ...

    def comment(self, seat: SeatId, key: IssueKey, body: str, *, again: bool = False) -> None:
        """Comment on an issue."""
        ...

    def transition(self, seat: SeatId, key: IssueKey, status: str) -> None:
        """Move an issue to the status of this name; one that is there already is fine."""
        ...

    def assign(self, seat: SeatId, key: IssueKey, assignee: SeatId | None) -> None:
        """Assign an issue to a seat, or to nobody."""
        ...

    def rank_before(self, seat: SeatId, key: IssueKey, before: IssueKey) -> None:
        """Rank an issue before another one."""
        ...

    def link(self, seat: SeatId, key: IssueKey, words: str, other: IssueKey, *, again: bool = False) -> None:
        """Link two issues: `key` <words> `other`, the words being a link type's outward or inward ones, or its name."""
        ...


class Connection(Protocol):
    """Both services of a run, ready to be acted on and looked at."""

    @property
    def performer(self) -> Performer:
        """Does actions on the services."""
        ...

    @property
    def observer(self) -> Observer:
        """Looks at the services for what is new."""
        ...

    def check(self) -> None:
        """Find out what is missing: SetupError (git), AuthenticationFailed (names the token), AdapterError (no answer)."""
        ...

    def close(self) -> None:
        """End waiting and close all connections; safe from any thread."""
        ...
