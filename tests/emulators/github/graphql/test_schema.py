"""Our schema beside GitHub's, and that every field of it is answered."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest
from graphql import (
    GraphQLSchema,
    build_schema,
    get_named_type,
    is_enum_type,
    is_input_object_type,
    is_leaf_type,
    is_object_type,
    is_required_argument,
    is_union_type,
)

from simulator.emulators.github.graphql.schema import schema
from tests.emulators.conftest import Site
from tests.emulators.github.description import FOLDER
from tests.emulators.github.graphql.asking import answer
from tests.emulators.github.pulls import a_commit, a_repository

_VALUES = {
    "number": "1",
    "name": '"bug"',
    "login": '"acme"',
    "slug": '"core"',
    "path": '"a.py"',
    "tagName": '"v1"',
    "headRef": '"feat"',
    "refPrefix": '"refs/heads/"',
    "qualifiedName": '"main"',
}


@pytest.fixture(scope="module")
def vendor() -> GraphQLSchema:
    path = FOLDER / "github.schema.graphql.gz"
    if not path.is_file():
        pytest.skip("../shared/specs with GitHub's schema is not beside the project")
    return build_schema(gzip.decompress(path.read_bytes()).decode(), assume_valid=True)


def test_it_has_nothing_that_github_s_has_not_and_all_of_it_in_the_same_form(vendor: GraphQLSchema) -> None:
    assert list(_differences(schema(), vendor)) == []


def test_it_has_every_field_that_gh_asks_for() -> None:
    path = FOLDER / "gh-graphql-fields.json"
    if not path.is_file():
        pytest.skip("../shared/specs with the fields that gh asks for is not beside the project")
    wanted = {name: fields for name, fields in json.loads(path.read_text()).items() if not name.startswith("__")}

    missing = [
        f"{name}.{field}"
        for name, fields in wanted.items()
        for field in fields
        if not field.startswith("__") and field not in schema().type_map[name].fields  # type: ignore[attr-defined]
    ]

    assert missing == []


def test_every_field_is_answered(site: Site) -> None:
    _fill(site)
    repository = 'repository(owner:"acme",name:"payments")'
    pull = repository + "{pullRequest(number:2){%s}}"
    questions = [
        (repository + "%s", "Repository", 1),
        (repository + "{pullRequest(number:2)%s}", "PullRequest", 1),
        (pull % "reviews(first:5)%s", "PullRequestReviewConnection", 1),
        (pull % "reviewThreads(first:5)%s", "PullRequestReviewThreadConnection", 1),
        (pull % "timelineItems(first:50)%s", "PullRequestTimelineItemsConnection", 1),
        (pull % "statusCheckRollup%s", "StatusCheckRollup", 2),
        (pull % "headRef%s", "Ref", 1),
        (repository + "{issue(number:1)%s}", "Issue", 2),
        (repository + '{object(expression:"feat"){...on Commit%s}}', "Commit", 2),
        (repository + '{object(expression:"feat:a.py"){...on Blob%s}}', "Blob", 1),
        (repository + '{release(tagName:"v1")%s}', "Release", 1),
        (repository + "{milestone(number:1)%s}", "Milestone", 1),
        ("viewer%s", "User", 1),
        ('organization(login:"acme")%s', "Organization", 2),
        ("rateLimit%s", "RateLimit", 1),
        ('search(type:ISSUE,first:5,query:"repo:acme/payments")%s', "SearchResultItemConnection", 1),
    ]

    for question, kind, depth in questions:
        query = "{" + question % _everything(kind, depth) + "}"
        broken = [error for error in answer(site, query).get("errors", ()) if error.get("type") != "NOT_FOUND"]
        assert broken == [], kind


def _fill(site: Site) -> None:
    """A repository with one of each thing."""
    repository = a_repository(site)
    milestone = repository.create_milestone("One")
    repository.create_issue("First", body="x", labels=["bug"], assignees=["bob"], milestone=milestone).create_comment(
        "y"
    )
    head = a_commit(site, "feat", {"a.py": "a\nb\n"})
    pull = repository.create_pull(base="main", head="feat", title="Second", body="Closes #1")
    repository.get_commit(head).create_status("success", context="ci")
    site.session().post(f"{site.api_url}/repos/acme/payments/check-runs", json={"name": "lint", "head_sha": head})
    comment: Any = {"path": "a.py", "position": 1, "body": "why?"}
    a_repository(site, "bob").get_pull(pull.number).create_review(body="hm", event="COMMENT", comments=[comment])
    pull.create_review_request(reviewers=["bob"])
    repository.create_git_release("v1", "One", "First")
    repository.get_branch("main").edit_protection(strict=True, contexts=["ci"], required_approving_review_count=1)
    site.github().get_organization("acme").create_team("Core")


def _everything(kind: str, depth: int, above: tuple[str, ...] = ()) -> str:
    """A selection of all fields of a type, and of those below it."""
    found = schema().type_map[kind]
    if is_union_type(found):
        inner = (f"...on {each.name}{_everything(each.name, depth, above)}" for each in found.types)
        return " ".join(["{__typename", *(each for each in inner if depth > 0), "}"])
    parts = ["__typename"]
    for name, field in found.fields.items():  # type: ignore[attr-defined]
        below = get_named_type(field.type)
        given = [f"{each}:{_VALUES[each]}" for each, argument in field.args.items() if is_required_argument(argument)]
        given += ["first:3"] if "first" in field.args else []
        text = f"{kind}_{name}:{name}{'(' + ','.join(given) + ')' if given else ''}"
        if is_leaf_type(below):
            parts.append(text)
        elif below.name not in above and (depth > 0 or below.name == "PageInfo"):
            is_list = kind.endswith(("Connection", "Edge"))
            parts.append(
                text + _everything(below.name, depth if is_list else depth - 1, above if is_list else (*above, kind))
            )
    return " ".join(["{", *parts, "}"])


def _differences(ours: GraphQLSchema, theirs: GraphQLSchema) -> Iterator[str]:
    for name, kind in ours.type_map.items():
        other: Any = theirs.type_map.get(name)
        if other is None:
            yield f"{name} is not GitHub's"
        elif is_union_type(kind):
            yield from (
                f"{name} holds {each.name}" for each in kind.types if each.name not in {t.name for t in other.types}
            )
        elif is_enum_type(kind):
            yield from (f"{name} has {each}" for each in kind.values if each not in other.values)
        elif is_object_type(kind) or is_input_object_type(kind):
            yield from _differing_fields(name, kind, other)


def _differing_fields(name: str, kind: Any, other: Any) -> Iterator[str]:
    for field, definition in kind.fields.items():
        theirs = other.fields.get(field)
        if theirs is None:
            yield f"{name}.{field} is not GitHub's"
        elif str(definition.type) != str(theirs.type):
            yield f"{name}.{field} is {definition.type}, at GitHub {theirs.type}"
        for argument, given in getattr(definition, "args", {}).items():
            if argument not in theirs.args or str(given.type) != str(theirs.args[argument].type):
                yield f"{name}.{field}({argument}:) is not GitHub's"
    if is_input_object_type(kind):
        lacking = [
            each for each, field in other.fields.items() if str(field.type).endswith("!") and each not in kind.fields
        ]
        yield from (f"{name} lacks {each}" for each in lacking)
