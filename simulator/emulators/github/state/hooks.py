"""Webhooks of repositories and organizations: keeping them, and who listens to what. `deliveries.py` sends.

Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, delete, insert, null, select, update

from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.tables import hooks, organization_hooks
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.database import next_value
from simulator.emulators.kit.prepared import Prepared

Owner = Repository | Account
"""Whose hooks: a repository's, or an organization's."""

MOST = 20
"""Hooks of one owner that hear the same event."""

_IN_REPOSITORIES = """
branch_protection_configuration branch_protection_rule check_run check_suite code_scanning_alert commit_comment create
custom_property_values delete dependabot_alert deploy_key deployment deployment_protection_rule deployment_review
deployment_status discussion discussion_comment fork gollum issue_comment issue_dependencies issues label member
merge_group meta milestone package page_build ping project project_card project_column public pull_request
pull_request_review pull_request_review_comment pull_request_review_thread push registry_package release repository
repository_advisory repository_dispatch repository_import repository_ruleset repository_vulnerability_alert
secret_scanning_alert secret_scanning_alert_location secret_scanning_scan security_and_analysis star status sub_issues
team_add watch workflow_dispatch workflow_job workflow_run
"""
_IN_ORGANIZATIONS = """
custom_property membership org_block organization personal_access_token_request projects_v2 projects_v2_item
projects_v2_status_update team
"""

REPOSITORY_EVENTS = frozenset(_IN_REPOSITORIES.split())
"""What a hook of a repository may ask for, whether it happens here or not."""

ORGANIZATION_EVENTS = REPOSITORY_EVENTS | frozenset(_IN_ORGANIZATIONS.split())
"""What a hook of an organization may ask for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """A webhook of a repository or of an organization. `events` may hold `*`; `content_type` is json or form."""

    id: int
    events: tuple[str, ...]
    url: str
    content_type: str
    secret: str | None
    insecure_ssl: bool
    active: bool
    created_at: datetime
    updated_at: datetime
    repository_id: int | None = None
    organization_id: int | None = None

    def hears(self, event: str) -> bool:
        """Whether the hook is told of an event."""
        return self.active and (event in self.events or "*" in self.events)


_OWN = [name for name in Hook.__slots__ if name not in ("repository_id", "organization_id")]


def list_hooks(connection: Connection, owner: Owner) -> list[Hook]:
    """All hooks of a repository or an organization, in the order of their making."""
    table = _table(owner)
    query = select(*_columns(table)).where(_belongs(owner)).order_by(table.c.id)
    return [_hook(row) for row in connection.execute(query).mappings()]


def find_hook(connection: Connection, owner: Owner, hook_id: int) -> Hook | None:
    """A hook of the owner by its number."""
    row = connection.execute(select(*_columns(_table(owner))).where(_is(owner, hook_id))).mappings().first()
    return _hook(row) if row else None


def listening_to(connection: Connection, repository: Repository) -> list[Hook]:
    """The active hooks that may hear of what happens in a repository: its own and its organization's."""
    theirs = []
    own = _LISTENING.all(connection, site=repository.site, owner=repository.id)
    if repository.owner.kind == "organization":
        theirs = _LISTENING_TO_ORGANIZATION.all(connection, site=repository.site, owner=repository.owner_id)
    found = [_hook(dict(zip(_NAMES, row, strict=True))) for row in (*own, *theirs)]
    return sorted(found, key=lambda hook: hook.id)


def create_hook(connection: Connection, owner: Owner, hook: Hook) -> Hook:
    """Keep a new hook; gives it with its number, which repositories' and organizations' hooks share."""
    number = next_value(connection, owner.site, "gh_hooks")
    made = replace(
        hook,
        id=number,
        repository_id=owner.id if isinstance(owner, Repository) else None,
        organization_id=None if isinstance(owner, Repository) else owner.id,
    )
    connection.execute(insert(_table(owner)), {"site": owner.site, _owner_key(owner): owner.id, **_values(made)})
    return made


def change_hook(connection: Connection, owner: Owner, hook: Hook) -> None:
    """Keep the new values of a hook."""
    connection.execute(update(_table(owner)).where(_is(owner, hook.id)).values(**_values(hook)))


def delete_hook(connection: Connection, owner: Owner, hook: Hook) -> None:
    """Forget a hook. What it was sent goes with `deliveries.forget`."""
    connection.execute(delete(_table(owner)).where(_is(owner, hook.id)))


def _columns(table: Table) -> list[ColumnElement[Any]]:
    own: list[ColumnElement[Any]] = [table.c[name] for name in _OWN]
    if table is hooks:
        return [*own, table.c.repository_id, null().label("organization_id")]
    return [*own, null().label("repository_id"), table.c.organization_id]


def _heard(table: Table, owner: ColumnElement[Any]) -> Prepared:
    query = select(*_columns(table)).where(table.c.site == bindparam("site"), owner == bindparam("owner"))
    return Prepared(query.where(table.c.active))


_NAMES = (*_OWN, "repository_id", "organization_id")
_LISTENING = _heard(hooks, hooks.c.repository_id)
_LISTENING_TO_ORGANIZATION = _heard(organization_hooks, organization_hooks.c.organization_id)


def _table(owner: Owner) -> Table:
    return hooks if isinstance(owner, Repository) else organization_hooks


def _owner_key(owner: Owner) -> str:
    return "repository_id" if isinstance(owner, Repository) else "organization_id"


def _belongs(owner: Owner) -> ColumnElement[bool]:
    table = _table(owner)
    return and_(table.c.site == owner.site, table.c[_owner_key(owner)] == owner.id)


def _is(owner: Owner, hook_id: int) -> ColumnElement[bool]:
    return and_(_belongs(owner), _table(owner).c.id == hook_id)


def _values(hook: Hook) -> dict[str, Any]:
    return {**{name: getattr(hook, name) for name in _OWN}, "events": list(hook.events)}


def _hook(row: Mapping[Any, Any]) -> Hook:
    return Hook(**{**row, "events": tuple(row["events"])})
