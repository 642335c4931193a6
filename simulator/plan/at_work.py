"""How somebody's pull requests and issues stand, as the job card reads them. Pure.

Refuses to say what to do about it: job_card.py does.
"""

from __future__ import annotations

from collections.abc import Iterator

from simulator.model.agile import Priority
from simulator.model.history import CheckRun, Issue, PullRequest, Review
from simulator.model.keys import SeatId
from simulator.plan.reviews.replies import Reply, read_reply
from simulator.scenario.events.review_pull_requests import ReviewPullRequestsEvent
from simulator.scenario.moments.words import substance
from simulator.scenario.view import View

_LONGEST_NAME = 70
_A_REASON = 3  # words with a meaning


def short(text: str) -> str:
    """A title that fits on one line."""
    return text if len(text) <= _LONGEST_NAME else f"{text[: _LONGEST_NAME - 1].rstrip()}…"


def named(issue: Issue) -> str:
    """An issue by its key and its summary."""
    return f"{issue.key}, {short(issue.state.summary)}"


def last_words(pull: PullRequest) -> list[Review]:
    """Each reviewer's last verdict, oldest first; comments are none, and a dismissed one counts no more."""
    verdicts = (r for r in pull.reviews if r.state in ("APPROVED", "CHANGES_REQUESTED") and not r.dismissed_at)
    words = {review.author: review for review in verdicts if review.author != pull.author}
    return sorted(words.values(), key=lambda review: review.at)


def is_answered(pull: PullRequest, verdict: Review) -> bool:
    """Whether the author pushed, or answered, since changes were asked for, and the reviewer has not come back to it."""
    reasons = (c.at for c in pull.comments if c.author == pull.author and _is_an_answer(c.body))
    spoken = (r.at for r in pull.reviews if r.author == pull.author and _is_an_answer(r.body))
    answers = [at for at in (*(head.at for head in pull.heads), *reasons, *spoken) if at > verdict.at]
    if not answers:
        return False
    theirs = [c.at for c in pull.comments if c.author == verdict.author]
    theirs += [review.at for review in pull.reviews if review.author == verdict.author]
    return max(answers) >= max(theirs, default=verdict.at)


def _is_an_answer(text: str) -> bool:
    """Whether a reviewer comes back to what was said: to a yes, or to "will do", they do not."""
    return substance(text) >= _A_REASON and read_reply(text) is not Reply.AGREES


def failed_checks(view: View, pull: PullRequest) -> list[CheckRun]:
    """The checks whose last run on the pull request's tip failed."""
    tip = pull.heads[-1].sha if pull.heads else None
    last = {check.name: check for check in view.history.checks if check.sha == tip}
    return [check for check in last.values() if check.failed]


def conflicts(pull: PullRequest) -> bool:
    """Whether GitHub says of the pull request that it conflicts with its base."""
    return bool(pull.mergeable) and pull.mergeable[-1][1] is False


def nobody_looks(view: View, pull: PullRequest) -> bool:
    """Whether nobody reviews a pull request: nobody was asked, nobody has, and the story has no reviewer for it."""
    events = (event for event in view.scenario.spec.story if isinstance(event, ReviewPullRequestsEvent))
    by_story = any(not event.of or pull.author in event.of for event in events)
    asked = any(request.void_at is None for request in pull.requests)
    return not by_story and not asked and not any(review.author != pull.author for review in pull.reviews)


def is_still_away(view: View, seat: SeatId | None) -> bool:
    """Whether somebody is a human who has not joined yet: nobody waits for them, and what is theirs may be taken."""
    return view.history.roster.is_human_seat(seat) and seat not in view.history.joined


def changed_meanwhile(view: View, pull: PullRequest) -> list[str]:
    """The files of a pull request that merges have changed on the default branch since its last push."""
    if not pull.heads:
        return []
    tip = pull.heads[-1]
    since = (p for p in view.history.pulls.values() if p.merged_at and p.merged_at > tip.at and p.base == pull.base)
    theirs = {file.path for other in since if other.heads for file in other.heads[-1].files}
    return sorted(theirs & {file.path for file in tip.files})


def own(view: View, seat: SeatId) -> Iterator[PullRequest]:
    """Somebody's open pull requests, oldest first; drafts too."""
    return (pull for pull in view.history.pulls.values() if pull.author == seat and pull.state in ("open", "draft"))


def sprint_issues(view: View) -> list[Issue]:
    """The sprint's issues: of the highest priority first, else in the scenario's order, what came later behind by number."""
    order = {view.key(ref): rank for part in view.scenario.spec.sprints for rank, ref in enumerate(part.issues)}
    issues = [issue for column in view.history.board() for issue in column.issues if view.history.sprint]

    def rank(issue: Issue) -> tuple[bool, int, int, str]:
        waits = issue.state.priority != Priority.HIGHEST
        return waits, order.get(issue.key, len(order)), len(issue.key), issue.key

    return sorted(issues, key=rank)
