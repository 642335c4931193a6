"""What to do with a pull request is said as `gh` on github.com, and as a call of the REST API on every other server."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from dataclasses import replace

import pytest

from simulator.hygiene import pull_advice
from simulator.model.history import PullRequest
from simulator.testing.story import Story


def _pull(url: str) -> PullRequest:
    return replace(Story().push("a").open("a").history().pulls[1], url=url)


ON_GITHUB = _pull("https://github.com/acme/payments/pull/1")
ELSEWHERE = _pull("http://127.0.0.1:8030/acme/payments/pull/1")
Command = Callable[[PullRequest], str]
COMMANDS: list[tuple[Command, str, str, str, dict[str, object]]] = [
    (lambda p: pull_advice.retitle(p, "it's a $(title)"), "edit", "PATCH", "pulls/1", {"title": "it's a $(title)"}),
    (lambda p: pull_advice.describe(p, "Why: …"), "edit", "PATCH", "pulls/1", {"body": "Why: …"}),
    (
        lambda p: pull_advice.ask_review(p, "rita"),
        "edit",
        "POST",
        "pulls/1/requested_reviewers",
        {"reviewers": ["rita"]},
    ),
    (lambda p: pull_advice.comment_on(p, "WHY"), "comment", "POST", "issues/1/comments", {"body": "WHY"}),
    (
        lambda p: pull_advice.review_with(p, "SO"),
        "review",
        "POST",
        "pulls/1/reviews",
        {"event": "COMMENT", "body": "SO"},
    ),
    (pull_advice.close, "close", "PATCH", "pulls/1", {"state": "closed"}),
]


@pytest.mark.parametrize(("command", "verb", "method", "path", "fields"), COMMANDS)
def test_a_command_fits_the_server(
    command: Command, verb: str, method: str, path: str, fields: dict[str, object]
) -> None:
    assert shlex.split(command(ON_GITHUB))[:4] == ["gh", "pr", verb, "1"]

    words = shlex.split(command(ELSEWHERE))
    assert words[:3] == ["curl", "-X", method]
    assert json.loads(words[words.index("-d") + 1]) == fields
    assert words[-1] == f"http://127.0.0.1:8030/api/v3/repos/acme/payments/{path}"


def test_a_draft_is_made_by_gh_or_by_hand() -> None:
    assert pull_advice.to_draft(ON_GITHUB) == "gh pr ready 1 --undo"
    assert ELSEWHERE.url in pull_advice.to_draft(ELSEWHERE)


def test_gh_is_named_only_where_it_works() -> None:
    assert (
        pull_advice.with_gh(ON_GITHUB, "Open a draft", "gh pr create --draft") == "Open a draft: gh pr create --draft"
    )
    assert pull_advice.with_gh(ELSEWHERE, "Open a draft", "gh pr create --draft") == "Open a draft."
