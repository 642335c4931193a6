"""Which scopes a token needs for which operation, in one table.

A token without them meets 404 for most things, as if they were not there, and 403 for a few. Tokens that have them still may
only do what their account may do. Who is not signed in needs no scopes.
Source: https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from simulator.emulators.github.errors import Forbidden, GitHubError, NotFound
from simulator.emulators.kit.scopes import with_included

_READS = ("GET", "HEAD")
_WRITES = ("POST", "PUT", "PATCH", "DELETE")
_OF_ORGANIZATION = "admin:org read:org repo user write:org"
_OWN_ORGANIZATIONS = "You need at least read:org scope or user scope to list your organizations."
_NO_DELETION = "Must have admin rights to Repository."


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What an operation asks of a token: any of the `accepted` scopes.

    Operations in a repository (`in_repository`) are judged when it is known whether it is public: `public_repo` is good for
    public ones only, and reading those takes nothing unless `always`.
    """

    accepted: frozenset[str] = frozenset()
    in_repository: bool = False
    always: bool = True
    refusal: str = ""

    @property
    def header(self) -> str:
        """The value of X-Accepted-OAuth-Scopes."""
        return ", ".join(sorted(self.accepted))

    def check(self, scopes: frozenset[str]) -> None:
        """Raise NotFound, or Forbidden, when a token with these scopes will not do."""
        if self.always and self.accepted and not self.accepted & with_included(scopes):
            raise self._error()

    def check_in(self, scopes: frozenset[str], *, private: bool) -> None:
        """The same for a repository."""
        if not self.in_repository:
            return
        held = with_included(scopes)
        if private and not held & ((self.accepted | {"repo"}) - {"public_repo"}):
            raise NotFound
        if self.always and not held & self.accepted:
            raise self._error()

    def _error(self) -> GitHubError:
        return Forbidden(self.refusal) if self.refusal else NotFound()


def _account(accepted: str, refusal: str = "") -> Need:
    return Need(accepted=frozenset(accepted.split()), refusal=refusal)


def _repository(accepted: str, *, always: bool = True, refusal: str = "") -> Need:
    return Need(accepted=frozenset(accepted.split()), in_repository=True, always=always, refusal=refusal)


_TABLE: tuple[tuple[tuple[str, ...], str, Need], ...] = (  # the first that fits counts; `*` is a part, `**` the rest
    (_READS, "/repos/*/*/hooks**", _repository("admin:repo_hook public_repo read:repo_hook repo write:repo_hook")),
    (("DELETE",), "/repos/*/*/hooks**", _repository("admin:repo_hook public_repo repo")),
    (_WRITES, "/repos/*/*/hooks**", _repository("admin:repo_hook public_repo repo write:repo_hook")),
    (("DELETE",), "/repos/*/*", _repository("delete_repo", refusal=_NO_DELETION)),
    (_READS, "/repos/*/*/commits/*/status**", _repository("repo repo:status", always=False)),
    (_WRITES, "/repos/*/*/statuses/*", _repository("public_repo repo repo:status")),
    (_READS, "/repos/**", _repository("repo", always=False)),
    (_WRITES, "/repos/**", _repository("public_repo repo")),
    (_READS, "/repositories/**", _repository("repo", always=False)),
    (_WRITES, "/repositories/**", _repository("public_repo repo")),
    (_WRITES, "/user", _account("user")),
    (_READS, "/user/emails", _account("user user:email")),
    (_READS, "/user/orgs", _account("admin:org read:org user write:org", _OWN_ORGANIZATIONS)),
    (_READS, "/user/memberships/**", _account("admin:org read:org user write:org")),
    (_READS, "/user/teams", _account(_OF_ORGANIZATION)),
    (_WRITES, "/user/repos", _account("public_repo repo")),
    (_READS + _WRITES, "/user/repository_invitations**", _account("repo repo:invite")),
    (_WRITES, "/user/starred/**", _account("public_repo repo")),
    (_READS + _WRITES, "/notifications**", _account("notifications repo")),
    (_READS + _WRITES, "/orgs/*/hooks**", _account("admin:org_hook")),
    (_WRITES, "/orgs/*/repos", _account("public_repo repo")),
    (_WRITES, "/orgs/*/public_members/*", _account("admin:org user write:org")),
    (_WRITES, "/orgs/*/members**", _account("admin:org write:org")),
    (_READS, "/orgs/*/memberships/*", _account(_OF_ORGANIZATION)),
    (_WRITES, "/orgs/*/teams/*/members**", _account("admin:org write:org")),
    (_WRITES, "/orgs/*/teams/*/repos/**", _account("admin:org repo")),
    (_WRITES, "/orgs/**", _account("admin:org")),
    (_READS, "/orgs/*/teams**", _account(_OF_ORGANIZATION)),
)
_TEAM_ADDRESS = re.compile(r"^(?:/organizations/\*/team/\*|/teams/\*)")  # other ways to /orgs/{org}/teams/{team_slug}
_PLACEHOLDER = re.compile(r"<[^>]*>")
_API = "/api/v3"
_NOTHING = Need()
_GRAPHQL = _repository("repo", always=False)


@lru_cache(maxsize=2048)
def need_of(method: str, rule: str) -> Need:
    """What an operation needs, by its method and its routing rule, such as `/api/v3/repos/<owner>/<name>`."""
    if rule == "/api/graphql":
        return _GRAPHQL
    if not rule.startswith(_API):
        return _NOTHING
    path = _TEAM_ADDRESS.sub("/orgs/*/teams/*", _PLACEHOLDER.sub("*", rule.removeprefix(_API)))
    for methods, pattern, need in _TABLE:
        if method in methods and _fits(pattern, path):
            return need
    return _NOTHING


def _fits(pattern: str, path: str) -> bool:
    expression = re.escape(pattern).replace(r"\*\*", "(?:.*)").replace(r"\*", "[^/]+")
    return re.fullmatch(expression, path) is not None
