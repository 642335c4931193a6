"""Facts of the default branch to landings, and to the pushes that went around pull requests."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from simulator.model.facts import Fact, FactKind
from simulator.model.history.code import Commit, DirectPush, Landing
from simulator.model.history.pulls import PullRequest
from simulator.model.history.reading import ItemOf, is_nothing
from simulator.model.keys import Sha


def landing_of(fact: Fact) -> Landing:
    """The view of one LANDED fact."""
    return Landing(
        sha=Sha(str(fact.detail.get("sha") or fact.subject_name)),
        message=str(fact.detail.get("message") or ""),
        pulls=tuple(int(number) for number in fact.detail.get("pulls") or ()),
        actor=fact.actor,
        at=fact.at,
        url=fact.url,
        parents=int(fact.detail.get("parents") or 0),
        parent_shas=tuple(Sha(str(sha)) for sha in fact.detail.get("parent_shas") or ()),
    )


def direct_pushes(
    pushes: Sequence[Fact],
    *,
    landings: Sequence[Landing],
    commits: Mapping[Sha, Commit],
    pulls: Collection[PullRequest],
    seed_shas: Collection[str],
    activity_known: bool,
    item_of: ItemOf,
) -> tuple[DirectPush, ...]:
    """Pushes to the default branch around pull requests; the starter code's own push is none.

    A push with an actor comes from the service's activity list, which tells merges from pushes. One without comes from comparing
    branches, and may be a merge. Where pushes are not told at all, landed commits tell: those of no pull request.
    """
    merged = {pull.merge_sha for pull in pulls if pull.merge_sha} | {
        landing.sha for landing in landings if landing.pulls
    }
    if not activity_known:
        return tuple(
            _direct(landing, landing, landing.message, item_of=item_of)
            for landing in landings
            if landing.parents and landing.sha not in merged and landing.sha not in seed_shas
        )
    landed = {landing.sha: landing for landing in landings}
    found = []
    for fact in pushes:
        sha = Sha(str(fact.detail.get("after") or ""))
        made_the_branch = is_nothing(fact.detail.get("before"))
        if fact.kind is not FactKind.PUSHED or is_nothing(sha) or made_the_branch or sha in seed_shas:
            continue
        if fact.actor is None and sha in merged:
            continue
        commit = landed.get(sha) or commits.get(sha)
        found.append(_direct(fact, landed.get(sha), commit.message if commit else "", item_of=item_of))
    return tuple(found)


def _direct(source: Fact | Landing, landing: Landing | None, message: str, *, item_of: ItemOf) -> DirectPush:
    after = source.sha if isinstance(source, Landing) else Sha(str(source.detail.get("after")))
    return DirectPush(
        sha=after,
        actor=source.actor or (landing.actor if landing else None),
        at=source.at,
        url=source.url,
        message=message,
        item=item_of([message]),
        forced=isinstance(source, Fact) and bool(source.detail.get("forced")),
    )
