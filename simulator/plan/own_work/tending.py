"""What the author of a pull request of the story sees to: open remarks, an argument, a merge that did not go through.

Pure. Refuses to answer twice, and to give an answer before the commit that it would speak of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from simulator.model.actions import (
    Action,
    CommentOnPullRequest,
    ReplyToRemark,
    RequestReview,
    ResolveThread,
    RewriteBranch,
    TendPull,
)
from simulator.model.code import CommitDraft
from simulator.model.diff_lines import shown_text
from simulator.model.facts import Fact, FactKind
from simulator.model.keys import SeatId
from simulator.plan.own_work.following import follow
from simulator.plan.own_work.merging import failing, is_approved, merge
from simulator.plan.pulls import PullStanding, number_of, standing
from simulator.plan.reviews.replies import Reply, is_praise, read_reply
from simulator.plan.reviews.threads import Thread, threads_of
from simulator.plan.words.wordings import Speaker, Table, Wordings, said_by_colleagues
from simulator.ports import Bindings
from simulator.scenario.events.pull_request import PullRequestEvent
from simulator.scenario.loaded import LoadedScenario

_MOST_PATHS = 3
_AROUND = 2  # lines above and below a remark in which a change is taken to answer it
_CHANGES = "CHANGES_REQUESTED"


def tend(
    action: TendPull,
    *,
    facts: Sequence[Fact],
    scenario: LoadedScenario,
    bindings: Bindings,
    seed: int,
    wordings: Wordings | None = None,
) -> tuple[Action, ...]:
    """Answers to what was remarked, a word on an argument, and what follows from a merge that was refused; or nothing."""
    number = number_of(action.pull, bindings)
    pull = standing(facts, number) if number else None
    event = next((e for e in scenario.spec.story if isinstance(e, PullRequestEvent) and e.id == action.event), None)
    if pull is None or event is None:
        return ()
    if action.follows:
        return tuple(follow(action, event, pull, scenario, seed=seed))
    if not pull.is_open or _is_to_follow(pull, event):
        return ()
    speaker = Speaker(
        wordings=wordings or Table(),
        tone=scenario.spec.people[action.actor].tone,
        seed=seed,
        key=(action.actor, pull.number, "author"),
        said=said_by_colleagues(facts),
    )
    if action.merges:
        return tuple(merge(action, pull, facts, speaker))
    answers = tuple(_answers(action, pull, speaker))
    if answers:
        return answers
    return tuple(_on_conflict(action, event, pull, facts, scenario, speaker)) or tuple(
        _on_argument(action, pull, scenario, speaker)
    )


def _is_to_follow(pull: PullStanding, event: PullRequestEvent) -> bool:
    """Whether the commits that answer the first request for changes are yet to come."""
    asked = [review for review in pull.reviews if review.detail.get("state") == _CHANGES]
    return event.when_changes_requested is not None and bool(asked) and pull.pushes[-1].at <= asked[0].at


def _answers(action: TendPull, pull: PullStanding, speaker: Speaker) -> Iterator[Action]:
    remarks = (c for c in pull.comments if c.kind is FactKind.REVIEW_COMMENTED and c.actor != action.actor)
    for seat in dict.fromkeys(remark.actor for remark in remarks):
        for thread in threads_of(pull, seat) if seat is not None else ():
            if not any(reply.actor == action.actor for reply in thread.replies):
                yield from _answer(action, pull, thread, speaker)


def _answer(action: TendPull, pull: PullStanding, thread: Thread, speaker: Speaker) -> Iterator[Action]:
    text = str(thread.remark.detail.get("body") or "")
    done = _is_met(pull, thread)
    if is_praise(text):
        occasion = "remark-thanked"
    elif done:
        occasion = "remark-done"
    else:
        occasion = "remark-asked" if read_reply(text) is Reply.QUESTION else "remark-kept"
    words = speaker.say(occasion, str(thread.id))
    yield ReplyToRemark(actor=action.actor, pull=action.pull, remark=thread.id, body=words)
    if done:
        yield ResolveThread(actor=action.actor, pull=action.pull, remark=thread.id)


def _is_met(pull: PullStanding, thread: Thread) -> bool:
    """Whether something was pushed since that changed the line of a remark, or those right around it."""
    said = thread.remark.at
    if pull.pushes[-1].at <= said:
        return False
    read = [str(push.detail.get("head_sha") or "") for push in pull.pushes if push.at <= said]
    before = shown_text(pull.contents.get(read[-1] if read else "", ()), thread.path)
    around = [text for number, text in before.items() if abs(number - (thread.line or 0)) <= _AROUND]
    now = list(shown_text(pull.files, thread.path).values())
    as_it_was = any(now[start : start + len(around)] == around for start in range(len(now)))
    return not around or not as_it_was


def _on_argument(action: TendPull, pull: PullStanding, scenario: LoadedScenario, speaker: Speaker) -> Iterator[Action]:
    """One word to those who argue without asking for changes."""
    said = (*pull.comments, *(review for review in pull.reviews if review.detail.get("state") == "COMMENTED"))
    argued = [fact for fact in said if scenario.roster.is_human_seat(fact.actor) and argues(fact)]
    first = min((fact.at for fact in argued), default=None)
    answered = any(c.actor == action.actor and first is not None and c.at > first for c in pull.comments)
    if first is not None and not answered:
        asked = read_reply(str(argued[-1].detail.get("body") or "")) is Reply.QUESTION
        words = speaker.say("remark-asked" if asked else "argued")
        yield CommentOnPullRequest(actor=action.actor, pull=action.pull, body=words)


def argues(fact: Fact) -> bool:
    """Whether a review or comment without a verdict gives a reason or asks something."""
    return read_reply(str(fact.detail.get("body") or "")) in (Reply.REASON, Reply.QUESTION)


def _on_conflict(
    action: TendPull,
    event: PullRequestEvent,
    pull: PullStanding,
    facts: Sequence[Fact],
    scenario: LoadedScenario,
    speaker: Speaker,
) -> Iterator[Action]:
    """After a refused merge: the default branch is merged in as the story has it, else there is a question."""
    approved = [seat for seat in pull.last_words() if seat is not None]
    if not is_approved(pull) or failing(pull, facts):
        return
    since, paths = overlap(pull, facts)
    if since is None or any(c.actor == action.actor and c.at > since for c in pull.comments):
        return
    part, place = event.when_conflicting, scenario.place
    main = place.default_branch
    if part is None:
        shown = ", ".join(f"`{path}`" for path in paths[:_MOST_PATHS])
        words = speaker.say("conflict-help", paths=shown, main=main)
        yield CommentOnPullRequest(actor=action.actor, pull=action.pull, body=words)
        return
    drafts = [CommitDraft(message=c.message, files=c.changes(place.folder)) for c in part.commits]
    drafts[0] = replace(drafts[0], message=f"Merge branch '{main}' into {pull.branch}\n\n{drafts[0].message}")
    yield RewriteBranch(actor=action.actor, branch=event.branch, base=main, commits=tuple(drafts), merging=True)
    words = part.text or speaker.say("conflict-solved", main=main)
    yield CommentOnPullRequest(actor=action.actor, pull=action.pull, body=words)
    yield RequestReview(actor=action.actor, pull=action.pull, reviewers=tuple(SeatId(seat) for seat in approved))


def overlap(pull: PullStanding, facts: Sequence[Fact]) -> tuple[datetime | None, tuple[str, ...]]:
    """When something else came in, after this head, that changes the same files; and which files those are."""
    mine = {file.path for file in pull.files}
    begun = _begun(pull, facts)
    since, paths = None, set[str]()
    for fact in facts:
        if fact.kind is FactKind.PULL_REQUEST_MERGED and fact.subject_name != pull.number:
            other = standing(facts, fact.subject_name)
            shared = mine & {file.path for file in other.files} if other else set()
            if shared and fact.at > begun:
                since, paths = fact.at, paths | shared
    return since, tuple(sorted(paths))


def _begun(pull: PullStanding, facts: Sequence[Fact]) -> datetime:
    """Since when the branch stands on what it stands on now: its last merge or replacement by force, else its beginning."""
    forced = [
        fact.at
        for fact in facts
        if fact.kind is FactKind.PUSHED and fact.subject == f"branch:{pull.branch}" and fact.detail.get("forced")
    ]
    merged = [
        fact.at
        for fact in facts
        if fact.kind is FactKind.COMMITTED
        and fact.detail.get("branch") == pull.branch
        and fact.detail.get("parents") == 2
    ]
    made = [
        fact.at for fact in facts if fact.kind is FactKind.BRANCH_CREATED and fact.subject == f"branch:{pull.branch}"
    ]
    return max([*forced, *merged, *made], default=pull.opened_at)
