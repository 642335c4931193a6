"""Mapping files: what is read of them, and every fault at its place."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from simulator.errors import ScenarioError
from simulator.model.facts import FactKind
from simulator.model.past import Told
from simulator.run.lint.mapping import MappingPart, read_mapping
from simulator.run.lint.told import told_by_mapping
from tests.lint.workshop import SINCE, UNTIL

WHOLE = """\
format: 1
branch: main
project: PAY
zone: Europe/Berlin
hours: 08:00-16:00
days: [mon, tue, wed, thu]
people:
  - {name: Ada Lovelace, emails: [ada@example.com, ada@laptop], github: ada, jira: 5b10}
  - {name: Robot, emails: [robot@example.com], bot: true}
done: [Shipped]
waiting: [Idea]
sprints:
  - {name: Sprint 1, start: 2026-03-02, end: 2026-03-13, goal: Refunds}
issues:
  PAY-3:
    summary: Refund a payment in part
    type: Story
    description: So that shops need no phone call.
    priority: High
    points: 3
    labels: [refunds]
    created: 2026-03-01
    reporter: Ada Lovelace
    assignee: Ada Lovelace
    sprint: Sprint 1
    status: Idea
    resolution: Done
    moves:
      - {at: 2026-03-03 10:30, to: Building, by: Ada Lovelace}
      - {at: "2026-03-04T16:00:00+00:00", to: Shipped}
hygiene:
  profile: trunk-based
  off: [CM-01]
  waivers: [{rule: PR-04, subject: "pull:1", reason: it was generated once and for all}]
"""


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """The file that a test writes."""
    return tmp_path / "mapping.yaml"


def _faults(file: Path, text: str) -> list[str]:
    file.write_text(text)
    with pytest.raises(ScenarioError) as refused:
        read_mapping(file)
    return [str(problem).removeprefix(f"{file}:") for problem in refused.value.problems]


def test_everything_that_can_stand_in_it_is_read(written: Path) -> None:
    written.write_text(WHOLE)

    mapping = read_mapping(written)
    past = told_by_mapping(mapping, since=SINCE, until=UNTIL)

    created, *moves = (seen for seen in past.observations if seen.subject == "issue:PAY-3")
    assert created.detail["points"] == 3
    assert created.detail["sprints"] == [1]
    assert created.account == "Ada Lovelace"
    assert [move.detail["category"] for move in moves] == ["indeterminate", "done"]
    assert moves[0].recorded_at == datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
    assert moves[1].recorded_at == datetime(2026, 3, 4, 16, 0, tzinfo=UTC)
    assert past.tells == {Told.ACCOUNTS, Told.KEYS, Told.ISSUES, Told.ISSUE_HISTORY, Told.SPRINTS}
    assert past.people[0].accounts == ("ada@example.com", "ada@laptop", "ada", "5b10")
    assert past.people[1].is_bot
    assert mapping.hygiene.profile == "trunk-based"


def test_a_sprint_begins_with_its_first_days_work_and_ends_with_its_lasts(written: Path) -> None:
    written.write_text(WHOLE)

    past = told_by_mapping(read_mapping(written), since=SINCE, until=UNTIL)

    times = {seen.kind: seen.recorded_at for seen in past.observations if seen.subject == "sprint:1"}
    assert times[FactKind.SPRINT_STARTED] == datetime(2026, 3, 2, 7, tzinfo=UTC)
    assert times[FactKind.SPRINT_CLOSED] == datetime(2026, 3, 13, 15, tzinfo=UTC)


def test_a_sprint_that_runs_at_the_end_of_the_range_is_not_closed(written: Path) -> None:
    written.write_text(WHOLE)

    past = told_by_mapping(read_mapping(written), since=SINCE, until=datetime(2026, 3, 10, tzinfo=UTC))

    assert FactKind.SPRINT_CLOSED not in {seen.kind for seen in past.observations}


def test_a_file_that_says_nothing_more_than_its_format_will_do(written: Path) -> None:
    written.write_text("format: 1\n")

    assert read_mapping(written) == MappingPart(format=1)
    assert told_by_mapping(MappingPart(format=1), since=SINCE, until=UNTIL).tells == frozenset()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("format: 1\npepole: []\n", "2:1: unknown key `pepole` (did you mean `people`?)"),
        ("format: 1\npeople:\n  - {name: Ada, mail: a@b}\n", "3:17: unknown key `mail`"),
        ("format: 2\n", "1:9: "),
        ("{}\n", "1:1: "),
        ("format: 1\nproject: pay\n", "2:10: `pay` is not a Jira project key"),
        ("format: 1\nzone: Mars/Base\n", "2:7: "),
        ("format: 1\nhours: 17:00-09:00\n", "2:8: "),
        ("format: 1\npeople:\n  - {name: Ada}\n", "3:5: Ada has no account"),
        ("format: 1\npeople:\n  - {name: A, github: x}\n  - {name: B, github: X}\n", "4:5: x is A's already"),
        ("format: 1\nsprints:\n  - {name: S, start: 2026-03-09, end: 2026-03-02}\n", "3:39: S ends before it starts"),
        ("format: 1\nsprints:\n  - {name: S, start: 2026-02-30, end: 2026-03-02}\n", "3:22: there is no 2026-02-30"),
        ("format: 1\nsprints:\n  - {name: S, start: soon, end: 2026-03-02}\n", "3:22: `soon` is no day and no instant"),
        (
            "format: 1\nsprints:\n  - {name: S, start: 0001-01-01, end: 9999-03-02}\n",
            "3:22: the year 1 is too far away",
        ),
        ("format: 1\nissues:\n  pay3: {}\n", "3:3: `pay3` is not the key of an issue"),
        ("format: 1\nproject: PAY\nissues:\n  OPS-3: {}\n", "4:10: OPS-3 is not of the project PAY"),
        ("format: 1\nissues:\n  PAY-3: {}\n  OPS-3: {}\n", "3:3: issues of 2 projects"),
        ("format: 1\nissues:\n  PAY-3: {sprint: Nine}\n", "3:19: there is no sprint `Nine`"),
        ("format: 1\nissues:\n  PAY-3: {type: Saga}\n", "3:17: "),
        ("format: 1\nissues:\n  PAY-3: {points: -1}\n", "3:19: "),
        (
            "format: 1\npeople:\n  - {name: Ada, github: a}\nissues:\n  PAY-3: {assignee: Tom}\n",
            "5:21: there is nobody called `Tom`",
        ),
        (
            "format: 1\nissues:\n  PAY-3:\n    moves:\n      - {at: 2026-03-03, to: Done}\n      - {at: 2026-03-02, to: Open}\n",
            "5:7: the moves of PAY-3 are not in order",
        ),
        (
            "format: 1\npeople: [{name: Ada, github: a}]\nissues:\n"
            "  PAY-3: {moves: [{at: 2026-03-03, to: Done, by: Tom}]}\n",
            "4:50: there is nobody called `Tom`",
        ),
        ("format: 1\npeople:\n  - {name: Ada, github: a}\n  - {name: Ada, github: b}\n", "4:12: a second `Ada`"),
        (
            "format: 1\nsprints:\n  - {name: S, start: 2026-03-02, end: 2026-03-09}\n"
            "  - {name: S, start: 2026-03-09, end: 2026-03-16}\n",
            "4:12: a second sprint `S`",
        ),
        ("format: 1\nissues:\n  PAY-3: {moves: [{at: 2026-03-03, to: Done, form: x}]}\n", "3:46: unknown key `form`"),
        ("format: 1\nissues:\n  PAY-3: {moves: {at: 2026-03-03}}\n", "3:18: "),
        ("format: 1\nissues:\n  PAY-3: {moves: [{at: 2026-03-03}]}\n", "3:19: `to` is missing"),
        ("format: 1\nissues:\n  PAY-3: {summary: [a]}\n", "3:20: "),
        ("format: 1\nissues: [PAY-3]\n", "2:9: "),
        ("format: 1\npeople: Ada\n", "2:9: "),
        ("format: 1\ndays: [someday]\n", "2:8: "),
        ("format: 1\ndays: []\n", "2:7: "),
        ("format: 1\nissues:\n  PAY-3: {created: 2026-03-03 25:00}\n", "3:20: there is no 2026-03-03 25:00"),
        ("format: 1\nissues:\n  PAY-3: {created: 5}\n", "3:20: `5` is no day and no instant"),
        ("format: 1\nhygiene: {waivers: [{rule: PR-04, subject: 'pull:1', reason: ''}]}\n", "2:"),
        ("format: 1\nhygiene: {options: {PR-04: {nothing: 3}}}\n", "2:"),
        ("format: 1\nproject: &a PAY\nbranch: !!python/object:os.system x\n", "3:"),
        ("format: 1\n---\nformat: 1\n", "2:"),
        ("just words\n", "1:1: a mapping is keys and values"),
        ("format: 1\nhygiene: {off: [XX-99]}\n", "2:17: there is no rule `XX-99`"),
        ("format: 1\nhygiene: {profile: nothing}\n", "2:20: there is no profile `nothing`"),
        ("format: 1\nhygiene: {weights: {PR-04: 3}}\n", "2:11: unknown key `weights` (it is fixed"),
        ("- a\n- b\n", "1:1: a mapping is keys and values"),
        ("format: 1\n  people: [\n", "2:"),
        ("", "1:1: the file is empty"),
        ("format: 1\nformat: 1\n", "2:1: "),
    ],
)
def test_a_fault_is_told_at_its_place(written: Path, text: str, fault: str) -> None:
    faults = _faults(written, text)

    assert any(told.startswith(fault) for told in faults), faults


def test_all_faults_are_told_at_once(written: Path) -> None:
    faults = _faults(
        written, WHOLE.replace("Sprint 1\n    status", "Sprint 9\n    status").replace("[CM-01]", "[CM-77]")
    )

    assert len(faults) == 2


def test_a_profile_of_ones_own_lies_beside_the_file(written: Path) -> None:
    (written.parent / "ours.yaml").write_text("format: 1\nname: ours\nsummary: Our terms.\noff: [BR-01]\n")
    written.write_text("format: 1\nhygiene: {profile: ours.yaml}\n")

    assert read_mapping(written).hygiene.profile == "ours.yaml"


@pytest.mark.parametrize(
    ("raw", "fault"),
    [(b"format: 1\nbranch: caf\xe9\n", "UTF-8"), (b"\x00\x01", "1:"), (b"format: 1\nbranch: \x1b[31m\n", "2:")],
    ids=["latin-1", "binary", "escape"],
)
def test_a_file_of_other_signs_is_refused_in_words(written: Path, raw: bytes, fault: str) -> None:
    written.write_bytes(raw)

    with pytest.raises(ScenarioError) as refused:
        read_mapping(written)

    assert fault in str(refused.value.problems[0])


def test_aliases_that_multiply_are_refused_before_they_fill_the_memory(written: Path) -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]

    assert _faults(written, "format: 1\n" + "\n".join(rows) + "\n")


@pytest.mark.parametrize(
    ("zone", "start", "expected"),
    [
        ("UTC", "2026-03-02", datetime(2026, 3, 2, 9, tzinfo=UTC)),
        ("America/New_York", "2026-03-02", datetime(2026, 3, 2, 14, tzinfo=UTC)),
        ("America/New_York", "2026-03-09", datetime(2026, 3, 9, 13, tzinfo=UTC)),
        ("Asia/Kolkata", "2026-03-02 10:00", datetime(2026, 3, 2, 4, 30, tzinfo=UTC)),
        ("Asia/Kolkata", "2026-03-02T10:00:00Z", datetime(2026, 3, 2, 10, tzinfo=UTC)),
        ("Asia/Kolkata", "2026-03-02 10:00:30-03:00", datetime(2026, 3, 2, 13, 0, 30, tzinfo=UTC)),
    ],
)
def test_a_day_begins_with_its_work_and_an_instant_is_of_the_zone_unless_it_has_an_offset(
    written: Path, zone: str, start: str, expected: datetime
) -> None:
    written.write_text(f'format: 1\nzone: {zone}\nsprints:\n  - {{name: S, start: "{start}", end: 2026-03-20}}\n')

    past = told_by_mapping(read_mapping(written), since=SINCE, until=UNTIL)

    started = next(seen for seen in past.observations if seen.kind is FactKind.SPRINT_STARTED)
    assert started.recorded_at == expected


def test_a_file_larger_than_any_mapping_is_not_read(written: Path) -> None:
    written.write_text("# " + "x" * 1_100_000)

    assert _faults(written, written.read_text())
