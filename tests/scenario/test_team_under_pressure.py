"""The shipped team under pressure: its code is sound in the order of its story, and what collides there collides."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.scenario.assembling.settle import settle
from simulator.scenario.load import load_scenario
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.moments.moment import Moment
from simulator.scenario.packs import find_scenario

FOLDER = find_scenario("team-under-pressure")
PATCHES = sorted(path.relative_to(FOLDER / "patches").as_posix() for path in (FOLDER / "patches").glob("*/*"))
SEED = 5
ON_THE_STARTER = [patch for patch in PATCHES if patch.startswith("sloppy/")]


class Repository:
    """The scenario's code under git, as it stands when the run begins."""

    def __init__(self, folder: Path, story: Path) -> None:
        self.folder = folder
        self._story = story
        self._copy(self._story / "repo")
        self.git("init", "-q", "-b", "main")
        self._commit("start")
        self.git("tag", "start")

    def git(self, *words: str) -> subprocess.CompletedProcess[str]:
        who = ("-c", "user.name=Kim", "-c", "user.email=kim@pedalpost.example", "-c", "commit.gpgsign=false")
        return subprocess.run(["git", *who, *words], cwd=self.folder, capture_output=True, text=True, check=False)

    def branch(self, name: str, *patches: str, start: str = "main") -> None:
        self.git("checkout", "-q", "-B", name, start)
        for patch in patches:
            self._copy(self._story / "patches" / patch)
            self._commit(patch)

    def merge(self, name: str) -> list[str]:
        """Squash a branch into main; the files that conflict, and then main stays as it was."""
        self.git("checkout", "-q", "main")
        merged = self.git("merge", "--squash", name)
        conflicts = self.git("diff", "--name-only", "--diff-filter=U").stdout.split()
        if merged.returncode:
            self.git("reset", "-q", "--hard")
        else:
            self._commit(name)
        return conflicts

    def fails(self) -> str:
        """What its own tests say, empty when they are green."""
        ran = subprocess.run(
            [sys.executable, "-B", "-m", "unittest"], cwd=self.folder, capture_output=True, text=True, check=False
        )
        return "" if ran.returncode == 0 and "Ran 0 tests" not in ran.stderr else ran.stderr

    def _copy(self, source: Path) -> None:
        # With the sources' times, git would take a file changed within its second and of its size for the old one.
        no_caches = shutil.ignore_patterns("__pycache__")
        shutil.copytree(source, self.folder, copy_function=shutil.copyfile, ignore=no_caches, dirs_exist_ok=True)

    def _commit(self, message: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> LoadedScenario:
    """As a run with a seed of its own has it."""
    return load_scenario(settle(load_scenario(FOLDER, seed=SEED), tmp_path_factory.mktemp("settled")))


@pytest.fixture
def repository(tmp_path: Path, scenario: LoadedScenario) -> Repository:
    return Repository(tmp_path / "code", scenario.folder)


def merged(repository: Repository, *branches: tuple[str, ...]) -> None:
    for name, *patches in branches:
        repository.branch(name, *patches)
        assert repository.merge(name) == []


def test_the_code_is_green_after_every_merge_of_the_first_sprint(repository: Repository) -> None:
    repository.branch("depots", "milo/depots")
    repository.branch("postcodes", "milo/postcodes", "milo/postcodes-reviewed")
    for name, patches in (("window", ["model/window-text"]), ("history", ["model/history"])):
        repository.branch(name, *patches)
        assert repository.fails() == ""
        if name == "window":
            assert repository.merge(name) == []

    assert repository.merge("postcodes") == []
    assert repository.merge("depots") == []
    assert repository.fails() == ""
    assert repository.merge("history") == ["tracking/parcels.py", "tracking/routes/scans.py", "tracking/service.py"]

    repository.branch("history", "model/history-rebased")
    assert repository.merge("history") == []
    repository.branch("proof", "model/proof")
    assert repository.fails() == ""
    repository.branch("proof", "model/proof", "model/proof-reviewed")
    assert repository.merge("proof") == []
    merged(repository, ("eta", "model/eta"), ("messages", "model/messages"), ("reading", "model/rounds-reading"))
    assert repository.fails() == ""
    merged(repository, ("route", "model/rounds-route"))
    assert repository.fails() == ""


def test_milos_rename_goes_in_without_a_conflict_when_nobody_touched_his_lines(repository: Repository) -> None:
    repository.branch("depots", "milo/depots")
    merged(repository, ("eta", "model/eta"), ("messages", "model/messages"))

    assert repository.merge("depots") == []
    assert repository.fails() == ""


def test_two_green_branches_make_main_red_and_one_fix_mends_it(repository: Repository) -> None:
    merged(repository, ("window", "model/window-text"), ("key", "model/key-clean"), ("tidy", "model/retention"))
    repository.branch("reminders", "model/reminders")
    assert repository.fails() == ""
    repository.branch("names", "milo/window-names")
    assert repository.fails() == ""

    assert (repository.merge("names"), repository.merge("reminders")) == ([], [])
    assert "'Window' object has no attribute 'label'" in repository.fails()

    merged(repository, ("mended", "model/reminders-mended"), ("lockers", "model/lockers"))
    assert repository.fails() == ""


def test_what_careless_learners_push_runs(repository: Repository) -> None:
    for patch in ON_THE_STARTER:
        before = ("sloppy/history",) if patch in ("sloppy/history-obeyed", "sloppy/proof") else ()
        repository.branch("theirs", *before, patch, start="start")
        assert repository.fails() == "", patch


def test_the_pull_request_that_is_too_large_is_and_its_pieces_are_not(repository: Repository) -> None:
    def lines(patch: str) -> int:
        repository.branch("sized", patch, start="start")
        counted = repository.git("diff", "--numstat", "start", "sized").stdout.split("\n")
        return sum(int(line.split("\t")[0]) for line in counted if line)

    assert lines("model/rounds-whole") > 400
    assert max(lines("model/rounds-reading"), lines("model/rounds-route")) < 200


def test_every_patch_folder_is_used() -> None:
    text = (FOLDER / "scenario.yaml").read_text(encoding="utf-8")

    assert [patch for patch in PATCHES if not re.search(rf"patches/{patch}(?![\w-])", text)] == []


def test_all_eighteen_moments_are_lived_through_in_two_sprints(scenario: LoadedScenario) -> None:
    moments = {event.number for event in scenario.spec.story if isinstance(event, Moment)}

    assert moments == set(range(1, 19))
    assert [sprint.days for sprint in scenario.spec.sprints] == [10, 10]
    assert set(scenario.spec.personas) == {"model", "average", "sloppy", "idle", "adversary"}
    assert len(scenario.spec.backlog) >= 16
    assert sum(1 for person in scenario.spec.people.values() if person.kind == "teammate") == 4


def test_code_criteria_and_answers_differ_from_seed_to_seed(scenario: LoadedScenario, tmp_path: Path) -> None:
    other = load_scenario(settle(load_scenario(FOLDER, seed=2), tmp_path))
    told = [
        (each.file.read_text(), (each.folder / "repo/tracking/routes/eta.py").read_text()) for each in (scenario, other)
    ]

    assert all("{vary:" not in text for texts in told for text in texts)
    assert all(one != another for one, another in zip(*told, strict=True))
    for each, (_, code) in zip((scenario, other), told, strict=True):
        minutes = re.search(r"MINUTES_A_STOP = (\d+)", code)
        assert minutes
        assert f"all three stops, {minutes[1]} minutes each" in each.file.read_text()
