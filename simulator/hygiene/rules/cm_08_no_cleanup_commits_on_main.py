"""CM-08: commits that only clean up do not reach the default branch."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from simulator.hygiene.cleanup import cleanup_words
from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import ARRIVED_MESSAGES
from simulator.model.history import Commit, History, PullRequest
from simulator.model.history.code import header_of
from simulator.model.hygiene import Breach, Measures, NotAvailable, Pass, Severity, Skip, Verdict, Wait

_SHOWN = 3


@rule(
    code="CM-08",
    name="no-cleanup-commits-on-main",
    about=ARRIVED_MESSAGES,
    severity=Severity.MEDIUM,
    target=1.0,
    quota=1,
    essential=True,
    options=NoOptions(),
)
def no_cleanup_commits_on_main(arrived: PullRequest | Commit, history: History, _: NoOptions) -> Verdict:
    """No `fixup!`, WIP or “address review” commit reaches the default branch.

    What it checks
    --------------
    The headers of the commits that a merged pull request brought to the default branch: none begins with `fixup!`, `squash!` or
    `amend!`, none says that it is work in progress, none only says that a review was answered or, beside other
    commits, that it mends something. While the pull request is open such commits are welcome. A squash merge with a clean title
    brings one clean commit.

    Why it matters
    --------------
    Commits that do not stand by themselves break `git bisect`, and nobody who reads the log is helped by them.

    Example
    -------
    Good: five commits on the branch, two of them fixups, squashed into `feat(refunds): refund a payment in part`

    Bad: a merge commit that brings `wip`, `wip 2` and `address review comments` along

    How to fix
    ----------
    Before the merge, fold them: `git rebase -i --autosquash main`, then push with `--force-with-lease`. Or choose “Squash and
    merge” and write a clean title. Afterwards they stay.

    References
    ----------
    - https://jorisroovers.com/gitlint/latest/rules/builtin_rules/
    - https://github.com/wip/app
    """
    if isinstance(arrived, Commit):
        return _by_itself(arrived, history)
    pull = arrived
    if pull.merged_at is None:
        reason = _what_to_do_before(pull, history)
        return Skip(reason=reason) if pull.closed_at else Wait(reason=reason)
    headers = list(_brought(pull, history))
    if not headers:
        return NotAvailable(
            reason=f"the commits that #{pull.number} brought to {history.default_branch} are not known",
            how_to_fix="Give the token read access to the repository's contents.",
        )
    is_alone = len(headers) == 1
    found = [(header, words) for header in headers if (words := cleanup_words(header, is_alone=is_alone))]
    evidence: Measures = {"commits brought": len(headers), "to be folded": len(found), "limit": 0}
    if not found:
        return Pass(message=f"#{pull.number} brought no commit that should have been folded", evidence=evidence)
    shown = "; ".join(f"“{header[:60]}” {words}" for header, words in found[:_SHOWN])
    return Breach(
        message=f"#{pull.number} brought {len(found)} of {len(headers)} commits to {history.default_branch} that should have "
        f"been folded: {shown}{'; …' if len(found) > _SHOWN else ''}.",
        how_to_fix=f"They stay. Before the next merge squash and write a clean title, or {_fold(history)}",
        evidence={**evidence, "headers": shown[:500]},
        at=pull.merged_at,
    )


def _by_itself(commit: Commit, history: History) -> Verdict:
    words = cleanup_words(commit.header, is_alone=True)
    evidence: Measures = {"commits brought": 1, "to be folded": int(words is not None), "limit": 0}
    if words is None:
        return Pass(message=f"“{commit.header[:60]}” stands by itself", evidence=evidence)
    return Breach(
        message=f"“{commit.header[:60]}” {words}, and stands on {history.default_branch}: it should have been folded.",
        how_to_fix=f"It stays. Before the next push {_fold(history)}",
        evidence={**evidence, "headers": commit.header[:500]},
        at=commit.at,
    )


def _brought(pull: PullRequest, history: History) -> Iterator[str]:
    """The headers of what a merged pull request brought, without the merge commits themselves."""
    for landing in history.landings_of.get(pull.number, ()):
        known = history.commits.get(landing.sha)
        message = landing.message or (known.message if known else "")
        if landing.parents < 2 and message:
            yield header_of(message)


def _what_to_do_before(pull: PullRequest, history: History) -> str:
    if pull.closed_at:
        return "closed without a merge: nothing reached the default branch"
    is_alone = len(pull.commits) == 1
    count = sum(cleanup_words(commit.header, is_alone=is_alone) is not None for commit in pull.commits)
    if not count:
        return "judged at the merge; there is nothing to fold so far"
    return (
        f"judged at the merge; {count} of {len(pull.commits)} commits are to be folded before it: squash with a clean title, or "
        f"{_fold(history)}"
    )


def _fold(history: History) -> str:
    return (
        "write fixup before each of them in the list (git does that by itself for fixup! and squash!): "
        f"git rebase -i --autosquash {shlex.quote(f'origin/{history.default_branch}')}"
    )
