"""Pages of lists."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simulator.emulators.github.graphql.connections import Window
from tests.emulators.conftest import Site
from tests.emulators.github.graphql.asking import answer, ask, of_payments

sizes = st.none() | st.integers(0, 30)
places = st.none() | st.integers(1, 60)


@given(st.integers(0, 50), sizes, sizes, places, places)
def test_a_window_is_a_part_of_the_list_and_no_larger_than_asked(
    total: int, first: int | None, last: int | None, after: int | None, before: int | None
) -> None:
    start, end = Window(first, last, after, before).span(total)

    assert 0 <= start <= end <= total
    assert end - start <= min(size for size in (first, last, total) if size is not None)
    assert after is None or start >= min(after, total)
    assert before is None or end < before or end == start


def test_pages_lead_through_the_whole_list_forwards_and_backwards(site: Site) -> None:
    order = "orderBy:{field:NAME,direction:ASC}"
    shown = "totalCount nodes{name} edges{cursor} pageInfo{hasNextPage hasPreviousPage startCursor endCursor}"
    selection = f"labels(first:$f,last:$l,after:$a,before:$b,{order}){{{shown}}}"
    query = of_payments(selection, "($f:Int,$l:Int,$a:String,$b:String)")
    names = sorted(label.name for label in site.github().get_repo("acme/payments").get_labels())

    forwards: list[str] = []
    after = None
    for _ in range(3):
        page = ask(site, query, f=4, a=after)["repository"]["labels"]
        forwards += [node["name"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
    last = ask(site, query, l=2)["repository"]["labels"]
    before_last = ask(site, query, l=2, b=last["pageInfo"]["startCursor"])["repository"]["labels"]

    assert forwards == names
    assert (page["totalCount"], page["pageInfo"]["hasNextPage"], page["pageInfo"]["hasPreviousPage"]) == (
        9,
        False,
        True,
    )
    assert page["edges"][-1]["cursor"] == after
    assert [node["name"] for node in last["nodes"]] == names[-2:]
    assert [node["name"] for node in before_last["nodes"]] == names[-4:-2]


def test_nodes_need_bounds_and_counting_needs_none(site: Site) -> None:
    fragment = "fragment f on LabelConnection{...on LabelConnection{edges{cursor}}}"

    body = answer(site, of_payments("labels{...f} counted:labels{totalCount}") + fragment)

    assert body["data"]["repository"] == {"labels": None, "counted": {"totalCount": 9}}
    (error,) = body["errors"]
    assert (error["type"], error["path"]) == ("MISSING_PAGINATION_BOUNDARIES", ["repository", "labels"])
    words = "You must provide a `first` or `last` value to properly paginate the `labels` connection."
    assert error["message"] == words


def test_bad_bounds_and_cursors_are_refused(site: Site) -> None:
    wanted = {"a": "first:101", "b": "last:-1", "c": 'first:1,after:"nonsense"'}
    query = of_payments(" ".join(f"{name}:labels({bounds}){{totalCount}}" for name, bounds in wanted.items()))

    errors = {error["path"][1]: (error["type"], error["message"]) for error in answer(site, query)["errors"]}

    too_many = "Requesting 101 records on the `labels` connection exceeds the `first` limit of 100 records."
    assert errors["a"] == ("EXCESSIVE_PAGINATION", too_many)
    assert errors["b"][0] == "INVALID_PAGINATION"
    assert errors["c"] == ("INVALID_CURSOR_ARGUMENTS", "`nonsense` does not appear to be a valid cursor.")
