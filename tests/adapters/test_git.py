"""GitClone against bare repositories on disk: git takes a folder's path for an address."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simulator.adapters.git import GitClone
from simulator.errors import Conflict, NotFound, SetupError
from simulator.model.code import FileChange
from simulator.timekeeping.clock import HandClock
from tests.adapters.builders import ALICE, BOB, services_at

MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


class Place:
    """A remote on disk, a starter folder and clones of the run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.remote = folder / "hub" / "acme" / "shop.git"
        self.remote.mkdir(parents=True)
        self.git("init", "--quiet", "--bare")
        self.clock = HandClock(MONDAY)
        self.starter = folder / "starter"
        self.starter.mkdir()
        (self.starter / "app.py").write_text("print('hi')\n", encoding="utf-8")
        (self.starter / "run.sh").write_text("#!/bin/sh\n", encoding="utf-8")
        (self.starter / "run.sh").chmod(0o755)

    def clone(self, name: str = "run") -> GitClone:
        services = services_at("", github_html_url=str(self.folder / "hub"))
        return GitClone(services, now=self.clock, workdir=self.folder / name)

    def git(self, *arguments: str) -> str:
        command = ["git", f"--git-dir={self.remote}", *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def seeded(self) -> GitClone:
        clone = self.clone()
        clone.push_folder(ALICE, self.starter, branch="main", message="chore: starter code")
        return clone


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def a_file(path: str = "app.py", content: str | None = "print('new')\n") -> FileChange:
    return FileChange(path=path, content=content)


def test_the_starter_is_one_commit_of_its_author_at_the_clocks_instant(place: Place) -> None:
    sha = place.clone().push_folder(ALICE, place.starter, branch="main", message="chore: starter code\n")

    assert place.git("rev-parse", "main") == sha
    assert place.git("log", "--format=%an|%ae|%at|%cn|%ct|%B", "main") == (
        f"Alice|alice@example.com|{MONDAY.timestamp():.0f}|Alice|{MONDAY.timestamp():.0f}|chore: starter code"
    )
    assert place.git("ls-tree", "-r", "--format=%(objectmode) %(path)", "main") == "100644 app.py\n100755 run.sh"


def test_what_the_starter_ignores_and_what_python_leaves_behind_is_not_pushed(place: Place) -> None:
    (place.starter / ".gitignore").write_text("secret.txt\n", encoding="utf-8")
    (place.starter / "secret.txt").write_text("x", encoding="utf-8")
    (place.starter / "__pycache__").mkdir()
    (place.starter / "__pycache__" / "app.pyc").write_bytes(b"x")

    place.seeded()

    assert place.git("ls-tree", "-r", "--name-only", "main").split() == [".gitignore", "app.py", "run.sh"]


def test_the_same_clock_gives_the_same_shas(tmp_path: Path) -> None:
    shas = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        place = Place(tmp_path / name)
        clone = place.seeded()
        shas.append(clone.push_files(BOB, [a_file()], branch="x", base="main", message="m"))

    assert shas[0] == shas[1]


def test_pushing_the_starter_again_finds_the_first_commit(place: Place) -> None:
    clone = place.seeded()
    first = place.git("rev-parse", "main")
    clone.push_files(ALICE, [a_file()], branch="main", base="main", message="more")

    assert place.clone("other").push_folder(ALICE, place.starter, branch="main", message="chore: starter code") == first


def test_the_starter_does_not_go_over_other_work(place: Place) -> None:
    place.seeded()

    with pytest.raises(Conflict, match="other work"):
        place.clone().push_folder(ALICE, place.starter, branch="main", message="another start")


def test_a_missing_starter_is_said(place: Place) -> None:
    with pytest.raises(SetupError) as caught:
        place.clone().push_folder(ALICE, place.folder / "nowhere", branch="main", message="m")

    assert "nowhere" in caught.value.where


def test_a_new_branch_starts_from_the_base_as_it_is_now(place: Place) -> None:
    ours, theirs = place.seeded(), place.clone("theirs")
    place.clock.tick()
    merged = theirs.push_files(ALICE, [a_file("new.py")], branch="main", base="main", message="theirs")

    sha = ours.push_files(BOB, [a_file()], branch="feature/ä-1", base="main", message="feat: ours")

    assert place.git("rev-parse", f"{sha}^") == merged
    assert place.git("show", "feature/ä-1:app.py") == "print('new')"


def test_files_are_written_deleted_and_keep_their_mode(place: Place) -> None:
    clone = place.seeded()
    odd = 'a "b" \\ c/ü\n.txt'
    changes = [
        a_file("run.sh", "#!/bin/bash\n"),
        a_file("app.py", None),
        a_file(odd, "x"),
        a_file("gone.py", None),
        a_file("e", ""),
    ]

    sha = clone.push_files(BOB, changes, branch="x", base="main", message="m")

    entries = [entry.partition("\t") for entry in place.git("ls-tree", "-r", "-z", sha).strip("\0").split("\0")]
    modes = {path: facts.split()[0] for facts, _, path in entries}
    assert modes == {odd: "100644", "e": "100644", "run.sh": "100755"}


def test_a_commit_may_change_nothing(place: Place) -> None:
    clone = place.seeded()

    sha = clone.push_files(BOB, [], branch="x", base="main", message="chore: wake the checks")

    assert place.git("diff", "--stat", f"{sha}^", sha) == ""


def test_commits_on_one_branch_follow_each_other(place: Place) -> None:
    clone = place.seeded()
    first = clone.push_files(BOB, [a_file()], branch="x", base="main", message="one")

    second = clone.push_files(BOB, [a_file("b.py")], branch="x", base="main", message="two")

    assert place.git("rev-parse", f"{second}^") == first


def test_a_branch_that_somebody_else_moved_is_fetched_and_pushed_upon(place: Place) -> None:
    ours, theirs = place.seeded(), place.clone("theirs")
    ours.push_files(BOB, [a_file()], branch="x", base="main", message="one")
    other = theirs.push_files(ALICE, [a_file("b.py")], branch="x", base="main", message="two")

    sha = ours.push_files(BOB, [a_file("c.py")], branch="x", base="main", message="three")

    assert place.git("rev-parse", f"{sha}^") == other


def test_a_branch_that_was_taken_away_starts_from_the_base_again(place: Place) -> None:
    clone = place.seeded()
    clone.push_files(BOB, [a_file()], branch="x", base="main", message="one")
    place.git("update-ref", "-d", "refs/heads/x")

    sha = clone.push_files(BOB, [a_file("b.py")], branch="x", base="main", message="two")

    assert place.git("rev-parse", f"{sha}^") == place.git("rev-parse", "main")


def test_force_replaces_the_branchs_own_last_commit(place: Place) -> None:
    clone = place.seeded()
    main = place.git("rev-parse", "main")
    clone.push_files(BOB, [a_file()], branch="x", base="main", message="one")

    sha = clone.push_files(BOB, [a_file("b.py")], branch="x", base="main", message="better", force=True)

    assert place.git("rev-parse", "x", f"{sha}^").split() == [sha, main]
    assert place.git("ls-tree", "-r", "--name-only", sha).split() == ["app.py", "b.py", "run.sh"]


def test_force_never_takes_away_what_belongs_to_the_base(place: Place) -> None:
    clone = place.seeded()
    main = place.git("rev-parse", "main")
    place.git("branch", "x", "main")

    sha = clone.push_files(BOB, [a_file()], branch="x", base="main", message="m", force=True)

    assert place.git("rev-parse", f"{sha}^") == main


def test_again_takes_the_commit_that_got_through(place: Place) -> None:
    clone = place.seeded()
    first = clone.push_files(BOB, [a_file()], branch="x", base="main", message="feat: one\n\nwhy")
    place.clock.tick(60)

    # the process died here, and another one begins with nothing but the remote
    sha = place.clone("after").push_files(
        BOB, [a_file()], branch="x", base="main", message="feat: one\n\nwhy", again=True
    )

    assert sha == first
    assert place.git("rev-parse", "x") == first


def test_again_makes_a_second_commit_of_the_same_words_when_its_files_are_missing(place: Place) -> None:
    clone = place.seeded()
    first = clone.push_files(BOB, [a_file()], branch="x", base="main", message="wip")

    sha = clone.push_files(BOB, [a_file("b.py")], branch="x", base="main", message="wip", again=True)

    assert place.git("rev-parse", f"{sha}^") == first


def test_without_a_base_nothing_can_start(place: Place) -> None:
    with pytest.raises(NotFound, match="no branch main"):
        place.clone().push_files(BOB, [a_file()], branch="x", base="main", message="m")


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", ".git/config", "a/.GIT/x", "", "a\0b"])
def test_paths_outside_the_repository_are_refused(place: Place, path: str) -> None:
    with pytest.raises(Conflict, match="cannot hold the path"):
        place.seeded().push_files(BOB, [a_file(path)], branch="x", base="main", message="m")


def test_a_refused_push_is_a_conflict_with_the_remotes_words(place: Place) -> None:
    clone = place.seeded()
    hook = place.remote / "hooks" / "update"
    hook.write_text("#!/bin/sh\necho 'GH006: Protected branch update failed' >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)

    with pytest.raises(Conflict, match="GH006: Protected branch update failed"):
        clone.push_files(BOB, [a_file()], branch="main", base="main", message="m")


def test_a_missing_repository_is_not_found_and_no_token_is_told(tmp_path: Path) -> None:
    services = services_at("", github_html_url=str(tmp_path / "bob-token"))
    clone = GitClone(services, now=HandClock(MONDAY), workdir=tmp_path / "run")

    with pytest.raises(NotFound) as caught:
        clone.push_files(BOB, [a_file()], branch="x", base="main", message="m")
    assert "bob-token" not in caught.value.what


def test_a_damaged_or_locked_folder_is_made_anew(place: Place) -> None:
    clone = place.seeded()
    (place.folder / "run" / "repository.git" / "packed-refs.lock").touch()
    after_a_kill = place.clone()

    after_a_kill.push_files(BOB, [a_file()], branch="x", base="main", message="one")
    (place.folder / "run" / "repository.git" / "HEAD").unlink()
    with pytest.raises(Exception, match="git"):
        clone.push_files(BOB, [a_file("b.py")], branch="y", base="main", message="two")
    (place.folder / "run" / "repository.git" / "sprintdojo-made").unlink()
    clone.push_files(BOB, [a_file("b.py")], branch="y", base="main", message="two")

    assert place.git("branch", "--format=%(refname:short)").split() == ["main", "x", "y"]


def test_the_token_is_neither_in_the_folder_nor_in_the_arguments(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    real = subprocess.run

    def watched(command: list[str], **options: object) -> object:
        seen.append(command)
        return real(command, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", watched)
    place.seeded()

    assert not any("alice-token" in word for command in seen for word in command)
    kept = b"".join(p.read_bytes() for p in (place.folder / "run").rglob("*") if p.is_file())
    assert b"alice-token" not in kept
    assert "GIT_CONFIG_COUNT" not in os.environ


def test_a_hostile_name_cannot_write_into_the_commit(place: Place) -> None:
    from tests.adapters.builders import credentials_of

    odd = credentials_of("bob", name="Bob <b@x>\ncommitter Eve", email="bob@example.com>\n")
    services = services_at("", github_html_url=str(place.folder / "hub"), credentials={BOB: odd})
    clone = GitClone(services, now=place.clock, workdir=place.folder / "odd")

    sha = clone.push_folder(BOB, place.starter, branch="main", message="m")
    second = clone.push_files(BOB, [a_file()], branch="main", base="main", message="m")

    assert place.git("log", "--format=%cn", second).splitlines() == ["Bob b@xcommitter Eve"] * 2
    assert sha != second
