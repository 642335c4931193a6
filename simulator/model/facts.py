"""What was seen to happen: observations as the services report them, and facts, placed in simulated time.

Refuses to judge. Facts are append-only and unique by (run, source_id), so seeing a thing twice is harmless.

Subjects are written `kind:name`: `branch:feature/x`, `commit:<sha>`, `pull:3`, `issue:PAY-4`, `sprint:1`, `run:<id>`,
`event:<id>`, `moment:<id>`, `finding:<id>`, `prompt:<id>`, `person:<seat>`.
The keys of `detail` for each kind (all optional values may be None; instants are ISO 8601 strings with an offset, wall time):

    BRANCH_CREATED          sha
    BRANCH_DELETED          sha
    PUSHED                  before, after, forced (bool), default_branch (bool)       one per push, from the activity list
    COMMITTED               sha, message, branch, authored_at, author_name, author_email, author_known (bool: the address is
                            the account's), parents (int), parent_shas [sha], additions, deletions, files [{path, status,
                            additions, deletions, patch, size? (bytes, of an added file without a patch)}]
    LANDED                  sha, message, pulls [int], parents (int), parent_shas [sha]   a commit new on the default branch
    PULL_REQUEST_OPENED     title, body, draft (bool), head, base, head_sha
    PULL_REQUEST_EDITED     title, body, base
    PULL_REQUEST_READY      -
    PULL_REQUEST_DRAFTED    -
    PULL_REQUEST_HEAD       head_sha, commits [sha], files [{path, status, additions, deletions, patch}], mergeable (bool)
                            once for each head: at opening and after each push to it; unlisted_lines (int) when there are more
                            files than the service lists
    PULL_REQUEST_MERGEABLE  head_sha, mergeable (bool)                                the service says otherwise than before
    PULL_REQUEST_CLOSED     -                                                         closed without a merge
    PULL_REQUEST_REOPENED   -
    PULL_REQUEST_MERGED     merge_sha, head_sha
    PULL_REQUEST_COMMENTED  id, body
    REVIEW_REQUESTED        reviewer (login)
    REVIEW_SUBMITTED        id, state (APPROVED, CHANGES_REQUESTED, COMMENTED), body, commit_sha
    REVIEW_DISMISSED        id, message
    REVIEW_COMMENTED        id, review_id, path, line, body, in_reply_to
    REVIEW_REQUEST_REMOVED  reviewer (login)
    THREAD_RESOLVED         remark (id of the thread's first comment), path           when it was seen: GitHub does not say when
    THREAD_REOPENED         remark, path
    COMMENT_EDITED          id, body (after it), on (comment, review-comment or issue-comment)
                            of a pull request: seen with its next other change
    PULL_REQUEST_LABELLED   label
    PULL_REQUEST_UNLABELLED label
    CHECK_COMPLETED         sha, name, conclusion, attempt (which run of that name on the commit, from 1), summary
    CHECK_REQUESTED         sha                                                       somebody asked for the checks once more
    RELEASED                tag, name, body, prerelease (bool)
    ISSUE_CREATED           key, ref?, type, summary, description, priority, points, status, category, assignee (account),
                            reporter (account), labels [str], sprints [int], parent (key), environment, due (date),
                            resolution                                                the state at creation
    ISSUE_CHANGED           key, field, from, to, from_text, to_text, category (of the new status, for field "status")
                            one per changelog item; `field` as Jira writes it (status, assignee, Sprint, Story Points, …)
    ISSUE_COMMENTED         key, id, body
    ISSUE_DELETED           key
    SPRINT_CREATED          id, name, goal, start, end, state
    SPRINT_STARTED          id, name, goal, start, end
    SPRINT_CHANGED          id, name, goal, start, end                                its words or dates are others than before
    SPRINT_CLOSED           id, name
    BOARD_SEEN              columns [{name, statuses [str], min, max}]                at first, and when it is another one
    PROTECTION_SEEN         branch, protected (bool), pull_requests, reviews, dismiss_stale, conversations, checks [str],
                            up_to_date, linear_history, force_pushes (allowed), deletions (allowed), admins
                            of the default branch, at first and when it is another one; numbers and bools
    NOTE_POSTED             channel, text, day, subject?, to? [seat]                  from the run's own feed

Facts of the run itself, on no service (`source_id` begins with `run:`, `recorded_at` is our own clock):

    EVENT_HAPPENED          event, occurrence, about {kind: name}                     an event of the story took place
    MOMENT_SEEN             moment, seat, outcome (well, badly), way, evidence [source id or URL]
    HINT_TAKEN              moment (or `finding:<id>`), seat, level (1 to 3)
    PROMPT_POSTED           prompt, kind, seat, title, text, until (simulated, may be None), fields [{id, label, kind, optional,
                            given, options [{value, label, note, points, because}]}]
    PROMPT_ANSWERED         prompt, seat, answers {field: text; of issues their keys with commas between}
    AVAILABILITY_CHANGED    seat, away (bool), until (simulated, may be None), delegate (seat, may be None)
    PACE_CHANGED            pace_s
    SIGHTED                 what, text                                                something odd that was noticed
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from simulator.model.keys import SeatId


class FactKind(StrEnum):
    """Kinds of facts; the module's docstring lists the details of each."""

    BRANCH_CREATED = "branch_created"
    BRANCH_DELETED = "branch_deleted"
    PUSHED = "pushed"
    COMMITTED = "committed"
    LANDED = "landed"
    PULL_REQUEST_OPENED = "pull_request_opened"
    PULL_REQUEST_EDITED = "pull_request_edited"
    PULL_REQUEST_READY = "pull_request_ready"
    PULL_REQUEST_DRAFTED = "pull_request_drafted"
    PULL_REQUEST_HEAD = "pull_request_head"
    PULL_REQUEST_MERGEABLE = "pull_request_mergeable"
    PULL_REQUEST_CLOSED = "pull_request_closed"
    PULL_REQUEST_REOPENED = "pull_request_reopened"
    PULL_REQUEST_MERGED = "pull_request_merged"
    PULL_REQUEST_COMMENTED = "pull_request_commented"
    REVIEW_REQUESTED = "review_requested"
    REVIEW_SUBMITTED = "review_submitted"
    REVIEW_DISMISSED = "review_dismissed"
    REVIEW_COMMENTED = "review_commented"
    REVIEW_REQUEST_REMOVED = "review_request_removed"
    THREAD_RESOLVED = "thread_resolved"
    THREAD_REOPENED = "thread_reopened"
    COMMENT_EDITED = "comment_edited"
    PULL_REQUEST_LABELLED = "pull_request_labelled"
    PULL_REQUEST_UNLABELLED = "pull_request_unlabelled"
    CHECK_COMPLETED = "check_completed"
    CHECK_REQUESTED = "check_requested"
    RELEASED = "released"
    ISSUE_CREATED = "issue_created"
    ISSUE_CHANGED = "issue_changed"
    ISSUE_COMMENTED = "issue_commented"
    ISSUE_DELETED = "issue_deleted"
    SPRINT_CREATED = "sprint_created"
    SPRINT_STARTED = "sprint_started"
    SPRINT_CHANGED = "sprint_changed"
    SPRINT_CLOSED = "sprint_closed"
    BOARD_SEEN = "board_seen"
    PROTECTION_SEEN = "protection_seen"
    NOTE_POSTED = "note_posted"
    EVENT_HAPPENED = "event_happened"
    MOMENT_SEEN = "moment_seen"
    HINT_TAKEN = "hint_taken"
    PROMPT_POSTED = "prompt_posted"
    PROMPT_ANSWERED = "prompt_answered"
    AVAILABILITY_CHANGED = "availability_changed"
    PACE_CHANGED = "pace_changed"
    SIGHTED = "sighted"


NO_DEEDS = frozenset(
    {
        *(FactKind.EVENT_HAPPENED, FactKind.MOMENT_SEEN, FactKind.PACE_CHANGED, FactKind.SIGHTED),
        *(FactKind.BOARD_SEEN, FactKind.PROTECTION_SEEN),
    }
)
"""Kinds that the run itself writes down of people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What a service reported, before it has a place in simulated time.

    `source_id` names it for ever (`github:review:17`); `account` is the login, e-mail or Jira accountId of who did it;
    `recorded_at` is the service's own wall-clock stamp, `precision_s` the width of that stamp in seconds (GitHub: 1).
    """

    source_id: str
    kind: FactKind
    subject: str
    account: str | None
    url: str
    recorded_at: datetime
    precision_s: float = 1.0
    detail: Mapping[str, Any] = field(default_factory=dict)  # JSON values, keys by kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """An observation with its actor's seat and both times: `recorded_at` (wall) and `at` (simulated)."""

    source_id: str
    kind: FactKind
    subject: str
    actor: SeatId | None
    url: str
    recorded_at: datetime
    at: datetime
    detail: Mapping[str, Any] = field(default_factory=dict)  # JSON values, keys by kind

    @property
    def subject_name(self) -> str:
        """The subject without its kind: `PAY-4` of `issue:PAY-4`."""
        return self.subject.partition(":")[2]
