"""Files whose names are no UTF-8, or hold tabs and line ends: git takes them, so every reply that shows them must."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.emulators.conftest import Site
from tests.emulators.github.worktree import Clone

LATIN = b"caf\xe9.txt"


@pytest.fixture
def pushed(site: Site, tmp_path: Path) -> Site:
    """Bob has pushed odd names on the branch odd."""
    clone = Clone(site, tmp_path / "clone")
    clone.git("checkout", "-q", "-b", "odd")
    for name in (LATIN, b"tab\tname.txt", b"line\nend.txt"):
        Path(os.fsdecode(os.fsencode(clone.folder) + b"/" + name)).write_bytes(b"x\n")
    clone.commit("plain.txt", "x\n", "feat: odd names")
    assert clone.push("odd").returncode == 0
    return site


def test_the_files_of_a_pull_request_can_be_listed(pushed: Site) -> None:
    repository = pushed.github("bob").get_repo("acme/payments")
    pull = repository.create_pull(base="main", head="odd", title="feat: odd", body="")

    names = {file.filename for file in pull.get_files()}

    assert names == {"caf\ufffd.txt", "tab\tname.txt", "line\nend.txt", "plain.txt"}


def test_a_comparison_a_commit_a_tree_and_a_folder_show_them(pushed: Site) -> None:
    repository = pushed.github("bob").get_repo("acme/payments")
    compared = repository.compare("main", "odd")

    assert "caf\ufffd.txt" in {file.filename for file in compared.files}
    assert "caf\ufffd.txt" in {file.filename for file in repository.get_commit("odd").files}
    assert "caf\ufffd.txt" in {entry.path for entry in repository.get_git_tree("odd", recursive=True).tree}
    listed = repository.get_contents("", ref="odd")
    assert isinstance(listed, list)
    assert "caf\ufffd.txt" in {entry.path for entry in listed}
