"""What has to be met before a pull request may be merged: the sum of a branch's protection and of its rulesets. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from simulator.emulators.github.state.protections import Protection, Reviews
from simulator.emulators.github.state.rulesets import Ruleset

METHODS = frozenset({"merge", "squash", "rebase"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Demands:
    """Requirements of one branch. `reviews` None: none, and no pull request either. `methods` are the ways to merge.

    `reviewers` are teams that have to approve certain files, as the rule `pull_request` names them.
    """

    reviews: Reviews | None = None
    checks: tuple[str, ...] = ()
    strict: bool = False
    linear_history: bool = False
    conversation_resolution: bool = False
    signatures: bool = False
    locked: bool = False
    updates_restricted: bool = False
    methods: frozenset[str] = METHODS
    reviewers: tuple[Mapping[str, Any], ...] = ()

    @property
    def must_be_up_to_date(self) -> bool:
        """Whether heads must contain the base; without a required check the setting has no effect, as on GitHub."""
        return self.strict and bool(self.checks)


def of_protection(protection: Protection) -> Demands:
    """What a branch's classic protection asks for."""
    return Demands(
        reviews=protection.reviews,
        checks=protection.checks or (),
        strict=protection.strict,
        linear_history=protection.linear_history,
        conversation_resolution=protection.conversation_resolution,
        signatures=protection.signatures,
        locked=protection.lock_branch,
    )


def of_ruleset(ruleset: Ruleset) -> Demands:
    """What a ruleset asks for."""
    pull, checks = ruleset.rule("pull_request"), ruleset.rule("required_status_checks") or {}
    return Demands(
        reviews=None if pull is None else _reviews(pull),
        checks=tuple(dict.fromkeys(check["context"] for check in checks.get("required_status_checks", ()))),
        strict=bool(checks.get("strict_required_status_checks_policy")),
        linear_history=ruleset.rule("required_linear_history") is not None,
        conversation_resolution=bool(pull and pull.get("required_review_thread_resolution")),
        signatures=ruleset.rule("required_signatures") is not None,
        updates_restricted=ruleset.rule("update") is not None,
        methods=frozenset((pull or {}).get("allowed_merge_methods") or METHODS),
        reviewers=tuple((pull or {}).get("required_reviewers") or ()),
    )


def together(found: Iterable[Demands]) -> Demands:
    """All demands at once: the strictest of each."""
    return reduce(_both, found, Demands())


def _both(one: Demands, other: Demands) -> Demands:
    return Demands(
        reviews=_both_reviews(one.reviews, other.reviews),
        checks=tuple(dict.fromkeys((*one.checks, *other.checks))),
        strict=one.must_be_up_to_date or other.must_be_up_to_date,
        linear_history=one.linear_history or other.linear_history,
        conversation_resolution=one.conversation_resolution or other.conversation_resolution,
        signatures=one.signatures or other.signatures,
        locked=one.locked or other.locked,
        updates_restricted=one.updates_restricted or other.updates_restricted,
        methods=one.methods & other.methods,
        reviewers=(*one.reviewers, *other.reviewers),
    )


def _both_reviews(one: Reviews | None, other: Reviews | None) -> Reviews | None:
    if one is None or other is None:
        return one or other
    return Reviews(
        approvals=max(one.approvals, other.approvals),
        dismiss_stale=one.dismiss_stale or other.dismiss_stale,
        code_owners=one.code_owners or other.code_owners,
        last_push_approval=one.last_push_approval or other.last_push_approval,
    )


def _reviews(wanted: Mapping[str, Any]) -> Reviews:
    return Reviews(
        approvals=int(wanted.get("required_approving_review_count") or 0),
        dismiss_stale=bool(wanted.get("dismiss_stale_reviews_on_push")),
        code_owners=bool(wanted.get("require_code_owner_review")),
        last_push_approval=bool(wanted.get("require_last_push_approval")),
    )
