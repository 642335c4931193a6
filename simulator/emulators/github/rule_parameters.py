"""The parameters that each type of rule takes: names, types, bounds, defaults. Others than these are refused.

Source: https://docs.github.com/en/rest/repos/rules#create-a-repository-ruleset, body parameter `rules`
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.emulators.github.errors import FieldError, ValidationFailed

_REFS = ("branch", "tag")
_BRANCH = ("branch",)
_PUSH = ("push",)

TARGETS_OF_RULES: Mapping[str, Sequence[str]] = {
    "creation": _REFS,
    "update": _REFS,
    "deletion": _REFS,
    "required_linear_history": _BRANCH,
    "merge_queue": _BRANCH,
    "required_deployments": _REFS,
    "required_signatures": _REFS,
    "pull_request": _BRANCH,
    "required_status_checks": _REFS,
    "non_fast_forward": _REFS,
    "commit_message_pattern": _REFS,
    "commit_author_email_pattern": _REFS,
    "committer_email_pattern": _REFS,
    "branch_name_pattern": _BRANCH,
    "tag_name_pattern": ("tag",),
    "workflows": _BRANCH,
    "code_scanning": _BRANCH,
    "copilot_code_review": _BRANCH,
    "file_path_restriction": _PUSH,
    "max_file_path_length": _PUSH,
    "file_extension_restriction": _PUSH,
    "max_file_size": _PUSH,
}
"""Which targets of rulesets a type of rule is for."""

REPEATABLE = frozenset(
    {
        "commit_message_pattern",
        "commit_author_email_pattern",
        "committer_email_pattern",
        "branch_name_pattern",
        "tag_name_pattern",
    }
)
"""Types that one ruleset may have several of."""

_REQUIRED = object()


@dataclass(frozen=True, slots=True)
class _Parameter:
    """One parameter: `kind` is a type, or the words that are allowed; `default` is put in when it is not given."""

    kind: type | tuple[str, ...]
    default: Any = _REQUIRED  # Any: whatever JSON value
    least: int = 0
    most: int = 10**6
    of: type | tuple[str, ...] | Mapping[str, _Parameter] = str  # what a list holds, what an object has


_PATTERN = {
    "operator": _Parameter(("starts_with", "ends_with", "contains", "regex")),
    "pattern": _Parameter(str, most=4_000),
    "name": _Parameter(str, None, most=255),
    "negate": _Parameter(bool, False),
}
_ACTOR = {
    "id": _Parameter(int, most=2**31),
    "type": _Parameter(("User", "Team", "IntegrationInstallation", "RepositoryRole")),
}
_REVIEWERS = {
    "file_patterns": _Parameter(list, least=1),
    "minimum_approvals": _Parameter(int, most=10),
    "reviewer": _Parameter(dict, of={"id": _Parameter(int, most=2**31), "type": _Parameter(("Team",))}),
}
_QUEUE_SIZES = {
    "max_entries_to_build": _Parameter(int, most=100),
    "max_entries_to_merge": _Parameter(int, most=100),
    "min_entries_to_merge": _Parameter(int, most=100),
    "min_entries_to_merge_wait_minutes": _Parameter(int, most=360),
}
_RULES: Mapping[str, Mapping[str, _Parameter]] = {
    **dict.fromkeys(REPEATABLE, _PATTERN),
    "update": {"update_allows_fetch_and_merge": _Parameter(bool, False)},
    "merge_queue": {
        "check_response_timeout_minutes": _Parameter(int, least=1, most=360),
        "grouping_strategy": _Parameter(("ALLGREEN", "HEADGREEN")),
        "merge_method": _Parameter(("MERGE", "SQUASH", "REBASE")),
        **_QUEUE_SIZES,
    },
    "required_deployments": {"required_deployment_environments": _Parameter(list)},
    "pull_request": {
        "required_approving_review_count": _Parameter(int, most=10),
        "dismiss_stale_reviews_on_push": _Parameter(bool),
        "require_code_owner_review": _Parameter(bool),
        "require_last_push_approval": _Parameter(bool),
        "required_review_thread_resolution": _Parameter(bool),
        "dismissal_restriction": _Parameter(
            dict, None, of={"enabled": _Parameter(bool), "allowed_actors": _Parameter(list, [], of=_ACTOR)}
        ),
        "required_reviewers": _Parameter(list, None, of=_REVIEWERS),
        "allowed_merge_methods": _Parameter(
            list, ["merge", "squash", "rebase"], least=1, of=("merge", "squash", "rebase")
        ),
    },
    "required_status_checks": {
        "strict_required_status_checks_policy": _Parameter(bool),
        "do_not_enforce_on_create": _Parameter(bool, False),
        "required_status_checks": _Parameter(
            list, of={"context": _Parameter(str, most=255), "integration_id": _Parameter(int, None, most=2**31)}
        ),
    },
    "workflows": {
        "do_not_enforce_on_create": _Parameter(bool, False),
        "workflows": _Parameter(
            list,
            of={
                "path": _Parameter(str, most=255),
                "repository_id": _Parameter(int, most=2**31),
                "ref": _Parameter(str, None, most=255),
                "sha": _Parameter(str, None, most=40),
            },
        ),
    },
    "code_scanning": {
        "code_scanning_tools": _Parameter(
            list,
            of={
                "tool": _Parameter(str, most=255),
                "alerts_threshold": _Parameter(("none", "errors", "errors_and_warnings", "all")),
                "security_alerts_threshold": _Parameter(
                    ("none", "critical", "high_or_higher", "medium_or_higher", "all")
                ),
            },
        )
    },
    "copilot_code_review": {
        "review_draft_pull_requests": _Parameter(bool, False),
        "review_on_push": _Parameter(bool, False),
    },
    "file_path_restriction": {"restricted_file_paths": _Parameter(list, least=1)},
    "max_file_path_length": {"max_file_path_length": _Parameter(int, least=1, most=32_767)},
    "file_extension_restriction": {"restricted_file_extensions": _Parameter(list, least=1)},
    "max_file_size": {"max_file_size": _Parameter(int, least=1, most=100)},
}
_LONGEST_LIST = 200


def ruleset_fault(field: str, message: str) -> ValidationFailed:
    """The 422 about one field of a ruleset."""
    return ValidationFailed([FieldError(resource="RepositoryRuleset", field=field, code="custom", message=message)])


def read(kind: str, value: object) -> dict[str, Any]:
    """The parameters of a rule of a type with their defaults. Raises ValidationFailed."""
    if value is not None and not isinstance(value, dict):
        raise _wrong(kind, "parameters must be an object")
    return _object(kind, value or {}, _RULES.get(kind, {}))


def _object(kind: str, value: Mapping[str, Any], wanted: Mapping[str, _Parameter]) -> dict[str, Any]:
    unknown = next((name for name in value if name not in wanted), None)
    if unknown is not None:
        raise _wrong(kind, f"unknown parameter {str(unknown)[:80]}")
    read_ones = {name: _value(kind, name, value.get(name), parameter) for name, parameter in wanted.items()}
    return {name: each for name, each in read_ones.items() if each is not None}


def _value(kind: str, name: str, value: Any, parameter: _Parameter) -> Any:
    if value is None:
        if parameter.default is _REQUIRED:
            raise _wrong(kind, f"missing parameter {name}")
        return parameter.default
    if isinstance(parameter.kind, tuple):
        if value not in parameter.kind:
            raise _wrong(kind, f"{name} must be one of {', '.join(parameter.kind)}")
        return value
    if not isinstance(value, parameter.kind) or (parameter.kind is int and isinstance(value, bool)):
        raise _wrong(kind, f"{name} is of the wrong type")
    _check_size(kind, name, value, parameter)
    if isinstance(value, dict) and isinstance(parameter.of, Mapping):
        return _object(kind, value, parameter.of)
    return _items(kind, name, value, parameter.of) if isinstance(value, list) else value


def _check_size(kind: str, name: str, value: Any, parameter: _Parameter) -> None:
    size = value if isinstance(value, int) else len(value)
    most = _LONGEST_LIST if parameter.kind is list else parameter.most
    if not isinstance(value, bool) and not parameter.least <= size <= most:
        raise _wrong(kind, f"{name} must be between {parameter.least} and {most}")


def _items(kind: str, name: str, value: list[Any], of: type | tuple[str, ...] | Mapping[str, _Parameter]) -> list[Any]:
    if isinstance(of, Mapping):
        if not all(isinstance(each, dict) for each in value):
            raise _wrong(kind, f"{name} must hold objects")
        return [_object(kind, each, of) for each in value]
    words = of if isinstance(of, tuple) else None
    if not all(isinstance(each, str) and each and (words is None or each in words) for each in value):
        raise _wrong(kind, f"{name} holds what it must not")
    return value


def _wrong(kind: str, reason: str) -> ValidationFailed:
    return ruleset_fault("rules", f"Invalid rule '{kind}': {reason}")
