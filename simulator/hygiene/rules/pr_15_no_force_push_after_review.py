"""PR-15: history is not rewritten while a review is under way."""

from __future__ import annotations

from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import REVIEWED_PULLS
from simulator.model.history import History, PullRequest, Push
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Verdict

_EXPLAINED = 0.5
_LEAST_WORDS = 4


@rule(
    code="PR-15",
    name="no-force-push-after-review",
    about=REVIEWED_PULLS,
    severity=Severity.LOW,
    target=1.0,
    quota=0,
    options=NoOptions(),
)
def no_force_push_after_review(pull: PullRequest, history: History, _: NoOptions) -> Verdict:
    """The commits of a pull request are not rewritten between its first review and its approval.

    What it checks
    --------------
    Forced pushes by its authors to its branch after somebody else's first review, and before the first approval. Tidying up
    after the approval is fine, and PR-14 looks at what it changed.

    Why it matters
    --------------
    A rewritten history takes away what the reviewer had read: they can no longer see what is new, and begin again.

    Example
    -------
    Good: remarks answered by commits on top, squashed at the merge

    Bad: `git push --force` an hour after the first remarks

    How to fix
    ----------
    Push commits on top. If it has happened, write what changed (`git range-diff` shows it) and ask for the review again: that
    earns half.

    References
    ----------
    - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
    """
    forced = _forced(pull, history)
    evidence: Measures = {"forced pushes under review": len(forced), "limit": 0}
    if not forced:
        return Pass(message=f"#{pull.number} kept the commits that were reviewed", evidence=evidence)
    explained = all(_is_explained(pull, push) for push in forced)
    how = " What changed was written down, and the review asked for again: half credit." if explained else ""
    return Breach(
        message=f"The commits of #{pull.number} were rewritten {_times(len(forced))} after its review had begun.{how}",
        how_to_fix=_NEXT_TIME if explained or pull.merged_at else _how_to_fix(pull, forced[-1]),
        credit=_EXPLAINED if explained else 0.0,
        repair=Repair.NONE if explained or pull.merged_at else Repair.PARTIAL,
        repaired=explained,
        evidence=evidence,
        at=forced[0].at,
    )


_NEXT_TIME = "Answer the next review with commits on top: git commit --fixup, and squash when it is approved."


def _forced(pull: PullRequest, history: History) -> list[Push]:
    branch = history.branches.get(pull.head)
    others = [review for review in pull.reviews if review.author not in (None, *pull.authors())]
    first = min(review.at for review in others)
    ends = [review.at for review in others if review.state == "APPROVED"]
    end = min([*ends, *filter(None, [pull.merged_at, pull.closed_at])], default=None)
    return [
        push
        for push in (branch.pushes if branch else ())
        if push.forced and push.actor in pull.authors() and push.at > first and (end is None or push.at < end)
    ]


def _is_explained(pull: PullRequest, push: Push) -> bool:
    said = any(
        comment.at >= push.at and comment.author in pull.authors() and len(comment.body.split()) >= _LEAST_WORDS
        for comment in pull.comments
    )
    return said and any(request.at >= push.at for request in pull.requests)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _how_to_fix(pull: PullRequest, push: Push) -> str:
    seen = f"git range-diff {push.before[:10]}...{push.after[:10]}" if push.before else "git range-diff"
    return f"Write at {pull.url} what changed ({seen} shows it), and ask for the review again: half credit."
