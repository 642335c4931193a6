"""What somebody says of their work, compared with what was seen of it: at a stand-up, at a sprint review.

Pure; the history is all it reads. Refuses to score: it makes remarks, each with its evidence. Words are looked for in English
and German, issues and pull requests by their names, so that people may write as they like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from simulator.model.agile import StatusCategory
from simulator.model.history import History, Issue, Prompt, PullRequest
from simulator.model.keys import SeatId

_KEY = r"(?:#|[a-z][a-z0-9_]{0,20}-)\d"
_PART = re.compile(
    r"[.;\n!?]+|,\s|\bbut\b|\baber\b"
    # “finished PAY-1 and began PAY-2” tells two things, “PAY-1 and PAY-2 are done” one
    rf"|\b(?:and|und)\b(?=\s+(?!{_KEY})[^.;,\n]{{0,60}}{_KEY})",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:done|finished|completed?|merged|closed|shipped|resolved|delivered|fertig|erledigt|gemergt|abgeschlossen)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"(?:\b(?:not|never|almost|nearly|until|once|when|before|if|will|should|want|hope|get|be|to have|going|half|nicht|nie|fast|"
    r"wird|werden|soll|sollte|muss|kann|noch|wenn|bis|sobald|halb)\b|n't|\d\s?%)"
    r"[^.;\n]{0,25}$",
    re.IGNORECASE,
)
_A_PART_OF_IT = re.compile(  # “finished the tests of PAY-1”: said of the tests
    r"\s+(?:(?:with|mit)\s+)?(?:(?:the|a|an|my|der|die|das|dem|den|mein|meine)\s+)?"
    r"(?!(?:pr|pull|branch|code|work|everything|arbeit)\b)\w+\s+(?:of|for|on|von|für|an)\b",
    re.IGNORECASE,
)
_NO = re.compile(
    r"\b(?:no|nothing|none|nope|nil|not|don't|n/a|all (?:good|clear|fine)|nichts?|nix|nein|kein(?:e|en)?|alles gut)\b",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"\b(?:block(?:ed|ers?|s|ing)?|impediments?|i|me|us|i'm|have|any|(?:on|from) my (?:side|end)|so far|today|right now|at the "
    r"moment|really|for|is|there|thanks|blockiert|blocker|hindernisse?|ich|habe|mich|heute|gerade|im moment|danke)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'/]*")
_PULL = re.compile(r"#([1-9][0-9]{0,6})\b", re.ASCII)
_FEWEST_WORDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something that what was said and what was seen tell differently (`kind`), in words to whoever said it."""

    kind: str
    text: str
    evidence: tuple[str, ...] = ()


def compared(prompt: Prompt, history: History) -> tuple[Remark, ...]:
    """What is to be said about a stand-up: `done-while-open`, `unsaid-block`, `empty`, or `silence` when its time is over."""
    answer = prompt.answer
    if answer is None:
        over = prompt.until is not None and history.now > prompt.until
        return (_silence(prompt),) if over and has_joined(prompt.seat, history, before=prompt.at) else ()
    text = "\n".join(answer.answers.get(name, "") for name in ("did", "next", "blocked"))
    if len(re.findall(r"\w+", text)) < _FEWEST_WORDS:
        return (Remark(kind="empty", text="A word or two more would help: which issue, and what is left of it?"),)
    claims = _done_while_open(answer.answers.get("did", ""), history, answer.at)
    return (*claims, *_unsaid_blocks(prompt.seat, answer.answers, history, answer.at))


def has_joined(seat: SeatId, history: History, *, before: datetime) -> bool:
    """Whether somebody was seen to do anything of their own by then: who has not joined is not waited for."""
    run = history.run
    spoke = (note.actor == seat and note.at <= before for note in run.notes)
    answered = (p.answer is not None and p.seat == seat and p.answer.at <= before for p in run.prompts.values())
    moved = (c.actor == seat and c.at <= before for issue in history.issues.values() for c in issue.changes)
    wrote = (c.author == seat and c.at <= before for issue in history.issues.values() for c in issue.comments)
    pushed = (push.actor == seat and push.at <= before for b in history.branches.values() for push in b.pushes)
    opened = (pull.author == seat and pull.opened_at <= before for pull in history.pulls.values())
    reviewed = (r.author == seat and r.at <= before for pull in history.pulls.values() for r in pull.reviews)
    return any(any(signs) for signs in (pushed, opened, moved, wrote, reviewed, answered, spoke))


def says_nothing(text: str) -> bool:
    """Whether an answer to what blocks somebody says that nothing does."""
    without = _NO.sub("", text)
    said = _WORD.search(text) is not None or _PULL.search(text) is not None
    return not said or (without != text and not _WORD.search(_FILLER.sub("", without)) and not _PULL.search(text))


def claimed_done(text: str, history: History) -> tuple[tuple[Issue, ...], tuple[PullRequest, ...]]:
    """The issues and pull requests that a text calls done; `almost done` and `to be merged` are no such claims."""
    issues: dict[str, Issue] = {}
    pulls: dict[int, PullRequest] = {}
    for part in _PART.split(text):
        found = _DONE.search(part)
        if found is None or _NOT_YET.search(part[: found.start()].rstrip()) or _A_PART_OF_IT.match(part, found.end()):
            continue
        issues |= {key: history.issues[key] for key in history.keys_in(part)}
        numbers = (int(number) for number in _PULL.findall(part))
        pulls |= {number: history.pulls[number] for number in numbers if number in history.pulls}
    return tuple(issues.values()), tuple(pulls.values())


def is_open_at(pull: PullRequest, at: datetime) -> bool:
    """Whether a pull request was open at an instant."""
    ended = [instant for instant in (pull.merged_at, pull.closed_at) if instant is not None]
    return pull.opened_at <= at and all(instant > at for instant in ended)


def blocked_issues(seat: SeatId, history: History, at: datetime) -> tuple[Issue, ...]:
    """Somebody's unfinished issues that are flagged on the board at an instant."""
    mine = (i for i in history.issues.values() if i.at(at).assignee == seat and i.created_at <= at)
    return tuple(i for i in mine if i.at(at).category is not StatusCategory.DONE and _is_flagged(i, at))


def _done_while_open(text: str, history: History, at: datetime) -> Iterator[Remark]:
    issues, pulls = claimed_done(text, history)
    for pull in pulls:
        if is_open_at(pull, at):
            yield Remark(
                kind="done-while-open",
                text=f"Pull request #{pull.number} is still open: it is done when it is merged.",
                evidence=(pull.url,),
            )
    for issue in issues:
        still = [p for p in history.pulls_of.get(issue.key, ()) if is_open_at(p, at) and p not in pulls]
        status = issue.at(at)
        if still:
            numbers = ", ".join(f"#{pull.number}" for pull in still)
            words = (
                f"{issue.key} is called done, and {numbers} for it is still open. Say what is left: “waits for review”."
            )
            yield Remark(kind="done-while-open", text=words, evidence=(issue.url, *(pull.url for pull in still)))
        elif status.category is not StatusCategory.DONE:
            words = f"{issue.key} is called done, and the board says {status.status}. One of the two wants a change."
            yield Remark(kind="done-while-open", text=words, evidence=(issue.url,))


def _unsaid_blocks(seat: SeatId, answers: Mapping[str, str], history: History, at: datetime) -> Iterator[Remark]:
    everything = "\n".join(answers.values())
    named, numbers = set(history.keys_in(everything)), {int(number) for number in _PULL.findall(everything)}
    says_so = not says_nothing(answers.get("blocked", ""))
    stuck = blocked_issues(seat, history, at)
    for issue in stuck:
        if issue.key not in named and not (says_so and len(stuck) == 1):
            words = f"{issue.key} is flagged on the board, and nobody hears of it here. Say what it waits for, and for whom."
            yield Remark(kind="unsaid-block", text=words, evidence=(issue.url,))
    for pull in waiting_pulls(seat, history, at):
        if (
            not says_so
            and pull.number not in numbers
            and named.isdisjoint(history.keys_in(f"{pull.head} {pull.title}"))
        ):
            words = (
                f"#{pull.number} has waited for a review for more than a day. A stand-up is the place to ask for one."
            )
            yield Remark(kind="unsaid-block", text=words, evidence=(pull.url,))


def waiting_pulls(seat: SeatId, history: History, at: datetime) -> Iterator[PullRequest]:
    """Somebody's open pull requests that nobody has reviewed for more than a working day."""
    for pull in history.pulls.values():
        mine = pull.author == seat and is_open_at(pull, at) and not pull.draft
        seen = any(review.at <= at for review in pull.reviews)
        if mine and not seen and history.working_time(pull.opened_at, at) > history.day_length:
            yield pull


def _is_flagged(issue: Issue, at: datetime) -> bool:
    flags = [change.after for change in issue.changes if change.field == "flagged" and change.at <= at]
    return bool(flags and flags[-1].strip())


def _silence(prompt: Prompt) -> Remark:
    text = "Nothing was said at this stand-up. One line is enough: what you did, what is next, what blocks you."
    return Remark(kind="silence", text=text, evidence=(f"prompt:{prompt.id}",))
