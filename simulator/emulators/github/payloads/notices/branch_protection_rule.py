"""Event `branch_protection_rule`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#branch_protection_rule"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.state.protections import Protection, Reviews
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import stamp_seconds

_COMPARED = (
    "admin_enforced",
    "allow_deletions_enforcement_level",
    "allow_force_pushes_enforcement_level",
    "authorized_actors_only",
    "authorized_actor_names",
    "dismiss_stale_reviews_on_push",
    "pull_request_reviews_enforcement_level",
    "require_code_owner_review",
    "required_approving_review_count",
    "required_conversation_resolution_level",
    "required_status_checks",
    "required_status_checks_enforcement_level",
)


def subject(work: Work, notice: Notice, urls: Urls) -> dict[str, Any]:  # noqa: ARG001 - a rule has no address
    """The rule, and what it was before as far as it changed."""
    rule = _rule(work, notice.detail["protection"])
    previous: Protection | None = notice.detail.get("previous")
    if previous is None:
        return {"rule": rule}
    before = _rule(work, previous)
    changed = {name: {"from": before[name]} for name in _COMPARED if before[name] != rule[name]}
    return {"rule": rule, "changes": changed}


def _rule(work: Work, protection: Protection) -> dict[str, Any]:
    reviews = protection.reviews or Reviews(approvals=0)
    names = protection.pushers.users if protection.pushers else ()

    def level(wanted: object) -> str:
        if not wanted:
            return "off"
        return "everyone" if protection.enforce_admins else "non_admins"

    return {
        "id": protection.id or 0,
        "repository_id": work.repository.id,
        "name": protection.branch,
        "created_at": stamp_seconds(protection.created_at or work.repository.created_at),
        "updated_at": stamp_seconds(protection.updated_at or work.repository.created_at),
        "pull_request_reviews_enforcement_level": level(protection.reviews),
        "required_approving_review_count": reviews.approvals,
        "dismiss_stale_reviews_on_push": reviews.dismiss_stale,
        "require_code_owner_review": reviews.code_owners,
        "authorized_dismissal_actors_only": reviews.dismissers is not None,
        "ignore_approvals_from_contributors": False,
        "require_last_push_approval": reviews.last_push_approval,
        "required_status_checks": list(protection.checks or ()),
        "required_status_checks_enforcement_level": level(protection.checks),
        "strict_required_status_checks_policy": protection.strict,
        "signature_requirement_enforcement_level": level(protection.signatures),
        "linear_history_requirement_enforcement_level": level(protection.linear_history),
        "admin_enforced": protection.enforce_admins,
        "create_protected": protection.block_creations,
        "allow_force_pushes_enforcement_level": "everyone" if protection.allow_force_pushes else "off",
        "allow_deletions_enforcement_level": "everyone" if protection.allow_deletions else "off",
        "merge_queue_enforcement_level": "off",
        "required_deployments_enforcement_level": "off",
        "required_conversation_resolution_level": level(protection.conversation_resolution),
        "authorized_actors_only": protection.pushers is not None,
        "authorized_actor_names": list(names),
    }
