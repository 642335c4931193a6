"""The page that a clone's remote leads to, whoever wrote its address and whatever secret stands in it."""

from __future__ import annotations

import pytest

from simulator.adapters.clone import Clone
from tests.lint.workshop import Workshop


def _page(workshop: Workshop, remote: str) -> str:
    workshop.commit("feat: one")
    with (workshop.folder / ".git" / "config").open("a") as file:
        file.write(f'[remote "origin"]\n\turl = "{remote}"\n')
    return Clone(workshop.folder).html_url


@pytest.mark.parametrize(
    ("remote", "page"),
    [
        ("https://github.com/acme/payments.git", "https://github.com/acme/payments"),
        ("https://github.com/acme/payments/", "https://github.com/acme/payments"),
        ("https://git.example.com:8443/acme/payments.git", "https://git.example.com:8443/acme/payments"),
        ("git@github.com:acme/payments.git", "https://github.com/acme/payments"),
        ("git@github.com:12345/payments.git", "https://github.com/12345/payments"),
        ("gitlab.example.com:group/below/payments.git", "https://gitlab.example.com/group/below/payments"),
        ("ssh://git@git.example.com:2222/acme/payments", "https://git.example.com/acme/payments"),
    ],
)
def test_an_address_of_a_host_leads_to_its_page(workshop: Workshop, remote: str, page: str) -> None:
    assert _page(workshop, remote) == page


@pytest.mark.parametrize(
    "remote",
    [
        "",
        "backup/payments.git",
        "../payments",
        "/srv/git/x.git",
        "C:/code/x",
        "file:///srv/x",
        "git://host/x",
        "ext::sh -c x",
    ],
)
def test_an_address_of_no_page_leads_to_none(workshop: Workshop, remote: str) -> None:
    assert _page(workshop, remote) == ""


@pytest.mark.parametrize(
    "remote",
    [
        "https://ada:hunter2@github.com/acme/payments.git",
        "https://hunter2@github.com/acme/payments.git",
        "https://ada:hunt@hunter2@github.com/acme/payments.git",
        "https://ada:x/hunter2@github.com/acme/payments.git",
        "https://ada/hunter2@github.com/acme/payments.git",
        "https://ada:hunter2@host:99999999/acme/payments",
        "https://[hunter2/acme/payments",
        "https:/ada:hunter2@host/acme/payments",
        "https://host/acme/payments?token=hunter2",
        "https://host/acme/payments#hunter2",
        "ssh://ada:hunter2@host/acme/payments",
        "ssh://ada:x@hunter2@host/acme/payments",
        "ssh://ada:x/hunter2@host/acme/payments",
        "ada:hunter2@host:acme/payments",
        "ada:x@hunter2@host:acme/payments",
        "ftp://ada:hunter2@host/acme/payments",
        "http+x://ada:hunter2@host/acme/payments",
    ],
)
def test_a_password_stands_in_no_page(workshop: Workshop, remote: str) -> None:
    assert "hunter2" not in _page(workshop, remote)


def test_a_remote_without_a_name_is_no_remote(workshop: Workshop) -> None:
    workshop.commit("feat: one")
    with (workshop.folder / ".git" / "config").open("a") as file:
        file.write('[remote ""]\n\turl = https://github.com/acme/payments\n')

    assert Clone(workshop.folder).html_url == ""


def test_where_no_remote_is_called_origin_the_first_one_counts(workshop: Workshop) -> None:
    workshop.commit("feat: one")
    workshop.git("remote", "add", "upstream", "https://github.com/acme/payments.git")

    assert Clone(workshop.folder).html_url == "https://github.com/acme/payments"
