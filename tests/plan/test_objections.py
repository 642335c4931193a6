from __future__ import annotations

from simulator.model.actions import ReviewWhenRead
from simulator.model.keys import PullRef, SeatId
from simulator.plan.objections import Objection, objections_to
from simulator.plan.pulls import standing
from simulator.scenario.people import Watch
from tests.plan.builders import a_file, head, opened


def objections(*files: dict[str, object], watches: tuple[Watch, ...] = (), most: int = 400) -> tuple[Objection, ...]:
    pull = standing([opened(), head(files=files)], "3")
    assert pull is not None
    asked = ReviewWhenRead(actor=SeatId("mira"), pull=PullRef("#3"), max_changed_lines=most)
    return objections_to(pull, asked, watches=watches, seed=1)


def test_the_limit_itself_is_allowed() -> None:
    test = a_file("tests/test_x.py")

    assert objections(a_file(additions=398), test) == ()
    assert len(objections(a_file(additions=399), test)) == 1


def test_size_and_missing_tests_are_two_points() -> None:
    assert len(objections(a_file(additions=401))) == 2


def test_the_piece_to_take_out_first_is_production_code() -> None:
    (size,) = objections(a_file("tests/test_x.py", additions=300), a_file("src/core.py", additions=200))

    assert "`src/core.py`" in size.point


def test_a_watched_pattern_makes_three_remarks_at_most() -> None:
    watch = Watch(pattern="print", path="src/*.py", remark="Please not.")
    noisy = a_file(lines=["print(1)"] * 9)

    (point,) = objections(noisy, a_file("tests/test_x.py", ["print(2)"]), watches=(watch,))

    assert [remark.line for remark in point.remarks] == [1, 2, 3]
    assert {remark.path for remark in point.remarks} == {"src/refunds.py"}


def test_a_file_whose_diff_is_not_shown_gets_no_remark() -> None:
    (point,) = objections({**a_file(), "patch": None})

    assert point.remarks == ()
