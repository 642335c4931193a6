"""Clones that are broken, odd or not one's own: each is judged as far as it goes or refused in words, and nothing of it runs."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simulator.adapters.clone import Clone
from simulator.errors import SetupError
from simulator.model.facts import FactKind
from tests.lint.workshop import Workshop, past_of, told

_EVER = {"since": datetime(1960, 1, 1, tzinfo=UTC), "until": datetime(2200, 1, 1, tzinfo=UTC)}


def _every_byte(folder: Path) -> dict[str, str]:
    files = (file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    return {str(file): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.mark.parametrize("what", ["missing", "a file", "an empty folder"])
def test_what_is_no_clone_is_refused_with_what_to_give(tmp_path: Path, what: str) -> None:
    path = tmp_path / "x"
    if what == "a file":
        path.write_text("hello")
    elif what == "an empty folder":
        path.mkdir()

    with pytest.raises(SetupError) as refused:
        Clone(path)

    assert refused.value.where == str(path)
    assert "clone" in refused.value.to_do


def test_a_repository_without_commits_says_so(workshop: Workshop) -> None:
    with pytest.raises(SetupError, match="no commits on a default branch"):
        workshop.past()


def test_a_branch_that_is_not_there_is_named_with_those_that_are(workshop: Workshop) -> None:
    workshop.commit("feat: one")

    with pytest.raises(SetupError, match="no branch nowhere") as refused:
        Clone(workshop.folder, branch="nowhere")

    assert "main" in refused.value.to_do


def test_bare_clones_worktrees_and_folders_inside_are_the_same_repository(workshop: Workshop, tmp_path: Path) -> None:
    workshop.commit("feat: one")
    workshop.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    workshop.git("worktree", "add", "-q", "-b", "other", str(tmp_path / "tree"))
    expected = [seen.source_id for seen in workshop.past().observations]

    for folder in (tmp_path / "bare.git", tmp_path / "tree", workshop.folder / "payments"):
        assert [seen.source_id for seen in past_of(folder).observations] == expected


def test_a_detached_head_does_not_matter(workshop: Workshop) -> None:
    workshop.commit("feat: one")
    workshop.git("checkout", "-q", "--detach")

    assert workshop.past().default_branch == "main"


def test_a_shallow_clone_is_judged_as_far_as_it_goes(workshop: Workshop, tmp_path: Path) -> None:
    for number in range(5):
        workshop.commit(f"feat: step {number}")
    workshop.git("clone", "-q", "--depth", "3", f"file://{workshop.folder}", str(tmp_path / "shallow"))

    past = past_of(tmp_path / "shallow")

    assert [seen.detail["message"] for seen in told(past, FactKind.LANDED)] == ["feat: step 3", "feat: step 4"]
    assert "shallow" in past.missing[0]


def test_a_partial_clone_says_what_it_lacks_and_fetches_nothing(workshop: Workshop, tmp_path: Path) -> None:
    workshop.commit("feat: one")
    workshop.commit("feat: two", name="payments/part_1.py")
    workshop.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "partial"
    workshop.git("clone", "-q", "--bare", "--filter=blob:none", f"file://{workshop.folder}", str(clone))
    subprocess.run(
        ["git", "-C", str(clone), "config", "remote.origin.url", f"ext::touch {tmp_path}/fetched"], check=True
    )
    before = _every_byte(clone)

    past = past_of(clone)

    assert len(told(past, FactKind.COMMITTED)) == 2
    assert "not in the clone" in past.missing[0]
    assert _every_byte(clone) == before
    assert not (tmp_path / "fetched").exists()


def test_a_lost_object_is_told_and_the_rest_is_judged(workshop: Workshop) -> None:
    workshop.commit("feat: one")
    workshop.commit("feat: two")
    blob = workshop.git("rev-parse", "HEAD:payments/part_2.py")
    file = workshop.folder / ".git" / "objects" / blob[:2] / blob[2:]
    file.chmod(0o644)
    file.unlink()

    past = workshop.past()

    assert len(told(past, FactKind.LANDED)) == 2
    assert "not in the clone" in past.missing[0]


def test_nothing_of_the_clone_runs_and_no_byte_of_it_changes(workshop: Workshop, tmp_path: Path) -> None:
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\nexit 1\n")
    trap.chmod(0o755)
    workshop.write(".gitattributes", "*.py diff=evil filter=evil\n")
    workshop.commit("feat: one")
    workshop.branch("a", "feat: two")
    workshop.merge("a", message="Merge pull request #2 from acme/a")
    for name, value in {
        "core.fsmonitor": str(trap),
        "core.pager": str(trap),
        "core.sshCommand": str(trap),
        "core.hooksPath": str(tmp_path),
        "diff.external": str(trap),
        "diff.evil.textconv": str(trap),
        "diff.evil.command": str(trap),
        "filter.evil.smudge": str(trap),
        "filter.evil.clean": str(trap),
        "gpg.program": str(trap),
        "log.showSignature": "true",
        "credential.helper": f"!{trap}",
        "remote.origin.url": f"ext::{trap}",
    }.items():
        workshop.git("config", name, value)
    before = _every_byte(workshop.folder)

    past = workshop.past()

    assert len(told(past, FactKind.LANDED)) == 3
    assert not (tmp_path / "sprung").exists()
    assert _every_byte(workshop.folder) == before


def test_a_repository_of_sha_256_is_refused_in_words(tmp_path: Path) -> None:
    shop = Workshop.at(tmp_path / "new", "--object-format=sha256")
    shop.commit("feat: one")

    with pytest.raises(SetupError, match="SHA-256"):
        shop.past()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_clone_of_somebody_else_is_refused_with_the_way_to_trust_it(workshop: Workshop) -> None:
    workshop.commit("feat: one")
    for path in (workshop.folder, *workshop.folder.rglob("*")):
        os.chown(path, 65534, 65534)

    # in a process of its own: the emulated GitHub, where it runs in this one, owns its repositories whoever made them
    ran = subprocess.run(
        [sys.executable, "-m", "simulator", "lint", str(workshop.folder)], capture_output=True, text=True, check=False
    )

    assert ran.returncode == 2
    assert "another user" in ran.stderr
    assert f"safe.directory {workshop.folder}" in ran.stderr


@pytest.mark.parametrize(
    "message",
    [
        "",
        "\n\n",
        "x" * 1_000_000,
        "Merge pull request #99999999999999999999 from a/b",
        "feat: \u202egnirts sdrawkcab",
        "功能: 退款",
        "تصحيح الخطأ",
        "feat: \x1b[31mred\x1b[0m\x07",
        "Merge pull request #1 from " + "a/" * 5_000,
    ],
    ids=lambda message: repr(message[:30]),
)
def test_a_message_of_any_script_and_length_is_read(workshop: Workshop, message: str) -> None:
    file = workshop.folder / "message"
    file.write_text(message)
    workshop.write("a.py", "a = 1\n")
    workshop.git("commit", "-q", "--allow-empty-message", "--cleanup=verbatim", "-F", str(file))

    landed = told(workshop.past(), FactKind.LANDED)

    assert len(landed) == 1
    assert len(landed[0].detail["message"]) <= 100_000


def test_messages_in_old_and_broken_encodings_are_read(workshop: Workshop) -> None:
    for number, (raw, encoding) in enumerate(
        [("größer".encode("latin-1"), "latin-1"), (b"\xff\xfe caf\xe9", "no-such")]
    ):
        workshop.write(f"a{number}.py", "a = 1\n")
        (workshop.folder / "message").write_bytes(raw)
        workshop.git("-c", f"i18n.commitEncoding={encoding}", "commit", "-q", "-F", str(workshop.folder / "message"))

    messages = [seen.detail["message"].strip() for seen in told(workshop.past(), FactKind.LANDED)]

    assert messages[0] == "größer"
    assert "caf" in messages[1]


@pytest.mark.parametrize("date", ["@0 +0000", "@1 -1200", "@4102444800 +1400", "@99999999999 +0000"])
def test_a_clock_that_is_far_off_is_read(workshop: Workshop, date: str) -> None:
    workshop.write("a.py", "a = 1\n")
    workshop.git("commit", "-q", "-m", "feat: a", env={"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date})

    assert len(told(workshop.past(**_EVER), FactKind.LANDED)) == 1


def test_authors_without_a_name_or_an_address_are_read(workshop: Workshop) -> None:
    tree = workshop.git("write-tree")
    raw = f"tree {tree}\nauthor  <> 1772442000 +0000\ncommitter  <> 1772442000 +0000\n\nfeat: by nobody\n"
    (workshop.folder / "raw").write_text(raw)
    sha = workshop.git("hash-object", "-t", "commit", "-w", "--literally", str(workshop.folder / "raw"))
    workshop.git("update-ref", "refs/heads/main", sha)

    committed = told(workshop.past(), FactKind.COMMITTED)

    assert [seen.account for seen in committed] == [None]


def test_every_kind_of_change_has_its_status_and_size(workshop: Workshop) -> None:
    workshop.write("old.py", "".join(f"a{n} = {n}\n" for n in range(20)))
    workshop.write("gone.py", "a = 1\n")
    workshop.commit("chore: begin", lines=0)
    workshop.git("mv", "old.py", "new.py")
    workshop.git("rm", "-q", "gone.py")
    workshop.write("demo.bin", bytes(range(256)) * 8_000)
    (workshop.folder / "link").symlink_to("new.py")
    workshop.git("add", "link")
    workshop.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},library")
    workshop.git("update-index", "--chmod=+x", "new.py")
    workshop.commit("feat: all kinds", lines=0)

    files = {file["path"]: file for file in told(workshop.past(), FactKind.COMMITTED)[-1].detail["files"]}

    assert {path: file["status"] for path, file in files.items()} == {
        "new.py": "renamed",
        "gone.py": "removed",
        "demo.bin": "added",
        "link": "added",
        "library": "added",
    }
    assert files["demo.bin"]["size"] == 2_048_000
    assert files["demo.bin"]["patch"] is None


def test_huge_commits_are_cut_and_counted(workshop: Workshop) -> None:
    workshop.commit("feat: 100,000 lines", lines=100_000, name="huge.py")
    for number in range(3_100):
        (workshop.folder / f"file_{number}.txt").write_text(f"{number}\n")
    workshop.git("add", "-A")
    workshop.commit("feat: 3,100 files", lines=0)

    huge, many = told(workshop.past(), FactKind.COMMITTED)

    assert huge.detail["additions"] == 100_000
    assert len(huge.detail["files"][0]["patch"]) <= 20_000
    assert len(many.detail["files"]) == 3_000
    assert many.detail["additions"] == 3_100
