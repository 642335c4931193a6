"""Sites: separate worlds in one database. Making one, planting its people, taking it away with every row it has."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from simulator.emulators.kit import accounts
from simulator.emulators.kit.seed import Seed, seed_of
from simulator.emulators.kit.seed_people import SeedUser
from simulator.emulators.kit.tables import HIDDEN, metadata, sites

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


class BadSiteKey(ValueError):
    """A site key is 1 to 80 lower-case letters, digits and hyphens, and does not begin with a hyphen."""


def check_key(site: str) -> str:
    """The key itself. Raises BadSiteKey."""
    if not _KEY.fullmatch(site):
        raise BadSiteKey(f"no site key: {site[:100]!r}")
    return site


def exists(connection: Connection, site: str) -> bool:
    """Whether there is such a site, one that an address can reach."""
    if not _KEY.fullmatch(site):
        return False
    return connection.execute(select(sites.c.site).where(sites.c.site == site)).first() is not None


def list_sites(connection: Connection) -> list[tuple[str, datetime]]:
    """The sites that addresses reach with the instants of their making, in the order of their keys."""
    query = select(sites.c.site, sites.c.created_at).where(sites.c.site.not_like(f"{HIDDEN}%")).order_by(sites.c.site)
    return [(row.site, row.created_at) for row in connection.execute(query)]


def keep_seed(connection: Connection, site: str, seed: Seed, *, now: datetime) -> None:
    """Make the site if it is new, and note the seed that a reset goes back to.

    Holds the site's row until the end of the transaction, so that two processes plant one after the other.
    """
    row = {"site": check_key(site), "created_at": now, "seed": seed.without_tokens()}
    held = connection.execute(select(sites.c.site).where(sites.c.site == site).with_for_update()).first()
    if held is None:
        connection.execute(insert(sites), row)
    else:
        connection.execute(update(sites).where(sites.c.site == site).values(seed=row["seed"]))


def kept_seed(connection: Connection, site: str) -> Seed:
    """The seed that the site was made from, with digests in place of tokens. Raises LookupError for an unknown site."""
    found = connection.execute(select(sites.c.seed).where(sites.c.site == site)).scalar()
    if found is None:
        raise LookupError(site)
    return seed_of(found)


def plant_people(connection: Connection, site: str, seed: Seed, *, now: datetime) -> None:
    """The seed's users, tokens and organizations, as far as they are not there yet."""
    for user in seed.users:
        _plant_user(connection, site, user, now=now)
    for organization in seed.github.organizations:
        if accounts.by_login(connection, site, organization.login) is None:
            name = organization.name or organization.login
            accounts.create_organization(connection, site, login=organization.login, name=name, now=now)


def _plant_user(connection: Connection, site: str, user: SeedUser, *, now: datetime) -> None:
    account = accounts.by_login(connection, site, user.login) or accounts.create_account(
        connection,
        site,
        login=user.login,
        name=user.name or user.login,
        email=user.email,
        admin=user.admin,
        bot=user.bot,
        time_zone=user.time_zone,
        now=now,
    )
    for token in user.all_tokens:
        accounts.create_token_digest(
            connection,
            account,
            token_digest=token.known_digest or "",
            scopes=token.scopes,
            expires_at=token.expires,
            now=now,
        )


def delete_rows(connection: Connection, site: str) -> None:
    """Take away every row of the site, in every table that both services have."""
    for table in reversed(metadata.sorted_tables):
        connection.execute(delete(table).where(table.c.site == site))
