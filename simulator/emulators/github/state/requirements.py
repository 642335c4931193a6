"""What the protection of the base branch still asks of a pull request, in GitHub's words.

Sources: docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches
and the messages that `PUT /repos/{owner}/{repo}/pulls/{number}/merge` answers with.
"""

from __future__ import annotations

from simulator.emulators.github.state import changes, reviews
from simulator.emulators.github.state.activity import ActivityFilter, list_activity
from simulator.emulators.github.state.permissions import allows, permission_of
from simulator.emulators.github.state.protections import Protection, Reviews, find_protection
from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.verdicts import Verdict, verdicts_on
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit import accounts

LOCKED = "This branch is locked: it is read-only."
LINEAR = "This branch must not contain merge commits."
CHANGES_REQUESTED = "Changes have been requested."
NOT_AUTHORIZED = "You're not authorized to push to this branch."
_WORDS = {Verdict.PENDING: "pending", Verdict.FAILED: "failing", None: "expected"}


def protection_of_base(place: Place, pull: Pull) -> Protection | None:
    """The protection of the branch that a pull request goes into."""
    return find_protection(place.connection, place.site, place.repository.id, pull.row.base_ref)


def is_behind(place: Place, pull: Pull) -> bool:
    """Whether the base has commits that the head lacks."""
    return not changes.is_landed(place, changes.base_of(place, pull), pull.row.head_sha)


def must_be_up_to_date(protection: Protection | None) -> bool:
    """Whether heads must contain the base; without a required check the setting has no effect, as on GitHub."""
    return protection is not None and protection.strict and bool(protection.checks)


def unmet(place: Place, pull: Pull, protection: Protection | None) -> list[str]:
    """Why the protection forbids the merge, whoever asks; empty when nothing is missing."""
    if protection is None:
        return []
    return unmet_by_people(place, pull, protection) + _unmet_by_checks(place, pull, protection)


def unmet_by_people(place: Place, pull: Pull, protection: Protection) -> list[str]:
    """The part of the reasons that only people can lift: a locked branch, missing approvals, requested changes."""
    locked = [LOCKED] if protection.lock_branch else []
    return locked + _unmet_by_reviews(place, pull, protection.reviews)


def _unmet_by_reviews(place: Place, pull: Pull, required: Reviews | None) -> list[str]:
    if required is None:
        return []
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
    return reasons


def _words_of_writers(place: Place, pull: Pull) -> list[reviews.Review]:
    found = []
    for author_id, review in reviews.last_words(place, pull.id).items():
        author = accounts.by_id(place.connection, place.site, author_id)
        permission = permission_of(place.connection, place.repository, author)
        if author_id != pull.issue.author_id and allows(permission, "push"):
            found.append(review)
    return found


def _last_pusher(place: Place, pull: Pull) -> int | None:
    moved = list_activity(
        place.connection, place.site, place.repository.id, wanted=ActivityFilter(ref=pull.head_branch), limit=1
    )
    return moved[0].actor_id if moved else pull.issue.author_id


def _unmet_by_checks(place: Place, pull: Pull, protection: Protection) -> list[str]:
    names = protection.checks or ()
    if must_be_up_to_date(protection) and is_behind(place, pull):
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
