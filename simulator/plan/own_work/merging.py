"""When the author of a pull request of the story merges it, and what stands against that.

Pure. Refuses to merge what nobody approved as it is now, what somebody objects to, and what a check has failed: a check that
failed once is asked for again, since it may be no fault of the change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.model.actions import Action, CommentOnPullRequest, MergePullRequest, RerunCheck, TendPull
from simulator.model.facts import Fact, FactKind
from simulator.plan.pulls import PullStanding
from simulator.plan.words.wordings import Speaker

_FINE = frozenset({"success", "neutral", "skipped"})


def merge(action: TendPull, pull: PullStanding, facts: Sequence[Fact], speaker: Speaker) -> Iterator[Action]:
    """The merge, if the time for it has come; a refusal of the service (a conflict, a protection) is no failure."""
    if not is_approved(pull):
        return
    red = failing(pull, facts)
    if not red:
        yield MergePullRequest(actor=action.actor, pull=action.pull, if_possible=True)
    elif not _was_run_again(pull, facts):
        yield RerunCheck(actor=action.actor, branch=pull.branch)
    elif red[-1].detail.get("attempt") != 1 and not _has_spoken_since(red[-1], action, pull):
        words = speaker.say("still-red", pull.head, check=str(red[-1].detail.get("name")))
        yield CommentOnPullRequest(actor=action.actor, pull=action.pull, body=words)


def is_approved(pull: PullStanding) -> bool:
    """Whether somebody has approved the present head, and nobody asks for changes."""
    words = pull.last_words().values()
    objections = any(word.detail.get("state") == "CHANGES_REQUESTED" for word in words)
    read = any(word.detail.get("commit_sha") in (pull.head, None) for word in words)
    return pull.is_open and not pull.draft and read and not objections


def failing(pull: PullStanding, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The last runs on the present head that have failed, one for each check."""
    runs = [f for f in facts if f.kind is FactKind.CHECK_COMPLETED and f.detail.get("sha") == pull.head]
    last = {str(run.detail.get("name")): run for run in runs}
    return tuple(run for run in last.values() if run.detail.get("conclusion") not in _FINE)


def _was_run_again(pull: PullStanding, facts: Sequence[Fact]) -> bool:
    return any(
        (fact.kind is FactKind.CHECK_REQUESTED or (fact.detail.get("attempt") or 1) > 1)
        for fact in facts
        if fact.kind in (FactKind.CHECK_REQUESTED, FactKind.CHECK_COMPLETED) and fact.detail.get("sha") == pull.head
    )


def _has_spoken_since(red: Fact, action: TendPull, pull: PullStanding) -> bool:
    return any(comment.actor == action.actor and comment.at > red.at for comment in pull.comments)
