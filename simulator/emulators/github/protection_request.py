"""The body of a request to protect a branch, read as strictly as GitHub reads it.

The four main keys must be there, null for what is not wanted.
Source: https://docs.github.com/en/rest/branches/branch-protection#update-branch-protection
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from simulator.emulators.github.errors import InvalidRequest, ValidationFailed
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.state.actors import Actors
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
        pushers=_actors(restrictions),
        linear_history=fields.flag("required_linear_history"),
        allow_force_pushes=fields.flag("allow_force_pushes"),
        allow_deletions=fields.flag("allow_deletions"),
        block_creations=fields.flag("block_creations"),
        conversation_resolution=fields.flag("required_conversation_resolution"),
        lock_branch=fields.flag("lock_branch"),
        allow_fork_syncing=fields.flag("allow_fork_syncing"),
    )


def read_checks(body: Mapping[str, Any], protection: Protection) -> Protection:
    """A protection with what a body changes about its checks."""
    fields = Fields(body, "ProtectedBranch")
    given = [Fields(check, "ProtectedBranch").required("context") for check in fields.objects("checks")]
    given += fields.names("contexts") or []
    names = protection.checks if "checks" not in body and "contexts" not in body else tuple(dict.fromkeys(given))
    return replace(protection, checks=names, strict=fields.flag("strict", default=protection.strict))


def read_reviews(body: Mapping[str, Any], protection: Protection, *, of_organization: bool) -> Protection:
    """A protection with what a body changes about its reviews; what the body does not name stays."""
    present, wanted = protection.reviews or Reviews(), _reviews(body, of_organization=of_organization)
    assert wanted is not None
    named = {
        "required_approving_review_count": "approvals",
        "dismiss_stale_reviews": "dismiss_stale",
        "require_code_owner_reviews": "code_owners",
        "require_last_push_approval": "last_push_approval",
        "dismissal_restrictions": "dismissers",
        "bypass_pull_request_allowances": "bypassers",
    }
    changed = {field: getattr(wanted, field) for name, field in named.items() if name in body}
    return replace(protection, reviews=replace(present, **changed))


def names_in(body: object, key: str) -> tuple[str, ...]:
    """The names of a body that is a list of them, or an object with the list under a key."""
    names = body.get(key) if isinstance(body, dict) else body
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise InvalidRequest(f"Invalid request.\n\nFor 'anyOf/0', {str(names)[:80]!r} is not an array of strings.")
    return tuple(dict.fromkeys(names))


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
        dismissers=_actors(dismissal or None),
        bypassers=_actors(bypass or None),
    )


def _actors(part: Mapping[str, Any] | None) -> Actors | None:
    if part is None:
        return None
    fields = Fields(part, "ProtectedBranch")
    return Actors(users=tuple(fields.names("users") or ()), teams=tuple(fields.names("teams") or ()))


def _part(body: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    value = body.get(name)
    if value is None or isinstance(value, dict):
        return value
    raise InvalidRequest(f"Invalid request.\n\nFor 'properties/{name}', {str(value)[:80]!r} is not an object.")
