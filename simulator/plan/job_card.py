"""The job card: the one thing that somebody should do next. Pure.

The first of these that applies: answer what is asked; bring back a default branch that is gone; what is urgent, or came up
just now; a bug of the highest priority that nobody has taken, or whose mend can go in; changes asked for on one's own pull
request; a review that a colleague waits for; a failed check; merge what is approved; settle a conflict; ask for a review; go on
with what is in progress; tell the board; what else is live in the story; make a slip good; make a deleted sprint again; take
the next issue, unless two are under way or it is blocked.
Refuses to say how a moment is met: that is what hints are for, and only those that somebody asked for are on the card.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from simulator.model.agile import IssueType, Priority, StatusCategory
from simulator.model.facts import FactKind
from simulator.model.history import Issue, PullRequest
from simulator.model.keys import SeatId
from simulator.plan.at_work import (
    changed_meanwhile,
    conflicts,
    failed_checks,
    is_answered,
    is_still_away,
    last_words,
    named,
    nobody_looks,
    own,
    short,
    sprint_issues,
)
from simulator.plan.begin_cards import next_issue, sprint_gone
from simulator.plan.card import JobCard
from simulator.plan.moment_cards import live, pressing, slip
from simulator.scenario.conditions.issues import blocked_since
from simulator.scenario.moments.commands import begin, branch_for, bring_up_to_date, go_to, propose
from simulator.scenario.moments.traces import at_hand
from simulator.scenario.view import View

_OF_BRANCHES = (FactKind.BRANCH_CREATED, FactKind.PUSHED, FactKind.BRANCH_DELETED)


def job_card(view: View, seat: SeatId, *, comes_next: str = "") -> JobCard:
    """The job card of a human seat; `comes_next` says what happens next in the run, for when there is nothing to do."""
    step = next((card for look in _IN_ORDER if (card := look(view, seat)) is not None), None)
    waits = tuple(_waits(view, seat))
    if step is not None:
        return replace(step, waits_for=waits)
    why = "What is yours waits for others at present." if waits else "You are through with what is yours at present."
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


def _default_branch_gone(view: View, seat: SeatId) -> JobCard | None:  # noqa: ARG001  # it stops everybody's work
    """The default branch was deleted, and nobody has pushed it again."""
    name = view.history.default_branch
    last = next((f for f in reversed(view.facts) if f.kind in _OF_BRANCHES and f.subject_name == name), None)
    if last is None or last.kind is not FactKind.BRANCH_DELETED:
        return None
    return JobCard(
        title=f"Bring {name} back",
        why=f"The branch {name} was deleted: without it nobody can begin, propose or merge anything. Any clone still has it.",
        commands=(f"git push origin {name}",),
    )


def _alarm(view: View, seat: SeatId) -> JobCard | None:
    """A bug that goes before everything that one has in hand."""
    for issue in sprint_issues(view):
        is_alarm = issue.type == IssueType.BUG and issue.state.priority == Priority.HIGHEST
        waits = issue.state.category is StatusCategory.TO_DO and issue.key not in view.history.work_starts
        if is_alarm and waits and issue.state.assignee in (None, seat) and not blocked_since(issue, view):
            why = "It has the highest priority, and nobody has begun: it goes before what you have in hand."
            return JobCard(
                title=f"Take {named(issue)}", why=why, where=issue.url, commands=begin(view, branch_for(issue))
            )
    return None


def _changes_asked(view: View, seat: SeatId) -> JobCard | None:
    for pull in own(view, seat):
        asked = [word for word in last_words(pull) if word.state == "CHANGES_REQUESTED" and word.author]
        open_ones = [word for word in asked if not is_answered(pull, word)]
        if open_ones:
            who = view.history.name_of(open_ones[-1].author)
            return JobCard(
                title=f"Answer the review of #{pull.number}, {short(pull.title)}",
                why=f"{who} asked for changes.",
                where=open_ones[-1].url or pull.url,
                commands=(f"gh pr view {pull.number} --comments", *go_to(pull.head)),
            )
    return None


def _review_asked(view: View, seat: SeatId) -> JobCard | None:
    requests = [r for r in view.history.review_requests() if r.reviewer == seat and not r.answered_at and not r.void_at]
    for request in sorted(requests, key=lambda r: (r.at, r.pull)):
        pull = view.history.pulls[request.pull]
        if pull.state == "open":
            who = view.history.name_of(pull.author)
            return JobCard(
                title=f"Review #{pull.number}, {short(pull.title)}",
                why=f"{who} waits for your eyes.",
                where=pull.url,
                commands=tuple(f"gh pr {verb} {pull.number}" for verb in ("checkout", "diff", "review")),
            )
    return None


def _failed(view: View, seat: SeatId) -> JobCard | None:
    for pull in own(view, seat):
        red = failed_checks(view, pull)
        if red and pull.state == "open":
            names = ", ".join(f"`{check.name}`" for check in red[:3])
            return JobCard(
                title=f"See what the failed check of #{pull.number} says, {short(pull.title)}",
                why=f"{names} {'says' if len(red) == 1 else 'say'} that something is wrong.",
                where=red[0].url or pull.url,
                commands=(f"gh pr checks {pull.number}",),
            )
    return None


def _approved(view: View, seat: SeatId) -> JobCard | None:
    return next((card for pull in own(view, seat) if (card := _merge(view, pull))), None)


def _alarm_mended(view: View, seat: SeatId) -> JobCard | None:
    """The mend of a bug of the highest priority, as soon as it can go in: what else is in hand can wait for a minute."""
    for issue in sprint_issues(view):
        if issue.type == IssueType.BUG and issue.state.priority == Priority.HIGHEST:
            mine = (pull for pull in view.history.pulls_of.get(issue.key, ()) if pull.author == seat)
            card = next((card for pull in mine if (card := _merge(view, pull)) and not failed_checks(view, pull)), None)
            if card:
                return card
    return None


def _merge(view: View, pull: PullRequest) -> JobCard | None:
    words = {word.state for word in last_words(pull)}
    if pull.state != "open" or words != {"APPROVED"} or conflicts(pull):
        return None
    card = JobCard(
        title=f"Merge #{pull.number}, {short(pull.title)}",
        why="It is approved, and nothing stands against it.",
        where=pull.url,
        commands=(f"gh pr merge {pull.number}",),
    )
    shared = changed_meanwhile(view, pull)
    if not shared:
        return card
    why = f"It is approved, but `{shared[0]}` has changed on {view.history.default_branch}: bring it up to date first."
    return replace(card, why=why, commands=(*bring_up_to_date(view, pull.head), *card.commands))


def _conflict(view: View, seat: SeatId) -> JobCard | None:
    for pull in own(view, seat):
        if conflicts(pull):
            base = view.history.default_branch
            return JobCard(
                title=f"Settle the conflict of #{pull.number} with {base}",
                why=f"{base} has moved on, and #{pull.number} cannot be merged as it is.",
                where=pull.url,
                commands=bring_up_to_date(view, pull.head),
            )
    return None


def _unasked(view: View, seat: SeatId) -> JobCard | None:
    for pull in own(view, seat):
        if pull.state == "open" and nobody_looks(view, pull):
            return JobCard(
                title=f"Ask a colleague to review #{pull.number}, {short(pull.title)}",
                why="Nobody was asked yet, so nobody knows that it waits.",
                where=pull.url,
            )
    return None


def _in_progress(view: View, seat: SeatId) -> JobCard | None:
    for issue in sprint_issues(view):
        if issue.state.assignee != seat or issue.state.category is not StatusCategory.IN_PROGRESS:
            continue
        pulls = view.history.pulls_of.get(issue.key, ())
        if any(pull.state == "open" for pull in pulls) or blocked_since(issue, view):
            continue
        return _going_on(view, issue, pulls)
    return None


def _going_on(view: View, issue: Issue, pulls: Sequence[PullRequest]) -> JobCard:
    card = JobCard(title=f"Go on with {named(issue)}", why="It is in progress and has no branch yet.", where=issue.url)
    draft = next((pull for pull in pulls if pull.state == "draft"), None)
    if draft:
        why = f"#{draft.number} is a draft: nobody reviews it before you say that it is ready."
        return replace(card, why=why, where=draft.url, commands=(f"gh pr ready {draft.number}",))
    if any(pull.merged_at for pull in pulls):
        why = "What you had for it is merged. Tell the board, or go on with what is missing."
        return replace(card, title=f"Finish {named(issue)}", why=why)
    if issue.key in view.history.work_starts:
        return replace(card, why="It is in progress and has code, but no pull request.", commands=propose())
    return replace(card, commands=begin(view, branch_for(issue)))


def _untold(view: View, seat: SeatId) -> JobCard | None:
    """Work of one's own that the board knows nothing of."""
    for issue in sprint_issues(view):
        begun = view.history.work_starts.get(issue.key)
        mine = issue.state.assignee in (None, seat)
        if begun and seat in begun.seats and mine and issue.state.category is StatusCategory.TO_DO:
            why = "There is code of yours for it, and the board says that nobody has begun."
            return JobCard(title=f"Tell the board about {named(issue)}", why=why, where=issue.url)
    return None


_IN_ORDER: tuple[Callable[[View, SeatId], JobCard | None], ...] = (
    _prompt,
    _default_branch_gone,
    pressing,
    _alarm,
    _alarm_mended,
    _changes_asked,
    _review_asked,
    _failed,
    _approved,
    _conflict,
    _unasked,
    _in_progress,
    _untold,
    live,
    slip,
    sprint_gone,
    next_issue,
)


def _review_by(view: View, pull: PullRequest, reviewer: SeatId) -> str:
    name = view.history.name_of(reviewer)
    if is_still_away(view, reviewer):
        return f"a colleague's review of #{pull.number}, for {name} has not joined"
    return f"{name}'s review of #{pull.number}"


def _waits(view: View, seat: SeatId) -> Iterator[str]:
    for pull in own(view, seat):
        if pull.draft:
            continue  # nobody reviews it before it is said to be ready
        asked = {r.reviewer for r in pull.requests if r.answered_at is None and r.void_at is None}
        for reviewer in dict.fromkeys(request.reviewer for request in pull.requests if request.reviewer in asked):
            yield _review_by(view, pull, reviewer)
        for word in last_words(pull):
            if word.state == "CHANGES_REQUESTED" and word.author not in asked and is_answered(pull, word):
                yield f"{view.history.name_of(word.author)}'s second look at #{pull.number}"
        if pull.state == "open" and not pull.requests and not pull.reviews and not nobody_looks(view, pull):
            yield f"a first review of #{pull.number}"
    for issue in at_hand(view.history, seat, view.now):
        if blocked_since(issue, view):
            yield f"{issue.key}, which is blocked or flagged"
