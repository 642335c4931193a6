from __future__ import annotations

from pathlib import Path

import pytest

from simulator.scenario.patches import files_below, inside, read_patch
from simulator.scenario.values import Unreadable


def test_a_patch_is_all_files_below_by_their_paths(tmp_path: Path) -> None:
    for path, content in (("b/c.py", "x = 1\n"), ("a.md", "# A\n"), ("__pycache__/a.pyc", "no")):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(content)

    assert [(change.path, change.content) for change in read_patch(tmp_path)] == [
        ("a.md", "# A\n"),
        ("b/c.py", "x = 1\n"),
    ]


@pytest.mark.parametrize("path", ["../x", "a/../../x", "/etc", "~/x", "a\\b", "missing", "\0"])
def test_only_what_lies_inside_is_found(tmp_path: Path, path: str) -> None:
    with pytest.raises(Unreadable):
        inside(tmp_path, path)


def test_binary_files_and_empty_folders_are_no_patches(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="holds no files"):
        read_patch(tmp_path)
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\xff")
    with pytest.raises(Unreadable, match="not UTF-8"):
        read_patch(tmp_path)


def test_a_patch_has_a_measure(tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_text("x" * 2_000_001)

    with pytest.raises(Unreadable, match="too large"):
        read_patch(tmp_path)


def test_links_within_the_folder_are_followed_and_others_are_not(tmp_path: Path) -> None:
    folder = tmp_path / "patch"
    folder.mkdir()
    (folder / "a.txt").write_text("a")
    (folder / "b.txt").symlink_to(folder / "a.txt")
    assert [path.name for path in files_below(folder)] == ["a.txt", "b.txt"]

    (folder / "c.txt").symlink_to("/etc/hostname")
    with pytest.raises(Unreadable, match="leads out"):
        list(files_below(folder))
