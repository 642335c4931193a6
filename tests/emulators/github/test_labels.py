"""Labels through PyGithub."""

from __future__ import annotations

import pytest
from github import GithubException, UnknownObjectException

from tests.emulators.conftest import Site


def test_a_label_is_made_changed_and_deleted(site: Site) -> None:
    repository = site.github("bob").get_repo("acme/payments")

    made = repository.create_label("area/größe?", "FF00aa", "How large")
    made.edit("size", "00ff00", "")

    label = repository.get_label("SIZE")
    assert (label.name, label.color, label.description) == ("size", "00ff00", "")
    label.delete()
    with pytest.raises(UnknownObjectException):
        repository.get_label("size")


def test_a_new_repository_has_github_s_labels(site: Site) -> None:
    labels = {label.name: label.color for label in site.github().get_repo("acme/payments").get_labels()}

    assert len(labels) == 9
    assert labels["bug"] == "d73a4a"


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"name": "BUG", "color": "ffffff"}, "name", "already_exists"),
        ({"name": "x", "color": "red"}, "color", "invalid"),
        ({"name": " ", "color": "ffffff"}, "name", "missing_field"),
        ({"name": "x" * 51, "color": "ffffff"}, "name", "custom"),
        ({"name": "x", "description": "x" * 101}, "description", "custom"),
    ],
)
def test_a_label_that_will_not_do_is_422_with_the_field(
    site: Site, body: dict[str, str], field: str, code: str
) -> None:
    answer = site.session("bob").post(f"{site.api_url}/repos/acme/payments/labels", json=body)

    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert (error["resource"], error["field"], error["code"]) == ("Label", field, code)


def test_a_label_can_not_take_another_s_name_but_may_change_its_case(site: Site) -> None:
    repository = site.github("bob").get_repo("acme/payments")

    with pytest.raises(GithubException) as caught:
        repository.get_label("bug").edit("Wontfix", "ffffff")
    repository.get_label("bug").edit("Bug", "ffffff")

    assert caught.value.status == 422
    assert repository.get_label("bug").name == "Bug"


def test_readers_change_no_labels(site: Site) -> None:
    with pytest.raises(GithubException) as caught:
        site.github("carol").get_repo("acme/payments").create_label("x", "ffffff")

    assert caught.value.status == 403
