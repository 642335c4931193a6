"""Code owners: who owns what a pull request changes, by the CODEOWNERS file of its base.

Only owners with write access count, as on GitHub: an owner who is unknown or may not write is as good as none.
Source: https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import pygit2

from simulator.emulators.github import code_owner_file
from simulator.emulators.github.code_owner_file import Fault, Line, Owner
from simulator.emulators.github.state import changes
from simulator.emulators.github.state.permissions import allows, permission_of
from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.review_requests import request_reviews
from simulator.emulators.github.state.reviews import reviewers_of
from simulator.emulators.github.state.team_members import member_ids
from simulator.emulators.github.state.team_repositories import team_permission
from simulator.emulators.github.state.team_review_requests import request_team_reviews
from simulator.emulators.github.state.teams import Team, find_team
from simulator.emulators.github.state.users import by_emails
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.gitserver import history
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
"""Where the file is looked for, the first that is there counts."""

_LARGEST = 3 * 1024 * 1024
"""Bytes of a file that is still read. Source: the page above, "CODEOWNERS file size"."""


@dataclass(frozen=True, slots=True)
class OwnersFile:
    """The file of a commit: where it lies and what it says."""

    path: str
    lines: Sequence[Line]

    def owners_of(self, path: str) -> tuple[Owner, ...]:
        """Whom it names for a path."""
        return code_owner_file.owners_of(self.lines, path)


def file_of(git: pygit2.Repository, sha: str) -> OwnersFile | None:
    """The CODEOWNERS file of a commit, None without one."""
    tree = history.commit(git, sha).tree
    for path in PLACES:
        entry = tree[path] if path.partition("/")[0] in tree and path in tree else None
        if isinstance(entry, pygit2.Blob):
            text = entry.data.decode("utf-8", "replace") if entry.size <= _LARGEST else ""
            return OwnersFile(path, code_owner_file.parsed(text))
    return None


def owners_of_pull(place: Place, pull: Pull, *, base: str | None = None) -> list[list[Owner]]:
    """For each set of changed files with owners of their own those owners, as the file of the base names them.

    `base`, where it is known already, saves looking for it.
    """
    file = file_of(changes.git(place), base or changes.base_of(place, pull))
    if file is None:
        return []
    changed = changes.files_of(place, pull, patches=False)
    paths = {path for each in changed for path in (each.path, each.previous_path) if path}
    found = {tuple(each.name for each in owners): owners for path in sorted(paths) if (owners := file.owners_of(path))}
    return [list(owners) for owners in found.values()]


def waiting_for(place: Place, pull: Pull, approvers: Collection[int]) -> list[str]:
    """Owners of whom none has approved yet, as logins and `organization/team`; empty when an owner approved each change."""
    waiting: dict[str, None] = {}
    for owners in owners_of_pull(place, pull):
        known = [person for owner in owners if (person := known_owner(place, owner))]
        if known and not any(_members(place, each) & set(approvers) for each in known):
            waiting |= {_name(place, each): None for each in known}
    return list(waiting)


def request_owners(work: Work, pull: Pull, *, base: str | None = None) -> bool:
    """Ask the owners of what a pull request changes for a review, but not its author nor who has given one already.

    Says whether there are any owners.
    """
    found = {owner.name.lower(): owner for owners in owners_of_pull(work, pull, base=base) for owner in owners}
    known = [each for owner in found.values() if (each := known_owner(work, owner))]
    if not known:
        return False
    done = {pull.issue.author_id, *reviewers_of(work, pull.id)}
    request_reviews(work, pull.id, [each for each in known if isinstance(each, Account) and each.id not in done])
    request_team_reviews(work, pull.id, [each for each in known if isinstance(each, Team)])
    return True


def known_owner(place: Place, owner: Owner) -> Account | Team | None:
    """The person or team that an owner's name means, None unless it exists and may write."""
    if not owner.is_well_formed:
        return None
    if not owner.name.startswith("@"):
        return _writer(place, by_emails(place.connection, place.site, [owner.name]).get(owner.name.lower()))
    login, _, slug = owner.name[1:].partition("/")
    if not slug:
        return _writer(place, accounts.by_login(place.connection, place.site, login))
    organization = place.repository.owner
    if organization.kind != "organization" or login.lower() != organization.login.lower():
        return None
    team = find_team(place.connection, organization, slug)
    granted = team_permission(place.connection, team, place.repository) if team else None
    return team if granted and allows(granted, "push") and team and team.privacy == "closed" else None


def faults_of(place: Place, file: OwnersFile) -> Iterator[Fault]:
    """What is wrong with a file, line by line: its form, and owners who don't exist or may not write."""
    formal = list(code_owner_file.faults(file.lines))
    unknown = [
        Fault(line.number, owner.column, line.source, "Unknown owner", _hint(owner))
        for line in file.lines
        for owner in line.owners
        if owner.is_well_formed and known_owner(place, owner) is None
    ]
    yield from sorted([*formal, *unknown], key=lambda fault: (fault.line, fault.column))


def _writer(place: Place, account: Account | None) -> Account | None:
    may_write = account is not None and allows(permission_of(place.connection, place.repository, account), "push")
    return account if may_write else None


def _members(place: Place, owner: Account | Team) -> set[int]:
    return {owner.id} if isinstance(owner, Account) else member_ids(place.connection, owner)


def _name(place: Place, owner: Account | Team) -> str:
    return owner.login if isinstance(owner, Account) else f"{place.repository.owner.login}/{owner.slug}"


def _hint(owner: Owner) -> str:
    kind = "team" if "/" in owner.name else "user"
    return f"make sure the {kind} {owner.name} exists and has write access to the repository"
