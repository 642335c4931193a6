"""Planting a seed in a site: people, repositories, projects."""

from __future__ import annotations

from simulator.emulators.github.seeding import plant_content
from simulator.emulators.github.state import invitations, repositories
from simulator.emulators.github.state.collaborators import grant
from simulator.emulators.github.state.new_repositories import create_repository
from simulator.emulators.github.state.permissions import canonical
from simulator.emulators.github.state.planting import join
from simulator.emulators.github.state.workflow_queue import play
from simulator.emulators.integration.automation import rules_of, set_rules
from simulator.emulators.jira.errors import JiraError
from simulator.emulators.jira.state.planting import has_project
from simulator.emulators.jira.state.projects import create_project
from simulator.emulators.jira.state.setup import set_up
from simulator.emulators.jira.state.workflows import plant_work
from simulator.emulators.kit import accounts, sites
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.rate_limits import keep_limit
from simulator.emulators.kit.seed import Seed, SeedError, SeedProject
from simulator.emulators.kit.seed_people import SeedOrganization
from simulator.emulators.kit.seed_repository import SeedRepository


def plant(connection: Connection, instance: Instance, site: str, seed: Seed) -> None:
    """Make the site, and in it whatever the seed has and the site has not. Planting twice changes nothing.

    Raises SeedError for what one of the services refuses.
    """
    now = instance.now()
    sites.keep_seed(connection, site, seed, now=now)
    sites.plant_people(connection, site, seed, now=now)
    for organization in seed.github.organizations:
        _plant_members(connection, site, seed, organization)
    for repository in seed.github.repositories:
        _plant_repository(connection, instance, site, seed, repository)
    if seed.github.rate_limit is not None:
        keep_limit(connection, site, seed.github.rate_limit)
    if seed.github.runner:
        play(connection, site, on=True)
    if seed.github.invitations:
        invitations.send(connection, site, on=True)
    set_up(connection, site)
    for project in seed.jira.projects:
        _plant_project(connection, instance, site, project)
    rules = seed.jira.automation.model_dump(exclude_none=True)
    if rules and not rules_of(connection, site):
        set_rules(connection, site, rules)


def _plant_members(connection: Connection, site: str, seed: Seed, organization: SeedOrganization) -> None:
    admins = {user.login.lower() for user in seed.users if user.admin}
    for login in organization.members:
        role = "admin" if login.lower() in admins else "member"
        join(connection, _account(connection, site, organization.login), _account(connection, site, login), role=role)


def _plant_repository(
    connection: Connection, instance: Instance, site: str, seed: Seed, wanted: SeedRepository
) -> None:
    repository = repositories.by_name(connection, site, wanted.owner, wanted.short_name)
    if repository is not None:
        return
    repository = create_repository(
        connection,
        instance,
        site=site,
        owner=_account(connection, site, wanted.owner),
        name=wanted.short_name,
        private=wanted.private,
        description=wanted.description,
        default_branch=wanted.default_branch,
        files=wanted.files,
    )
    for login, permission in wanted.collaborators.items():
        grant(connection, repository, _account(connection, site, login), canonical(permission) or "pull")
    of_person = repository.owner.kind == "user" or not seed.users
    author = repository.owner if of_person else _account(connection, site, seed.users[0].login)
    plant_content(connection, instance, repository, wanted, author=author)


def _plant_project(connection: Connection, instance: Instance, site: str, wanted: SeedProject) -> None:
    if has_project(connection, site, wanted.key):
        return
    try:
        _make_project(connection, instance, site, wanted)
    except JiraError as exc:
        raise SeedError([f"jira.projects {wanted.key}: {exc}"]) from exc


def _make_project(connection: Connection, instance: Instance, site: str, wanted: SeedProject) -> None:
    project_id = create_project(
        connection,
        site=site,
        key=wanted.key,
        name=wanted.name,
        template=wanted.template,
        lead=_account(connection, site, wanted.lead),
        now=instance.now(),
        style="next-gen" if wanted.style == "team-managed" else "classic",
    )
    plant_work(connection, site, project_id, wanted)


def _account(connection: Connection, site: str, login: str) -> Account:
    found = accounts.by_login(connection, site, login)
    if found is None:
        raise LookupError(login)
    return found
