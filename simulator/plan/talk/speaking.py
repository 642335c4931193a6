"""What a scripted learner says at a stand-up: what the history shows of their work, or more than that. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.model.actions import AnswerPrompt, SpeakAtStandUp
from simulator.model.agile import StatusCategory
from simulator.model.history import Issue, PullRequest
from simulator.model.keys import SeatId
from simulator.scenario.claims import blocked_issues, is_open_at, waiting_pulls
from simulator.scenario.view import View


def spoken(speak: SpeakAtStandUp, view: View) -> AnswerPrompt:
    """The answer to the stand-up: did, next, blocked."""
    return AnswerPrompt(
        actor=speak.actor,
        prompt=speak.prompt,
        answers=_boast(speak.actor, view) if speak.boasting else _tell(speak.actor, view),
    )


def _tell(me: SeatId, view: View) -> dict[str, str]:
    mine = [issue for issue in view.history.issues.values() if issue.state.assignee == me]
    done = [issue.key for issue in mine if _is(issue, StatusCategory.DONE)]
    doing = [issue for issue in mine if _is(issue, StatusCategory.IN_PROGRESS)]
    pulls = [f"#{pull.number} is open for review." for pull in _open_pulls(me, view)]
    did = [*([f"Merged so far: {', '.join(done)}."] if done else []), *pulls]
    todo = ", ".join(issue.key for issue in doing)
    return {
        "did": " ".join(did) or "Read the board and the code, nothing to show yet.",
        "next": f"Going on with {todo}." if todo else "The next issue from the top of the board.",
        "blocked": " ".join(_blocks(me, view)) or "Nothing.",
    }


def _boast(me: SeatId, view: View) -> dict[str, str]:
    open_ones = [
        i.key for i in view.history.issues.values() if i.state.assignee == me and not _is(i, StatusCategory.DONE)
    ]
    pulls = [f"#{pull.number}" for pull in _open_pulls(me, view)]
    finished = ", ".join([*open_ones, *pulls]) or "Everything"
    return {"did": f"{finished} is done.", "next": "More of the same.", "blocked": "Nothing."}


def _blocks(me: SeatId, view: View) -> Iterator[str]:
    for issue in blocked_issues(me, view.history, view.now):
        yield f"{issue.key} is blocked, see its comments."
    for pull in waiting_pulls(me, view.history, view.now):
        yield f"#{pull.number} waits for a review."


def _open_pulls(me: SeatId, view: View) -> list[PullRequest]:
    return [pull for pull in view.history.pulls.values() if pull.author == me and is_open_at(pull, view.now)]


def _is(issue: Issue, category: StatusCategory) -> bool:
    return issue.state.category is category
