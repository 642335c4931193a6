"""Access to a repository that is given to somebody, directly or by an accepted invitation, or taken away; what others hear of it.

Source: https://docs.github.com/en/rest/collaborators/collaborators#remove-a-repository-collaborator
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from simulator.emulators.github.announce import announce, announce_now
from simulator.emulators.github.state import assignees, collaborators, invitations, watching
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.work import Work
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.instance import Instance


def give(
    connection: Connection,
    instance: Instance,
    repository: Repository,
    account: Account,
    permission: str,
    *,
    actor: Account,
) -> None:
    """Let somebody work in a repository, or change what they may do there; `actor` is who wanted it, not who accepted."""
    before = collaborators.granted_to(connection, repository, account)
    collaborators.grant(connection, repository, account, permission)
    if before is None:
        told = {"permission": permission}
    elif before != permission:
        told = {"before": before}
    else:
        return
    action = "added" if before is None else "edited"
    announce_now(connection, instance, repository, actor, "member", action, member=account, **told)


def take_away(work: Work, account: Account) -> None:
    """Let somebody work here no longer, nor be waited for; whoever has no other access is unassigned and stars no more."""
    had = collaborators.granted_to(work.connection, work.repository, account)
    collaborators.revoke(work.connection, work.repository, account)
    invitations.withdraw(work.connection, work.repository, account)
    if had is None:
        return
    work.tell("member", "removed", member=account)
    if collaborators.has_access(work.connection, work.repository, account):
        return
    for issue_id, is_pull in assignees.assigned_to(work, account):
        assignees.unassign(work, issue_id, [account], is_pull=is_pull)
    theirs = replace(work, actor=account, notices=[])
    watching.end(theirs, watching.STAR)
    announce(theirs)
