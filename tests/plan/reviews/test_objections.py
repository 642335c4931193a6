from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.model.actions import ReviewWhenRead
from simulator.model.code import ChangedFile
from simulator.model.diff_lines import shown_lines
from simulator.model.keys import PullRef, SeatId
from simulator.plan.pulls import standing
from simulator.plan.reviews.objections import Finder
from simulator.plan.reviews.rules.every import points_in
from simulator.plan.reviews.rules.point import Point, Reading
from simulator.scenario.backlog import IssuePart
from simulator.scenario.people import Companion, Reviewing, Watch
from tests.plan.builders import BINDINGS, REVIEWS, a_file, a_scenario, head, opened

TEST = a_file("tests/test_x.py", ["def test_it():", "    assert True"])


def found(*files: dict[str, Any], body: str = "What it does and why, in a sentence.", **more: Any) -> list[Point]:
    reading = Reading(
        title=more.pop("title", "feat: x"),
        body=body,
        files=tuple(ChangedFile(**file) for file in files),
        reviewing=more.pop("reviewing", Reviewing()),
        max_changed_lines=more.pop("most", 400),
        tests_required=True,
        project="PAY",
        **more,
    )
    return list(points_in(reading))


def kinds(*files: dict[str, Any], **more: Any) -> list[str]:
    return [point.kind for point in found(*files, **more)]


def test_the_limit_itself_is_allowed() -> None:
    assert kinds(a_file(additions=398), TEST) == []
    assert kinds(a_file(additions=399), TEST) == ["size"]


def test_tests_alone_never_make_a_change_too_large() -> None:
    assert kinds(a_file(additions=100), {**TEST, "additions": 900}) == []


def test_the_piece_to_take_out_first_is_production_code() -> None:
    size, *_ = found(a_file("docs/x.md", additions=300), a_file("src/core.py", additions=260), TEST)

    assert size.fields["first"] == "src/core.py"
    too_large, *_ = found(a_file("src/a.py", additions=900), a_file("src/b.py", additions=200), TEST)
    assert too_large.fields["first"] == "src/b.py"


def test_of_one_large_file_nobody_is_asked_to_take_it_out_first() -> None:
    (alone,) = found(a_file(additions=900), TEST)
    two, *_ = found(a_file(additions=900), a_file("src/other.py"), TEST)

    assert (alone.occasion, two.occasion) == ("size-of-one-file", "size")


@pytest.mark.parametrize(
    ("lines", "title", "expected"),
    [
        (["# why we round up", "", "import decimal", "from x import y"], "docs: say why", []),
        (["    // why", "    /* what */", "    * for whom", "}"], "docs: say why", []),
        (["x = 1  # why"], "feat: x", [("untested", False)]),
        (["def refund(amount):"], "refactor: name the amount", [("untested", True)]),
    ],
)
def test_what_changes_no_behaviour_wants_no_test(
    lines: list[str], title: str, expected: list[tuple[str, bool]]
) -> None:
    assert [(point.kind, point.arguable) for point in found(a_file(lines=lines), title=title)] == expected


def test_a_test_file_counts_when_what_it_tests_has_changed() -> None:
    imports = a_file("tests/test_x.py", ["from texts import reminder"])
    empty = {**a_file("tests/__init__.py"), "additions": 0, "patch": None}
    fewer = {**TEST, "additions": 0, "deletions": 1, "patch": "@@ -1,2 +1,1 @@\n x = 1\n-    assert x == 2"}

    assert kinds(a_file(), imports, empty) == ["untested"]
    assert kinds(a_file(), fewer) == kinds(a_file(), {**TEST, "patch": None}) == []


def test_four_folders_at_once_are_four_concerns() -> None:
    folders = [a_file(f"{name}/x.py", ["x = 1"] * 6) for name in ("billing", "shipping", "mail", "reports")]

    assert kinds(*folders, TEST) == ["concerns"]
    assert kinds(*folders[:3], TEST, a_file("docs/x.md", ["x"] * 9)) == []
    assert kinds(TEST, body="For PAY-1, PAY-2, PAY-3 and PAY-4, all of them together.") == ["concerns"]


def test_a_large_enough_change_wants_a_description_and_a_template_is_none() -> None:
    code = a_file(additions=40)

    assert kinds(code, TEST, body="") == ["description"]
    assert [found(code, TEST, body=body)[0].occasion for body in ("", "Some fixes.", "## What\n\n## Why\n")] == [
        "description",
        "description-short",
        "description-template",
    ]
    assert kinds(code, TEST, body="## What\n<!-- say what -->\n- [ ] tests\n## Why\n") == ["description"]
    assert kinds(code, TEST, body="Resolves PAY-1") == []
    assert kinds(code, TEST, body="## What\n\nThe half that can go in alone.\n\n## How\n- [x] tests") == []
    assert kinds(a_file(additions=20), TEST, body="") == []


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ('TOKEN = "ghp_9fK2mQ7xLw3RtY8vBn5ZcD1sHj6GpA0eUi4T"', True),
        ('aws = "AKIAQPLMZNXBVCRTYUWE"', True),
        ("-----BEGIN RSA PRIVATE KEY-----", True),
        ('url = "postgres://app:Zx81kQ0p@db/pay"', True),
        ('api_key = "f3b1c9d27a6e4f50"', True),
        ('api_key = os.environ["API_KEY"]', False),
        ('password = "changeme"', False),
        ('url = "postgres://app:{password}@db/pay"', False),
        ('token_header = "X-Request-Token"', False),
    ],
)
def test_keys_and_tokens_are_known_by_their_prefix_or_by_name_and_entropy(line: str, is_one: bool) -> None:
    assert ("secret" in kinds(a_file(lines=[line]), TEST)) is is_one


def test_left_overs_are_found_by_language_and_not_in_tests_or_scripts() -> None:
    assert kinds(a_file(lines=["print(1)"]), TEST) == ["leftover"]
    assert kinds(a_file("web/a.ts", ["  console.log(x)"]), TEST) == ["leftover"]
    assert kinds(a_file("web/a.js", ["  debugger;"]), TEST) == ["leftover"]
    assert kinds(a_file(lines=["    breakpoint()"]), TEST) == ["leftover"]
    assert kinds(a_file("scripts/seed.py", ["print(1)"]), {**TEST, "patch": "@@ -0,0 +1,1 @@\n+print(2)"}) == []


def test_conflict_markers_are_found_once_and_a_heading_is_none() -> None:
    marked = a_file(lines=["<<<<<<< HEAD", "a = 1", "=======", "a = 2", ">>>>>>> main"])

    assert kinds(marked, TEST) == ["conflict"]
    assert kinds(a_file("docs/x.md", ["Title", "======="])) == []


def test_small_things_are_nits() -> None:
    lines = ["# TODO: later", "# return old_value", "x = 1  ", "if x == None:", "# TODO PAY-3: later"]
    points = found(a_file(lines=lines), TEST)

    assert [(point.kind, point.line, point.nit) for point in points] == [
        ("to-do", 1, True),
        ("put-aside", 2, True),
        ("trailing-space", 3, True),
        ("bare-truth", 4, True),
    ]


def test_files_that_a_build_makes_do_not_belong_in() -> None:
    (unfit,) = found(a_file("app/__pycache__/x.pyc", []), a_file("dump.sqlite3", []), TEST)

    assert unfit.kind == "unfit"
    assert unfit.fields["more"] == " and 1 more like it"
    assert kinds(a_file("gradle/wrapper/gradle-wrapper.jar", []), a_file("tests/fixtures/old.sqlite3", [])) == []


def test_a_test_that_goes_away_is_asked_about_at_the_nearest_line() -> None:
    patch = "@@ -1,5 +1,3 @@\n import x\n-def test_gone():\n-    assert x.y\n \n def test_kept():"
    file = {"path": "tests/test_x.py", "status": "modified", "additions": 0, "deletions": 2, "patch": patch}

    (gone,) = found(file)

    assert (gone.kind, gone.fields["name"], gone.line) == ("test-removed", "test_gone", 2)


def test_a_whole_file_of_tests_may_go_with_its_code_and_not_without() -> None:
    tests = {**a_file("tests/test_x.py", []), "status": "removed", "deletions": 40, "patch": None}
    code = {**a_file("src/x.py", []), "status": "removed", "deletions": 40, "patch": None}

    assert kinds(tests) == ["test-file-removed"]
    assert kinds(tests, code) == []
    assert kinds(tests, a_file("tests/unit/test_x.py", ["def test_it():"])) == []


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("tests/test_x.py", "@pytest.mark.skip"),
        ("web/cart.spec.ts", "  it.skip('adds', () => {"),
        ("src/test/java/CartTest.java", "  @Disabled"),
        ("cart_test.go", "\tt.Skip()"),
    ],
)
def test_a_test_that_is_switched_off_is_asked_about(path: str, line: str) -> None:
    assert kinds(a_file(path, [line])) == ["test-skipped"]
    assert kinds(a_file("docs/testing.md", [line])) == []


def test_the_scenario_gives_patterns_for_lines_that_come_and_lines_that_go() -> None:
    watches = (
        Watch(pattern="Decimal", path="src/*.py", removed=True, remark="Why does it go?"),
        Watch(pattern="float", path="src/*.py", remark="No floats."),
    )
    patch = "@@ -1,2 +1,2 @@\n-x = Decimal(1)\n+x = float(1)\n y = 2"
    file = {"path": "src/x.py", "status": "modified", "additions": 1, "deletions": 1, "patch": patch}

    points = found(file, TEST, reviewing=Reviewing(watches=watches))

    assert [(p.words, p.line) for p in points] == [("Why does it go?", 1)]
    assert kinds({**file, "path": "lib/x.py"}, TEST, reviewing=Reviewing(watches=watches)) == []


def test_files_that_belong_together_are_missed_when_one_stays() -> None:
    pair = Companion(path="src/*.py", wants="docs/*.md", remark="The page wants a word too.")
    asking = Reviewing(missing=(pair,))

    (missing,) = found(a_file(), TEST, reviewing=asking)

    assert (missing.words, missing.line) == ("The page wants a word too.", 1)
    assert kinds(a_file(), TEST, a_file("docs/x.md", ["x"]), reviewing=asking) == []


def test_a_line_that_contradicts_a_criterion_is_found_for_its_issue() -> None:
    issue = IssuePart.model_validate(
        {
            "id": "refunds",
            "summary": "Refunds",
            "criteria": ["Never more than was paid."],
            "violated_when": [{"criterion": 1, "pattern": "allow_any", "remark": "That would pay out too much."}],
        }
    )

    (point,) = found(a_file(lines=["allow_any = True"]), TEST, issues=(issue,))

    assert point.words == "That would pay out too much."
    assert kinds(a_file(lines=["allow_any = True"]), TEST) == []


def test_of_two_points_on_one_line_the_weightier_stands() -> None:
    watch = Watch(pattern="print", remark="Mine.")

    assert [p.words for p in found(a_file(lines=["print(1)"]), TEST, reviewing=Reviewing(watches=(watch,)))] == [
        "Mine."
    ]


def test_a_file_whose_diff_is_not_shown_breaks_nothing() -> None:
    (point,) = found({**a_file(), "patch": None})

    assert (point.kind, point.line) == ("untested", None)
    assert kinds({**a_file("logo.png"), "patch": None, "additions": 0}) == []
    assert kinds({**a_file("src/b.py"), "status": "renamed", "patch": None, "additions": 0}) == []


_LINES = st.lists(
    st.text("+-@ \\x#\f\u2028\tprint()TODOfloat<>=é", max_size=30) | st.sampled_from(["print(1)", "x = 1  "]),
    max_size=12,
)


@given(kept=_LINES, new=_LINES, gone=_LINES)
def test_every_point_stands_on_a_line_that_the_diff_shows(kept: list[str], new: list[str], gone: list[str]) -> None:
    rows = [*(f" {row}" for row in kept), *(f"-{row}" for row in gone), *(f"+{row}" for row in new)]
    patch = "\n".join([f"@@ -3,{len(kept) + len(gone)} +3,{len(kept) + len(new)} @@", *rows])
    file = {"path": "src/a.py", "status": "modified", "additions": len(new), "deletions": len(gone), "patch": patch}
    watches = (Watch(pattern=".", remark="!"), Watch(pattern="x", removed=True, remark="?"))

    shown = shown_lines(ChangedFile(**file).patch)  # type: ignore[arg-type]

    assert shown == frozenset(range(3, 3 + len(kept) + len(new)))
    for point in found(file, reviewing=Reviewing(watches=watches)):
        assert point.line is None or point.line in shown


def finder(folder: Path, *, seed: int = 1, thoroughness: str = "thorough", **person: Any) -> Finder:
    scenario = a_scenario(folder, REVIEWS)
    people = dict(scenario.spec.people)
    review = people["mira"].review
    assert review is not None
    asking = review.model_copy(update={"thoroughness": thoroughness})
    people["mira"] = people["mira"].model_copy(update={"review": asking, **person})
    scenario = replace(scenario, spec=scenario.spec.model_copy(update={"people": people}))
    noisy = a_file("web/a.js", [f"console.log({n})" for n in range(20)])
    leaky = a_file("src/other.py", ['key = "AKIAQPLMZNXBVCRTYUWE"'])
    pull = standing([opened(), head(files=[noisy, leaky, TEST, a_file("db/x.sql", ["select 1;"])])], "3")
    assert pull is not None
    action = ReviewWhenRead(actor=SeatId("mira"), pull=PullRef("#3"))
    return Finder(asked=action, pull=pull, scenario=scenario, bindings=BINDINGS, seed=seed)


def test_who_is_less_thorough_finds_a_part_and_always_the_same_one(tmp_path: Path) -> None:
    def keys(thoroughness: str, seed: int = 1) -> set[str]:
        one = finder(tmp_path, seed=seed, thoroughness=thoroughness)
        return {point.key for point in one.at("a1", one.pull.opened_at)}

    everything, careless = keys("thorough"), keys("careless")

    assert careless < everything
    assert careless == keys("careless")
    assert careless != keys("careless", seed=2) or careless != keys("careless", seed=3)
    assert any("secret" in key for key in careless)


def test_who_has_skills_leaves_the_rest_to_who_knows_it(tmp_path: Path) -> None:
    one = finder(tmp_path, skills=("sql",))

    assert [file.path for file in one.known_files(SeatId("mira"), "a1")] == ["db/x.sql"]
    assert len(one.known_files(SeatId("tom"), "a1")) == 4


def test_a_secret_that_only_left_the_file_is_still_in_the_history(tmp_path: Path) -> None:
    leaky = a_file(lines=['key = "AKIAQPLMZNXBVCRTYUWE"'])
    facts = [
        opened(),
        head(files=[leaky, TEST], commits=["a1"]),
        head(head_sha="b2", files=[a_file(), TEST], commits=["a1", "b2"]),
        head(head_sha="c3", files=[a_file(), TEST], commits=["c3"]),
    ]
    pull = standing(facts, "3")
    assert pull is not None
    action = ReviewWhenRead(actor=SeatId("tom"), pull=PullRef("#3"))
    one = Finder(asked=action, pull=pull, scenario=a_scenario(tmp_path), bindings=BINDINGS, seed=1)

    found = {sha: [point.kind for point in one.at(sha, pull.opened_at)] for sha in ("a1", "b2", "c3")}

    assert found == {"a1": ["secret"], "b2": ["secret-in-history"], "c3": []}
