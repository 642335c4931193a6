from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.emulators.kit.seed import SeedError, load_seed, parse_seed, seed_of

WHOLE = """
users:
  - {login: alice, name: Alice, email: alice@example.com, token: alice-token, admin: true}
  - {login: bob,   name: Bob,   email: bob@example.com,   token: bob-token}
github:
  organizations: [{login: acme, members: [alice, bob]}]
  repositories:
    - {name: acme/payments, private: false, files: {README.md: "# Payments\\n"}, collaborators: {bob: write}}
jira:
  projects: [{key: AUTOTEST, name: Autotest, template: scrum, lead: alice}]
"""


def a_user(**changes: Any) -> dict[str, Any]:
    return {"login": "alice", "email": "alice@example.com", "token": "alice-token", **changes}


def problems_of(content: object) -> list[str]:
    with pytest.raises(SeedError) as caught:
        seed_of(content)
    return caught.value.problems


def test_the_documented_seed_is_read() -> None:
    seed = parse_seed(WHOLE)

    assert [user.login for user in seed.users] == ["alice", "bob"]
    assert seed.github.repositories[0].owner == "acme"
    assert seed.github.repositories[0].short_name == "payments"
    assert seed.github.repositories[0].files == {"README.md": "# Payments\n"}
    assert seed.jira.projects[0].key == "AUTOTEST"


@pytest.mark.parametrize("text", ["", "{}", "# nothing\n"])
def test_an_empty_seed_is_an_empty_site(text: str) -> None:
    assert parse_seed(text) == seed_of({})


def test_what_is_kept_of_a_seed_has_digests_in_place_of_tokens() -> None:
    seed = parse_seed(WHOLE)

    kept = seed.without_tokens()

    assert "alice-token" not in str(kept)
    assert [user.known_digest for user in seed_of(kept).users] == [user.known_digest for user in seed.users]


def test_a_token_never_shows_in_a_repr_or_in_an_error() -> None:
    assert "alice-token" not in repr(parse_seed(WHOLE))
    assert "hush" not in str(problems_of({"users": [a_user(token="hush")]}))
    assert "alice-token" not in str(problems_of({"users": [a_user(), a_user(login="bob", email="b@x.org")]}))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ({"user": []}, "user: unknown key, did you mean users?"),
        ({"users": [a_user(tokn="x")]}, "users[0].tokn: unknown key, did you mean token?"),
        ({"users": [{"email": "a@b.c"}]}, "users[0].login: is missing"),
        ({"users": [a_user(admin="perhaps")]}, "users[0].admin: "),
        ({"users": [a_user(login="-alice")]}, "users[0].login: "),
        ({"users": [a_user(login="a--b")]}, "users[0].login: "),
        ({"users": [a_user(login="a" * 40)]}, "users[0].login: "),
        ({"users": [a_user(email="nobody")]}, "users[0].email: "),
        ({"users": "alice"}, "users: "),
        ([], "seed: "),
        ("users", "seed: "),
        ({"users": [a_user(), a_user(login="ALICE", token=None, email="b@x.org")]}, "login alice: given twice"),
        ({"users": [a_user(), a_user(login="bob", token=None)]}, "e-mail alice@example.com: given twice"),
        ({"users": [a_user(), a_user(login="bob", email="b@x.org")]}, "token: given twice"),
        (
            {"users": [a_user()], "github": {"organizations": [{"login": "Alice"}]}},
            "login alice: given twice",
        ),
        (
            {"github": {"organizations": [{"login": "acme", "members": ["bob"]}]}},
            "github.organizations acme: nobody is called bob",
        ),
        ({"github": {"repositories": [{"name": "acme/x"}]}}, "github.repositories acme/x: nobody is called acme"),
        (
            {"users": [a_user()], "github": {"repositories": [{"name": "alice/x", "collaborators": {"eve": "read"}}]}},
            "github.repositories alice/x: nobody is called eve",
        ),
        (
            {"users": [a_user()], "github": {"repositories": [{"name": "alice/x", "collaborators": {"alice": "own"}}]}},
            "github.repositories[0].collaborators.alice: ",
        ),
        ({"github": {"repositories": [{"name": "payments"}]}}, "github.repositories[0].name: "),
        ({"github": {"repositories": [{"name": "acme/.."}]}}, "github.repositories[0].name: "),
        ({"github": {"repositories": [{"name": "acme/x.git"}]}}, "github.repositories[0].name: "),
        (
            {"jira": {"projects": [{"key": "pay", "name": "Pay", "lead": "alice"}]}},
            "jira.projects[0].key: ",
        ),
        (
            {"jira": {"projects": [{"key": "PAY", "name": "Pay", "lead": "eve"}]}},
            "jira.projects PAY: nobody is called eve",
        ),
        (
            {
                "users": [a_user()],
                "jira": {"projects": [{"key": "PAY", "name": n, "lead": "alice"} for n in ("One", "Two")]},
            },
            "project key PAY: given twice",
        ),
        (
            {
                "users": [a_user()],
                "jira": {"projects": [{"key": k, "name": "Pay", "lead": "alice"} for k in ("PA", "PB")]},
            },
            "project name pay: given twice",
        ),
        ({"jira": {"projects": [{"key": "PAY", "name": "P", "lead": "alice"}]}}, "jira.projects[0].name: "),
    ],
)
def test_each_fault_is_named_with_its_place(content: object, problem: str) -> None:
    assert any(line.startswith(problem) for line in problems_of(content)), problems_of(content)


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../x", "a/../../x", "a//b", "a/", "", ".", ".git/config", "x/.GIT/y", "a\\b", "a\0b"]
)
def test_a_file_stays_in_its_repository(path: str) -> None:
    content = {"users": [a_user()], "github": {"repositories": [{"name": "alice/x", "files": {path: ""}}]}}

    assert any("plain path" in line for line in problems_of(content))


def test_every_shape_has_its_words() -> None:
    bad = "?!"
    content = {
        "users": [a_user(login=bad, email=bad, token_digest=bad)],
        "github": {"organizations": [{"login": bad}], "repositories": [{"name": bad, "default_branch": bad}]},
        "jira": {"projects": [{"key": bad, "name": "xy", "lead": "alice"}]},
    }

    assert all("should be" in line and "pattern" not in line for line in problems_of(content))
    assert len(problems_of(content)) == 7


def test_all_faults_are_told_at_once() -> None:
    assert problems_of({"users": [{"login": "x y"}, {"email": "nobody"}]}) == [
        "users[0].login: should be letters, digits and single hyphens inside, 39 at most",
        "users[0].email: is missing",
        "users[1].login: is missing",
        "users[1].email: should be an e-mail address",
    ]


def test_a_slip_in_the_yaml_is_told_with_its_line() -> None:
    with pytest.raises(SeedError, match=r"seed\.yaml:3: "):
        parse_seed("users:\n  - {login: alice\n  - {login: bob}\n", name="seed.yaml")


@pytest.mark.parametrize("text", ["\x00", "!!python/object/apply:os.system ['true']", "a: b: c"])
def test_what_is_no_safe_yaml_is_refused(text: str) -> None:
    with pytest.raises(SeedError):
        parse_seed(text)


def test_a_file_that_cannot_be_read_is_a_seed_error(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_bytes(b"\xff\xfe\xff")

    for path in (tmp_path / "missing.yaml", tmp_path, broken):
        with pytest.raises(SeedError):
            load_seed(path)


def test_a_person_may_have_several_tokens_with_scopes_and_an_end() -> None:
    more = [
        {"token": "alice-ci-token", "scopes": ["repo:status"]},
        {"token": "alice-old-token", "expires": "2026-01-01T00:00:00Z"},
    ]
    seed = seed_of({"users": [a_user(scopes=["repo"], tokens=more)]})

    [own, ci, old] = seed.users[0].all_tokens
    kept = seed.without_tokens()

    assert (own.scopes, ci.scopes, old.expires and old.expires.year) == (["repo"], ["repo:status"], 2026)
    assert "token" in str(kept)
    assert "alice-ci-token" not in str(kept)
    assert [each.known_digest for each in seed_of(kept).users[0].all_tokens] == [
        each.known_digest for each in (own, ci, old)
    ]


def test_a_scope_that_is_none_and_a_token_given_twice_are_refused() -> None:
    twice = [a_user(tokens=[{"token": "alice-token"}])]

    assert problems_of({"users": [a_user(scopes=["repos"])]}) == [
        "users[0].scopes[0]: no scope of GitHub's tokens is called repos"
    ]
    assert problems_of({"users": twice}) == ["token: given twice"]
    assert (
        "timezone" in problems_of({"users": [a_user(tokens=[{"token": "x" * 9, "expires": "2026-01-01T00:00:00"}])]})[0]
    )
    assert problems_of({"github": {"rate_limit": 0}}) == [
        "github.rate_limit: Input should be greater than or equal to 1"
    ]
