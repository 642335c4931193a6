"""The stand-up: what colleagues say is true to what was seen of them since the last one; humans are asked the same three things.

Pure. Refuses to make anything up: who did nothing says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from simulator.model.actions import Action, Channel, HoldCeremony, PostNote, PromptField
from simulator.model.agile import StatusCategory
from simulator.model.history import Issue, PullRequest
from simulator.model.keys import SeatId
from simulator.model.people import SeatKind
from simulator.plan.at_work import is_still_away
from simulator.plan.draws import pick
from simulator.plan.meetings.meeting import ask_humans, first_name, in_order
from simulator.plan.presence import absence_of, own_calendar
from simulator.scenario.claims import blocked_issues, is_open_at, waiting_pulls
from simulator.scenario.events.stand_up import StandUpEvent
from simulator.scenario.view import View

FIELDS = (
    PromptField(id="did", label="Did", optional=True),
    PromptField(id="next", label="Next", optional=True),
    PromptField(id="blocked", label="Blocked", optional=True),
)
_ASKED = "What did you do since the last stand-up, what is next, and what blocks you? A line each is enough."
_QUIET = (
    "Nothing of mine moved since last time.",
    "No visible news from me.",
    "Nothing to show from me today.",
)
_FREE = (
    "Nothing on my list, I can take a review.",
    "I'm free for reviews.",
    "No issue of mine is open; ask me things.",
)
_UNBLOCKED = ("Nothing blocks me.", "No blockers.", "All clear here.")
_MOST = 4


def stand_up(meeting: HoldCeremony, event: StandUpEvent, view: View) -> tuple[Action, ...]:
    """What is said and asked; who has nothing to say is left out unless named."""
    since = _last_time(meeting, view)
    spoken = ((seat, _Word.of(seat, view, since)) for seat in _speakers(event, view))
    notes = [_note(seat, word, view) for seat, word in spoken if word.says_something or event.speakers is not None]
    day = view.scenario.calendar.day_number(view.scenario.first_day, view.now)
    asked = ask_humans(
        meeting,
        view,
        title=f"Stand-up, day {day}",
        text=_ASKED,
        until=view.later(view.now, event.within),
        fields=FIELDS,
    )
    return (*notes, *asked)


def _speakers(event: StandUpEvent, view: View) -> Iterator[SeatId]:
    named = event.speakers if event.speakers is not None else tuple(view.history.roster.people)
    for person in view.history.roster:
        if person.kind is SeatKind.TEAMMATE and person.seat in named and _is_there(person.seat, view):
            yield person.seat


def _is_there(seat: SeatId, view: View) -> bool:
    """Whether somebody is at work and not away."""
    at_work = own_calendar(view.scenario, seat).is_working(view.now)
    return at_work and absence_of(view.scenario, view.facts, seat, view.now) is None


def _last_time(meeting: HoldCeremony, view: View) -> datetime:
    """When the last stand-up was held, else the beginning of the working day before."""
    own = f"{meeting.event}:"
    held = [
        prompt.at for prompt in view.history.run.prompts.values() if prompt.id.startswith(own) and prompt.at < view.now
    ]
    day = view.scenario.calendar.day_number(view.scenario.first_day, view.now)
    yesterday = view.scenario.calendar.instant(view.scenario.first_day, max(1, day - 1), view.scenario.calendar.start)
    return max(held, default=yesterday)


@dataclass(frozen=True, slots=True)
class _Word:
    """What somebody has to say."""

    did: tuple[str, ...]
    doing: tuple[str, ...]
    blocked: tuple[str, ...]

    @classmethod
    def of(cls, seat: SeatId, view: View, since: datetime) -> _Word:
        return cls(tuple(_did(seat, view, since)), tuple(_doing(seat, view)), tuple(_blocked(seat, view)))

    @property
    def says_something(self) -> bool:
        return bool(self.did or self.doing or self.blocked)


def _note(seat: SeatId, word: _Word, view: View) -> PostNote:
    key = ("stand-up", seat, view.now.isoformat())
    parts = [
        _sentence(word.did) if word.did else pick(_QUIET, view.seed, *key, "quiet"),
        f"Next: {', '.join(word.doing[:_MOST])}." if word.doing else pick(_FREE, view.seed, *key, "free"),
        " ".join(word.blocked) if word.blocked else pick(_UNBLOCKED, view.seed, *key, "unblocked"),
    ]
    return PostNote(actor=seat, channel=Channel.STAND_UP, text=" ".join(parts))


def _sentence(deeds: tuple[str, ...]) -> str:
    shown = deeds[:_MOST]
    listed = shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
    return f"{listed[0].upper()}{listed[1:]}."


def _did(seat: SeatId, view: View, since: datetime) -> Iterator[str]:
    yield from _on_pulls(seat, view, since)
    yield from _on_the_board(seat, view, since)
    for branch in view.history.branches.values():
        pushed = any(push.actor == seat and since < push.at for push in branch.pushes)
        if pushed and branch.deleted_at is None and not branch.pulls:
            yield f"pushed to {branch.name}"


def _on_pulls(seat: SeatId, view: View, since: datetime) -> Iterator[str]:
    pulls = view.history.pulls.values()
    for pull in pulls:
        if pull.author == seat and pull.merged_at and since < pull.merged_at:
            yield f"got #{pull.number} merged ({_title(pull)})"
        elif pull.author == seat and since < pull.opened_at:
            yield f"opened #{pull.number} ({_title(pull)})"
    others = (pull for pull in pulls if pull.author != seat)
    reviewed = [pull for pull in others if any(r.author == seat and since < r.at for r in pull.reviews)]
    if reviewed:
        yield f"reviewed {', '.join(f'#{pull.number}' for pull in reviewed[:_MOST])}"


def _on_the_board(seat: SeatId, view: View, since: datetime) -> Iterator[str]:
    for issue in _issues(view):
        moves = [move for move in issue.moves() if move.actor == seat and since < move.at]
        if moves and moves[-1].after.category is StatusCategory.DONE:
            yield f"closed {issue.key}"
        elif moves and moves[0].before.category is StatusCategory.TO_DO:
            yield f"took up {issue.key}"


def _doing(seat: SeatId, view: View) -> Iterator[str]:
    for issue in _issues(view):
        if issue.state.assignee == seat and issue.state.category is StatusCategory.IN_PROGRESS and not issue.deleted_at:
            yield f"{issue.key} ({issue.state.status.lower()})"
    asked = [request for request in view.history.review_requests() if request.reviewer == seat]
    open_ones = {r.pull for r in asked if r.answered_at is None and r.void_at is None}
    for number in sorted(open_ones):
        if is_open_at(view.history.pulls[number], view.now):
            yield f"a look at #{number}"


def _blocked(seat: SeatId, view: View) -> Iterator[str]:
    for issue in blocked_issues(seat, view.history, view.now):
        yield f"{issue.key} is stuck, it is flagged on the board."
    for pull in waiting_pulls(seat, view.history, view.now):
        open_ones = [r for r in pull.requests if r.answered_at is None and r.void_at is None]
        asked = [request for request in open_ones if not is_still_away(view, request.reviewer)]
        whom = f", {first_name(view, asked[0].reviewer)}?" if asked else "."
        yield f"#{pull.number} still waits for a review{whom}"


def _title(pull: PullRequest) -> str:
    title = pull.title
    return title if len(title) <= 60 else f"{title[:59]}…"


def _issues(view: View) -> list[Issue]:
    return sorted(view.history.issues.values(), key=lambda issue: in_order(issue, view))
