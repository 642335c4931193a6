from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from simulator.emulators.kit import accounts
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.tables import tokens


def an_account(instance: Instance, site: str = "here", login: str = "Alice") -> accounts.Account:
    with instance.database.writing() as connection:
        account = accounts.create_account(
            connection, site, login=login, email=f"{login}@Example.com", name=login, now=instance.now()
        )
        accounts.create_token(connection, account, token=f"{login}-token", now=instance.now())
    return account


def test_a_token_speaks_for_its_account_and_its_site_only(instance: Instance) -> None:
    alice = an_account(instance)

    with instance.database.reading() as connection:
        caller = accounts.by_token(connection, "here", "Alice-token", now=instance.now())
        assert caller is not None
        assert caller.account == alice
        assert caller.scopes == frozenset(accounts.ALL_SCOPES)
        assert accounts.by_token(connection, "there", "Alice-token", now=instance.now()) is None
        assert accounts.by_token(connection, "here", "alice-token", now=instance.now()) is None


def test_an_account_is_found_by_each_of_its_names(instance: Instance) -> None:
    alice = an_account(instance)

    with instance.database.reading() as connection:
        assert accounts.by_login(connection, "here", "aLICE") == alice
        assert accounts.by_id(connection, "here", alice.id) == alice
        assert accounts.by_jira_id(connection, "here", alice.jira_id) == alice
        assert accounts.by_email(connection, "here", "ALICE@example.com") == alice
        assert accounts.by_login(connection, "there", "alice") is None


def test_a_login_has_the_same_jira_id_and_number_in_each_site(instance: Instance) -> None:
    here, there = an_account(instance), an_account(instance, site="there")

    assert (here.id, here.jira_id) == (there.id, there.jira_id)
    assert len(here.jira_id) == 24


def test_a_login_is_taken_without_regard_to_case(instance: Instance) -> None:
    an_account(instance, login="alice")

    with pytest.raises(IntegrityError):
        an_account(instance, login="ALICE")


def test_an_organization_shares_the_namespace_of_logins(instance: Instance) -> None:
    with instance.database.writing() as connection:
        acme = accounts.create_organization(connection, "here", login="acme", now=instance.now())

    assert acme.kind == "organization"
    with pytest.raises(IntegrityError):
        an_account(instance, login="Acme")


def test_a_revoked_token_is_unknown(instance: Instance) -> None:
    an_account(instance)

    with instance.database.writing() as connection:
        accounts.revoke_token(connection, "here", token="Alice-token", now=instance.now())

    with instance.database.reading() as connection:
        assert accounts.by_token(connection, "here", "Alice-token", now=instance.now()) is None
        assert accounts.sites_of_token(connection, "Alice-token") == []


def test_a_token_ends_when_it_was_to_end(instance: Instance) -> None:
    alice = an_account(instance)
    end = instance.now() + timedelta(hours=1)

    with instance.database.writing() as connection:
        accounts.create_token(connection, alice, token="short-lived", now=instance.now(), expires_at=end)

    with instance.database.reading() as connection:
        before = accounts.by_token(connection, "here", "short-lived", now=end - timedelta(seconds=1))
        assert before is not None
        assert before.expires_at == end
        assert accounts.by_token(connection, "here", "short-lived", now=end) is None


def test_only_digests_of_tokens_are_kept(instance: Instance) -> None:
    an_account(instance)

    with instance.database.reading() as connection:
        assert "Alice-token" not in str(connection.execute(select(tokens)).all())


def test_a_token_given_twice_is_one_token(instance: Instance) -> None:
    alice = an_account(instance)

    with instance.database.writing() as connection:
        accounts.create_token(connection, alice, token="Alice-token", now=instance.now())

    with instance.database.reading() as connection:
        assert len(connection.execute(select(tokens)).all()) == 1


def test_the_sites_of_a_token_come_in_order(instance: Instance) -> None:
    for site in ("zoo", "here"):
        an_account(instance, site=site)

    with instance.database.reading() as connection:
        assert accounts.sites_of_token(connection, "Alice-token") == ["here", "zoo"]
