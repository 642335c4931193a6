"""What a reviewer says about a pull request, on the state it is in when they read it.

Pure. Refuses to say the same thing twice on one head, to review its own work, and to answer where nothing is asked.
"""

from __future__ import annotations

from collections.abc import Sequence

from simulator.model.actions import Action, CommentOnPullRequest, ReviewWhenRead, SubmitReview
from simulator.model.code import ReviewVerdict
from simulator.model.facts import Fact
from simulator.plan import wordings
from simulator.plan.draws import pick
from simulator.plan.objections import Objection, objections_to
from simulator.plan.pulls import PullStanding, number_of, standing
from simulator.ports import Bindings
from simulator.scenario.loaded import LoadedScenario

_MOST_REMARKS = 5


def decide(
    action: ReviewWhenRead, *, facts: Sequence[Fact], scenario: LoadedScenario, bindings: Bindings, seed: int
) -> tuple[Action, ...]:
    """The review, or a word that there is nothing new, or nothing at all.

    Nothing when the pull request is closed, merged, a draft, the reviewer's own, or was reviewed by them at this head; and
    nothing while a colleague has yet to answer what somebody else asked for.
    """
    number = number_of(action.pull, bindings)
    pull = standing(facts, number) if number else None
    if pull is None or not pull.is_open or pull.draft or pull.author == action.actor:
        return ()
    if not scenario.roster.is_human_seat(pull.author) and _waits_for_author(action, pull):
        return ()
    if _reviewed_at_head(action, pull):
        return _nothing_new(action, pull, scenario, seed)
    part = scenario.spec.people[action.actor].review
    found = objections_to(pull, action, watches=part.watches if part else (), seed=seed)
    return (_request_changes(action, pull, found, seed),) if found else (_approve(action, pull, seed),)


def _reviewed_at_head(action: ReviewWhenRead, pull: PullStanding) -> bool:
    return any(review.detail.get("commit_sha") == pull.head for review in pull.reviews_by(action.actor))


def _waits_for_author(action: ReviewWhenRead, pull: PullStanding) -> bool:
    """Whether somebody else has asked for changes, and nothing was pushed since."""
    words = (word for seat, word in pull.last_words().items() if seat != action.actor)
    return any(word.detail.get("state") == "CHANGES_REQUESTED" and pull.pushes[-1].at <= word.at for word in words)


def _nothing_new(action: ReviewWhenRead, pull: PullStanding, scenario: LoadedScenario, seed: int) -> tuple[Action, ...]:
    """A word to somebody who asks again without having pushed: once for each time of asking."""
    mine = pull.reviews_by(action.actor)[-1]
    login = scenario.roster[action.actor].login.lower()
    asked = [r for r in pull.requests if str(r.detail.get("reviewer")).lower() == login and r.at > mine.at]
    said = [c for c in pull.comments if c.actor == action.actor and asked and c.at > asked[-1].at]
    if not asked or said or mine.detail.get("state") != "CHANGES_REQUESTED":
        return ()
    words = pick(wordings.STILL_WAITING, seed, "still waiting", action.actor, pull.number, str(len(asked)))
    return (CommentOnPullRequest(actor=action.actor, pull=action.pull, body=words),)


def _approve(action: ReviewWhenRead, pull: PullStanding, seed: int) -> SubmitReview:
    before = any(r.detail.get("state") == "CHANGES_REQUESTED" for r in pull.reviews_by(action.actor))
    options = wordings.APPROVED_AFTER_CHANGES if before else wordings.APPROVED
    body = pick(options, seed, "approve", action.actor, pull.number, str(len(pull.heads)))
    return SubmitReview(actor=action.actor, pull=action.pull, verdict=ReviewVerdict.APPROVE, body=body)


def _request_changes(action: ReviewWhenRead, pull: PullStanding, found: Sequence[Objection], seed: int) -> SubmitReview:
    before = any(r.detail.get("state") == "CHANGES_REQUESTED" for r in pull.reviews_by(action.actor))
    options = wordings.CHANGES_AGAIN if before else wordings.CHANGES
    opening = pick(options, seed, "changes", action.actor, pull.number, str(len(pull.heads)))
    remarks = tuple(remark for objection in found for remark in objection.remarks)
    return SubmitReview(
        actor=action.actor,
        pull=action.pull,
        verdict=ReviewVerdict.REQUEST_CHANGES,
        body="\n".join([opening, "", *(objection.point for objection in found)]),
        remarks=remarks[:_MOST_REMARKS],
    )
