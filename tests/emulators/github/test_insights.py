"""What a repository's code says of it, and its topics."""

from __future__ import annotations

import pytest
from identify.vendor.licenses import LICENSES

from simulator.emulators.github.state.languages import language_of
from simulator.emulators.github.state.licenses import OTHER, known_license
from tests.emulators.conftest import Site
from tests.emulators.github.asking import PAYMENTS, ask
from tests.emulators.github.pulls import a_commit

MIT = dict(LICENSES)["MIT"].replace("[year]", "2026").replace("[fullname]", "Alice")


def test_code_tells_languages_licence_and_size(site: Site) -> None:
    files = {"src/a.py": "x" * 300, "web/b.ts": "y" * 200, "node_modules/c.js": "z" * 900, "LICENSE.md": MIT}
    assert ask(site, "GET", f"{PAYMENTS}/languages", 200) == {}
    ask(site, "GET", f"{PAYMENTS}/license", 404)

    a_commit(site, "main", files, login="alice")

    assert ask(site, "GET", f"{PAYMENTS}/languages", 200) == {"Python": 300, "TypeScript": 200}
    found = ask(site, "GET", f"{PAYMENTS}/license", 200)
    assert (found["path"], found["license"]["spdx_id"], found["license"]["key"]) == ("LICENSE.md", "MIT", "mit")
    repository = ask(site, "GET", PAYMENTS, 200)
    assert (repository["language"], repository["license"]["name"]) == ("Python", "MIT License")
    assert repository["size"] > 0
    assert site.github().get_repo("acme/payments").get_license().license.key == "mit"


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("a/b/Main.JAVA", "Java"),
        ("Dockerfile", "Dockerfile"),
        ("deploy/Dockerfile.web", "Dockerfile"),
        ("CMakeLists.txt", "CMake"),
        (".bashrc", "Shell"),
        ("README.md", None),
        ("config.yaml", None),
        (".py", None),
        ("docs/conf.py", None),
        ("src/docs/conf.py", "Python"),
        ("third_party/x.c", None),
        ("js/jquery-3.1.min.js", None),
    ],
)
def test_a_file_s_language_is_told_by_its_path(path: str, language: str | None) -> None:
    assert language_of(path) == language


def test_each_known_licence_is_told_by_its_text() -> None:
    told = {spdx_id: known_license(f"Copyright (c) 2026 Bob\n\n{text}").spdx_id for spdx_id, text in LICENSES}

    assert told == {spdx_id: spdx_id for spdx_id in told}
    assert known_license("Do not copy this.") == OTHER


def test_contributors_are_counted_by_their_commits_and_weeks(site: Site) -> None:
    a_commit(site, "main", {"a.txt": "1\n2\n"}, login="alice")
    a_commit(site, "main", {"a.txt": "1\n"}, login="alice")

    found = ask(site, "GET", f"{PAYMENTS}/contributors", 200)
    weeks = ask(site, "GET", f"{PAYMENTS}/stats/contributors", 200)

    assert [(each["login"], each["contributions"]) for each in found] == [("alice", 2)]
    (alice,) = weeks
    assert (alice["author"]["login"], alice["total"]) == ("alice", 2)
    assert [sum(week[key] for week in alice["weeks"]) for key in "adc"] == [2, 1, 2]
    everybody = ask(site, "GET", f"{PAYMENTS}/contributors?anon=1", 200)
    assert [(each["type"], each["contributions"]) for each in everybody] == [("User", 2), ("Anonymous", 1)]


def test_an_empty_repository_says_little(site: Site) -> None:
    site.github("bob").get_user().create_repo("empty")

    ask(site, "GET", "/repos/bob/empty/contributors", 204)
    ask(site, "GET", "/repos/bob/empty/stats/contributors", 204)
    assert ask(site, "GET", "/repos/bob/empty/languages", 200) == {}
    assert ask(site, "GET", "/repos/bob/empty/tags", 200) == []
    ask(site, "GET", "/repos/bob/empty/tarball", 404)


def test_topics_are_replaced_and_checked(site: Site) -> None:
    where = f"{PAYMENTS}/topics"

    assert ask(site, "PUT", where, 200, {"names": ["Payments", "api-2", "api-2"]}) == {"names": ["payments", "api-2"]}

    for names in (["a b"], ["-x"], ["x" * 51], [f"t{n}" for n in range(21)], "x", [7], None):
        ask(site, "PUT", where, 422, {"names": names})
    ask(site, "PUT", where, 403, {"names": []}, login="bob")
    assert site.github().get_repo("acme/payments").get_topics() == ["payments", "api-2"]
    assert ask(site, "GET", PAYMENTS, 200)["topics"] == ["payments", "api-2"]


def test_a_template_gives_its_files_and_none_of_its_history(site: Site) -> None:
    a_commit(site, "main", {"src/a.py": "1"}, login="alice")
    a_commit(site, "topic", {"b.txt": "1"})
    where, wish = f"{PAYMENTS}/generate", {"name": "made", "description": "Mine", "private": True}
    ask(site, "POST", where, 404, wish, login="carol")
    site.github().get_repo("acme/payments").edit(is_template=True)

    made = ask(site, "POST", where, 201, wish, login="carol")
    whole = ask(site, "POST", where, 201, {"name": "all", "owner": "acme", "include_all_branches": True}, login="bob")

    assert (made["full_name"], made["private"], made["description"]) == ("carol/made", True, "Mine")
    assert made["template_repository"]["full_name"] == "acme/payments"
    repository = site.github("carol").get_repo("carol/made")
    assert [commit.commit.message for commit in repository.get_commits()] == ["Initial commit"]
    assert ask(site, "GET", "/repos/carol/made/contents/src/a.py", 200, login="carol")["size"] == 1
    assert [branch.name for branch in repository.get_branches()] == ["main"]
    assert len(ask(site, "GET", f"/repos/{whole['full_name']}/branches", 200)) == 2
    ask(site, "POST", where, 422, wish, login="carol")
    ask(site, "POST", where, 403, {"name": "x", "owner": "acme"}, login="carol")
    ask(site, "POST", where, 404, {"name": "x", "owner": "bob"}, login="carol")
