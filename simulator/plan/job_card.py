"""The job card: the one thing that somebody should do next. Pure.

The first of these that applies: answer what is asked; what is live in the story; changes asked for on one's own pull request; a
review that a colleague waits for; merge what is approved; settle a conflict; go on with what is in progress; take the next issue.
Refuses to say how: that is what hints are for, and only those that somebody asked for are on the card.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from simulator.model.agile import StatusCategory
from simulator.model.facts import FactKind
from simulator.model.history import Issue, PullRequest
from simulator.model.keys import SeatId
from simulator.plan.moments import Standing, State, standings
from simulator.scenario.view import View

LEVELS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class JobCard:
    """What to do next: `why` it is next, `where` (a URL, or a command), and what the person waits for meanwhile.

    Of a moment: its id, and the hints that were taken, level 1 first.
    """

    title: str
    why: str
    where: str = ""
    moment: str | None = None
    hints: tuple[str, ...] = ()
    waits_for: tuple[str, ...] = ()

    @property
    def more_hints(self) -> bool:
        """Whether there is a hint that was not taken yet."""
        return self.moment is not None and len(self.hints) < LEVELS


def job_card(view: View, seat: SeatId, *, comes_next: str = "") -> JobCard:
    """The job card of a human seat; `comes_next` says what happens next in the run, for when there is nothing to do."""
    step = next((card for look in _IN_ORDER if (card := look(view, seat)) is not None), None)
    waits = tuple(_waits(view, seat))
    if step is not None:
        return replace(step, waits_for=waits)
    why = "You are through with what is yours at present."
    return JobCard(
        title="Nothing to do for you just now",
        why=f"{why} {comes_next}".strip(),
        where="sprintdojo advance",
        waits_for=waits,
    )


def _prompt(view: View, seat: SeatId) -> JobCard | None:
    asked = (p for p in view.history.run.prompts.values() if p.seat == seat and p.answer is None)
    for prompt in asked:
        if prompt.at <= view.now and (prompt.until is None or view.now < prompt.until):
            return JobCard(
                title=prompt.title,
                why="The team asks, and waits for your answer.",
                where=f"sprintdojo answer {prompt.id}",
            )
    return None


def _moment(view: View, seat: SeatId) -> JobCard | None:
    return _of_moments(view, seat, State.LIVE)


def _slip(view: View, seat: SeatId) -> JobCard | None:
    return _of_moments(view, seat, State.BADLY)


def _of_moments(view: View, seat: SeatId, state: State) -> JobCard | None:
    """The task of the moment that opened last among those in a state."""
    found = [standing for standing in standings(view, seat) if standing.state is state and standing.is_open]
    for standing in sorted(found, key=lambda s: (s.scene.opened if s.scene else view.now, s.moment.id), reverse=True):
        card = _task(standing, view)
        if card is not None:
            return card
    return None


def _task(standing: Standing, view: View) -> JobCard | None:
    moment, scene = standing.moment, standing.scene
    title = moment.task(scene) if scene else ""
    if scene is None or not title:
        return None
    taken = view.history.run.hints.get((moment.id, standing.seat), 0)
    return JobCard(
        title=title,
        why="It came up in the sprint and has not been dealt with.",
        where=moment.where(scene),
        moment=moment.id,
        hints=tuple(moment.hint(level) for level in range(1, taken + 1)),
    )


def _changes_asked(view: View, seat: SeatId) -> JobCard | None:
    for pull in _own(view, seat):
        asked = [word for word in _last_words(pull) if word[1] == "CHANGES_REQUESTED"]
        if asked and not any(head.at > asked[-1][2] for head in pull.heads):
            who = view.history.name_of(asked[-1][0])
            return JobCard(
                title=f"Answer the review of #{pull.number}, {pull.title}",
                why=f"{who} asked for changes.",
                where=pull.url,
            )
    return None


def _review_asked(view: View, seat: SeatId) -> JobCard | None:
    requests = [r for r in view.history.review_requests() if r.reviewer == seat and not r.answered_at and not r.void_at]
    for request in sorted(requests, key=lambda r: (r.at, r.pull)):
        pull = view.history.pulls[request.pull]
        if pull.state == "open":
            who = view.history.name_of(pull.author)
            return JobCard(
                title=f"Review #{pull.number}, {pull.title}", why=f"{who} waits for your eyes.", where=pull.url
            )
    return None


def _approved(view: View, seat: SeatId) -> JobCard | None:
    for pull in _own(view, seat):
        words = [state for _, state, _ in _last_words(pull)]
        if words and set(words) == {"APPROVED"} and not pull.draft and not _conflicts(view, pull):
            return JobCard(
                title=f"Merge #{pull.number}, {pull.title}",
                why="It is approved, and nothing stands against it.",
                where=pull.url,
            )
    return None


def _conflict(view: View, seat: SeatId) -> JobCard | None:
    for pull in _own(view, seat):
        if _conflicts(view, pull):
            base = view.history.default_branch
            return JobCard(
                title=f"Settle the conflict of #{pull.number} with {base}",
                why=f"{base} has moved on, and #{pull.number} cannot be merged as it is.",
                where=pull.url,
            )
    return None


def _in_progress(view: View, seat: SeatId) -> JobCard | None:
    for issue in _sprint_issues(view):
        if issue.state.assignee != seat or issue.state.category is not StatusCategory.IN_PROGRESS:
            continue
        pulls = view.history.pulls_of.get(issue.key, ())
        if any(pull.state in ("open", "draft") for pull in pulls):
            continue
        if any(pull.merged_at for pull in pulls):
            why = "Its pull request is merged, and the board does not say so yet."
            return JobCard(title=f"Finish {issue.key}, {issue.state.summary}", why=why, where=issue.url)
        begun = issue.key in view.history.work_starts
        why = (
            "It is in progress and has code, but no pull request."
            if begun
            else "It is in progress and has no branch yet."
        )
        return JobCard(title=f"Go on with {issue.key}, {issue.state.summary}", why=why, where=issue.url)
    return None


def _next_issue(view: View, seat: SeatId) -> JobCard | None:
    ready = [issue for issue in _sprint_issues(view) if issue.state.category is StatusCategory.TO_DO]
    mine = [issue for issue in ready if issue.state.assignee == seat]
    free = [issue for issue in ready if issue.state.assignee is None]
    for issue in (*mine, *free):
        why = (
            "It is yours, and next in the sprint." if issue in mine else "It is next in the sprint, and nobody has it."
        )
        return JobCard(title=f"Take {issue.key}, {issue.state.summary}", why=why, where=issue.url)
    return None


_IN_ORDER: tuple[Callable[[View, SeatId], JobCard | None], ...] = (
    _prompt,
    _moment,
    _changes_asked,
    _review_asked,
    _approved,
    _conflict,
    _in_progress,
    _slip,
    _next_issue,
)


def _own(view: View, seat: SeatId) -> Iterator[PullRequest]:
    """Somebody's open pull requests, oldest first; drafts too."""
    return (pull for pull in view.history.pulls.values() if pull.author == seat and pull.state in ("open", "draft"))


def _last_words(pull: PullRequest) -> list[tuple[SeatId | None, str, datetime]]:
    """Each reviewer's last verdict with its instant, oldest first; comments are none, and a dismissed one counts no more."""
    words = {
        review.author: (review.author, review.state, review.at)
        for review in pull.reviews
        if review.state in ("APPROVED", "CHANGES_REQUESTED")
        and review.author != pull.author
        and not review.dismissed_at
    }
    return list(words.values())


def _conflicts(view: View, pull: PullRequest) -> bool:
    """Whether GitHub said of the pull request's tip that it cannot be merged."""
    subject, tip = f"pull:{pull.number}", pull.heads[-1].sha if pull.heads else ""
    heads = (f for f in view.facts if f.kind is FactKind.PULL_REQUEST_HEAD and f.subject == subject)
    return any(fact.detail.get("mergeable") is False for fact in heads if fact.detail.get("head_sha") == tip)


def _sprint_issues(view: View) -> list[Issue]:
    """The sprint's issues by rank: in the scenario's order, what came later behind them by number."""
    order = {view.key(ref): rank for part in view.scenario.spec.sprints for rank, ref in enumerate(part.issues)}
    issues = [issue for column in view.history.board() for issue in column.issues if view.history.sprint]
    return sorted(issues, key=lambda issue: (order.get(issue.key, len(order)), len(issue.key), issue.key))


def _waits(view: View, seat: SeatId) -> Iterator[str]:
    for pull in _own(view, seat):
        for request in pull.requests:
            if request.answered_at is None and request.void_at is None:
                yield f"{view.history.name_of(request.reviewer)}'s review of #{pull.number}"
