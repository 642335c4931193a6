"""The body of a request to protect a branch, read as strictly as GitHub reads it.

The four main keys must be there, null for what is not wanted.
Source: https://docs.github.com/en/rest/branches/branch-protection#update-branch-protection
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.emulators.github.errors import InvalidRequest, ValidationFailed
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.state.protections import Protection, Reviews

_REQUIRED = ("required_status_checks", "enforce_admins", "required_pull_request_reviews", "restrictions")
_MOST_APPROVALS = 6


def read_protection(branch: str, body: Mapping[str, Any], *, of_organization: bool) -> Protection:
    """The protection that a body asks for. Raises ValidationFailed or InvalidRequest."""
    absent = [name for name in _REQUIRED if name not in body]
    if absent:
        lines = "\n".join(f'"{name}" wasn\'t supplied.' for name in absent)
        raise InvalidRequest(f"Invalid request.\n\n{lines}")
    fields = Fields(body, "ProtectedBranch")
    checks, strict = _checks(_part(body, "required_status_checks"))
    restrictions = _part(body, "restrictions")
    if restrictions is not None and not of_organization:
        raise ValidationFailed(["Only organization repositories can have users and team restrictions"])
    return Protection(
        branch=branch,
        reviews=_reviews(_part(body, "required_pull_request_reviews"), of_organization=of_organization),
        checks=checks,
        strict=strict,
        enforce_admins=fields.flag("enforce_admins"),
        pushers=_logins(restrictions),
        linear_history=fields.flag("required_linear_history"),
        allow_force_pushes=fields.flag("allow_force_pushes"),
        allow_deletions=fields.flag("allow_deletions"),
        block_creations=fields.flag("block_creations"),
        conversation_resolution=fields.flag("required_conversation_resolution"),
        lock_branch=fields.flag("lock_branch"),
        allow_fork_syncing=fields.flag("allow_fork_syncing"),
    )


def _checks(part: Mapping[str, Any] | None) -> tuple[tuple[str, ...] | None, bool]:
    if part is None:
        return None, False
    fields = Fields(part, "ProtectedBranch")
    contexts = fields.names("contexts")
    checks = [Fields(check, "ProtectedBranch").required("context") for check in fields.objects("checks")]
    if contexts is None and "checks" not in part:
        raise InvalidRequest('Invalid request.\n\nNo subschema in "anyOf" matched: "contexts" wasn\'t supplied.')
    names = dict.fromkeys([*checks, *(contexts or [])])
    return tuple(names), fields.flag("strict")


def _reviews(part: Mapping[str, Any] | None, *, of_organization: bool) -> Reviews | None:
    if part is None:
        return None
    fields = Fields(part, "ProtectedBranch")
    approvals = fields.number("required_approving_review_count")
    if approvals is not None and not 0 <= approvals <= _MOST_APPROVALS:
        raise InvalidRequest(
            f"Invalid request.\n\nrequired_approving_review_count must be between 0 and {_MOST_APPROVALS}."
        )
    dismissal, bypass = _part(part, "dismissal_restrictions"), _part(part, "bypass_pull_request_allowances")
    if (dismissal or bypass) and not of_organization:
        raise ValidationFailed(["Only organization repositories can have users and team restrictions"])
    return Reviews(
        approvals=1 if approvals is None else approvals,
        dismiss_stale=fields.flag("dismiss_stale_reviews"),
        code_owners=fields.flag("require_code_owner_reviews"),
        last_push_approval=fields.flag("require_last_push_approval"),
        dismissers=_logins(dismissal or None),
        bypassers=_logins(bypass or None),
    )


def _logins(part: Mapping[str, Any] | None) -> tuple[str, ...] | None:
    return None if part is None else tuple(Fields(part, "ProtectedBranch").names("users") or ())


def _part(body: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    value = body.get(name)
    if value is None or isinstance(value, dict):
        return value
    raise InvalidRequest(f"Invalid request.\n\nFor 'properties/{name}', {str(value)[:80]!r} is not an object.")
