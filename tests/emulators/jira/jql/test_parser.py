"""Query text to tree: what is written is read again, what is wrong is said with its place, what is hostile is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.emulators.jira.jql.errors import JqlError
from simulator.emulators.jira.jql.parser import MAX_DEPTH, parse
from simulator.emulators.jira.jql.tokens import MAX_LENGTH
from simulator.emulators.jira.jql.tree import (
    And,
    Changed,
    Clause,
    Compare,
    Empty,
    Field,
    Function,
    Items,
    Not,
    Or,
    Predicate,
    Query,
    Sort,
    Value,
    Was,
    render,
)

TEXTS = st.text(min_size=1, max_size=8).filter(lambda text: "\0" not in text and (text.isprintable() or "\n" in text))
SAFE_TEXTS = TEXTS.filter(lambda text: all(ord(char) < 0xD800 for char in text))
NAMES = st.one_of(st.sampled_from(["project", "status", "cf[10016]", "Epic Link", "and", "select"]), SAFE_TEXTS)
FIELDS = NAMES.filter(lambda name: name.lower() != "cf").map(Field)
VALUES = st.one_of(st.sampled_from(["1", "-1d", "To Do", "EMPTY", "PAY-1"]), SAFE_TEXTS, st.just("")).map(Value)
FUNCTIONS = st.builds(Function, SAFE_TEXTS, st.lists(SAFE_TEXTS, max_size=2).map(tuple))
SINGLES = st.one_of(VALUES, VALUES, st.just(Empty()), FUNCTIONS)
LISTS = st.one_of(st.lists(SINGLES, min_size=1, max_size=3).map(tuple).map(Items), FUNCTIONS)
PREDICATES = st.lists(
    st.builds(Predicate, st.sampled_from(["after", "before", "on", "during", "by"]), st.one_of(SINGLES, LISTS)),
    max_size=2,
).map(tuple)
TERMINALS = st.one_of(
    st.builds(Compare, FIELDS, st.sampled_from(["=", "!=", "~", "!~", "<", "<=", ">", ">=", "is", "is not"]), SINGLES),
    st.builds(Compare, FIELDS, st.sampled_from(["in", "not in"]), LISTS),
    st.builds(Was, FIELDS, st.sampled_from(["was", "was not"]), SINGLES, PREDICATES),
    st.builds(Was, FIELDS, st.sampled_from(["was in", "was not in"]), LISTS, PREDICATES),
    st.builds(Changed, FIELDS, PREDICATES),
)


def compounds(inner: st.SearchStrategy[Clause]) -> st.SearchStrategy[Clause]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(several.map(And), several.map(Or), inner.map(Not))


CLAUSES = st.recursive(TERMINALS, compounds, max_leaves=6)
QUERIES = st.builds(
    Query,
    st.one_of(st.none(), CLAUSES),
    st.lists(st.builds(Sort, FIELDS, st.sampled_from(["", "asc", "desc"])), max_size=2).map(tuple),
)


@settings(max_examples=200, deadline=None)
@given(QUERIES)
def test_a_rendered_tree_parses_to_itself(query: Query) -> None:
    assert parse(render(query)) == query


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab=!~<>()[],\"'\\ \n-+and or not in is was order by EMPTY", max_size=40))
def test_any_text_is_a_tree_or_a_fault_in_words(text: str) -> None:
    try:
        query = parse(text)
    except JqlError:
        return  # any other error fails the test

    assert parse(render(query)) == query


def test_and_binds_tighter_than_or_and_not_tighter_than_both() -> None:
    query = parse("a = 1 or not b = 2 and c = 3")

    assert query.where == Or(
        (
            Compare(Field("a"), "=", Value("1")),
            And((Not(Compare(Field("b"), "=", Value("2"))), Compare(Field("c"), "=", Value("3")))),
        )
    )


def test_signs_may_stand_for_words_and_case_does_not_matter() -> None:
    assert parse("a=1 && !(b IN (x,'y z')) || c Is Not nUlL") == parse(
        'a = 1 AND NOT b in (x, "y z") OR c is not EMPTY'
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("project", "Expecting operator before the end of the query"),
        ("project x", "Expecting operator but got 'x'"),
        ("project =", "Expecting either a value, list or function before the end of the query."),
        ("a = b c = d", "Expecting either 'OR' or 'AND' but got 'c'"),
        (
            "a = and",
            "Expecting either a value, list or function but got 'and'. You must surround 'and' in quotation marks",
        ),
        (
            "a = select",
            "'select' is a reserved JQL word. You must surround it in quotation marks to use it in a query.",
        ),
        ("a = 50%", "The character '%' is a reserved JQL character"),
        ("(a = b", "Expecting ')' before the end of the query."),
        ("a in =", "Expecting either a value, list or function but got '='."),
        ('a = "b', "The quoted string 'b' has not been completed."),
        (r'a = "\q"', "is an illegal JQL escape sequence"),
        ("a = b order by", "Expecting a field name before the end of the query."),
        ("a = b order by c d", "Expecting ',' or end of query but got 'd'"),
    ],
)
def test_a_fault_of_grammar_is_said_in_jiras_words(text: str, message: str) -> None:
    with pytest.raises(JqlError) as caught:
        parse(text)

    assert caught.value.messages[0].startswith("Error in the JQL Query: ")
    assert message in caught.value.messages[0]


def test_a_fault_has_its_line_and_character() -> None:
    with pytest.raises(JqlError, match=r"\(line 3, character 3\)"):
        parse("a = b\nAND\n  ?")


@pytest.mark.parametrize(
    "text",
    [
        "a" * (MAX_LENGTH + 1),
        "(" * (MAX_DEPTH + 1) + "a = b" + ")" * (MAX_DEPTH + 1),
        "not " * (MAX_DEPTH + 1) + "a = b",
        "a = " + "(" * 60 + "b" + ")" * 60,
        "a in (" + ",".join("b" * 1 for _ in range(1_002)) + ")",
        " or ".join("a = b" for _ in range(401)),
    ],
    ids=["length", "parentheses", "nots", "lists", "items", "clauses"],
)
def test_a_hostile_query_is_refused(text: str) -> None:
    with pytest.raises(JqlError):
        parse(text)
