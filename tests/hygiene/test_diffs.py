"""What diffs say: same words, only remarks, only white space, what is taken away, which areas are touched."""

from __future__ import annotations

import pytest

from simulator.hygiene.areas import ROOT, areas_of
from simulator.hygiene.diffs import changes_only_blanks, changes_only_remarks, keeps_words
from simulator.hygiene.surface import taken_away
from simulator.model.code import ChangedFile


def a_file(path: str = "shop/api.py", *, status: str = "modified", patch: str | None = None) -> ChangedFile:
    lines = (patch or "").splitlines()
    signs = [sum(line.startswith(sign) for line in lines) for sign in "+-"]
    return ChangedFile(path=path, status=status, additions=signs[0], deletions=signs[1], patch=patch)


def test_reformatting_keeps_words() -> None:
    assert keeps_words(a_file(patch="-a = f('x')\n+a = f(\n+    \"x\"\n+)"))
    assert keeps_words(a_file(patch="-a = 1\n+a = 2")) is False
    assert keeps_words(a_file()) is None


def test_a_cut_diff_tells_nothing() -> None:
    cut = ChangedFile(path="a.py", status="modified", additions=9, deletions=9, patch="-a\n+a")

    assert keeps_words(cut) is changes_only_remarks(cut) is changes_only_blanks(cut) is None


@pytest.mark.parametrize(
    ("path", "patch", "only"),
    [
        ("a.js", "-  a\n+a", True),
        ("a.js", "+\n+", True),
        ("a.js", "-a\n+b", False),
        ("a.py", "-  a\n+a", False),
        ("a.py", "-a  \n+a", True),
        ("Makefile", "-  a\n+\ta", False),
    ],
)
def test_white_space_alone(path: str, patch: str, only: bool) -> None:
    assert changes_only_blanks(a_file(path, patch=patch)) is only


@pytest.mark.parametrize("status", ["added", "removed", "renamed"])
def test_a_file_that_comes_goes_or_moves_is_a_change(status: str) -> None:
    assert changes_only_blanks(a_file(status=status)) is False


def test_remarks_are_comments_and_documentation_strings() -> None:
    assert changes_only_remarks(a_file(patch='@@\n def f():\n-    # a\n+    # b\n     """A.\n+    More.\n     """'))
    assert changes_only_remarks(a_file(patch="@@\n-a = 1\n+a = 2")) is False
    assert changes_only_remarks(a_file()) is None


def test_areas_are_top_level_folders_of_the_code() -> None:
    files = [a_file(path) for path in ("src/orders/a.py", "ledger/b.py", "main.py", "tests/x/test_a.py", "docs/a.md")]

    assert areas_of(files) == (ROOT, "ledger", "orders")
    assert areas_of(files[3:]) == ("docs", "test")
    assert areas_of([]) == ()


@pytest.mark.parametrize(
    ("path", "patch", "lost"),
    [
        ("shop/api.py", '-@app.get("/v1/rates")\n+@app.get("/v2/rates")', ("/v1/rates",)),
        ("shop/api.py", '-@app.get("/rates/<int:id>")\n+    ("GET", "/rates/{rate}", show),', ()),
        ("shop/api.py", '-    ("DELETE", "/rates/ID", drop),', ("/rates/ID",)),
        ("shop/client.py", '-    requests.get("/v1/rates")', ()),
        ("src/RateController.java", '-    @GetMapping("/rates")', ("/rates",)),
        ("shop/__init__.py", "-from shop.money import Money as Amount", ("Amount",)),
        ("shop/__init__.py", '-__all__ = ["a", "b"]\n+__all__ = ["b"]', ("a",)),
        ("web/index.ts", "-export { a, b as c } from './x'", ("a", "c")),
        ("web/index.ts", "-export function pay() {", ("pay",)),
        ("web/pay.ts", "-export function pay() {", ()),
        ("tests/test_api.py", '-@app.get("/v1/rates")', ()),
        ("shop/money.py", "-def round_down(a):", ()),
    ],
)
def test_what_is_taken_away(path: str, patch: str, lost: tuple[str, ...]) -> None:
    assert taken_away([a_file(path, patch=patch)]) == lost
