"""Rulesets: rules for all refs whose names match, beside the classic protection of single branches.

`rules` and `bypass_actors` are kept as GitHub writes them (`ruleset_request.py` has checked them).
Source: https://docs.github.com/en/rest/repos/rules
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from simulator.emulators.github.state import ref_patterns
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.github.tables import rulesets
from simulator.emulators.kit.database import next_value
from simulator.emulators.kit.prepared import Prepared

ACTIVE = "active"
DEFAULT_BRANCH = "~DEFAULT_BRANCH"
ALL = "~ALL"
_PREFIXES = {"branch": "refs/heads/", "tag": "refs/tags/"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruleset:
    """A row of gh_rulesets. `target` is branch, tag or push; `enforcement` disabled, active or evaluate."""

    id: int
    repository_id: int
    name: str
    target: str
    enforcement: str
    bypass_actors: Sequence[Mapping[str, Any]]
    conditions: Mapping[str, Any]
    rules: Sequence[Mapping[str, Any]]
    created_at: datetime
    updated_at: datetime

    def rule(self, kind: str) -> Mapping[str, Any] | None:
        """The parameters of its rule of a type (empty for one that has none), None without such a rule."""
        return next(iter(self.rules_of(kind)), None)

    def rules_of(self, kind: str) -> list[Mapping[str, Any]]:
        """The parameters of each of its rules of a type: there may be several patterns for one thing."""
        return [rule.get("parameters") or {} for rule in self.rules if rule["type"] == kind]

    def covers(self, ref: str, *, default_branch: str) -> bool:
        """Whether its conditions name a full ref name, be it there or not."""
        if self.target == "push":
            return True
        if not ref.startswith(_PREFIXES[self.target]):
            return False
        names = self.conditions.get("ref_name") or {}
        patterns = {each: _expanded(names.get(each) or [], default_branch) for each in ("include", "exclude")}
        included = ALL in patterns["include"] or ref_patterns.matches_any(ref, patterns["include"])
        return included and not ref_patterns.matches_any(ref, patterns["exclude"])


_COLUMNS = [rulesets.c[name] for name in Ruleset.__slots__]
_IN_FORCE = Prepared(
    select(*_COLUMNS)
    .where(
        rulesets.c.site == bindparam("site"),
        rulesets.c.repository_id == bindparam("repository"),
        rulesets.c.enforcement == ACTIVE,
    )
    .order_by(rulesets.c.id)
)


class RulesetNameTaken(Exception):
    """The repository has a ruleset of that name."""


def list_rulesets(place: Place, *, targets: Sequence[str] = (), offset: int, limit: int) -> tuple[list[Ruleset], int]:
    """A page of the repository's rulesets in the order they were made, and how many there are; all targets or some."""
    conditions = [rulesets.c.site == place.site, rulesets.c.repository_id == place.repository.id]
    if targets:
        conditions.append(rulesets.c.target.in_(targets))
    total = place.connection.execute(select(func.count()).select_from(rulesets).where(*conditions)).scalar_one()
    query = select(*_COLUMNS).where(*conditions).order_by(rulesets.c.id).offset(offset).limit(limit)
    return [Ruleset(**row) for row in place.connection.execute(query).mappings()], total


def find_ruleset(place: Place, ruleset_id: int) -> Ruleset | None:
    """A ruleset of the repository by its id."""
    query = select(*_COLUMNS).where(
        rulesets.c.site == place.site, rulesets.c.repository_id == place.repository.id, rulesets.c.id == ruleset_id
    )
    row = place.connection.execute(query).mappings().first()
    return Ruleset(**row) if row else None


def in_force(connection: Connection, repository: Repository) -> list[Ruleset]:
    """The active rulesets of a repository, oldest first."""
    rows = _IN_FORCE.all(connection, site=repository.site, repository=repository.id)
    return [Ruleset(**dict(zip(Ruleset.__slots__, row, strict=True))) for row in rows]


def create_ruleset(work: Work, values: Mapping[str, Any]) -> Ruleset:
    """A new ruleset. Raises RulesetNameTaken."""
    _check_name(work, values["name"], besides=None)
    ruleset = Ruleset(
        id=next_value(work.connection, work.site, "gh_rulesets"),
        repository_id=work.repository.id,
        created_at=work.at,
        updated_at=work.at,
        **values,
    )
    row = {"site": work.site} | {name: getattr(ruleset, name) for name in Ruleset.__slots__}
    work.connection.execute(insert(rulesets), row)
    work.tell("repository_ruleset", "created", ruleset=ruleset)
    return ruleset


def change_ruleset(work: Work, ruleset: Ruleset, values: Mapping[str, Any]) -> Ruleset:
    """Change some of a ruleset's values. Raises RulesetNameTaken."""
    if "name" in values:
        _check_name(work, values["name"], besides=ruleset.id)
    query = update(rulesets).where(rulesets.c.site == work.site, rulesets.c.id == ruleset.id)
    work.connection.execute(query.values(**values, updated_at=work.at))
    changed = find_ruleset(work, ruleset.id)
    assert changed is not None
    work.tell("repository_ruleset", "edited", ruleset=changed, before=ruleset)
    return changed


def delete_ruleset(work: Work, ruleset: Ruleset) -> None:
    """Delete a ruleset."""
    work.connection.execute(delete(rulesets).where(rulesets.c.site == work.site, rulesets.c.id == ruleset.id))
    work.tell("repository_ruleset", "deleted", ruleset=ruleset)


def _check_name(work: Work, name: str, *, besides: int | None) -> None:
    query = select(rulesets.c.id).where(
        rulesets.c.site == work.site, rulesets.c.repository_id == work.repository.id, rulesets.c.name == name
    )
    taken = work.connection.execute(query).scalar_one_or_none()
    if taken is not None and taken != besides:
        raise RulesetNameTaken(name)


def _expanded(patterns: Sequence[str], default_branch: str) -> list[str]:
    return [f"refs/heads/{default_branch}" if each == DEFAULT_BRANCH else each for each in patterns]
