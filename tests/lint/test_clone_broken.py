"""Clones with parts that are lost, spoilt or made by hand: what can be read is judged, the rest is told or refused."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simulator.adapters.clone import Clone
from simulator.errors import SetupError
from simulator.model.chance import rng
from simulator.model.facts import FactKind
from tests.lint.workshop import Workshop, past_of, told

_BY_ADA = "Ada <ada@example.com> 1772442000 +0000"
_NOTHING = "1" * 40
_LONG_AGO = datetime(1971, 1, 1, tzinfo=UTC)


def _object(shop: Workshop, name: str) -> Path:
    sha = shop.git("rev-parse", name)
    return shop.folder / ".git" / "objects" / sha[:2] / sha[2:]


def _spoil(file: Path, text: str = "spoilt") -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    file.write_text(text)


def _commit_by_hand(shop: Workshop, text: str | bytes) -> None:
    """A commit as no git would make it, at the end of `main`."""
    raw = shop.folder / "raw"
    raw.write_bytes(text.encode() if isinstance(text, str) else text)
    sha = shop.git("hash-object", "-t", "commit", "-w", "--literally", str(raw))
    _spoil(shop.folder / ".git" / "refs" / "heads" / "main", f"{sha}\n")


def _headers(shop: Workshop) -> list[str]:
    return [seen.detail["message"].split("\n")[0] for seen in told(shop.past(), FactKind.LANDED)]


@pytest.mark.parametrize("lost", ["HEAD~2", "HEAD~1"])
def test_commits_whose_parents_are_lost_are_left_out_and_told(workshop: Workshop, lost: str) -> None:
    for number in range(4):
        workshop.commit(f"feat: step {number}")
    _object(workshop, lost).unlink()

    past = workshop.past()

    expected = ["feat: step 3"] if lost == "HEAD~2" else []
    assert [seen.detail["message"] for seen in told(past, FactKind.LANDED)] == expected
    assert "was made upon is not in the clone" in past.missing[0]


@pytest.mark.parametrize("spoilt", ["HEAD^{tree}", "HEAD:payments", "HEAD:payments/part_2.py"])
def test_a_commit_whose_files_are_spoilt_is_judged_by_its_message(workshop: Workshop, spoilt: str) -> None:
    workshop.commit("feat: one")
    workshop.commit("feat: two")
    _spoil(_object(workshop, spoilt))

    past = workshop.past()

    one, two = told(past, FactKind.COMMITTED)
    assert (len(one.detail["files"]), two.detail["files"]) == (1, [])
    assert "files of 1 change are not in the clone" in past.missing[0]


@pytest.mark.parametrize("way", ["lost", "spoilt"])
def test_a_branch_whose_last_commit_cannot_be_read_is_refused_with_its_name(workshop: Workshop, way: str) -> None:
    workshop.commit("feat: one")
    if way == "lost":
        _object(workshop, "HEAD").unlink()
    else:
        _spoil(_object(workshop, "HEAD"))

    with pytest.raises(SetupError, match="the last commit of main cannot be read") as refused:
        Clone(workshop.folder)

    assert "git fsck" in refused.value.to_do


@pytest.mark.parametrize("kind", ["tree", "blob", "nothing"])
@pytest.mark.parametrize("place", ["first", "second"])
def test_a_parent_that_is_no_commit_is_told(workshop: Workshop, kind: str, place: str) -> None:
    head = workshop.commit("feat: one")
    wrong = {"tree": "HEAD^{tree}", "blob": "HEAD:payments/part_1.py"}.get(kind)
    odd = workshop.git("rev-parse", wrong) if wrong else _NOTHING
    parents = [odd] if place == "first" else [head, odd]
    lines = "".join(f"parent {parent}\n" for parent in parents)
    tree = workshop.git("write-tree")
    _commit_by_hand(workshop, f"tree {tree}\n{lines}author {_BY_ADA}\ncommitter {_BY_ADA}\n\nMerge branch 'x'\n")

    past = workshop.past()

    assert len(told(past, FactKind.LANDED)) == len(parents) - 1
    assert "not in the clone" in past.missing[0]


@pytest.mark.parametrize("reference", ["HEAD", "refs/remotes/origin/HEAD"])
@pytest.mark.parametrize("text", ["", "garbage", "ref: refs/heads/nowhere\n", "ref: HEAD\n", "ref: ../../../x\n"])
def test_a_reference_that_leads_nowhere_does_not_matter(workshop: Workshop, reference: str, text: str) -> None:
    workshop.commit("feat: one")
    _spoil(workshop.folder / ".git" / reference, text)

    assert workshop.past().default_branch == "main"


@pytest.mark.parametrize("name", ["wéird/名", "a'b\"c", "x`y`", "release/{1.0}", "a;b", "a&b", "%41"])
def test_a_branch_of_any_name_is_read(workshop: Workshop, name: str) -> None:
    workshop.git("remote", "add", "origin", "https://github.com/acme/payments.git")
    workshop.commit("feat: one")
    workshop.git("branch", "-m", name)

    past = workshop.past()

    assert past.default_branch == name
    assert told(past, FactKind.COMMITTED)[0].detail["branch"] == name


def test_a_head_without_commits_leaves_the_other_branches_to_be_named(workshop: Workshop) -> None:
    workshop.commit("feat: one")
    workshop.git("branch", "-m", "topic")
    workshop.git("checkout", "-q", "--orphan", "main")

    with pytest.raises(SetupError) as refused:
        Clone(workshop.folder)

    assert "--branch, one of: topic" in refused.value.to_do
    assert Clone(workshop.folder, branch="topic").branch == "topic"


def test_a_submodule_is_a_clone_of_its_own(workshop: Workshop, tmp_path: Path) -> None:
    library = Workshop.at(tmp_path / "library")
    library.commit("feat: round half up")
    workshop.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(library.folder), "library")
    workshop.commit("feat: use the library", lines=0)

    assert _headers(workshop) == ["feat: use the library"]
    assert [seen.detail["message"] for seen in told(past_of(workshop.folder / "library"), FactKind.LANDED)] == [
        "feat: round half up"
    ]


def test_a_worktree_of_a_shallow_clone_is_shallow_too(workshop: Workshop, tmp_path: Path) -> None:
    for number in range(4):
        workshop.commit(f"feat: step {number}")
    workshop.git("clone", "-q", "--depth", "2", f"file://{workshop.folder}", str(tmp_path / "shallow"))
    workshop.git("-C", str(tmp_path / "shallow"), "worktree", "add", "-q", "-b", "other", str(tmp_path / "tree"))

    past = past_of(tmp_path / "tree")

    assert [seen.detail["message"] for seen in told(past, FactKind.LANDED)] == ["feat: step 3"]
    assert [sentence[:20] for sentence in past.missing] == ["the clone is shallow"]


@pytest.mark.parametrize(
    ("config", "hint"),
    [
        ("[garbage", "git fsck"),
        ("[core]\n\trepositoryformatversion = 1\n[extensions]\n\trefstorage = reftable\n", "--ref-format=files"),
        ("[core]\n\trepositoryformatversion = 99\n", "copy"),
    ],
)
def test_a_configuration_that_cannot_be_read_is_refused_with_what_to_do(
    workshop: Workshop, config: str, hint: str
) -> None:
    workshop.commit("feat: one")
    with (workshop.folder / ".git" / "config").open("a") as file:
        file.write(config)

    with pytest.raises(SetupError, match="cannot be read") as refused:
        Clone(workshop.folder)

    assert hint in refused.value.to_do


@pytest.mark.parametrize("text", ["", "garbage", "gitdir: /nowhere/at/all\n", "gitdir: .\n"])
def test_a_git_file_that_leads_nowhere_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / ".git").write_text(text)

    with pytest.raises(SetupError) as refused:
        Clone(tmp_path)

    assert refused.value.where == str(tmp_path)


@pytest.mark.parametrize("path", ["x" * 5_000, "a\0b", "/dev/null"], ids=["long", "nul", "device"])
def test_a_path_that_can_be_none_is_refused(path: str) -> None:
    with pytest.raises(SetupError):
        Clone(Path(path))


@pytest.mark.parametrize("encoding", ["idna", "punycode", "undefined", "base64", "utf-7", "utf-16", "x" * 300])
def test_a_message_in_an_encoding_that_is_none_is_read(workshop: Workshop, encoding: str) -> None:
    tree = workshop.git("write-tree")
    _commit_by_hand(
        workshop,
        f"tree {tree}\nauthor {_BY_ADA}\ncommitter {_BY_ADA}\nencoding {encoding}\n\nfeat: caf\\x é\n",
    )

    assert len(_headers(workshop)) == 1


@pytest.mark.parametrize(
    "signature", ["Ada <ada@x>", "Ada <ada@x> -5 +0000", "Ada <ada@x> 1772442000 +9999", "<> ", "A <a<b>c> 1772442000"]
)
def test_a_signature_made_by_hand_is_read(workshop: Workshop, signature: str) -> None:
    tree = workshop.git("write-tree")
    _commit_by_hand(workshop, f"tree {tree}\nauthor {signature}\ncommitter {_BY_ADA}\n\nfeat: one\n")

    assert _headers(workshop) == ["feat: one"]


@pytest.mark.parametrize(
    "text", ["\n" * 3, "<<<<>>>>\n" * 100, "\x00\x01", "x" * 1_200_000], ids=["empty", "brackets", "nul", "long"]
)
def test_a_mailmap_of_anything_changes_nobodys_name(workshop: Workshop, text: str) -> None:
    workshop.write(".mailmap", text)
    workshop.commit("feat: one")

    assert [person.name for person in workshop.past().people] == ["Ada Lovelace"]


def test_no_other_file_of_this_machine_is_a_mailmap(workshop: Workshop, tmp_path: Path) -> None:
    workshop.commit("feat: one")
    os.mkfifo(tmp_path / "never-ends")
    workshop.git("config", "mailmap.file", str(tmp_path / "never-ends"))
    (workshop.folder / ".mailmap").symlink_to(tmp_path / "never-ends")

    # in a process of its own: one that waited for that file could not be stopped here
    ran = subprocess.run(
        [sys.executable, "-m", "simulator", "lint", str(workshop.folder), "--since", "2026-03-01"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("seed", [40, 75, 82])  # without a second look, each of these lands something twice
def test_whatever_the_clocks_say_each_commit_lands_once(tmp_path: Path, seed: int) -> None:
    draw = rng(seed, "clocks that jump")
    written = []
    for mark in range(1, draw.randint(20, 80) + 1):
        near = range(max(1, mark - 12), mark)
        parents = draw.sample(near, min(draw.choice([1, 1, 2, 2, 3]), len(near)))
        words = ["from", "merge", "merge"]
        links = "".join(f"{word} :{parent}\n" for word, parent in zip(words, parents, strict=False))
        written.append(
            f"commit refs/heads/main\nmark :{mark}\ncommitter A <a@b> {draw.randint(10**8, 17 * 10**8)} +0000\n"
            f"data 2\nx\n{links}"
        )
    shop = Workshop.at(tmp_path / "skewed")
    subprocess.run(
        ["git", "-C", str(shop.folder), "fast-import", "--quiet"], input="".join(written).encode(), check=True
    )

    landed = [seen.detail["sha"] for seen in told(shop.past(since=_LONG_AGO), FactKind.LANDED)]

    assert sorted(landed) == sorted(shop.git("rev-list", "main").split())
