"""Packs: the same bytes for the same scenario, whole in themselves, and nothing installed that should not be."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

from simulator.errors import ScenarioError, SetupError
from simulator.scenario.load import load_scenario
from simulator.scenario.packing import install, pack
from simulator.scenario.packs import find_scenario, list_scenarios
from tests.scenario.builders import SMALL, a_file

CAST = "people:\n  anna: {kind: teammate, name: Anna, login: anna, email: anna@acme.example}\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A scenario that shares its cast, in a folder with what no pack should hold."""
    folder = tmp_path / "home" / "small"
    folder.mkdir(parents=True)
    (folder.parent / "cast.yaml").write_text(CAST)
    (folder.parent / "secret.txt").write_text("nobody's business")
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "junk.pyc").write_bytes(b"\0")
    return a_file(folder, SMALL + "uses: [../cast.yaml]\n")


def a_zip(path: Path, entries: dict[str, str], *, kind: int = stat.S_IFREG) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (kind | 0o644) << 16
            archive.writestr(entry, content)
    return path


def test_a_pack_is_installed_elsewhere_and_played_by_its_name(file: Path, tmp_path: Path) -> None:
    packs, zipped = tmp_path / "packs", tmp_path / "small.zip"

    pack(load_scenario(file), zipped)
    (installed,) = install(zipped, packs)

    assert sorted(zipfile.ZipFile(zipped).namelist()) == ["cast.yaml", "small/repo/README.md", "small/scenario.yaml"]
    assert [person.name for person in installed.roster] == ["Robin", "Anna"]
    assert load_scenario(find_scenario("small", packs=packs)).spec == installed.spec
    assert "small" in [scenario.id for scenario in list_scenarios(packs=packs)]


def test_the_same_scenario_gives_the_same_bytes(file: Path, tmp_path: Path) -> None:
    pack(load_scenario(file), tmp_path / "one.zip")
    for path in file.parent.rglob("*"):
        path.touch()
    pack(load_scenario(file), tmp_path / "two.zip")

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_pack_of_that_name_is_replaced_only_when_asked(file: Path, tmp_path: Path) -> None:
    packs, zipped = tmp_path / "packs", tmp_path / "small.zip"
    pack(load_scenario(file), zipped)
    install(zipped, packs)

    with pytest.raises(SetupError, match="installed already"):
        install(zipped, packs)

    assert install(zipped, packs, replace=True)[0].id == "small"
    assert [path.name for path in packs.iterdir()] == ["small"]


@pytest.mark.parametrize(
    ("entries", "kind", "message"),
    [
        ({"../../evil.sh": "x"}, stat.S_IFREG, "not a plain file inside it"),
        ({"/etc/cron.d/evil": "x"}, stat.S_IFREG, "not a plain file inside it"),
        ({"small\\..\\evil": "x"}, stat.S_IFREG, "not a plain file inside it"),
        ({"small/link": "/etc/passwd"}, stat.S_IFLNK, "not a plain file inside it"),
        ({f"small/{n}": "" for n in range(2_001)}, stat.S_IFREG, "too much"),
        ({"small/zeros": "0" * 20_000_001}, stat.S_IFREG, "too much"),
        ({"readme.txt": "hello"}, stat.S_IFREG, "there is no scenario in it"),
        ({"small/a.py": "x", "small/A.py": "y"}, stat.S_IFREG, "twice, capitals aside"),
    ],
)
def test_what_is_no_honest_pack_is_refused_and_leaves_nothing(
    tmp_path: Path, entries: dict[str, str], kind: int, message: str
) -> None:
    packs = tmp_path / "packs"

    with pytest.raises(SetupError, match=message):
        install(a_zip(tmp_path / "bad.zip", entries, kind=kind), packs)

    assert list(packs.iterdir()) == []
    assert not (tmp_path / "evil.sh").exists()


def test_a_file_that_holds_more_than_it_says_is_refused(file: Path, tmp_path: Path) -> None:
    zipped = a_zip(tmp_path / "bomb.zip", {"small/zeros": "0" * 100_000})
    content = bytearray(zipped.read_bytes())
    for at in (content.index(b"PK\x03\x04") + 22, content.index(b"PK\x01\x02") + 24):
        content[at : at + 4] = (10).to_bytes(4, "little")
    zipped.write_bytes(bytes(content))

    with pytest.raises(SetupError, match="cannot be unpacked"):
        install(zipped, tmp_path / "packs")


def test_a_scenario_with_faults_is_not_installed(file: Path, tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    zipped = a_zip(tmp_path / "faulty.zip", {"small/scenario.yaml": SMALL.replace("robin@acme.example", "robin")})

    with pytest.raises(ScenarioError) as caught:
        install(zipped, packs)

    assert any("not an e-mail address" in problem.message for problem in caught.value.problems)
    assert list(packs.iterdir()) == []


def test_garbage_is_no_pack(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 not really")

    with pytest.raises(SetupError, match="cannot be unpacked"):
        install(tmp_path / "x.zip", tmp_path / "packs")


def test_a_damaged_pack_and_a_name_that_leads_elsewhere_are_refused(file: Path, tmp_path: Path) -> None:
    packs, zipped, odd = tmp_path / "packs", tmp_path / "small.zip", tmp_path / "..zip"
    pack(load_scenario(file), zipped)
    odd.write_bytes(zipped.read_bytes())
    whole, entry = zipped.read_bytes(), zipfile.ZipFile(zipped).getinfo("small/scenario.yaml")
    begin = entry.header_offset + 30 + len(entry.filename)
    zipped.write_bytes(whole[:begin] + b"\xff" * 40 + whole[begin + 40 :])

    with pytest.raises(SetupError, match="cannot be unpacked"):
        install(zipped, packs)
    with pytest.raises(SetupError, match="cannot be called that"):
        install(odd, packs, replace=True)
    assert list(packs.iterdir()) == []
