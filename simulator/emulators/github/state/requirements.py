"""What the rules of the base branch still ask of a pull request, in GitHub's words.

Sources: docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches
and the messages that `PUT /repos/{owner}/{repo}/pulls/{number}/merge` answers with.
"""

from __future__ import annotations

from simulator.emulators.github.state import changes, chosen_reviewers, code_owners, reviews, threads
from simulator.emulators.github.state.activity import ActivityFilter, list_activity
from simulator.emulators.github.state.demands import Demands
from simulator.emulators.github.state.permissions import allows, permissions_of
from simulator.emulators.github.state.protections import Reviews
from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.users import by_ids
from simulator.emulators.github.state.verdicts import Verdict, verdicts_on
from simulator.emulators.github.state.work import Place

LOCKED = "This branch is locked: it is read-only."
RESTRICTED = "Cannot update this protected ref."
CHANGES_REQUESTED = "Changes have been requested."
_WORDS = {Verdict.PENDING: "pending", Verdict.FAILED: "failing", None: "expected"}


def is_behind(place: Place, pull: Pull) -> bool:
    """Whether the base has commits that the head lacks."""
    return not changes.is_landed(place, changes.base_of(place, pull), pull.row.head_sha)


def unmet(place: Place, pull: Pull, demands: Demands) -> list[str]:
    """Why the rules forbid the merge, whoever asks; empty when nothing is missing."""
    return unmet_by_people(place, pull, demands) + _unmet_by_checks(place, pull, demands)


def unmet_by_people(place: Place, pull: Pull, demands: Demands) -> list[str]:
    """The part of the reasons that only people can lift: a locked branch, missing approvals, open conversations."""
    reasons = [LOCKED] if demands.locked else []
    if demands.updates_restricted:
        reasons.append(RESTRICTED)
    if demands.reviews is not None:
        reasons += _unmet_by_reviews(place, pull, demands.reviews)
        reasons += _unmet_by_teams(place, pull, demands)
    if demands.conversation_resolution:
        reasons += _unmet_by_conversations(place, pull)
    return reasons


def approvers_of(place: Place, pull: Pull) -> set[int]:
    """Ids of those whose last word approves and counts: people with write access, not the author."""
    return {each.author_id for each in _words_of_writers(place, pull) if each.state == reviews.APPROVED}


def decision_of(place: Place, pull: Pull, required: Reviews) -> str:
    """What the reviews add up to, by GraphQL's words: APPROVED, CHANGES_REQUESTED, REVIEW_REQUIRED."""
    reasons = _unmet_by_reviews(place, pull, required)
    if CHANGES_REQUESTED in reasons:
        return "CHANGES_REQUESTED"
    return "REVIEW_REQUIRED" if reasons else "APPROVED"


def _unmet_by_reviews(place: Place, pull: Pull, required: Reviews) -> list[str]:
    weighty = _words_of_writers(place, pull)
    approvers = {review.author_id for review in weighty if review.state == reviews.APPROVED}
    reasons = []
    if any(review.state == reviews.CHANGES_REQUESTED for review in weighty):
        reasons.append(CHANGES_REQUESTED)
    if len(approvers) < required.approvals:
        plural = "review is" if required.approvals == 1 else "reviews are"
        reasons.append(f"At least {required.approvals} approving {plural} required by reviewers with write access.")
    elif required.last_push_approval and not approvers - {_last_pusher(place, pull)}:
        reasons.append("New changes require approval from someone other than the last pusher.")
    if required.code_owners:
        waiting = code_owners.waiting_for(place, pull, approvers)
        reasons += [f"Waiting on code owner review from {', '.join(waiting)}."] if waiting else []
    return reasons


def _unmet_by_teams(place: Place, pull: Pull, demands: Demands) -> list[str]:
    if not demands.reviewers:
        return []
    waiting = chosen_reviewers.waiting_for(place, pull, demands.reviewers, approvers_of(place, pull))
    return [f"Waiting on review from {team}." for team in waiting]


def _unmet_by_conversations(place: Place, pull: Pull) -> list[str]:
    count = threads.count_unresolved(place, pull.id)
    if not count:
        return []
    what = "A conversation" if count == 1 else f"{count} conversations"
    return [f"{what} must be resolved before this pull request can be merged."]


def _words_of_writers(place: Place, pull: Pull) -> list[reviews.Review]:
    said = reviews.last_words(place, pull.id)
    said.pop(pull.issue.author_id, None)
    people = by_ids(place.connection, place.site, said)
    granted = permissions_of(place.connection, place.repository, people.values()) if people else {}
    return [review for each, review in said.items() if allows(granted.get(each, "none"), "push")]


def _last_pusher(place: Place, pull: Pull) -> int | None:
    moved = list_activity(
        place.connection,
        place.site,
        pull.row.head_repository_id or place.repository.id,
        wanted=ActivityFilter(ref=pull.head_branch),
        limit=1,
    )
    return moved[0].actor_id if moved else pull.issue.author_id


def _unmet_by_checks(place: Place, pull: Pull, demands: Demands) -> list[str]:
    names = demands.checks
    if not names:
        return []
    if demands.must_be_up_to_date and is_behind(place, pull):
        return [_sentence(names, names, "expected")]
    said = verdicts_on(place, pull.row.head_sha)
    reasons = []
    for verdict, word in _WORDS.items():
        missing = [name for name in names if said.get(name) is verdict]
        if missing:
            reasons.append(_sentence(missing, names, word))
    return reasons


def _sentence(missing: list[str] | tuple[str, ...], names: tuple[str, ...], word: str) -> str:
    if len(missing) == 1:
        return f'Required status check "{missing[0]}" is {word}.'
    return f"{len(missing)} of {len(names)} required status checks are {word}."
