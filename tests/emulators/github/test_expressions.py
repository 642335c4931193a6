"""Regular expressions and globs that people write: what they find, and that none of them takes long."""

from __future__ import annotations

import pytest

from simulator.emulators.github.code_owner_file import owners_of, parsed
from simulator.emulators.github.expressions import BadExpression, compiled, of_glob
from simulator.emulators.github.state.ref_patterns import matches_any
from simulator.emulators.github.state.workflow_patterns import matches


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (r"^feat", False),
        (r"(?m)^feat", True),
        (r"\APAY-\d+", True),
        (r"refund$", True),
        (r"(?i)REFUND", True),
        (r"é\b|é\z", False),
    ],
)
def test_an_expression_is_found_as_re2_finds_it(pattern: str, found: bool) -> None:
    assert compiled(pattern).is_in("PAY-7 let go\n\nfeat: refund") is found


@pytest.mark.parametrize("pattern", ["(", "(?!x)", "(?<=x)y", r"(a)\1", "a{2000}", "((a{99}){99}){99}", "\ud800"])
def test_what_re2_does_not_take_is_no_expression(pattern: str) -> None:
    with pytest.raises(BadExpression):
        compiled(pattern)


@pytest.mark.timeout(5)
def test_an_expression_that_others_never_finish_is_answered_at_once() -> None:
    text = "a" * 5_000

    assert not compiled("(a+)+$").is_in(f"{text}!")
    assert not matches_any(f"refs/heads/{text}", ["refs/heads/" + "a*" * 30 + "b"])
    assert not matches(text, ["a*" * 30 + "b"])
    assert owners_of(parsed("*a" * 30 + "b @alice\n"), text) == ()


def test_a_glob_that_means_nothing_matches_nothing() -> None:
    assert of_glob("[z-a]") is None
    assert not matches("b", ["[z-a]"])
    assert not matches_any("refs/heads/b", ["refs/heads/[z-a]"])


@pytest.mark.parametrize(
    ("pattern", "name", "matched"),
    [
        ("refs/heads/[a-c]x", "refs/heads/bx", True),
        ("refs/heads/[!a-c]x", "refs/heads/bx", False),
        ("refs/heads/[^a-c]x", "refs/heads/dx", True),
        ("refs/heads[!a]x", "refs/heads/x", False),
        ("refs/heads[+-9]x", "refs/heads/x", False),
        ("v[+-9]", "v5", True),
        ("v[/]", "v/", False),
        ("a[-b]c", "a-c", True),
        ("a[", "a[", True),
        (r"a\*", "a*", True),
        ("a b#?", "a b#é", True),
        ("**/docs/*.md", "x/y/docs/a.md", True),
        ("docs/*", "docs/\udc80", True),
    ],
)
def test_the_globs_of_rulesets_match_as_those_of_ruby(pattern: str, name: str, matched: bool) -> None:
    assert matches_any(name, [pattern]) is matched
