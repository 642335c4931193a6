"""Rules of rulesets about commits, their messages and files, and about names of refs.

Sentences as GitHub puts them into a push: "Commit message must match a given regex pattern: ^feat".
Source: https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pygit2

from simulator.emulators.github import expressions
from simulator.emulators.github.state.file_rules import broken_by_files
from simulator.emulators.github.state.rulesets import Ruleset
from simulator.emulators.github.state.violations import Violation
from simulator.emulators.gitserver.refs import RefUpdate

NOT_LINEAR = "This branch must not contain merge commits."
NOT_SIGNED = "Commits must have verified signatures."
_MOST_SHOWN = 10
_TEXTS: Mapping[str, tuple[str, Callable[[pygit2.Commit], str]]] = {
    "commit_message_pattern": ("Commit message", lambda commit: commit.message.rstrip("\n")),
    "commit_author_email_pattern": ("Author email", lambda commit: commit.author.email),
    "committer_email_pattern": ("Committer email", lambda commit: commit.committer.email),
}
_NAMES = {"branch_name_pattern": ("Branch name", "refs/heads/"), "tag_name_pattern": ("Tag name", "refs/tags/")}
_WORDS = {
    "starts_with": "start with a matching pattern",
    "ends_with": "end with a matching pattern",
    "contains": "contain a matching pattern",
    "regex": "match a given regex pattern",
}


def broken(
    ruleset: Ruleset, git: pygit2.Repository, update: RefUpdate, commits: Sequence[pygit2.Commit]
) -> Iterator[Violation]:
    """What a ruleset has against the name of a ref and the commits that it gets."""
    for kind, (what, prefix) in _NAMES.items():
        for wanted in ruleset.rules_of(kind):
            if update.ref.startswith(prefix) and not _holds(wanted, update.ref.removeprefix(prefix)):
                yield Violation(kind, _sentence(what, wanted))
    yield from broken_by_commits(ruleset, commits)
    yield from broken_by_files(ruleset, git, commits)


def broken_by_commits(ruleset: Ruleset, commits: Sequence[pygit2.Commit]) -> Iterator[Violation]:
    """What a ruleset has against commits, without their files."""
    yield from broken_patterns(ruleset, commits)
    if ruleset.rule("required_linear_history") is not None:
        yield from not_linear(commits)
    if ruleset.rule("required_signatures") is not None:
        yield from not_signed(commits)


def broken_patterns(ruleset: Ruleset, commits: Sequence[pygit2.Commit]) -> Iterator[Violation]:
    """What a ruleset has against the messages and addresses of commits."""
    for kind, (what, text_of) in _TEXTS.items():
        for wanted in ruleset.rules_of(kind):
            wrong = [commit for commit in commits if not _holds(wanted, text_of(commit))]
            if wrong:
                yield Violation(kind, _sentence(what, wanted), _shas(wrong))


def not_linear(commits: Sequence[pygit2.Commit]) -> list[Violation]:
    """The violation of having merge commits among these."""
    merges = [commit for commit in commits if len(commit.parent_ids) > 1]
    return [Violation("required_linear_history", NOT_LINEAR, _shas(merges))] if merges else []


def not_signed(commits: Sequence[pygit2.Commit]) -> list[Violation]:
    """The violation of commits without a verified signature: people have no keys here, so none of theirs can be verified."""
    return [Violation("required_signatures", NOT_SIGNED, _shas(commits))] if commits else []


def _holds(wanted: Mapping[str, Any], text: str) -> bool:
    pattern = wanted["pattern"]
    match wanted["operator"]:
        case "starts_with":
            found = text.startswith(pattern)
        case "ends_with":
            found = text.endswith(pattern)
        case "contains":
            found = pattern in text
        case _:
            found = expressions.compiled(pattern).is_in(text)
    return bool(found != bool(wanted.get("negate")))


def _sentence(what: str, wanted: Mapping[str, Any]) -> str:
    must = "must not" if wanted.get("negate") else "must"
    return f"{what} {must} {_WORDS[wanted['operator']]}: {wanted.get('name') or wanted['pattern']}"


def _shas(commits: Sequence[pygit2.Commit]) -> tuple[str, ...]:
    return tuple(str(commit.id) for commit in commits[:_MOST_SHOWN])
