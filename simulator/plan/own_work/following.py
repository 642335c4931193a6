"""The commits with which the author of a pull request of the story answers a first request for changes.

Pure. Refuses to push to what was merged or closed meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator

from simulator.model.actions import Action, CommentOnPullRequest, RequestReview, TendPull
from simulator.plan.compile import ScenarioStage
from simulator.plan.pulls import PullStanding
from simulator.scenario.events.pull_request import PullRequestEvent
from simulator.scenario.loaded import LoadedScenario


def follow(
    action: TendPull, event: PullRequestEvent, pull: PullStanding, scenario: LoadedScenario, *, seed: int
) -> Iterator[Action]:
    """The commits, a word on them, and a request to everybody who has asked for changes to look again."""
    part = event.when_changes_requested
    if part is None or not pull.is_open:
        return
    yield from (push for _, push in event.pushes(ScenarioStage(scenario, seed), part.commits))
    yield CommentOnPullRequest(actor=action.actor, pull=action.pull, body=part.text)
    asked = [review.actor for review in pull.reviews if review.detail.get("state") == "CHANGES_REQUESTED"]
    reviewers = tuple(seat for seat in dict.fromkeys(asked) if seat is not None)
    if reviewers:
        yield RequestReview(actor=action.actor, pull=action.pull, reviewers=reviewers)
