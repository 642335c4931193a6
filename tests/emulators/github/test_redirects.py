"""Addresses that have moved: repositories renamed and transferred, branches renamed."""

from __future__ import annotations

from pathlib import Path

from tests.emulators.conftest import Site
from tests.emulators.github.asking import PAYMENTS, ask, sent
from tests.emulators.github.pulls import a_pull
from tests.emulators.github.worktree import Clone, git


def test_what_lies_below_a_former_name_leads_to_the_repository_s_number(site: Site) -> None:
    a_pull(site)
    site.github().get_repo("acme/payments").edit(name="pay")

    read = sent(site, "GET", f"{PAYMENTS}/pulls?state=all&per_page=1")
    written = sent(site, "POST", f"{PAYMENTS}/issues", {"title": "Later"})
    followed = site.session().post(f"{site.api_url}{PAYMENTS}/issues", json={"title": "Later"})

    assert (read.status_code, read.json()["message"]) == (301, "Moved Permanently")
    assert read.headers["Location"] == f"{site.api_url}/repositories/1/pulls?state=all&per_page=1" == read.json()["url"]
    assert written.status_code == 307
    assert (followed.status_code, followed.json()["title"]) == (201, "Later")
    assert site.github().get_repo("acme/payments").full_name == "acme/pay"
    assert [each["number"] for each in ask(site, "GET", "/repositories/1/issues?state=all", 200)] == [2, 1]
    ask(site, "GET", "/repositories/99/issues", 404)


def test_git_follows_a_repository_to_its_new_name(site: Site, tmp_path: Path) -> None:
    clone = Clone(site, tmp_path / "clone")
    site.github().get_repo("acme/payments").edit(name="pay")

    fetched = clone.git("fetch")
    sha = clone.commit("a.txt", "1")
    pushed = clone.push("main")

    assert "redirecting to" in fetched.stderr
    assert pushed.returncode == 0
    assert site.github().get_repo("acme/pay").get_branch("main").commit.sha == sha
    assert "main" in git(tmp_path, "ls-remote", site.clone_url("bob")).stdout


def test_pages_of_a_former_name_lead_to_the_new_one(site: Site) -> None:
    site.github().get_repo("acme/payments").edit(name="pay")

    answer = site.session(None).get(f"{site.html_url}/acme/payments/issues", allow_redirects=False)

    assert (answer.status_code, answer.headers["Location"]) == (301, f"{site.html_url}/acme/pay/issues")


def test_a_new_repository_takes_a_former_name_over(site: Site) -> None:
    site.github().get_repo("acme/payments").edit(name="pay")
    site.github().get_repo("acme/pay").edit(name="pay2")

    site.github().get_organization("acme").create_repo("payments")

    assert ask(site, "GET", PAYMENTS, 200)["id"] == 2
    assert sent(site, "GET", "/repos/acme/pay").headers["Location"].endswith("/repositories/1")


def test_strangers_learn_nothing_about_former_names_of_private_repositories(site: Site) -> None:
    site.github("bob").get_user().create_repo("secret", private=True).edit(name="hidden")

    assert sent(site, "GET", "/repos/bob/secret", login="carol").status_code == 404
    assert sent(site, "GET", "/repos/bob/secret", login="bob").status_code == 301


def test_a_repository_changes_hands_with_everything_it_has(site: Site) -> None:
    a_pull(site)
    site.github("carol").get_user().create_repo("tool", auto_init=True)

    to_bob = ask(site, "POST", f"{PAYMENTS}/transfer", 202, {"new_owner": "bob", "new_name": "pay"})
    to_bob_too = ask(site, "POST", "/repos/carol/tool/transfer", 202, {"new_owner": "bob"}, login="carol")

    assert (to_bob["full_name"], to_bob["id"]) == ("bob/pay", 1)
    assert ask(site, "GET", "/repos/bob/pay/pulls/1", 200)["head"]["label"] == "bob:feature"
    assert sent(site, "GET", f"{PAYMENTS}/pulls/1").status_code == 301
    assert to_bob_too["permissions"] == {
        "admin": False,
        "maintain": False,
        "push": True,
        "triage": True,
        "pull": True,
    }
    ask(site, "POST", "/repos/bob/pay/transfer", 403, {"new_owner": "carol"}, login="carol")
    ask(site, "POST", "/repos/bob/pay/transfer", 422, {"new_owner": "nobody"}, login="bob")
    ask(site, "POST", "/repos/bob/pay/transfer", 422, {}, login="bob")
    ask(site, "POST", "/repos/bob/pay/transfer", 422, {"new_owner": "bob", "new_name": "tool"}, login="bob")


def test_a_renamed_branch_takes_along_what_hangs_on_it(site: Site) -> None:
    a_pull(site, "feature")
    ask(site, "PUT", f"{PAYMENTS}/branches/main/protection", 200, _PROTECTION)

    renamed = ask(site, "POST", f"{PAYMENTS}/branches/main/rename", 201, {"new_name": "trunk/one"})
    ask(site, "POST", f"{PAYMENTS}/branches/feature/rename", 201, {"new_name": "topic"}, login="bob")

    pull = ask(site, "GET", f"{PAYMENTS}/pulls/1", 200)
    assert (renamed["name"], renamed["protected"]) == ("trunk/one", True)
    assert (pull["state"], pull["base"]["ref"], pull["head"]["ref"]) == ("open", "trunk/one", "topic")
    assert ask(site, "GET", PAYMENTS, 200)["default_branch"] == "trunk/one"
    moved = sent(site, "GET", f"{PAYMENTS}/branches/main")
    assert (moved.status_code, moved.headers["Location"]) == (
        301,
        f"{site.api_url}{PAYMENTS}/branches/trunk/one",
    )
    assert site.github().get_repo("acme/payments").get_branch("main").name == "trunk/one"
    kinds = [each["activity_type"] for each in ask(site, "GET", f"{PAYMENTS}/activity", 200)][:2]
    assert sorted(kinds) == ["branch_creation", "branch_deletion"]


def test_renames_that_can_not_be_are_refused(site: Site) -> None:
    a_pull(site, "feature")
    where = f"{PAYMENTS}/branches/feature/rename"

    ask(site, "POST", f"{PAYMENTS}/branches/main/rename", 403, {"new_name": "x"}, login="bob")
    ask(site, "POST", f"{PAYMENTS}/branches/gone/rename", 404, {"new_name": "x"}, login="bob")
    ask(site, "POST", where, 403, {"new_name": "x"}, login="carol")
    for name in ("main", "a..b", "feature/x", "1" * 40, "x" * 300, None, 7):
        ask(site, "POST", where, 422, {"new_name": name}, login="bob")
    assert ask(site, "GET", f"{PAYMENTS}/branches/feature", 200)["name"] == "feature"


_PROTECTION = {
    "required_status_checks": None,
    "enforce_admins": False,
    "required_pull_request_reviews": None,
    "restrictions": None,
}
