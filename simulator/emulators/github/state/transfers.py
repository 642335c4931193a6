"""A repository in other hands: it keeps everything, and its old address leads to the new one.

Source: https://docs.github.com/en/repositories/creating-and-managing-repositories/transferring-a-repository
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, update

from simulator.emulators.github.announce import announce_now
from simulator.emulators.github.state import repositories
from simulator.emulators.github.state.collaborators import grant
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.tables import collaborators, pulls, team_repositories
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.instance import Instance


def hand_over(
    connection: Connection, instance: Instance, repository: Repository, receiver: Account, name: str, actor: Account
) -> Repository:
    """Give a repository to another owner; a person who gives it away stays as a collaborator. Raises NameTaken."""
    moved = repositories.move(connection, repository, receiver, name, at=instance.now())
    if receiver.id == repository.owner_id:
        return moved
    of_it = (collaborators.c.site == moved.site) & (collaborators.c.repository_id == moved.id)
    connection.execute(delete(collaborators).where(of_it & (collaborators.c.account_id == receiver.id)))
    if repository.owner.kind == "user":
        grant(connection, moved, repository.owner, "push")
    teams = (team_repositories.c.site == moved.site) & (team_repositories.c.repository_id == moved.id)
    connection.execute(delete(team_repositories).where(teams))
    heads = (pulls.c.site == moved.site) & (pulls.c.head_repository_id == moved.id)
    connection.execute(update(pulls).where(heads).values(head_owner_id=receiver.id))
    former = {"organization" if repository.owner.kind == "organization" else "user": repository.owner}
    announce_now(connection, instance, moved, actor, "repository", "transferred", former_owner=former)
    return moved
